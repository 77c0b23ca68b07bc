#include <overt/dataset/dialect/anthropic_action.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/episodes.hpp>

namespace {

using overt::button_name;
using overt::modifiers;
using overt::dataset::action_kind;
using overt::dataset::anthropic_action;
using overt::dataset::image_space;
using overt::dataset::rendered;
using overt::dataset::skip_reason;
using overt_test::alone;
using overt_test::click;
using overt_test::key_named;
using overt_test::typed;

rendered json(action_kind what, bool exact_times = true) {
  return anthropic_action{image_space{{0, 0, 1920, 1080}, {1280, 720}}, exact_times}(alone(std::move(what)));
}

} // namespace

TEST_CASE("anthropic: clicks in pixels of the scaled display") {
  CHECK(json(click(1782, 571)).text == R"({"action":"left_click","coordinate":[1188,381]})");
  CHECK(json(click(0, 0, 2)).text == R"({"action":"double_click","coordinate":[0,0]})");
  CHECK(json(click(0, 0, 3)).text == R"({"action":"triple_click","coordinate":[0,0]})");
  auto other = click(3, 3);
  other.which = button_name::middle;
  CHECK(json(other).text == R"({"action":"middle_click","coordinate":[2,2]})");
  other.held = modifiers::control | modifiers::shift;
  CHECK(json(other).text == R"({"action":"middle_click","coordinate":[2,2],"text":"ctrl+shift"})");
  other.which = button_name::back;
  CHECK(json(other).skipped == skip_reason::button);
  CHECK(json(click(1920, 0)).skipped == skip_reason::off_image);
}

TEST_CASE("anthropic: drags, wheel, moves") {
  overt::dataset::drag_action drag{.from = {3, 3}, .to = {6, 9}};
  CHECK(json(drag).text == R"({"action":"left_click_drag","start_coordinate":[2,2],"coordinate":[4,6]})");
  drag.held = modifiers::shift;
  CHECK(json(drag).skipped == skip_reason::modifier);
  using overt::dataset::scroll_action;
  CHECK(json(scroll_action{.dy_v120 = 600, .at = {3, 3}}).text ==
        R"({"action":"scroll","coordinate":[2,2],"scroll_direction":"down","scroll_amount":5})");
  CHECK(json(scroll_action{.dx_v120 = -120, .at = {3, 3}}).text ==
        R"({"action":"scroll","coordinate":[2,2],"scroll_direction":"left","scroll_amount":1})");
  CHECK(json(scroll_action{.dx_v120 = 120, .dy_v120 = -120, .at = {3, 3}}).skipped == skip_reason::direction);
  CHECK(json(overt::dataset::move_action{.at = {3, 3}}).text ==
        R"({"action":"mouse_move","coordinate":[2,2]})");
}

TEST_CASE("anthropic B9: text is JSON, and a media token in it is none") {
  CHECK(json(typed("a \"$\" \\ \n\u00e9")).text == R"({"action":"type","text":"a \"$\" \\ \n)"
                                                   "\u00e9\"}");
  CHECK(json(typed("see <image>")).text == R"({"action":"type","text":"see \u003cimage>"})");
  CHECK(json(overt::dataset::text_action{}).redacted);
}

TEST_CASE("anthropic: keys as xdotool names them") {
  CHECK(json(key_named("Return")).text == R"({"action":"key","text":"Return"})");
  CHECK(json(key_named("+", modifiers::control)).text == R"({"action":"key","text":"ctrl+plus"})");
  auto held = key_named("Down");
  held.repeated = 4;
  CHECK(json(held).text == R"({"action":"hold_key","text":"Down","duration":0.08})");
  CHECK(json(held, false).skipped == skip_reason::held_key); // on a grid nobody knows how long
}

TEST_CASE("anthropic: waiting in seconds, and no longer than the tool waits") {
  CHECK(json(overt::dataset::wait_action{1'500'000'000}).text == R"({"action":"wait","duration":1.5})");
  CHECK(json(overt::dataset::wait_action{100'000'000'001}).skipped == skip_reason::duration);
}
