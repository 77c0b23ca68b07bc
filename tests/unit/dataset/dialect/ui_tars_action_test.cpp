#include <overt/dataset/dialect/ui_tars_action.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/episodes.hpp>

namespace {

using overt::button_name;
using overt::modifiers;
using overt::dataset::action_kind;
using overt::dataset::image_space;
using overt::dataset::rendered;
using overt::dataset::skip_reason;
using overt::dataset::ui_tars_action;
using overt_test::alone;
using overt_test::click;
using overt_test::key_named;
using overt_test::typed;

rendered call(action_kind what) {
  auto const patches = *overt::dataset::size_in_patches({1920, 1080});
  return ui_tars_action{image_space{{0, 0, 1920, 1080}, patches}}(alone(std::move(what)));
}

} // namespace

TEST_CASE("ui_tars: points after the picture was brought to multiples of 28") {
  CHECK(call(click(960, 540)).text == "click(point='<point>966 546</point>')");
  CHECK(call(click(1919, 1079, 2)).text == "left_double(point='<point>1931 1091</point>')");
  auto right = click(0, 0);
  right.which = button_name::right;
  CHECK(call(right).text == "right_single(point='<point>0 0</point>')");
  right.which = button_name::back;
  CHECK(call(right).skipped == skip_reason::button);
  CHECK(call(click(0, 0, 3)).skipped == skip_reason::count);
  CHECK(call(click(-1, 0)).skipped == skip_reason::off_image);
}

TEST_CASE("ui_tars: drags, wheel, keys") {
  CHECK(call(overt::dataset::drag_action{.from = {0, 0}, .to = {960, 540}}).text ==
        "drag(start_point='<point>0 0</point>', end_point='<point>966 546</point>')");
  CHECK(call(overt::dataset::scroll_action{.dy_v120 = -30, .at = {0, 0}}).text ==
        "scroll(point='<point>0 0</point>', direction='up')");
  CHECK(call(key_named("c", modifiers::control)).text == "hotkey(key='ctrl c')");
  CHECK(call(key_named("Delete", modifiers::control | modifiers::alt)).text ==
        "hotkey(key='ctrl alt delete')");
  CHECK(call(key_named("c", modifiers::control | modifiers::alt | modifiers::shift)).skipped ==
        skip_reason::keys);
  CHECK(call(overt::dataset::move_action{}).skipped == skip_reason::unsupported);
}

TEST_CASE("ui_tars: text is escaped, a media token cannot be") {
  CHECK(call(typed("it's \\\n")).text == "type(content='it\\'s \\\\\\n')");
  CHECK(call(typed("an <image>")).skipped == skip_reason::image_token);
}
