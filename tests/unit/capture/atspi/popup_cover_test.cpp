#include <overt/capture/atspi/popup_cover.hpp>

#include <cstdint>
#include <deque>
#include <utility>

#include <overt_test/catch.hpp>

using namespace overt;
using capture::atspi::accessible_role;
using capture::atspi::fills_popup;
using capture::atspi::shown_object;

namespace {

constexpr rectangle popup{100, 50, 200, 300};

shown_object object(accessible_role role, rectangle where, std::size_t parent = shown_object::nothing) {
  shown_object made;
  made.what.role = static_cast<std::uint32_t>(role);
  made.what.bounds = where;
  made.parent = parent;
  made.shown = true;
  return made;
}

std::deque<shown_object> window_with(accessible_role window, bool managed, accessible_role content) {
  std::deque<shown_object> all;
  all.push_back(object(window, {0, 0, 800, 600}));
  all.back().managed = managed;
  all.push_back(object(content, popup, 0));
  return all;
}

} // namespace

TEST_CASE("a popup is filled by what opens one, from edge to edge", "[capture][pictures]") {
  auto all = window_with(accessible_role::frame, true, accessible_role::menu);
  CHECK(fills_popup(all, popup));
  CHECK_FALSE(fills_popup(all, {100, 50, 200, 400}));
  all.back().shown = false;
  CHECK_FALSE(fills_popup(all, popup));
  // Half of it, and an item in it that is no menu itself.
  all.back() = object(accessible_role::menu, {100, 50, 200, 150}, 0);
  CHECK_FALSE(fills_popup(all, popup));
  all.push_back(object(accessible_role::panel, {100, 200, 200, 150}, 1));
  CHECK(fills_popup(all, popup));
}

TEST_CASE("what stands in a window below a popup does not tell what is in the popup",
          "[capture][pictures][leak]") {
  CHECK_FALSE(fills_popup(window_with(accessible_role::frame, true, accessible_role::panel), popup));
  // Qt calls its main windows as others call the windows of menus.
  CHECK_FALSE(fills_popup(window_with(accessible_role::window, true, accessible_role::panel), popup));
  CHECK(fills_popup(window_with(accessible_role::window, false, accessible_role::panel), popup));
}
