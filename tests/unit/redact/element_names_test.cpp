#include <overt/redact/element_names.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/redact/chain.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/left_by.hpp>

namespace {

namespace redact = overt::redact;
using overt::ui_act;
using overt::ui_action;
using overt::ui_role;
using overt_test::guarded_of;
using overt_test::has;
using redact::element_names;

redact::pseudonym_key key_of(std::uint8_t seed) {
  std::array<std::uint8_t, 32> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::uint8_t>(seed + i);
  }
  return *redact::pseudonym_key::make("tests", bytes);
}

std::string left(ui_action what, element_names policy = {}) {
  return overt_test::left_of(std::move(what), std::move(policy));
}

/// What a trace says of one member; "null" when it was withheld.
std::string member(std::string const& bytes, std::string_view name) {
  auto const found = bytes.find("\"" + std::string{name} + "\":");
  if (found == std::string::npos) {
    return "null"; // not even the event is there
  }
  auto const begin = found + name.size() + 3;
  return bytes.substr(begin, bytes.find_first_of(",]}", begin) - begin);
}

std::string label(std::string_view called, ui_role role = ui_role::button, element_names policy = {}) {
  return member(left({.role = role, .label = guarded_of(called)}, std::move(policy)), "label");
}

std::string value(std::string_view after, ui_role role, ui_act act = ui_act::select,
                  element_names policy = {}) {
  return member(left({.act = act, .role = role, .after = guarded_of(after)}, std::move(policy)), "after");
}

std::string selector(std::string_view text, element_names policy = {}) {
  return member(left({.role = ui_role::button, .selector = guarded_of(text)}, std::move(policy)), "selector");
}

} // namespace

TEST_CASE("L23 names of controls that are words of interfaces are told", "[redact][element_names][L23]") {
  for (auto const role : {ui_role::button, ui_role::toggle_button, ui_role::check_box, ui_role::radio_button,
                          ui_role::menu_bar, ui_role::menu, ui_role::menu_item, ui_role::tab_list,
                          ui_role::tab, ui_role::combo_box, ui_role::tool_bar, ui_role::dialog}) {
    CHECK(label("Save As…", role) == "\"Save As…\"");
    CHECK(label("Call Jane Doe +49 30 901820", role) == "null");
  }
  CHECK(element_names{}.needs() == overt::consent::grants::ui_element);
}

TEST_CASE("L23 names of what programs show are not told, whatever they are", "[redact][element_names][L23]") {
  for (auto const role :
       {ui_role::list, ui_role::list_item, ui_role::link, ui_role::text_field, ui_role::table,
        ui_role::table_cell, ui_role::tree, ui_role::tree_item, ui_role::label, ui_role::heading,
        ui_role::image, ui_role::group, ui_role::document, ui_role::window, ui_role::unknown,
        ui_role::terminal, ui_role::password_field, static_cast<ui_role>(99)}) {
    CHECK(label("Save As…", role) == "null");
  }
}

TEST_CASE("L23 the policy's own labels are told in every role that is not secret",
          "[redact][element_names][L23]") {
  element_names const mine{.labels = {"Mark as read", "Ticket"}};
  CHECK(label("Mark as read", ui_role::button, mine) == "\"Mark as read\"");
  CHECK(label("Ticket", ui_role::link, mine) == "\"Ticket\"");
  CHECK(label("mark as read", ui_role::button, mine) == "null");
  CHECK(label("Ticket 4711", ui_role::link, mine) == "null");
  CHECK(label("Mark as read", ui_role::button) == "null");
  for (auto const role : {ui_role::unknown, ui_role::terminal, ui_role::password_field}) {
    CHECK(label("Ticket", role, mine) == "null");
  }
}

TEST_CASE("L23 a pseudonym with a length bucket stands for a name that is not told",
          "[redact][element_names][L23]") {
  element_names const keyed{.key = key_of(1)};
  auto const jane = label("Call Jane Doe", ui_role::button, keyed);
  CHECK(jane.size() == std::string_view{"\"name:3f9a1c02:tens\""}.size());
  CHECK(jane.starts_with("\"name:"));
  CHECK(jane.ends_with(":tens\""));
  CHECK(label("Call Jane Doe", ui_role::list_item, keyed) == jane);
  CHECK(label("Call John Doe", ui_role::button, keyed) != jane);
  CHECK(label("Call Jane Doe", ui_role::button, {.key = key_of(2)}) != jane);
  CHECK(label("Jane Doe", ui_role::link, keyed).ends_with(":under_ten\""));
  CHECK(label("Save", ui_role::button, keyed) == "\"Save\"");
  // nothing of a secret element gets one
  CHECK(label("Call Jane Doe", ui_role::password_field, keyed) == "null");
}

TEST_CASE("L23 a name in which a detector finds something is not told", "[redact][element_names][L23]") {
  CHECK(label("Open draft", ui_role::button) == "\"Open draft\"");
  CHECK(label("Open draft", ui_role::button, {.look_for = overt_test::finds("draft")}) == "null");
  CHECK(label("Open draft", ui_role::button, {.look_for = overt_test::fails()}) == "null");
  auto const told = left({.role = ui_role::button, .label = guarded_of("Open draft")},
                         {.look_for = overt_test::finds("draft")});
  CHECK(has(told, R"("rule":"element_names","of":"ui_action","entity":"PATTERN","action":"withheld")"));
}

TEST_CASE("L29 a path of a file in a name is not told, even of words", "[redact][element_names][L29]") {
  CHECK(label("Open /home/Page/documents") == "null");
  CHECK(has(left({.role = ui_role::button, .label = guarded_of("Open /home/Page/documents")}),
            "\"entity\":\"FILE_PATH\""));
}

TEST_CASE("the steps to an element are judged as its name is", "[redact][element_names]") {
  ui_action what{.role = ui_role::menu_item, .label = guarded_of("Save")};
  what.path.push_back({ui_role::window, guarded_of("Letter to Jane - Mousepad")});
  what.path.push_back({ui_role::menu, guarded_of("File")});
  what.path.push_back({ui_role::menu_item, guarded_of("Letter to Jane")});
  auto const bytes = left(std::move(what));
  CHECK(has(bytes, R"("path":[{"role":"window","label":null},{"role":"menu","label":"File"},)"
                   R"({"role":"menu_item","label":null}])"));
  CHECK(overt_test::count_of(bytes, "\"entity\":\"ELEMENT_NAME\"") == 2);
}

TEST_CASE("states and choices are told, what was typed is not", "[redact][element_names]") {
  for (auto const* const state : {"on", "off", "mixed", "expanded", "collapsed", "checked"}) {
    CHECK(value(state, ui_role::check_box, ui_act::toggle) == "\"" + std::string{state} + "\"");
    CHECK(value(state, ui_role::menu_item, ui_act::toggle) == "\"" + std::string{state} + "\"");
    CHECK(value(state, ui_role::text_field, ui_act::set_value) == "null");
  }
  CHECK(value("Jane", ui_role::check_box, ui_act::toggle) == "null");
  CHECK(value("Blue", ui_role::combo_box) == "\"Blue\"");
  CHECK(value("Jane Doe", ui_role::combo_box) == "null");
  CHECK(value("reset password", ui_role::combo_box, ui_act::set_value) == "null");
  CHECK(value("save", ui_role::document, ui_act::set_value) == "null");
  CHECK(value("save", ui_role::table_cell, ui_act::set_value) == "null");
  CHECK(value("Jane Doe", ui_role::combo_box, ui_act::select, {.key = key_of(1)}).starts_with("\"choice:"));
  CHECK(value("Ticket", ui_role::combo_box, ui_act::select, {.labels = {"Ticket"}}) == "\"Ticket\"");
}

TEST_CASE("of a number its size in buckets is told", "[redact][element_names]") {
  for (auto const role : {ui_role::slider, ui_role::spin_button}) {
    CHECK(value("7", role, ui_act::set_value) == "\"number:under_ten\"");
    CHECK(value("-12,5", role, ui_act::set_value) == "\"number:tens\"");
    CHECK(value("42 %", role, ui_act::set_value) == "null");
    CHECK(value("42%", role, ui_act::set_value) == "\"number:tens\"");
    CHECK(value("1987", role, ui_act::set_value) == "\"number:thousands\"");
    CHECK(value("0.75", role, ui_act::set_value) == "\"number:under_ten\"");
    for (auto const* const other :
         {"Jane", "1e5", "12345678901", "1.2.3", "--1", "%", "-", "0x10", "12 34"}) {
      CHECK(value(other, role, ui_act::set_value) == "null");
    }
  }
}

TEST_CASE("L24 selectors keep roles and a programmer's names, and nothing of the person",
          "[redact][element_names][L24]") {
  CHECK(selector("#btn-save") == "\"#btn-save\"");
  CHECK(selector("[name=\\\"") == "\"button\"");
  CHECK(has(left({.role = ui_role::text_field, .selector = guarded_of("[name=\"city\"]")}),
            R"("selector":"[name=\"city\"]")"));
  CHECK(has(left({.role = ui_role::menu_item, .selector = guarded_of("window/menu_bar/menu_item[4]")}),
            R"("selector":"window/menu_bar/menu_item[4]")"));
  for (auto const* const text :
       {"#contact-jane-doe", "#user-4711", "#account-12345", "#jane@x.example", "#Kx7vT2mQ9z",
        "[name=\"jane\"]", "[name=\"k_12345\"]", "//a[text()='Jane']", "jane", "window[12345]"}) {
    CHECK(selector(text) == "\"button\"");
    auto const keyed = selector(text, {.key = key_of(1)});
    CHECK_FALSE(has(keyed, "jane"));
    CHECK_FALSE(has(keyed, "4711"));
    CHECK_FALSE(has(keyed, "12345"));
    CHECK_FALSE(has(keyed, "Kx7v"));
  }
  auto const keyed = selector("#contact-jane-doe", {.key = key_of(1)});
  CHECK(keyed.starts_with("\"#"));
  CHECK(keyed.size() == 11);
  CHECK(selector("#save", {.look_for = overt_test::finds("save")}) == "\"button\"");
}

TEST_CASE("of a key on the screen neither name nor place is told", "[redact][element_names]") {
  for (auto const* const name : {"7", "a", "2 ABC", "+", "#"}) {
    auto const bytes = left({.role = ui_role::button,
                             .label = guarded_of(name),
                             .bounds = {.x = 311, .y = 422, .width = 40, .height = 40},
                             .selector = guarded_of("window/group/button[7]")},
                            {.key = key_of(1)});
    CHECK(member(bytes, "label") == "null");
    CHECK(member(bytes, "selector") == "null");
    CHECK_FALSE(has(bytes, "311"));
    CHECK_FALSE(has(bytes, "422"));
    CHECK(has(bytes, "\"entity\":\"KEYPAD\""));
  }
}

TEST_CASE("L22 one canary in each attribute, and none of them in the trace", "[redact][element_names][L22]") {
  auto const act = [](ui_role role, ui_act kind) {
    ui_action what{.act = kind,
                   .role = role,
                   .label = guarded_of("Qz1 Vbkzqm Xjwfp"),
                   .before = guarded_of("Qz2 Wqhgzt Xjwfp"),
                   .after = guarded_of("Qz3 Jkvxpb Xjwfp"),
                   .selector = guarded_of("#Qz4-Zfmqwc-Xjwfp")};
    what.path.push_back({ui_role::window, guarded_of("Qz5 Hxkqdj Xjwfp")});
    what.path.push_back({role, guarded_of("Qz6 Pvzgwn Xjwfp")});
    return what;
  };
  auto const leaks_any = [](std::string const& bytes) {
    for (std::string_view const canary : {"Vbkzqm", "Wqhgzt", "Jkvxpb", "Zfmqwc", "Hxkqdj", "Pvzgwn", "Xjwfp",
                                          "Qz1", "Qz2", "Qz3", "Qz4", "Qz5", "Qz6"}) {
      if (overt_test::leaks(bytes, canary) || has(bytes, canary)) {
        return true;
      }
    }
    return false;
  };
  for (std::uint8_t role = 0; role < enumerators(ui_role{}).size(); ++role) {
    for (std::uint8_t kind = 0; kind < enumerators(ui_act{}).size(); ++kind) {
      auto const made = [&] { return act(static_cast<ui_role>(role), static_cast<ui_act>(kind)); };
      CHECK_FALSE(leaks_any(left(made())));
      CHECK_FALSE(leaks_any(left(made(), {.key = key_of(1)})));
    }
  }
  // the same search finds them where names are told
  CHECK(leaks_any(left(act(ui_role::button, ui_act::activate), {.labels = {"Qz1 Vbkzqm Xjwfp"}})));
}

TEST_CASE("e-mail addresses and cards in names are named in the audit", "[redact][element_names][L23]") {
  element_names const keyed{.key = key_of(1)};
  auto const mail =
      left({.role = ui_role::button, .label = guarded_of("Reply to jane.doe@example.com")}, keyed);
  CHECK_FALSE(overt_test::leaks(mail, "jane.doe@example.com"));
  auto const card =
      left({.role = ui_role::button, .label = guarded_of("Pay with 4111 1111 1111 1111")}, keyed);
  CHECK_FALSE(has(card, "4111"));
}

TEST_CASE("the description has every parameter, and no secret", "[redact][element_names]") {
  CHECK(redact::describe(element_names{.labels = {"a"}, .key = key_of(1)}).find("\"labels\":[\"a\"]") !=
        std::string::npos);
  CHECK(redact::describe(element_names{}) != redact::describe(element_names{.labels = {"a"}}));
  CHECK(redact::describe(element_names{.key = key_of(1)}) !=
        redact::describe(element_names{.key = key_of(2)}));
  CHECK(redact::describe(element_names{}) != redact::describe(element_names{.look_for = {.types = 1}}));
  CHECK(redact::describe(element_names{}) !=
        redact::describe(element_names{.look_for = {.threshold_percent = 51}}));
  CHECK(redact::describe(element_names{}) !=
        redact::describe(element_names{.look_for = overt_test::finds("x")}));
}
