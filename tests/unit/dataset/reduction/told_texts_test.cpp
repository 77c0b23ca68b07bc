#include <overt/dataset/reduction/told_texts.hpp>

#include <vector>

#include <overt_test/catch.hpp>
#include <overt_test/reduced.hpp>

using namespace overt_test;
using overt::key_class;
using overt::text_doubt;
using overt::text_source;
using overt::dataset::key_action;
using overt::dataset::text_action;

namespace {
using numbers = std::vector<std::uint64_t>;

overt::text told(std::string_view value, std::uint64_t follows, numbers made_of = {},
                 std::int64_t began = 0) {
  return {
      .value = disclosed_text_of(value), .began = {began}, .follows = follows, .made_of = std::move(made_of)};
}
} // namespace

TEST_CASE("a text is where it was begun, not where it was told") {
  recorded_trace trace;
  trace.click(10, 10);                    // 1, 2: into the first field
  trace.after(9 * seconds).click(10, 50); // 3, 4: into the second
  trace.enter();                          // 5, 6
  trace.add(told("first", 2, {}, ms));    // both fields are left only now
  trace.add(told("second", 4, {}, 9 * seconds));
  auto const episodes = reduced(trace, {.wait_ns = 100 * seconds});
  CHECK(in_short(episodes) == "click text(first) click text(second) key(Return)");
  auto const& text = episodes[0].actions[1];
  CHECK(text.follows == 2);
  CHECK(text.onset == 3);
  CHECK(text.began.ns == ms);
  CHECK(text.children == numbers{7});
}

TEST_CASE("a text that nothing came before is the first") {
  recorded_trace trace;
  trace.click(10, 10);
  trace.add(told("ab", 0));
  CHECK(reduced_in_short(trace) == "text(ab) click");

  // Of a chain that follows no typing: it does not say.
  recorded_trace unsaid;
  unsaid.click(10, 10);
  unsaid.add(told("ab", 0, {}, seconds));
  CHECK(reduced_in_short(unsaid) == "click text(ab)");
}

TEST_CASE("two texts after one event are in the order in which they were begun") {
  recorded_trace trace;
  trace.click(10, 10);
  trace.add(told("second", 2, {}, 5));
  trace.add(told("first", 2, {}, 4));
  trace.add(told("third", 2, {}, 5)); // the same time: as they were told
  CHECK(reduced_in_short(trace) == "click text(first) text(second) text(third)");
}

TEST_CASE("a text whose keys are in the trace takes their place") {
  recorded_trace trace;
  trace.click(10, 10); // 1, 2
  trace.type("helo");  // 3 to 10
  trace.tap(key_class::editing, 0xff08);
  trace.type("lo");                         // 13 to 16
  trace.tap(key_class::navigation, 0xff09); // 17, 18: leaves the field, and is no part of it
  trace.after(ms).add(told("hello", 2, {3, 17}, 5));
  auto const episodes = reduced(trace);
  CHECK(in_short(episodes) == "click text(hello) key(Tab)");
  auto const& text = episodes[0].actions[1];
  CHECK(text.children == numbers{3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 19});
  CHECK(text.began.ns == trace.events[2].head().time.ns);
  CHECK(text.ended.ns == trace.events[15].head().time.ns); // of its last key, not when it was told
  CHECK(text.onset == 3);
}

TEST_CASE("what is no part of a text stays: Enter, shortcuts that do something else, other programs") {
  recorded_trace trace;
  trace.type("a"); // 1, 2
  trace.held = overt::modifiers::control;
  trace.tap(key_class::letter, 's'); // 3, 4
  trace.tap(key_class::letter, 'z'); // 5, 6
  trace.held = overt::modifiers::none;
  trace.enter(); // 7, 8
  trace.application = "mail";
  trace.type("b"); // 9, 10
  trace.application = "editor";
  trace.type("c"); // 11, 12
  trace.add(told("ac", 0, {1, 12}));
  CHECK(reduced_in_short(trace) == "text(ac) key(+s) key(Return) text(b)");
}

TEST_CASE("one field within another: each text has its own keys") {
  recorded_trace trace;
  trace.type("ab");          // 1 to 4
  trace.add(overt::focus{}); // 5
  trace.type("xy");          // 6 to 9
  trace.add(overt::focus{}); // 10
  trace.type("cd");          // 11 to 14
  trace.add(told("abcd", 0, {1, 14}));
  trace.add(told("xy", 5, {6, 9}));
  auto const episodes = reduced(trace);
  CHECK(in_short(episodes) == "text(abcd) focus text(xy) focus");
  CHECK(episodes[0].actions[2].children == numbers{6, 7, 8, 9, 16});
}

TEST_CASE("a text that was withheld has no value, not even that of its keys") {
  recorded_trace trace;
  trace.type("secret");
  trace.add(overt::text{
      .doubt = text_doubt::interrupted, .size = disclosed(overt::amount::under_ten), .made_of = {1, 12}});
  auto const episodes = reduced(trace);
  CHECK(in_short(episodes) == "text(?)");
  auto const* const text = episodes[0].actions[0].get_if<text_action>();
  CHECK(text->doubt == text_doubt::interrupted);
  CHECK(text->size == overt::amount::under_ten);
}

TEST_CASE("placeholders say where they stand") {
  auto what = told("pay {CARD} {WITHHELD}", 0);
  what.entities.push_back({.type = "CARD",
                           .size = overt::amount::tens,
                           .begin = disclosed(std::uint32_t{4}),
                           .end = disclosed(std::uint32_t{10})});
  what.entities.push_back({.type = "WITHHELD"}); // nobody says where
  recorded_trace trace;
  trace.add(std::move(what));
  auto const episodes = reduced(trace);
  auto const* const text = episodes[0].actions.at(0).get_if<text_action>();
  REQUIRE(text->placeholders.size() == 1);
  CHECK(text->placeholders[0].type == "CARD");
  CHECK(text->placeholders[0].begin == 4);
  CHECK(text->placeholders[0].end == 10);
}

TEST_CASE("what a key that was held down repeated is still told") {
  recorded_trace trace;
  trace.down(key_class::letter, 'a', "a");
  trace.again(key_class::letter, 'a', "a");
  trace.add(told("aa", 0, {1, 2}));
  auto const episodes = reduced(trace);
  CHECK(episodes[0].actions.at(0).get_if<text_action>()->repeated == 1);
}

TEST_CASE("what was pasted: its value where it was disclosed, the shortcut where it was not") {
  auto const pasted = [](bool disclosed_value) {
    recorded_trace trace;
    trace.held = overt::modifiers::control;
    trace.tap(key_class::letter, 'v');
    overt::text what{.source = text_source::pasted,
                     .doubt = disclosed_value ? text_doubt::none : text_doubt::not_typed,
                     .value = disclosed_value ? disclosed_text_of("from elsewhere") : overt::guarded_text{},
                     .made_of = {1, 2}};
    trace.add(std::move(what));
    return reduced(trace);
  };
  CHECK(in_short(pasted(true)) == "text(from elsewhere)");
  CHECK(in_short(pasted(false)) == "key(+v)");
  CHECK(pasted(false)[0].actions[0].children == numbers{1, 2, 3});
}

TEST_CASE("numbers that make no sense lose nothing") {
  recorded_trace trace;
  trace.type("ab");
  trace.add(told("x", 999, {4, 1}));
  trace.add(told("y", UINT64_MAX, {0, UINT64_MAX}));
  trace.add(told("z", UINT64_MAX, {UINT64_MAX}));
  CHECK(reduced_in_short(trace) == "text(y) text(x) text(z)");
}
