#include <overt/dataset/play/played_action.hpp>

#include "fake_desktop.hpp"
#include <overt_test/catch.hpp>

using namespace overt_test::replayed;

namespace {

bool is_at(action const& what, screen_point there) {
  auto const found = point_of(what);
  return found && found->x == there.x && found->y == there.y;
}

} // namespace

TEST_CASE("what is done with the pointer begins at a point") {
  CHECK(is_at(at(0, move_action{.at = {1, 2}}), {1, 2}));
  CHECK(is_at(at(0, click_action{.at = {3, 4}}), {3, 4}));
  CHECK(is_at(at(0, drag_action{.from = {5, 6}, .to = {7, 8}}), {5, 6}));
  CHECK(is_at(at(0, scroll_action{.at = {9, 10}}), {9, 10}));
}

TEST_CASE("an act that the program told is pointed at in the middle of its element, if that is known") {
  CHECK(is_at(at(0, told_action{}, {button_called("Send", {10, 20, 30, 40})}), {25, 40}));
  CHECK_FALSE(point_of(at(0, told_action{}, {button_called("Send", {})})));
  CHECK_FALSE(point_of(at(0, told_action{})));
}

TEST_CASE("what is done with the keyboard has no point, not even its element") {
  CHECK_FALSE(point_of(at(0, key_action{}, {button_called("Send")})));
  CHECK_FALSE(point_of(at(0, text_action{}, {button_called("Send")})));
  CHECK_FALSE(point_of(at(0, wait_action{})));
  CHECK_FALSE(point_of(at(0, focus_action{})));
}
