#include <overt/dataset/dialect/openai_action.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/episodes.hpp>

namespace {

using overt::button_name;
using overt::modifiers;
using overt::dataset::action_kind;
using overt::dataset::image_space;
using overt::dataset::openai_action;
using overt::dataset::rendered;
using overt::dataset::skip_reason;
using overt_test::alone;
using overt_test::click;
using overt_test::key_named;

rendered json(action_kind what, std::uint32_t px_per_notch = 53) {
  return openai_action{image_space{{0, 0, 1920, 1080}}, px_per_notch}(alone(std::move(what)));
}

} // namespace

TEST_CASE("openai C12: five buttons have names") {
  auto what = click(5, 6);
  CHECK(json(what).text == R"({"type":"click","button":"left","x":5,"y":6})");
  what.which = button_name::back;
  CHECK(json(what).text == R"({"type":"click","button":"back","x":5,"y":6})");
  what.which = button_name::forward;
  CHECK(json(what).text == R"({"type":"click","button":"forward","x":5,"y":6})");
  what.which = button_name::middle;
  CHECK(json(what).text == R"({"type":"click","button":"wheel","x":5,"y":6})");
  what.which = button_name::other;
  CHECK(json(what).skipped == skip_reason::button);
  CHECK(json(click(5, 6, 2)).text == R"({"type":"double_click","x":5,"y":6})");
  CHECK(json(click(5, 6, 3)).skipped == skip_reason::count);
}

TEST_CASE("openai: a drag keeps its whole path, and all of it has to be in the picture") {
  overt::dataset::drag_action drag{.from = {1, 2}, .to = {7, 8}, .path = {{{3, 4}, {}}, {{5, 6}, {}}}};
  CHECK(json(drag).text ==
        R"({"type":"drag","path":[{"x":1,"y":2},{"x":3,"y":4},{"x":5,"y":6},{"x":7,"y":8}]})");
  drag.path[1].at.x = -1;
  CHECK(json(drag).skipped == skip_reason::off_image);
}

TEST_CASE("openai C6: the wheel in the pixels that were told, down is positive, nothing rounded") {
  using overt::dataset::scroll_action;
  CHECK(json(scroll_action{.dy_v120 = 240, .at = {1, 2}}).text ==
        R"({"type":"scroll","x":1,"y":2,"scroll_x":0,"scroll_y":106})");
  CHECK(json(scroll_action{.dx_v120 = -30, .dy_v120 = 0, .at = {1, 2}}, 100).text ==
        R"({"type":"scroll","x":1,"y":2,"scroll_x":-25,"scroll_y":0})");
  CHECK(json(scroll_action{.dy_v120 = 30, .at = {1, 2}}).skipped == skip_reason::part_notch);
}

TEST_CASE("openai: keys are a list of names") {
  CHECK(json(key_named("c", modifiers::control)).text == R"({"type":"keypress","keys":["CTRL","C"]})");
  CHECK(json(key_named("\"", modifiers::control)).text == R"({"type":"keypress","keys":["CTRL","\""]})");
  auto held = key_named("Down");
  held.repeated = 1;
  CHECK(json(held).skipped == skip_reason::held_key);
  CHECK(json(overt_test::typed("x")).text == R"({"type":"type","text":"x"})");
  CHECK(json(overt::dataset::wait_action{5}).text == R"({"type":"wait"})");
  CHECK(json(overt::dataset::move_action{.at = {1, 2}}).text == R"({"type":"move","x":1,"y":2})");
}
