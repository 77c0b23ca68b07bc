#include <overt/consent/x11/indicator_panel.hpp>

#include <utility>

#include <overt_test/catch.hpp>

using namespace overt::consent::x11::detail;

namespace {
/// A window at (500, 10) with two buttons.
panel some() {
  panel made{4};
  made.put(panel_action::pause, {10, 40, 50, 20});
  made.put(panel_action::stop, {70, 40, 50, 20});
  return made;
}
void press(panel& at, int x, int y) { at.press(x, y, 500 + x, 10 + y, 500, 10); }
panel::outcome move(panel& at, int x, int y) { return at.move(x, y, 500 + x, 10 + y); }
} // namespace

TEST_CASE("a button acts when it was pressed and let go in one place", "[consent][x11]") {
  auto one = some();
  press(one, 10, 40);
  CHECK(one.is_pressed(panel_action::pause));
  CHECK(one.release(59, 59).does == panel_action::pause);
  CHECK_FALSE(one.is_pressed(panel_action::pause));
  press(one, 70, 40);
  CHECK(one.release(119, 59).does == panel_action::stop);
  for (auto const& [x, y] : {std::pair{60, 40}, std::pair{9, 40}, std::pair{10, 60}, std::pair{80, 50}}) {
    press(one, 10, 40);
    auto const came = one.release(x, y);
    CHECK_FALSE(came.does); // let go elsewhere, also on another button
    CHECK_FALSE(came.changes_side);
  }
  CHECK_FALSE(one.release(10, 40).does); // pressed nowhere
}

TEST_CASE("a button that is not there does nothing", "[consent][x11]") {
  panel none;
  press(none, 0, 0);
  CHECK_FALSE(none.release(0, 0).does);
}

TEST_CASE("clicked beside its buttons it goes to the other side", "[consent][x11]") {
  auto one = some();
  press(one, 5, 5);
  CHECK_FALSE(move(one, 8, 2).drags); // a hand moves while it clicks
  CHECK(one.release(8, 2).changes_side);
}

TEST_CASE("dragged it follows the pointer, and stays there", "[consent][x11]") {
  auto one = some();
  press(one, 5, 5);
  auto const came = one.move(5, 5, 405, 115);
  CHECK(came.drags);
  CHECK(came.to_x == 400);
  CHECK(came.to_y == 110);
  auto const back = one.move(5, 5, 505, 15); // back to where it was is a drag, too
  CHECK(back.drags);
  CHECK(back.to_x == 500);
  CHECK_FALSE(one.release(5, 5).changes_side);
  CHECK_FALSE(one.move(5, 5, 405, 115).drags); // it was let go
}

TEST_CASE("the button under the pointer is drawn so", "[consent][x11]") {
  auto one = some();
  CHECK(move(one, 20, 50).redraw);
  CHECK(one.is_under_pointer(panel_action::pause));
  CHECK_FALSE(move(one, 21, 51).redraw);
  CHECK(move(one, 80, 50).redraw);
  CHECK(one.is_under_pointer(panel_action::stop));
  CHECK(one.leave().redraw);
  CHECK_FALSE(one.is_under_pointer(panel_action::stop));
  CHECK_FALSE(one.leave().redraw);
}

TEST_CASE("labels say what a click does now", "[consent][x11]") {
  CHECK(label_of(panel_action::pause, false) == "Pause");
  CHECK(label_of(panel_action::pause, true) == "Resume");
  CHECK(label_of(panel_action::stop, true) == label_of(panel_action::stop, false));
}
