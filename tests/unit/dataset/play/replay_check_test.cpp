#include <overt/dataset/play/replay_check.hpp>

#include <cstddef>
#include <optional>
#include <string>

#include <overt_test/catch.hpp>

using overt::key_symbol;
using overt::modifiers;
using overt::dataset::action;
using overt::dataset::action_flaw;
using overt::dataset::action_kind;
using overt::dataset::check_playable;
using overt::dataset::click_action;
using overt::dataset::drag_action;
using overt::dataset::episode;
using overt::dataset::key_action;
using overt::dataset::replay_options;
using overt::dataset::text_action;

namespace {

action made(action_kind what, action_flaw flaw = action_flaw::none) {
  action one;
  one.what = std::move(what);
  one.flaw = flaw;
  return one;
}

bool is_playable(action one, replay_options const& options = {}) {
  episode all;
  all.actions.push_back(made(click_action{}));
  all.actions.push_back(std::move(one));
  return check_playable(all, options).has_value();
}

} // namespace

TEST_CASE("what was withheld is not invented") {
  CHECK(is_playable(made(text_action{.value = "milk"})));
  CHECK_FALSE(is_playable(made(text_action{})));
  CHECK_FALSE(is_playable(made(text_action{.value = "my card is {CARD}", .placeholders = {{}}})));
  CHECK_FALSE(is_playable(made(text_action{.value = "milk"}, action_flaw::cut)));
  CHECK_FALSE(is_playable(made(text_action{.value = "a\x01"})));
  CHECK(is_playable(made(key_action{.symbol = key_symbol{'s'}, .held = modifiers::control})));
  CHECK_FALSE(is_playable(made(key_action{})));
  CHECK_FALSE(is_playable(made(click_action{}, action_flaw::cut)));
  CHECK_FALSE(is_playable(made(click_action{}, action_flaw::no_press)));
}

TEST_CASE("a press whose release is missing is a press, and a drag without an end is none") {
  CHECK(is_playable(made(click_action{}, action_flaw::no_release)));
  CHECK(is_playable(made(key_action{.symbol = key_symbol{'s'}}, action_flaw::no_release)));
  CHECK_FALSE(is_playable(made(drag_action{}, action_flaw::no_release)));
}

TEST_CASE("a text that was withheld is asked for") {
  replay_options options;
  std::size_t asked = 0;
  options.fill = [&asked](action const&, std::size_t number) {
    asked = number;
    return std::optional<std::string>{"supplied"};
  };
  CHECK(is_playable(made(text_action{}), options));
  CHECK(asked == 1);
  options.fill = [](action const&, std::size_t) { return std::optional<std::string>{}; };
  CHECK_FALSE(is_playable(made(text_action{}), options));
}

TEST_CASE("a speed is above nothing") {
  CHECK(is_playable(made(click_action{}), {.speed = 0.1}));
  CHECK_FALSE(is_playable(made(click_action{}), {.speed = 0.0}));
  CHECK_FALSE(is_playable(made(click_action{}), {.speed = -1.0}));
}
