#include <overt/redact/presets.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <overt/redact/pipeline.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>

// What the policies of the library disclose, seen through the three presets.

namespace {

namespace redact = overt::redact;
using overt::field_kind;
using overt::key_class;
using overt::modifiers;
using overt_test::happened;
using overt_test::place;
using overt_test::pressed;
using overt_test::typed;

/// What one event leaves, without what tells that something was withheld.
template <class Chain, class Payload>
std::string left_by(Chain policies, Payload payload, field_kind kind) {
  overt_test::bytes_sink sink;
  redact::pipeline<overt::event, Chain, overt_test::bytes_sink> out{std::move(policies), sink, {}};
  out.push(happened(1, place({.field = kind, .title = "Letter to Jane"}), std::move(payload)));
  return sink.text();
}

template <class Payload>
std::string strict(Payload payload, field_kind kind = field_kind::plain) {
  return left_by(redact::strict({"editor"}), std::move(payload), kind);
}
template <class Payload>
std::string balanced(Payload payload, field_kind kind = field_kind::plain) {
  return left_by(redact::balanced({"editor"}), std::move(payload), kind);
}
template <class Payload>
std::string research(Payload payload, field_kind kind = field_kind::plain) {
  return left_by(redact::research({"editor"}), std::move(payload), kind);
}

bool has(std::string const& bytes, std::string_view part) { return bytes.find(part) != std::string::npos; }

overt::key control_s() { return typed('s', modifiers::control); }
overt::key f5() { return pressed(key_class::function, 0xffc2); }

constexpr field_kind all_kinds[] = {field_kind::unobserved, field_kind::unknown, field_kind::none,
                                    field_kind::plain, field_kind::secret};

} // namespace

TEST_CASE("strict discloses shortcuts and keys that move about", "[redact][strict]") {
  for (auto const kind : {field_kind::plain, field_kind::none, field_kind::unobserved}) {
    CHECK(has(strict(control_s(), kind), R"("symbol":"s")"));
    CHECK(has(strict(typed('s', modifiers::alt), kind), R"("symbol":"s")"));
    CHECK(has(strict(typed('1', modifiers::control), kind), R"("symbol":"1")"));
    CHECK(has(strict(typed('1', modifiers::super), kind), R"("symbol":"1")"));
    CHECK(has(strict(f5(), kind), R"("symbol":"F5")"));
    CHECK(has(strict(overt_test::tab(), kind), R"("symbol":"Tab")"));
    CHECK(has(strict(pressed(key_class::navigation, 0xff51), kind), R"("symbol":"Left")"));
    CHECK(has(strict(pressed(key_class::navigation, 0xff53, modifiers::shift), kind), R"("symbol":"Right")"));
    CHECK(has(strict(pressed(key_class::enter, 0xff0d), kind), R"("symbol":"Return")"));
    CHECK_FALSE(
        has(strict(pressed(key_class::editing, 0xffff, modifiers::control), kind), "Delete")); // edits
  }
  // which physical key, and what it would enter, are never part of it
  CHECK(has(strict(control_s()), R"("usage":null)"));
  CHECK(has(strict(control_s()), R"("entered":null)"));
}

TEST_CASE("strict withholds what enters characters, in any field", "[redact][strict]") {
  for (auto const kind : all_kinds) {
    CHECK(strict(typed('s'), kind).empty());
    CHECK(strict(typed('S', modifiers::shift), kind).empty());
    CHECK(strict(typed('s', modifiers::caps_lock), kind).empty());
    CHECK(strict(typed('7', modifiers::num_lock), kind).empty());
    CHECK(strict(typed('@', modifiers::alt_graph), kind).empty());
    CHECK(strict(typed('e', modifiers::alt_graph | modifiers::shift), kind).empty());
    CHECK(strict(typed(' '), kind).empty());
    CHECK(strict(pressed(key_class::editing, 0xff08), kind).empty()); // BackSpace
    CHECK(strict(pressed(key_class::dead, 0xfe51), kind).empty());
    CHECK(strict(pressed(key_class::dead, 0xfe51, modifiers::control), kind).empty());
    CHECK(strict(pressed(key_class::modifier, 0xffe1), kind).empty());
    CHECK(strict(pressed(key_class::modifier, 0xffe3, modifiers::control), kind).empty());
    CHECK(strict(pressed(key_class::unknown, 0x1008ff13), kind).empty());
    CHECK(strict(pressed(key_class::unknown, 0x61, modifiers::control), kind).empty());
  }
}

TEST_CASE("strict tells of a text that there was one, and how much roughly", "[redact][strict]") {
  auto const canary = "Kx7vT2wq";
  for (auto const kind : all_kinds) {
    auto const left =
        strict(overt::text{.length = overt::guarded{8u}, .value = overt_test::guarded_of(canary)}, kind);
    bool const withheld = kind == field_kind::secret || kind == field_kind::unknown;
    CHECK(left.empty() == withheld);
    CHECK_FALSE(overt_test::leaks(left, canary));
    CHECK((withheld || has(left, R"("length":null,"edits":null,"value":null,"outcome":"withheld")")));
  }
  auto const plain = strict(overt::text{.value = overt_test::guarded_of("ten letters")});
  CHECK(has(plain, R"("doubt":"by_policy","size":"tens")"));
}

TEST_CASE("balanced tells what was typed, with marks, and what kind of thing was used",
          "[redact][balanced]") {
  CHECK(balanced(typed('s')).empty());
  CHECK(balanced(pressed(key_class::editing, 0xff08)).empty());
  CHECK(has(balanced(control_s()), R"("symbol":"s")"));
  auto const text = balanced(overt::text{.value = overt_test::guarded_of("write to jane@example.com today")});
  CHECK(has(text, R"("value":"write to {EMAIL} today","outcome":"mixed")"));
  auto const act = [](std::string_view label) {
    return overt::ui_action{.role = overt::ui_role::button, .label = overt_test::guarded_of(label)};
  };
  CHECK(has(balanced(act("Save As")), "Save As"));
  CHECK_FALSE(overt_test::leaks(balanced(act("Call Jane Doe")), "Jane Doe"));
  CHECK(balanced(overt_test::move()).empty());
  // titles are of documents and people; of addresses the kind of page stays
  overt_test::bytes_sink sink;
  auto chain = redact::balanced({"editor", "https://a.example"});
  redact::pipeline<overt::event, decltype(chain), overt_test::bytes_sink> out{std::move(chain), sink, {}};
  out.push(happened(
      1, place({.title = "Letter to Jane", .origin = "https://a.example", .page = "/users/4711/orders?k=v"}),
      overt::button{}));
  CHECK(has(sink.text(), R"("title":null)"));
  CHECK(has(sink.text(), R"("page":"/users/{id}/orders")"));
}

TEST_CASE("balanced knows the person's own list, in text and in names", "[redact][balanced]") {
  auto const with_list = [](auto payload) {
    return left_by(redact::balanced({"editor"}, {"Erika Save"}), std::move(payload), field_kind::plain);
  };
  CHECK(has(with_list(overt::text{.value = overt_test::guarded_of("for erika save only")}),
            "for {MY_DATA} only"));
  auto const named = with_list(
      overt::ui_action{.role = overt::ui_role::button, .label = overt_test::guarded_of("Erika Save")});
  CHECK_FALSE(overt_test::leaks(named, "Erika Save"));
}

TEST_CASE("L15 strict withholds digits that enter a character by its number", "[redact][strict]") {
  for (auto const kind : all_kinds) {
    CHECK(strict(typed('2', modifiers::control | modifiers::shift), kind).empty());
    CHECK(strict(typed('2', modifiers::alt), kind).empty());
    CHECK(strict(typed('2', modifiers::alt | modifiers::num_lock), kind).empty());
    CHECK(strict(typed('2', modifiers::alt | modifiers::control), kind).empty());
  }
}

TEST_CASE("strict releases structure without names, titles or values", "[redact][strict]") {
  CHECK(has(strict(overt::button{}), "\"type\":\"button\""));
  CHECK(has(strict(overt::scroll{.dy_v120 = 30}), "\"dy_v120\":30"));
  CHECK(has(strict(overt::focus{}), "\"type\":\"focus\""));
  CHECK(has(strict(overt::clipboard{}), "\"type\":\"clipboard\""));
  CHECK(has(strict(overt::display{.monitors = {{.id = 3}}}), "\"id\":3"));
  CHECK(has(strict(overt::marker{.instruction = overt_test::guarded_of("do it")}), "do it"));
  CHECK_FALSE(has(strict(overt::button{}), "Letter to Jane"));
  auto const action = strict(overt::ui_action{.label = overt_test::guarded_of("Call Jane"),
                                              .before = overt_test::guarded_of("Call Jane"),
                                              .after = overt_test::guarded_of("Call Jane"),
                                              .selector = overt_test::guarded_of("Call Jane")});
  CHECK(has(action, "\"type\":\"ui_action\""));
  CHECK_FALSE(overt_test::leaks(action, "Call Jane"));
  CHECK(strict(overt_test::move()).empty());
  CHECK(strict(overt::pointer_delta{}).empty());
  CHECK(strict(overt::frame{}).empty());
}

TEST_CASE("research discloses everything", "[redact][research]") {
  CHECK(has(research(overt::button{}), R"("title":"Letter to Jane")"));
  for (auto const kind : {field_kind::plain, field_kind::none, field_kind::unobserved}) {
    auto const letter = research(typed('s'), kind);
    CHECK(has(letter, R"("usage":4,"symbol":"s","entered":"s")"));
    CHECK(has(research(pressed(key_class::editing, 0xff08), kind), R"("symbol":"BackSpace")"));
    CHECK(
        has(research(overt::text{.length = overt::guarded{3u}, .value = overt_test::guarded_of("abc")}, kind),
            R"("length":3,"edits":null,"value":"abc")"));
    CHECK(has(research(overt_test::move(7), kind), "\"x\":7"));
    CHECK(has(research(overt::pointer_delta{.dx = 9}, kind), "\"dx\":9"));
    CHECK(has(research(control_s(), kind), R"("symbol":"s")"));
  }
}

TEST_CASE("names and values of elements leave where the receipt names them", "[redact][elements]") {
  auto const act = [] {
    overt::ui_action done{.act = overt::ui_act::select,
                          .role = overt::ui_role::combo_box,
                          .label = overt_test::guarded_of("Colour"),
                          .before = overt_test::guarded_of("Red"),
                          .after = overt_test::guarded_of("Blue"),
                          .selector = overt_test::guarded_of("colour")};
    done.path.push_back({overt::ui_role::window, overt_test::guarded_of("Settings")});
    return done;
  };
  auto const all = research(act());
  for (auto const part : {"\"Colour\"", "\"Red\"", "\"Blue\"", "\"colour\"", "\"Settings\""}) {
    CHECK(has(all, part));
    CHECK_FALSE(has(strict(act()), part));
  }
  CHECK(redact::elements{}.needs() == overt::consent::grants::ui_element);
  struct denies_values {
    void operator()(overt::ui_action& what, overt::clearance const& key) const {
      what.before.deny(key);
      what.path[0].label.deny(key);
    }
  };
  auto const some = left_by(redact::only{"editor"} | redact::secrets{} | denies_values{} | redact::elements{},
                            act(), field_kind::none);
  CHECK_FALSE(has(some, "Red"));
  CHECK_FALSE(has(some, "Settings"));
  CHECK(has(some, "Blue"));
}

TEST_CASE("a secret field takes everything that keyboard and pointer do", "[redact][secrets]") {
  for (auto const kind : {field_kind::secret, field_kind::unknown}) {
    CHECK(research(typed('s'), kind).empty());
    CHECK(research(control_s(), kind).empty());
    CHECK(research(overt_test::tab(), kind).empty());
    CHECK(research(pressed(key_class::enter, 0xff0d), kind).empty());
    CHECK(research(f5(), kind).empty());
    CHECK(research(overt::text{.value = overt_test::guarded_of("s")}, kind).empty());
    CHECK(research(overt::clipboard{}, kind).empty());
    CHECK(research(overt::focus{}, kind).empty());
    CHECK(research(overt::ui_action{}, kind).empty());
    CHECK(research(overt::button{}, kind).empty());
    CHECK(research(overt::scroll{}, kind).empty());
    CHECK(research(overt_test::move(), kind).empty());
    CHECK(research(overt::pointer_delta{}, kind).empty());
    CHECK(strict(control_s(), kind).empty());
    CHECK(strict(overt::button{}, kind).empty());
  }
}

TEST_CASE("a field kind that no source knows is treated as secret", "[redact][secrets]") {
  CHECK(research(typed('s'), static_cast<field_kind>(77)).empty());
  CHECK(strict(control_s(), static_cast<field_kind>(77)).empty());
}

TEST_CASE("in a field that nobody observed, or in none, what was typed stays denied", "[redact][secrets]") {
  // A chain that tries to disclose all of it, after the default secrets.
  auto const tries = [](auto payload, field_kind kind) {
    return left_by(redact::only{"editor"} | redact::secrets{} | redact::shortcuts{} |
                       redact::typed_characters{},
                   std::move(payload), kind);
  };
  auto const text = [] {
    return overt::text{.length = overt::guarded{6u}, .value = overt_test::guarded_of("Kx7vT2")};
  };
  CHECK(has(tries(typed('s'), field_kind::plain), R"("symbol":"s")"));
  CHECK(has(tries(text(), field_kind::plain), "Kx7vT2"));
  for (auto const kind : {field_kind::unobserved, field_kind::none}) {
    CHECK(tries(typed('s'), kind).empty());
    CHECK(tries(text(), kind).empty());
  }
  CHECK(tries(pressed(key_class::dead, 0xfe51), field_kind::unobserved).empty());
  CHECK(tries(pressed(key_class::unknown, 0x61, modifiers::control), field_kind::unobserved).empty());
  CHECK(has(tries(control_s(), field_kind::unobserved), R"("symbol":"s")"));
}

namespace {
struct discloses_by_force {
  overt::verdict operator()(overt::key& what, overt::disclosure const& key) const {
    what.usage.disclose(key);
    what.symbol.disclose(key);
    what.entered.disclose(key);
    return overt::verdict::release(key);
  }
};
} // namespace

TEST_CASE("what secrets denied no policy discloses", "[redact][secrets]") {
  auto const left = left_by(redact::only{"editor"} | redact::secrets{} | discloses_by_force{}, typed('s'),
                            field_kind::unobserved);
  CHECK(has(left, R"("usage":null,"symbol":null,"entered":null)"));
}

TEST_CASE("the modes of a key: repeats and releases are judged as presses are", "[redact][strict]") {
  for (auto const phase : {overt::key_phase::repeat, overt::key_phase::release}) {
    auto letter = typed('s');
    letter.phase = phase;
    CHECK(strict(std::move(letter)).empty());
    auto shortcut = control_s();
    shortcut.phase = phase;
    CHECK(has(strict(std::move(shortcut)), R"("symbol":"s")"));
  }
}
