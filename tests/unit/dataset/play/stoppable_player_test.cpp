#include <overt/dataset/play/stoppable_player.hpp>

#include <string>
#include <vector>

#include "fake_desktop.hpp"
#include <overt_test/catch.hpp>

using namespace overt_test::replayed;

static_assert(input_player<stoppable_player<fake_player, fake_clock>>);

TEST_CASE("once it was stopped, nothing is pressed or moved, and what is held can be let go") {
  desktop on;
  bool stop = false;
  replay_options options;
  options.stop = [&] { return stop; };
  auto timing = timing_on(on, options);
  fake_player behind{&on};
  stoppable_player player{behind, timing};
  CHECK(player.move({1, 2}));
  CHECK(player.button(1, true));
  stop = true;
  CHECK(player.stroke({'a'}, modifiers::none)); // nobody has looked yet
  CHECK(timing.is_stopped());
  CHECK_FALSE(player.move({3, 4}));
  CHECK_FALSE(player.button(2, true));
  CHECK_FALSE(player.stroke({'b'}, modifiers::none));
  CHECK(player.button(1, false));
  CHECK(player.hold(modifiers::none));
  CHECK(player.let_go());
  CHECK(on.input == std::vector<std::string>{"move 1 2", "press 1", "key a", "release 1"});
}
