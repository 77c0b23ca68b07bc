#include <overt/dataset/play/replay_keyboard.hpp>

#include <string>
#include <vector>

#include "fake_desktop.hpp"
#include <overt_test/catch.hpp>

using namespace overt_test::replayed;

TEST_CASE("each character comes at its time, where the trace has the times of all") {
  desktop on;
  auto const options = timed();
  auto timing = timing_on(on, options);
  fake_player player{&on};
  replay_keyboard keyboard{player, timing};
  text_action text{.value = "ab", .typed = {{10 * ms}, {90 * ms}}};
  auto what = at(0, text);
  what.ended = {200 * ms};
  CHECK(keyboard.write(what, text, "ab"));
  CHECK(on.times == std::vector<timestamp>{{10 * ms}, {90 * ms}});
  text.typed.pop_back();
  CHECK(keyboard.write(what, text, "ab"));
  CHECK(on.times.back() == timestamp{290 * ms}); // spread over the action, as late as it is
}

TEST_CASE("a text that is all of its field takes the place of what stands there") {
  desktop on;
  auto const options = semantic();
  auto timing = timing_on(on, options);
  fake_player player{&on};
  replay_keyboard keyboard{player, timing};
  text_action const text{.value = "", .whole = true};
  CHECK(keyboard.write(at(0, text), text, "x\n"));
  CHECK(on.input == std::vector<std::string>{"key a with 2", "key x", "key Return"});
}

TEST_CASE("a key is pressed as often as it was repeated, and no more once the display has gone") {
  desktop on;
  auto const options = semantic();
  auto timing = timing_on(on, options);
  fake_player player{&on};
  replay_keyboard keyboard{player, timing};
  key_action const key{.symbol = key_symbol{'j'}, .held = modifiers::control, .repeated = 2};
  CHECK(keyboard.press(at(0, key), key));
  CHECK(on.input == std::vector<std::string>(3, "key j with 2"));
  on.fails_at = 3;
  CHECK_FALSE(keyboard.press(at(0, key), key));
  CHECK(on.input.size() == 4);
}
