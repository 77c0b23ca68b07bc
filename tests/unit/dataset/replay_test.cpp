#include <overt/dataset/replay.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <overt_test/catch.hpp>

namespace {

using namespace overt::dataset;
using overt::key_symbol;
using overt::modifiers;
using overt::rectangle;
using overt::screen_point;
using overt::timestamp;
using overt::ui_act;
using overt::ui_role;

constexpr std::int64_t ms = 1'000'000;

/// A clock that does not wait, and a program that changes with it.
struct desktop {
  timestamp now{};
  std::vector<std::string> input{};
  std::vector<timestamp> times{};
  seen_window window{.process = 7, .application = "editor", .title = "note", .bounds = {0, 0, 500, 500}};
  std::function<std::optional<seen_window>(desktop const&)> windows = [](desktop const& it) {
    return std::optional{it.window};
  };
  std::function<std::optional<seen_element>(desktop const&, meaning const&)> elements =
      [](desktop const&, meaning const& wanted) {
        return std::optional{seen_element{wanted.bounds, true, wanted.after}};
      };
  std::function<std::optional<seen_field>(desktop const&)> field = [](desktop const&) {
    return std::optional<seen_field>{};
  };
  std::size_t fails_at = SIZE_MAX; ///< the input that no longer reaches the display
  int pressed = 0;

  bool say(std::string what) {
    input.push_back(std::move(what));
    times.push_back(now);
    return input.size() <= fails_at;
  }
};

struct fake_clock {
  desktop* of;
  [[nodiscard]] timestamp now() const { return of->now; }
  void sleep_until(timestamp when) const { of->now = std::max(of->now, when); }
};

struct fake_player {
  desktop* of;
  bool move(screen_point at) { return of->say("move " + std::to_string(at.x) + ' ' + std::to_string(at.y)); }
  bool button(std::uint8_t number, bool down) {
    of->pressed += down ? 1 : -1;
    return of->say((down ? "press " : "release ") + std::to_string(number));
  }
  bool hold(modifiers held) {
    return held == modifiers::none || of->say("hold " + std::to_string(static_cast<int>(held)));
  }
  bool stroke(key_symbol symbol, modifiers held) {
    auto name = overt::name_of(symbol);
    return of->say("key " + std::string{name.view()} +
                   (held == modifiers::none ? "" : " with " + std::to_string(static_cast<int>(held))));
  }
  bool let_go() {
    of->pressed = 0;
    return true;
  }
};

struct fake_windows {
  desktop* of;
  std::optional<seen_window> focused() { return of->windows(*of); }
  std::optional<seen_window> at(screen_point) { return of->windows(*of); }
};

struct fake_elements {
  desktop* of;
  std::optional<seen_element> find(meaning const& wanted, seen_window const&, screen_point) {
    return of->elements(*of, wanted);
  }
  std::optional<seen_field> focused(std::uint32_t) { return of->field(*of); }
  void settle(std::uint32_t, std::int64_t) {}
};

overt::result<replay_outcome> play(desktop& on, episode const& what, replay_options const& options) {
  fake_player player{&on};
  fake_windows windows{&on};
  fake_elements elements{&on};
  return replay(player, windows, elements, what, options, fake_clock{&on});
}

action at(std::int64_t when, action_kind what, std::vector<meaning> meant = {}) {
  action made;
  made.what = std::move(what);
  made.approached = made.began = made.ended = {when * ms};
  made.where = {.application = "editor", .title = "note"};
  made.meant = std::move(meant);
  return made;
}

meaning button_called(std::string label, rectangle bounds = {90, 90, 40, 20}) {
  meaning made;
  made.act = ui_act::activate;
  made.role = ui_role::button;
  made.label = std::move(label);
  made.bounds = bounds;
  return made;
}

replay_options semantic() {
  replay_options made;
  made.pace = replay_pace::semantic;
  return made;
}

episode of(std::vector<action> actions) {
  episode made;
  made.actions = std::move(actions);
  return made;
}

} // namespace

TEST_CASE("in real time everything comes as long after as it did") {
  desktop on;
  on.now = {500 * ms};
  auto click = at(1100, click_action{.at = {100, 100}});
  click.ended = {1180 * ms};
  auto text = at(2000, text_action{.value = "ab"});
  text.ended = {2100 * ms};
  auto const outcome = play(on,
                            of({at(1000, key_action{.symbol = key_symbol{'s'}, .held = modifiers::control}),
                                click, at(1500, wait_action{}), text}),
                            {});
  REQUIRE(outcome);
  CHECK_FALSE(outcome->diverged);
  CHECK(outcome->done == 4);
  CHECK(on.input == std::vector<std::string>{"key s with 2", "move 98 100", "move 100 100", "press 1",
                                             "release 1", "key a", "key b"});
  CHECK(on.times[0] == timestamp{500 * ms});
  CHECK(on.times[3] == timestamp{600 * ms});
  CHECK(on.times[4] == timestamp{680 * ms});
  CHECK(on.times[5] == timestamp{1500 * ms});
  CHECK(on.times[6] == timestamp{1600 * ms});
}

TEST_CASE("twice as fast takes half the time") {
  desktop on;
  REQUIRE(play(
      on,
      of({at(1000, key_action{.symbol = key_symbol{'a'}}), at(3000, key_action{.symbol = key_symbol{'b'}})}),
      {.speed = 2.0}));
  CHECK(on.times[1] == timestamp{1000 * ms});
}

TEST_CASE("in real time a recorded path is followed") {
  desktop on;
  drag_action drag{.from = {10, 10}, .to = {200, 10}};
  drag.path = {{{50, 12}, {1010 * ms}}, {{120, 14}, {1020 * ms}}};
  auto one = at(1000, drag);
  one.ended = {1050 * ms};
  REQUIRE(play(on, of({one}), {}));
  CHECK(on.input == std::vector<std::string>{"move 8 10", "move 10 10", "press 1", "move 50 12",
                                             "move 120 14", "move 200 10", "release 1"});
  CHECK(on.times[4] == timestamp{20 * ms});
  CHECK(on.times[6] == timestamp{50 * ms});
}

TEST_CASE("semantically nothing waits for its time") {
  desktop on;
  auto const outcome =
      play(on,
           of({at(0, key_action{.symbol = key_symbol{'a'}}), at(1, wait_action{.ns = 30'000 * ms}),
               at(60'000, key_action{.symbol = key_symbol{'b'}})}),
           semantic());
  REQUIRE(outcome);
  CHECK(on.input.size() == 2);
  CHECK(on.now < timestamp{200 * ms});
}

TEST_CASE("semantically an action waits for its window") {
  desktop on;
  on.windows = [](desktop const& it) {
    auto now = it.window;
    now.title = it.now < timestamp{3000 * ms} ? "starting" : "*note";
    return std::optional{now};
  };
  auto const outcome = play(on, of({at(0, key_action{.symbol = key_symbol{'a'}})}), semantic());
  REQUIRE(outcome);
  CHECK_FALSE(outcome->diverged);
  CHECK(on.times[0] >= timestamp{3000 * ms});
}

TEST_CASE("a window that does not come is the first difference, and nothing is played any more") {
  for (auto const pace : {replay_pace::semantic, replay_pace::real_time}) {
    desktop on;
    on.window.title = "Sign in";
    replay_options options;
    options.pace = pace;
    auto const outcome = play(on,
                              of({at(0, wait_action{}), at(0, key_action{.symbol = key_symbol{'a'}}),
                                  at(1, key_action{.symbol = key_symbol{'b'}})}),
                              options);
    REQUIRE(outcome);
    REQUIRE(outcome->diverged);
    CHECK(outcome->diverged->what == difference::window);
    CHECK(outcome->diverged->action == 1);
    CHECK(outcome->diverged->expected == "editor: note");
    CHECK(outcome->diverged->found == "editor: Sign in");
    CHECK(outcome->done == 1);
    CHECK(on.input.empty());
  }
}

TEST_CASE("no window at all is a difference, too, unless the trace does not say which it was") {
  desktop on;
  on.windows = [](desktop const&) { return std::optional<seen_window>{}; };
  auto one = at(0, key_action{.symbol = key_symbol{'a'}});
  CHECK(play(on, of({one}), semantic())->diverged);
  CHECK(on.input.empty());
  one.where = {};
  CHECK_FALSE(play(on, of({one}), semantic())->diverged);
  CHECK(on.input.size() == 1);
}

TEST_CASE("a popup has no title, and counts by its program") {
  desktop on;
  on.window.popup = true;
  on.window.title.clear();
  CHECK_FALSE(play(on, of({at(0, click_action{.at = {100, 100}})}), semantic())->diverged);
  on.window.application = "other";
  CHECK(play(on, of({at(0, click_action{.at = {100, 100}})}), semantic())->diverged);
}

TEST_CASE("semantically an action waits for its element, and for that to be enabled") {
  desktop on;
  on.elements = [](desktop const& it, meaning const& wanted) {
    return it.now < timestamp{1000 * ms}
               ? std::nullopt
               : std::optional{seen_element{wanted.bounds, it.now >= timestamp{2000 * ms}, ""}};
  };
  auto const outcome =
      play(on, of({at(0, click_action{.at = {100, 100}}, {button_called("Send")})}), semantic());
  REQUIRE(outcome);
  CHECK_FALSE(outcome->diverged);
  CHECK(on.times[0] >= timestamp{2000 * ms});
}

TEST_CASE("an element that is not there, or takes nothing, is the first difference") {
  desktop on;
  on.elements = [](desktop const&, meaning const&) { return std::optional<seen_element>{}; };
  auto const what = of({at(0, click_action{.at = {100, 100}}, {button_called("Send")})});
  auto missing = play(on, what, semantic());
  REQUIRE(missing->diverged);
  CHECK(missing->diverged->what == difference::element);
  CHECK(missing->diverged->expected == "button \"Send\"");
  on.elements = [](desktop const&, meaning const& wanted) {
    return std::optional{seen_element{wanted.bounds, false, ""}};
  };
  auto disabled = play(on, what, semantic());
  REQUIRE(disabled->diverged);
  CHECK(disabled->diverged->what == difference::disabled);
  CHECK(on.input.empty());
}

TEST_CASE("an element that has moved is clicked where it is") {
  desktop on;
  on.elements = [](desktop const&, meaning const&) {
    return std::optional{seen_element{{290, 190, 40, 20}, true, ""}};
  };
  auto const outcome =
      play(on, of({at(0, click_action{.at = {100, 100}}, {button_called("Send")})}), semantic());
  CHECK(outcome->moved == 1);
  CHECK(on.input[1] == "move 300 200");
}

TEST_CASE("a value that is another one afterwards is the first difference") {
  desktop on;
  on.elements = [](desktop const& it, meaning const& wanted) {
    return std::optional{seen_element{wanted.bounds, true, it.input.size() < 4 ? "Red" : "Green"}};
  };
  auto choice = button_called("Colour");
  choice.role = ui_role::combo_box;
  choice.act = ui_act::select;
  choice.after = "Blue";
  auto const outcome = play(
      on, of({at(0, click_action{.at = {100, 100}}, {choice}), at(1, key_action{.symbol = key_symbol{'a'}})}),
      semantic());
  REQUIRE(outcome->diverged);
  CHECK(outcome->diverged->what == difference::value);
  CHECK(outcome->diverged->action == 0);
  CHECK(outcome->diverged->found == "Green");
  CHECK(on.input.size() == 4);
  choice.after = "Green";
  CHECK_FALSE(play(on, of({at(0, click_action{.at = {100, 100}}, {choice})}), semantic())->diverged);
}

TEST_CASE("two clicks in one place do not become a double click") {
  desktop on;
  REQUIRE(play(on,
               of({at(0, click_action{.at = {100, 100}}), at(800, click_action{.at = {101, 100}}),
                   at(900, click_action{.at = {300, 100}})}),
               semantic()));
  CHECK(on.times[4] - on.times[3] >= 600 * ms);
  CHECK(on.times[8] - on.times[7] < 600 * ms);
}

TEST_CASE("a double click is one") {
  desktop on;
  REQUIRE(play(on, of({at(0, click_action{.count = 2, .at = {100, 100}})}), semantic()));
  CHECK(on.input == std::vector<std::string>{"move 98 100", "move 100 100", "press 1", "release 1", "press 1",
                                             "release 1"});
  CHECK(on.times[5] - on.times[2] < 100 * ms);
}

TEST_CASE("the wheel turns by notches, and what is left of a notch is told") {
  desktop on;
  auto const outcome =
      play(on, of({at(0, scroll_action{.dx_v120 = -120, .dy_v120 = 250, .at = {100, 100}})}), semantic());
  CHECK(on.input == std::vector<std::string>{"move 98 100", "move 100 100", "press 5", "release 5", "press 5",
                                             "release 5", "press 6", "release 6"});
  CHECK(outcome->unscrolled_dy_v120 == 10);
  CHECK(outcome->unscrolled_dx_v120 == 0);
}

TEST_CASE("an act of which only the program told is done on its element") {
  desktop on;
  auto const outcome =
      play(on, of({at(0, told_action{}, {button_called("Save As", {10, 20, 30, 40})}), at(1, told_action{})}),
           semantic());
  CHECK(outcome->told == 1);
  CHECK(on.input == std::vector<std::string>{"move 23 40", "move 25 40", "press 1", "release 1"});
}

TEST_CASE("a focus at the end is waited for, and one in passing is not") {
  desktop on;
  auto elsewhere = at(5, focus_action{});
  elsewhere.where.title = "saved";
  CHECK_FALSE(play(on, of({elsewhere, at(6, key_action{.symbol = key_symbol{'a'}})}), semantic())->diverged);
  auto const outcome = play(on, of({at(0, key_action{.symbol = key_symbol{'a'}}), elsewhere}), semantic());
  REQUIRE(outcome->diverged);
  CHECK(outcome->diverged->expected == "editor: saved");
}

TEST_CASE("nothing is played of a trace that withholds something") {
  desktop on;
  auto const outcome =
      play(on, of({at(0, key_action{.symbol = key_symbol{'a'}}), at(1, text_action{})}), semantic());
  CHECK_FALSE(outcome);
  CHECK(on.input.empty());
}

TEST_CASE("a display that goes away ends it with nothing held") {
  for (std::size_t after = 0; after < 6; ++after) {
    desktop on;
    on.fails_at = after;
    drag_action const drag{.from = {10, 10}, .to = {200, 10}};
    CHECK_FALSE(play(on, of({at(0, click_action{.at = {100, 100}}), at(1, drag)}), {}));
    CHECK(on.pressed == 0);
  }
}

TEST_CASE("when it is to stop, nothing more is pressed, and nothing stays held") {
  for (auto const pace : {replay_pace::semantic, replay_pace::real_time}) {
    for (std::size_t after = 0; after < 26; ++after) {
      desktop on;
      replay_options options;
      options.pace = pace;
      std::size_t pressed_then = SIZE_MAX;
      options.stop = [&] {
        bool const stop = on.input.size() >= after;
        pressed_then = stop && pressed_then == SIZE_MAX ? on.input.size() : pressed_then;
        return stop;
      };
      auto text = at(900, text_action{.value = "a long text"});
      text.ended = {5000 * ms};
      auto const outcome = play(on,
                                of({at(0, click_action{.at = {100, 100}}),
                                    at(1, drag_action{.from = {10, 10}, .to = {200, 10}}), text}),
                                options);
      REQUIRE(outcome);
      CHECK(outcome->stopped);
      CHECK_FALSE(outcome->diverged);
      CHECK(outcome->done < 3);
      CHECK(on.pressed == 0);
      // What is on its way may still come: a release, the other half of a click.
      CHECK(on.input.size() <= pressed_then + 1);
    }
  }
}

TEST_CASE("semantically a text waits for a field, though not for long where there is none") {
  auto const what = of({at(0, text_action{.value = "ab"})});
  desktop on;
  on.field = [](desktop const& it) {
    return std::optional{seen_field{it.now >= timestamp{700 * ms}, std::string(it.input.size(), 'x')}};
  };
  CHECK_FALSE(play(on, what, semantic())->diverged);
  CHECK(on.times[0] >= timestamp{700 * ms});
  CHECK(on.times[0] < timestamp{900 * ms});
  desktop without;
  CHECK_FALSE(play(without, what, semantic())->diverged);
  CHECK(without.input.size() == 2);
  CHECK(without.now < timestamp{3000 * ms});
}

TEST_CASE("a text that does not come into its field is a difference") {
  desktop on;
  on.field = [](desktop const&) { return std::optional{seen_field{true, "old"}}; };
  auto const outcome = play(on, of({at(0, text_action{.value = "ab"})}), semantic());
  REQUIRE(outcome->diverged);
  CHECK(outcome->diverged->what == difference::value);
  CHECK(outcome->diverged->expected == "ab");
  CHECK(outcome->diverged->found == "old");
  // The same text again may change nothing.
  CHECK_FALSE(play(on, of({at(0, text_action{.value = "old"})}), semantic())->diverged);
}

TEST_CASE("where only all that stood in a field is told, it takes the place of what stands there") {
  desktop on;
  REQUIRE(play(on, of({at(0, text_action{.value = "ab", .whole = true})}), semantic()));
  CHECK(on.input == std::vector<std::string>{"key a with 2", "key a", "key b"});
}
