#include <overt/dataset/play/replay_run.hpp>

#include <string>
#include <type_traits>
#include <vector>

#include "fake_desktop.hpp"
#include <overt_test/catch.hpp>

using namespace overt_test::replayed;

using run_on_fakes = replay_run<fake_player, fake_windows, fake_elements, fake_clock>;
static_assert(!std::is_copy_constructible_v<run_on_fakes> && !std::is_move_constructible_v<run_on_fakes>);

TEST_CASE("an episode in which nothing was done is done") {
  desktop on;
  fake_player player{&on};
  fake_windows windows{&on};
  fake_elements elements{&on};
  episode const nothing;
  auto const options = semantic();
  auto const outcome = run_on_fakes{player, windows, elements, nothing, options, fake_clock{&on}}.to_end();
  REQUIRE(outcome);
  CHECK(outcome->done == 0);
  CHECK_FALSE(outcome->stopped);
  CHECK(on.input.empty());
}

TEST_CASE("each kind of action is done by its hand, one after the other") {
  desktop on;
  fake_player player{&on};
  fake_windows windows{&on};
  fake_elements elements{&on};
  auto const what = of({at(0, move_action{.at = {10, 10}}), at(0, click_action{.at = {20, 20}}),
                        at(0, wait_action{}), at(0, scroll_action{.dy_v120 = 130, .at = {20, 20}}),
                        at(0, text_action{.value = "a"}), at(0, key_action{.symbol = key_symbol{'b'}}),
                        at(0, told_action{}, {button_called("Send", {90, 90, 20, 20})})});
  auto const options = semantic();
  auto const outcome = run_on_fakes{player, windows, elements, what, options, fake_clock{&on}}.to_end();
  REQUIRE(outcome);
  CHECK(outcome->done == what.actions.size());
  CHECK(outcome->told == 1);
  CHECK(outcome->unscrolled_dy_v120 == 10);
  CHECK(on.input == std::vector<std::string>{"move 8 10", "move 10 10", "move 18 20", "move 20 20", "press 1",
                                             "release 1", "move 18 20", "move 20 20", "press 5", "release 5",
                                             "key a", "key b", "move 98 100", "move 100 100", "press 1",
                                             "release 1"});
}
