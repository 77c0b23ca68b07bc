#include <overt/dataset/reduction/attach_meaning.hpp>

#include <vector>

#include <overt_test/catch.hpp>
#include <overt_test/reduced.hpp>

using namespace overt_test;
using overt::clipboard_operation;
using overt::key_class;
using overt::ui_act;
using overt::dataset::told_action;

namespace {
using numbers = std::vector<std::uint64_t>;

overt::ui_action menu_item(numbers made_of) {
  overt::ui_action made{.act = ui_act::activate,
                        .role = overt::ui_role::menu_item,
                        .label = disclosed_text_of("Save As"),
                        .bounds = {1, 2, 3, 4},
                        .selector = disclosed_text_of("#save"),
                        .made_of = std::move(made_of)};
  made.path.push_back({.role = overt::ui_role::menu, .label = disclosed_text_of("File")});
  made.path.push_back({.role = overt::ui_role::menu_item, .label = {}});
  return made;
}
} // namespace

TEST_CASE("a meaning belongs to the action that it was made of") {
  recorded_trace trace;
  trace.click(10, 10);          // 1, 2
  trace.click(20, 20);          // 3, 4
  trace.add(menu_item({1, 2})); // 5
  trace.add(menu_item({2, 4})); // 6: the last of them counts
  auto const episodes = reduced(trace);
  REQUIRE(episodes[0].actions.size() == 2);
  auto const& first = episodes[0].actions[0];
  REQUIRE(first.meant.size() == 1);
  CHECK(first.meant[0].label == "Save As");
  CHECK(first.meant[0].path[0].label == "File");
  CHECK(first.meant[0].path[1].label.empty());
  CHECK(first.meant[0].selector == "#save");
  CHECK(first.meant[0].bounds.height == 4);
  CHECK(first.meant[0].sequence == 5);
  CHECK(first.children == numbers{1, 2, 5});
  CHECK(first.ended.ns == ms); // told later, and still over by then
  CHECK(episodes[0].actions[1].meant.size() == 1);
}

TEST_CASE("both meanings of a double click, in their order") {
  recorded_trace trace;
  trace.click(10, 10, 1);
  trace.click(10, 10, 2);
  trace.add(menu_item({1, 2}));
  trace.add(menu_item({3, 4}));
  auto const episodes = reduced(trace);
  REQUIRE(in_short(episodes) == "click*2");
  REQUIRE(episodes[0].actions[0].meant.size() == 2);
  CHECK(episodes[0].actions[0].meant[1].sequence == 6);
}

TEST_CASE("what no input of the trace led to is an action of its own") {
  recorded_trace trace;
  trace.release(1, 1); // is in no action
  trace.add(menu_item({}));
  trace.add(menu_item({1}));
  trace.add(menu_item({77}));
  auto const episodes = reduced(trace);
  CHECK(in_short(episodes) == "told told told -no_press");
  CHECK(episodes[0].actions[0].meant.at(0).label == "Save As");
  CHECK(episodes[0].actions[0].where.application == "editor");
}

TEST_CASE("the meaning of keys belongs to the text that they became") {
  recorded_trace trace;
  trace.type("ab"); // 1 to 4
  trace.add(overt::text{.value = disclosed_text_of("ab"), .made_of = {1, 4}});
  trace.add(overt::ui_action{.act = ui_act::set_value, .made_of = {1, 3}});
  auto const episodes = reduced(trace);
  REQUIRE(in_short(episodes) == "text(ab)");
  CHECK(episodes[0].actions[0].meant.at(0).act == ui_act::set_value);
}

TEST_CASE("what was copied belongs to its key, once") {
  recorded_trace trace;
  trace.held = overt::modifiers::control;
  trace.tap(key_class::letter, 'c');
  trace.add(overt::clipboard{.operation = clipboard_operation::copy, .made_of = {1}});
  trace.add(overt::clipboard{.operation = clipboard_operation::cut, .made_of = {1}});
  trace.add(overt::clipboard{.operation = clipboard_operation::paste});
  auto const episodes = reduced(trace);
  CHECK(in_short(episodes) == "key(+c) told told");
  CHECK(episodes[0].actions[0].clipboard == clipboard_operation::copy);
  CHECK(episodes[0].actions[1].clipboard == clipboard_operation::cut);
  CHECK(episodes[0].actions[2].clipboard == clipboard_operation::paste);
}
