#include <overt/capture/atspi/act_description.hpp>

#include <cstdint>
#include <string>
#include <string_view>

#include <overt/capture/atspi/clipboard_keys.hpp>
#include <overt_test/catch.hpp>

#include "fake_desk.hpp"

namespace {

using namespace overt_test;
using overt::capture::atspi::act_shape;
using overt::capture::atspi::clipboard_operation_of;
using overt::capture::atspi::is_stable_identifier;
using overt::capture::atspi::label_of;
using overt::capture::atspi::shape_of;
using overt::capture::atspi::value_of;

element one(role what, std::string_view name, std::string_view label = {}, std::string_view value = {}) {
  return {.role = static_cast<std::uint32_t>(what),
          .name = overt::arena_string{name},
          .label = overt::arena_string{label},
          .value = overt::arena_string{value}};
}

TEST_CASE("selector: identifiers that a programmer wrote, and those made from data") {
  for (auto const* const good : {"save", "save-draft", "btn_ok2", "mat-input-12", "toolbar:save.button"}) {
    CAPTURE(good);
    CHECK(is_stable_identifier(good));
  }
  for (auto const* const bad :
       {"", "user-48213", "order12345", "ann@example.com", "row 3", "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "a1b2c3d4e5f6a7b8c9", "item-1-22-333-4444", "caf\xc3\xa9"}) {
    CAPTURE(bad);
    CHECK(!is_stable_identifier(bad));
  }
  CHECK(is_stable_identifier(std::string(64, 'a')));
  CHECK(!is_stable_identifier(std::string(65, 'a')));
}

TEST_CASE("selector: which one is taken") {
  fake_reader program;
  program.objects["frame"] = {.what = role::frame};
  program.objects["city"] = {.what = role::push_button, .parent = "frame", .index = 3};
  auto& city = program.objects["city"];
  auto const selector = [&] { return content(overt::capture::atspi::selector_of(program.make("city", {}))); };
  CHECK(selector() == "window/button[3]");
  city.attributes = {{"html-input-name", "city"}};
  CHECK(selector() == "[name=\"city\"]");
  city.attributes.emplace_back("id", "customer-4711001");
  CHECK(selector() == "[name=\"city\"]");
  city.attributes.back().second = "city-field";
  CHECK(selector() == "#city-field");
}

TEST_CASE("element_label: what an element is called") {
  CHECK(label_of(one(role::push_button, "Save", "Label")) == "Save");
  CHECK(label_of(one(role::text, "", "Name")) == "Name");
  CHECK(label_of(one(role::toggle_button, "GtkToggleButton", "Colour")) == "Colour");
  CHECK(label_of(one(role::push_button, "")) == "");
  auto described = one(role::push_button, "");
  described.description = overt::arena_string{"Saves the draft"};
  CHECK(label_of(described) == "Saves the draft");
  auto slider = one(role::slider, "");
  slider.description = overt::arena_string{"55"}; // its value, in GTK 3
  CHECK(label_of(slider) == "");
  CHECK(label_of(one(role::push_button, std::string(5000, 'x'))) == "");
}

TEST_CASE("element_label: a copy of what was typed is no label") {
  auto undo = one(role::menu_item, "Undo: Typing: \xe2\x80\x9cSecond\xe2\x80\x9d");
  undo.description = overt::arena_string{"Second"};
  CHECK(label_of(undo) == "");
}

TEST_CASE("element_value: the value and the name of a combo box") {
  auto const gtk3 = one(role::combo_box, "Red", "Colour", "Red");
  CHECK(value_of(gtk3) == "Red");
  CHECK(label_of(gtk3) == "Colour");
  auto const nameless = one(role::combo_box, "Red", "", "Red");
  CHECK(value_of(nameless) == "Red");
  CHECK(label_of(nameless) == "");
  auto const gtk4 = one(role::combo_box, "Colour", "Colour", "Colour");
  CHECK(value_of(gtk4) == "");
  CHECK(label_of(gtk4) == "Colour");
  auto web = one(role::combo_box, "Colour", "", "Red");
  web.document = {":1.1", "/page"};
  CHECK(value_of(web) == "Red");
  CHECK(label_of(web) == "Colour");
  web.value = overt::arena_string{"Colour"}; // a reader took the name for it
  CHECK(value_of(web) == "");
  CHECK(label_of(web) == "Colour");
}

TEST_CASE("act_shape: what a click does") {
  CHECK(shape_of(one(role::push_button, "x")) == act_shape::activates);
  CHECK(shape_of(one(role::check_box, "x")) == act_shape::toggles);
  CHECK(shape_of(one(role::panel, "x")) == act_shape::nothing);
  CHECK(shape_of(one(role::password_text, "x")) == act_shape::edits);
  auto opener = one(role::push_button, "x");
  opener.states = std::uint64_t{1} << static_cast<unsigned>(state::has_popup);
  CHECK(shape_of(opener) == act_shape::opens_menu);
  auto paragraph = one(role::paragraph, "x");
  paragraph.states = std::uint64_t{1} << static_cast<unsigned>(state::editable);
  CHECK(shape_of(paragraph) == act_shape::edits);
}

TEST_CASE("clipboard_keys: accelerators as toolkits write them") {
  using enum overt::clipboard_operation;
  auto const by = [](std::string_view description) {
    auto item = one(role::menu_item, "Item");
    item.description = overt::arena_string{description};
    return clipboard_operation_of(item);
  };
  CHECK(by("Ctrl+C") == copy);
  CHECK(by("<Primary>x") == cut);
  CHECK(by("<Control>V") == paste);
  CHECK(by("Control+V") == paste);
  CHECK(by("Shift+Ctrl+C") == std::nullopt);
  CHECK(by("<Shift><Control>c") == std::nullopt);
  CHECK(by("Ctrl+S") == std::nullopt);
  CHECK(by("c") == std::nullopt);
  CHECK(by("") == std::nullopt);
}

TEST_CASE("input_numbers: of a long run the first and the last") {
  overt::capture::atspi::input_numbers numbers;
  numbers.add(0);
  CHECK(numbers.all().empty());
  for (std::uint64_t i = 1; i <= 1000; ++i) {
    numbers.add(i);
  }
  CHECK(numbers.all().size() == 16);
  CHECK(numbers.all().front() == 1);
  CHECK(numbers.all().back() == 1000);
  CHECK(numbers.ends() == std::vector<std::uint64_t>{1, 1000});
}

TEST_CASE("act_description: values that are too long are not told") {
  auto const what = one(role::slider, "Amount");
  auto const told =
      overt::capture::atspi::describe(overt::ui_act::set_value, what, {}, std::string(5000, 'x'), "1");
  CHECK(content(told.before) == std::nullopt);
  CHECK(content(told.after) == "1");
}

TEST_CASE("act_description: which key of a keypad was pressed is not told") {
  using overt::capture::atspi::names_a_key;
  for (auto const* const name :
       {"1", "0", "a", "Z", "!", "+", "2 ABC", "9WXYZ", "2\nABC", "\xc3\xa9", "\xd9\xa3"}) {
    CAPTURE(name);
    CHECK(names_a_key(name));
  }
  for (auto const* const name : {"", " ", "10", "OK", "2 of 6", "1st", "\xc3\x97", "\xe2\x80\xa6", "\xff"}) {
    CAPTURE(name);
    CHECK(!names_a_key(name));
  }
  auto key = one(role::push_button, "7");
  key.bounds = {10, 20, 30, 30};
  key.index_in_parent = 6;
  key.attributes.push_back({"id", overt::arena_string{"digit-7"}});
  overt::capture::atspi::input_numbers from;
  from.add(5);
  auto const told = describe(overt::ui_act::activate, key, from);
  CHECK(told.role == overt::ui_role::button);
  CHECK(content(told.label) == std::nullopt);
  CHECK(content(told.selector) == std::nullopt);
  CHECK(told.path.empty());
  CHECK(told.made_of.empty());
  CHECK(told.bounds.width == 0);
  auto const inside = describe(overt::ui_act::activate, one(role::push_button, ""), from, {}, {}, "7");
  CHECK(content(inside.label) == std::nullopt);
  CHECK(content(describe(overt::ui_act::activate, one(role::link, "2"), from).label) == "2");
}

} // namespace
