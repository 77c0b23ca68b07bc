#include <overt/dataset/atspi/focused_field.hpp>

#include "fake_bus.hpp"
#include "made_up_element.hpp"
#include <overt_test/catch.hpp>

using overt::capture::atspi::bus;
using overt::capture::atspi::element;
using overt::dataset::atspi::connection;
using overt::dataset::atspi::focused_field;
using overt::dataset::atspi::is_asked_for_text;
using overt_test::made_up_element;
using role = overt::capture::atspi::accessible_role;
using state = overt::capture::atspi::accessible_state;

TEST_CASE("a secret field is not asked for its text", "[dataset][atspi]") {
  auto const field_of = [](role what) {
    auto made = made_up_element(what, "Name", {});
    made.interfaces = element::text;
    overt_test::set(made, state::editable);
    return made;
  };
  CHECK(is_asked_for_text(field_of(role::entry)));
  CHECK_FALSE(is_asked_for_text(field_of(role::password_text)));
  CHECK_FALSE(is_asked_for_text(field_of(role::terminal)));
}

TEST_CASE("what cannot be written into is not asked for its text", "[dataset][atspi]") {
  auto what = made_up_element(role::entry, "Name", {});
  what.interfaces = element::text;
  CHECK_FALSE(is_asked_for_text(what));
  overt_test::set(what, state::editable);
  CHECK(is_asked_for_text(what));
  what.interfaces = 0;
  CHECK_FALSE(is_asked_for_text(what));
}

TEST_CASE("where nobody says what has the focus, that is not known", "[dataset][atspi]") {
  overt_test::fake_bus there;
  connection on{there.connect()};
  CHECK_FALSE(focused_field(on, overt_test::fake_bus::its_process, bus::now() + 1'000'000));
  CHECK(on.is_open());
}
