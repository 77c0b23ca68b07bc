#include <overt/capture/atspi/shown_as.hpp>

#include <overt_test/catch.hpp>

using namespace overt::capture::atspi;

namespace {

shown_as of(accessible_role role) { return shown_as_of(static_cast<std::uint32_t>(role)); }

} // namespace

TEST_CASE("passwords and terminals are secret, whatever is in them") {
  CHECK(of(accessible_role::password_text) == shown_as::secret);
  CHECK(of(accessible_role::terminal) == shown_as::secret);
}

TEST_CASE("what a program shows is text, what it is called by is a control") {
  CHECK(of(accessible_role::push_button) == shown_as::control);
  CHECK(of(accessible_role::menu_item) == shown_as::control);
  CHECK(of(accessible_role::menu_bar) == shown_as::bar);
  CHECK(of(accessible_role::label) == shown_as::text);
  CHECK(of(accessible_role::table_cell) == shown_as::text);
  CHECK(of(accessible_role::combo_box) == shown_as::text);
  CHECK(of(accessible_role::link) == shown_as::text);
  CHECK(of(accessible_role::text) == shown_as::text);
  CHECK(of(accessible_role::paragraph) == shown_as::document);
  CHECK(of(accessible_role::slider) == shown_as::value);
}

TEST_CASE("what draws itself is an image, and so is a role that nobody knows once nothing is in it") {
  CHECK(of(accessible_role::image) == shown_as::image);
  CHECK(of(accessible_role::icon) == shown_as::image);
  CHECK(of(accessible_role::canvas) == shown_as::image);
  CHECK(of(accessible_role::drawing_area) == shown_as::image);
  CHECK(of(accessible_role::unknown) == shown_as::container);
  CHECK(shown_as_of(4711) == shown_as::container);
}
