#include <overt/dataset/dialect/key_names.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <overt_test/catch.hpp>

namespace {

using overt::modifiers;
using overt::dataset::action_dialect;
using overt::dataset::key_name_in;
using overt::dataset::modifier_names;
using names = std::vector<std::string>;

std::optional<std::string> named(action_dialect dialect, std::string_view name) {
  return key_name_in(dialect, *overt::symbol_named(name));
}

} // namespace

TEST_CASE("each dialect has its own names of keys") {
  CHECK(named(action_dialect::pyautogui, "Page_Down") == "pagedown");
  CHECK(named(action_dialect::anthropic, "Page_Down") == "Page_Down");
  CHECK(named(action_dialect::openai, "Page_Down") == "PAGEDOWN");
  CHECK(named(action_dialect::ui_tars, "Page_Down") == "pagedown");
  CHECK(named(action_dialect::anthropic, "Return") == "Return");
  CHECK(named(action_dialect::openai, "Left") == "ARROWLEFT");
}

TEST_CASE("a letter is named without its case") {
  for (auto const* const letter : {"c", "C"}) {
    CHECK(named(action_dialect::pyautogui, letter) == "c");
    CHECK(named(action_dialect::anthropic, letter) == "c");
    CHECK(named(action_dialect::openai, letter) == "C");
  }
}

TEST_CASE("signs have names where the dialect joins keys with them") {
  CHECK(named(action_dialect::anthropic, "+") == "plus");
  CHECK(named(action_dialect::anthropic, "$") == "dollar");
  CHECK(named(action_dialect::pyautogui, "+") == "+");
  CHECK(named(action_dialect::pyautogui, "'") == "'");
  for (char sign = '!'; sign <= '~'; ++sign) { // all of ASCII has a name that is no joint
    auto const name = named(action_dialect::anthropic, {&sign, 1});
    REQUIRE(name);
    CHECK(name->find('+') == std::string::npos);
    CHECK(named(action_dialect::pyautogui, {&sign, 1}));
  }
}

TEST_CASE("a key without a name in the dialect has none, and not that of a neighbour") {
  CHECK_FALSE(named(action_dialect::pyautogui, "KP_Enter"));
  CHECK(named(action_dialect::anthropic, "KP_Enter") == "KP_Enter");
  CHECK_FALSE(named(action_dialect::pyautogui, "\u00e9"));
  CHECK(named(action_dialect::anthropic, "\u00e9") == "U00E9");
  CHECK(named(action_dialect::anthropic, "\U0001f600") == "U01F600");
  CHECK_FALSE(named(action_dialect::openai, "Print"));
  for (auto const dialect : {action_dialect::pyautogui, action_dialect::anthropic, action_dialect::openai}) {
    CHECK_FALSE(named(dialect, "keysym 0x1008ff13"));
    CHECK_FALSE(named(dialect, "dead_acute"));
  }
}

TEST_CASE("modifiers stand in one order, locks are none, and AltGr has no name") {
  auto const all = modifiers::super | modifiers::shift | modifiers::control | modifiers::alt;
  CHECK(modifier_names(action_dialect::pyautogui, all) == names{"ctrl", "alt", "shift", "win"});
  CHECK(modifier_names(action_dialect::anthropic, all) == names{"ctrl", "alt", "shift", "super"});
  CHECK(modifier_names(action_dialect::openai, modifiers::control) == names{"CTRL"});
  CHECK(modifier_names(action_dialect::openai, modifiers::caps_lock | modifiers::num_lock) == names{});
  CHECK_FALSE(modifier_names(action_dialect::anthropic, modifiers::alt_graph));
}
