#include <overt/dataset/reduction/keyboard_reduction.hpp>

#include <string>
#include <vector>

#include <overt_test/catch.hpp>
#include <overt_test/reduced.hpp>

using namespace overt_test;
using overt::key_class;
using overt::key_phase;
using overt::modifiers;
using overt::dataset::key_action;
using overt::dataset::text_action;

namespace {
using numbers = std::vector<std::uint64_t>;
constexpr std::uint32_t control = 0xffe3, shift = 0xffe1, super_key = 0xffeb, alt = 0xffe9;
} // namespace

TEST_CASE("what is typed is one text, with every press and release") {
  recorded_trace trace;
  trace.type("hello you");
  auto const episodes = reduced(trace);
  CHECK(in_short(episodes) == "text(hello you)");
  CHECK(episodes[0].actions[0].children.size() == 18);
  CHECK(episodes[0].actions[0].get_if<text_action>()->repeated == 0);
}

TEST_CASE("keys that overlap are in the order in which they went down") {
  recorded_trace trace;
  trace.down(key_class::letter, 'h', "h");
  trace.down(key_class::letter, 'i', "i");
  trace.up(key_class::letter, 'h');
  trace.enter();
  trace.up(key_class::letter, 'i'); // belongs to the text, which has ended
  auto const episodes = reduced(trace);
  CHECK(in_short(episodes) == "text(hi) key(Return)");
  CHECK(episodes[0].actions[0].children == numbers{1, 2, 3, 6});
}

TEST_CASE("B7: Control with c and v are two shortcuts") {
  recorded_trace trace;
  trace.modifier(key_phase::press, control);
  trace.held = modifiers::control;
  trace.tap(key_class::letter, 'c');
  trace.tap(key_class::letter, 'v');
  trace.modifier(key_phase::release, control);
  auto const episodes = reduced(trace);
  CHECK(in_short(episodes) == "key(+c) key(+v)");
  CHECK(episodes[0].actions[0].children == numbers{1, 2, 3});
  CHECK(episodes[0].actions[1].children == numbers{4, 5, 6});
  CHECK(episodes[0].actions[0].onset == 2);
}

TEST_CASE("a shortcut enters no text, whatever the layout says that it does") {
  recorded_trace trace;
  trace.held = modifiers::control | modifiers::num_lock;
  trace.tap(key_class::letter, 'c', "c");
  CHECK(reduced_in_short(trace) == "key(+c)");
}

TEST_CASE("B8: Enter, Tab and Backspace are keys and no empty texts") {
  recorded_trace trace;
  trace.enter();
  trace.tap(key_class::editing, 0xff08, "\b");
  trace.tap(key_class::editing, 0xffff, "\x7f");
  trace.tap(key_class::navigation, 0xff09, "\t");
  CHECK(reduced_in_short(trace) == "key(Return) key(BackSpace) key(Delete) key(Tab)");
}

TEST_CASE("Backspace is not taken out of a text: it was pressed") {
  recorded_trace trace;
  trace.type("helo");
  trace.tap(key_class::editing, 0xff08);
  trace.type("lo");
  CHECK(reduced_in_short(trace) == "text(helo) key(BackSpace) text(lo)");
}

TEST_CASE("B6: a modifier that never came up makes no shortcuts") {
  recorded_trace trace;
  trace.modifier(key_phase::press, control);
  trace.held = modifiers::control;
  trace.tap(key_class::letter, 's');
  trace.held = modifiers::none; // the system says so; the release was never seen
  trace.type("hello");
  CHECK(reduced_in_short(trace) == "key(+s) text(hello)");
}

TEST_CASE("B6: and one that the system says is held makes them") {
  recorded_trace trace;
  trace.held = modifiers::control;
  trace.type("ab");
  CHECK(reduced_in_short(trace) == "key(+a) key(+b)");
}

TEST_CASE("B6: of a modifier that nothing was done with, nothing is made") {
  recorded_trace trace;
  trace.modifier(key_phase::press, control);
  trace.type("ab");
  CHECK(reduced_in_short(trace) == "text(ab) -modifier");
}

TEST_CASE("B3: what a key that is held down repeats is counted") {
  recorded_trace trace;
  trace.down(key_class::letter, 'a', "a");
  for (int i = 0; i < 4; ++i) {
    trace.after(30 * ms).again(key_class::letter, 'a', "a");
  }
  trace.up(key_class::letter, 'a');
  trace.down(key_class::editing, 0xff08);
  trace.again(key_class::editing, 0xff08);
  trace.again(key_class::editing, 0xff08);
  trace.up(key_class::editing, 0xff08);
  auto const episodes = reduced(trace);
  CHECK(in_short(episodes) == "text(aaaaa) key(BackSpace)");
  CHECK(episodes[0].actions[0].get_if<text_action>()->repeated == 4);
  CHECK(episodes[0].actions[1].get_if<key_action>()->repeated == 2);
}

TEST_CASE("B3: a repetition whose press is not in the trace says so") {
  recorded_trace trace;
  trace.again(key_class::navigation, 0xff51);
  trace.again(key_class::navigation, 0xff51);
  trace.up(key_class::navigation, 0xff51);
  trace.up(key_class::navigation, 0xff53);
  auto const episodes = reduced(trace);
  CHECK(in_short(episodes) == "key(Left)!no_press -no_press");
  CHECK(episodes[0].actions[0].get_if<key_action>()->repeated == 2);
}

TEST_CASE("B9, B10: what was entered counts: capitals, other scripts, delimiters of others") {
  recorded_trace trace;
  trace.modifier(key_phase::press, shift);
  trace.held = modifiers::shift;
  trace.tap(key_class::letter, 0xc9, "É");
  trace.modifier(key_phase::release, shift);
  trace.held = modifiers::none;
  trace.tap(key_class::letter, 0x0100'65e5, "日");
  trace.tap(key_class::punctuation, '$', "$");
  trace.type("single left click");
  trace.held = modifiers::control | modifiers::alt; // AltGr, on some systems
  trace.tap(key_class::punctuation, 0x20ac, "€");
  auto const episodes = reduced(trace);
  CHECK(in_short(episodes) == "text(É日$single left click€)");
  CHECK(episodes[0].actions[0].children.front() == 1); // Shift
}

TEST_CASE("a dead key is a part of the character that it makes") {
  recorded_trace trace;
  trace.type("caf");
  trace.tap(key_class::dead, 0xfe51);
  trace.down(key_class::letter, 'e', "é");
  trace.up(key_class::letter, 'e');
  CHECK(reduced_in_short(trace) == "text(café)");

  recorded_trace compose;
  compose.tap(key_class::dead, 0xff20);
  compose.tap(key_class::letter, 'o', "");
  compose.tap(key_class::letter, 'c', "©");
  CHECK(reduced_in_short(compose) == "text(©)");
  CHECK(reduced(compose)[0].actions[0].onset == 1);

  recorded_trace given_up;
  given_up.tap(key_class::dead, 0xfe51);
  given_up.tap(key_class::editing, 0xff08);
  given_up.type("e");
  CHECK(reduced_in_short(given_up) == "key(dead_acute) key(BackSpace) text(e)");
}

TEST_CASE("a modifier alone is a key where it does something alone") {
  recorded_trace trace;
  trace.modifier(key_phase::press, super_key);
  trace.held = modifiers::super;
  trace.modifier(key_phase::release, super_key);
  trace.held = modifiers::none;
  trace.modifier(key_phase::press, shift);
  trace.held = modifiers::shift;
  trace.modifier(key_phase::release, shift);
  trace.modifier(key_phase::release, alt); // its press is not in the trace
  CHECK(reduced_in_short(trace) == "key(Super_L) -modifier -modifier -no_press");
}

TEST_CASE("modifiers belong to what was done while they were held, with the mouse too") {
  recorded_trace trace;
  trace.modifier(key_phase::press, control);
  trace.held = modifiers::control;
  trace.click(1, 1);
  trace.turn(120);
  trace.modifier(key_phase::release, control);
  auto const episodes = reduced(trace);
  CHECK(in_short(episodes) == "click scroll");
  CHECK(episodes[0].actions[0].children == numbers{1, 2, 3});
  CHECK(episodes[0].actions[1].children == numbers{4, 5});
  CHECK(episodes[0].actions[0].get_if<overt::dataset::click_action>()->held == modifiers::control);
}

TEST_CASE("Alt, Tab and Tab are two, and so are Control, Shift and s one") {
  recorded_trace trace;
  trace.modifier(key_phase::press, alt);
  trace.held = modifiers::alt;
  trace.tap(key_class::navigation, 0xff09);
  trace.tap(key_class::navigation, 0xff09);
  trace.modifier(key_phase::release, alt);
  trace.held = modifiers::none;
  trace.modifier(key_phase::press, control);
  trace.held = modifiers::control;
  trace.modifier(key_phase::press, shift);
  trace.held = modifiers::control | modifiers::shift;
  trace.tap(key_class::letter, 'S');
  trace.modifier(key_phase::release, shift);
  trace.modifier(key_phase::release, control);
  CHECK(reduced_in_short(trace) == "key(+Tab) key(+Tab) key(+S)");
}

TEST_CASE("what was withheld stays so, and is not mixed with what was not") {
  recorded_trace trace;
  trace.type("ab");
  trace.tap(key_class::letter, 0, nullptr);
  trace.tap(key_class::digit, 0, nullptr);
  trace.type("c");
  trace.tap(key_class::enter, 0, nullptr);
  trace.tap(key_class::letter, 'x', nullptr); // which key, and not what it entered
  auto const episodes = reduced(trace);
  CHECK(in_short(episodes) == "text(ab) text(?) text(c) key key(x)");
  CHECK(episodes[0].actions[1].get_if<text_action>()->doubt == overt::text_doubt::by_policy);
}

TEST_CASE("a text ends where something else is done, and after a long pause") {
  auto const with = [](auto between) {
    recorded_trace trace;
    trace.type("ab");
    between(trace);
    trace.type("cd");
    return reduced_in_short(trace, {.wait_ns = 100 * seconds});
  };
  CHECK(with([](auto&) {}) == "text(abcd)");
  CHECK(with([](auto& trace) { trace.move(3, 3); }).starts_with("text(abcd)"));
  CHECK(with([](auto& trace) { trace.after(9 * seconds); }) == "text(abcd)");
  CHECK(with([](auto& trace) { trace.after(11 * seconds); }) == "text(ab) text(cd)");
  CHECK(with([](auto& trace) { trace.click(1, 1); }) == "text(ab) click text(cd)");
  CHECK(with([](auto& trace) { trace.add(overt::focus{}); }) == "text(ab) focus text(cd)");
  CHECK(with([](auto& trace) { trace.application = "mail"; }) == "text(ab) text(cd)");
  CHECK(with([](auto& trace) { trace.title = "*changed"; }) == "text(abcd)");
  CHECK(with([](auto& trace) { trace.lost("key"); }) == "text(ab) text(cd)");
  CHECK(with([](auto& trace) { trace.lost("button"); }) == "text(abcd)");
}

TEST_CASE("a gap while a key or a modifier is down") {
  recorded_trace trace;
  trace.down(key_class::function, 0xffbe);
  trace.modifier(key_phase::press, control);
  trace.lost();
  trace.up(key_class::function, 0xffbe);
  trace.held = modifiers::control;
  trace.tap(key_class::letter, 's');
  trace.modifier(key_phase::release, control);
  CHECK(reduced_in_short(trace) == "key(F1)!cut key(+s) -modifier");
}
