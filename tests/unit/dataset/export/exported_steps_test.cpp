#include <overt/dataset/export/exported_steps.hpp>

#include <string_view>

#include <overt_test/catch.hpp>
#include <overt_test/episodes.hpp>

namespace {

using overt::dataset::action_dialect;
using overt::dataset::episode_frame;
using overt::dataset::export_format;
using overt::dataset::export_options;
using overt::dataset::skip_reason;
using overt::dataset::steps_of;

constexpr auto has_all = [](episode_frame const&) { return true; };

} // namespace

TEST_CASE("the steps of an episode, each with its picture, and what was skipped") {
  auto const of = overt_test::some_episode();
  auto const made = steps_of(of, {}, true, has_all);
  REQUIRE(made.steps.size() == 4); // and the end
  CHECK(made.steps[0].code.text == "pyautogui.click(x=0.5, y=0.25)");
  CHECK(made.steps[0].frame == &of.frames[0]);
  CHECK(made.steps[0].image_age_ns == 500 * overt_test::ms);
  CHECK(made.steps[0].first == 11);
  CHECK(made.steps[0].last == 12);
  CHECK(made.steps[1].frame == &of.frames[1]);
  CHECK(made.steps[3].what == nullptr);
  CHECK(made.steps[3].first == of.last);
  REQUIRE(made.skipped.size() == 1);
  CHECK(made.skipped[0].reason == skip_reason::off_image);
  CHECK(made.skipped[0].kind == "click");
}

TEST_CASE("C2: the scale of a monitor changes nothing, points and pictures are physical pixels") {
  for (auto const percent : {100, 125, 150, 200}) {
    auto of = overt_test::some_episode();
    of.displays[0].monitors[0].scale_percent = static_cast<std::uint16_t>(percent);
    CHECK(steps_of(of, {}, true, has_all).steps[0].code.text == "pyautogui.click(x=0.5, y=0.25)");
  }
}

TEST_CASE("a picture that is lost takes its steps along") {
  auto const of = overt_test::some_episode();
  auto const made =
      steps_of(of, {}, true, [&](episode_frame const& frame) { return &frame != &of.frames[0]; });
  CHECK(made.steps.size() == 3);
  CHECK(made.skipped[0].reason == skip_reason::no_picture);
}

TEST_CASE("pictures are asked for only where a step needs them") {
  auto of = overt_test::some_episode();
  of.actions = {overt_test::done(overt::dataset::focus_action{}, 11, 1000)};
  of.has_end = false;
  int asked = 0;
  CHECK(steps_of(of, {}, true, [&](episode_frame const&) { return ++asked > 0; }).steps.empty());
  CHECK(asked == 0);
}

TEST_CASE("the end of a task is what somebody said, and nothing where nobody did") {
  auto of = overt_test::some_episode();
  of.outcome = overt::task_outcome::unsaid;
  CHECK(steps_of(of, {}, true, has_all).steps.size() == 3);
  of.outcome = overt::task_outcome::failure;
  CHECK(steps_of(of, {}, true, has_all).steps.back().code.text == "computer.terminate(status='failure')");
  export_options options{.format = export_format::chat, .dialect = action_dialect::ui_tars};
  auto const tars = steps_of(of, options, true, has_all);
  CHECK(tars.steps.size() == 3);
  CHECK(tars.skipped.back().kind == "end");
  options.dialect = action_dialect::anthropic;
  CHECK(steps_of(of, options, true, has_all).steps.back().code.text == "The task could not be done.");
}
