#include <overt/dataset/play/replay_reducer.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <overt_test/catch.hpp>
#include <overt_test/reduced.hpp>

using namespace overt_test;
using overt::key_class;
using overt::text_source;
using overt::timestamp;
using overt::dataset::action;
using overt::dataset::click_action;
using overt::dataset::key_action;
using overt::dataset::replay_reducer;
using overt::dataset::text_action;

namespace {

std::vector<overt::dataset::episode> for_replay(recorded_trace const& trace) {
  replay_reducer made;
  for (auto const& event : trace.events) {
    made.push(event);
  }
  return std::move(made).finish();
}

overt::text told(std::string_view value, std::vector<std::uint64_t> made_of,
                 text_source source = text_source::typed) {
  return {.source = source, .value = disclosed_text_of(value), .made_of = std::move(made_of)};
}

/// A key of which only the class is told.
std::uint64_t hidden(recorded_trace& trace, key_class kind) {
  auto const pressed = trace.down(kind, 0, nullptr);
  trace.after(ms).up(kind, 0);
  return pressed;
}

text_action const& text_of(action const& one) {
  REQUIRE(one.get_if<text_action>() != nullptr);
  return *one.get_if<text_action>();
}

} // namespace

TEST_CASE("the keys of a text are done again, not what came of them") {
  recorded_trace trace;
  auto const first = trace.type("ab");
  trace.enter();
  trace.type("c");
  trace.add(told("there before\nab\nc", {first, trace.next - 2}));
  auto const episodes = for_replay(trace);
  CHECK(in_short(episodes) == "text(ab) key(Return) text(c)");
  auto const& text = text_of(episodes[0].actions[0]);
  CHECK_FALSE(text.whole);
  CHECK(text.typed == std::vector<timestamp>{{0}, {2 * ms}});
}

TEST_CASE("where the keys are withheld, all that stood in the field is written") {
  recorded_trace trace;
  auto const first = hidden(trace, key_class::letter);
  trace.after(ms).enter();
  hidden(trace, key_class::letter);
  trace.add(told("a\nb", {first, trace.next - 2}));
  trace.enter(); // after it: this one sends
  auto const episodes = for_replay(trace);
  CHECK(in_short(episodes) == "text(a\nb) key(Return)");
  CHECK(text_of(episodes[0].actions[0]).whole);
  CHECK(text_of(episodes[0].actions[0]).typed.empty());
}

TEST_CASE("one key that is withheld is enough") {
  recorded_trace trace;
  auto const first = trace.type("a");
  hidden(trace, key_class::letter);
  trace.add(told("ab", {first, trace.next - 2}));
  auto const episodes = for_replay(trace);
  CHECK(in_short(episodes) == "text(ab)");
  CHECK(text_of(episodes[0].actions[0]).whole);
}

TEST_CASE("what a program filled in is told by the program alone") {
  recorded_trace trace;
  auto const first = trace.type("a");
  trace.add(told("completed", {first, trace.next - 2}, text_source::filled));
  auto const episodes = for_replay(trace);
  CHECK(in_short(episodes) == "text(completed)");
  CHECK(text_of(episodes[0].actions[0]).whole);
}

TEST_CASE("the way of the pointer goes with the action that it led to") {
  recorded_trace trace;
  trace.move(10, 10);
  trace.after(10 * ms).move(50, 50);
  trace.after(10 * ms).click(100, 100);
  auto const episodes = for_replay(trace);
  REQUIRE(episodes.size() == 1);
  REQUIRE(episodes[0].actions.size() == 1);
  auto const& click = episodes[0].actions[0];
  REQUIRE(click.approach.size() == 2);
  CHECK(click.approach[1].at.x == 50);
  CHECK(click.approach[1].when == timestamp{10 * ms});
}
