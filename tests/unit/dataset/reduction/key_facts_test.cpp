#include <overt/dataset/reduction/key_facts.hpp>

#include <cstdint>

#include <overt_test/catch.hpp>
#include <overt_test/disclosed.hpp>

using overt::key_class;
using overt::key_symbol;
using overt::modifiers;
using overt::dataset::key_facts;
using overt::dataset::same_key;

TEST_CASE("what was withheld of a key is not there") {
  overt::key const what{.kind = key_class::letter,
                        .symbol = overt_test::disclosed(key_symbol{'a'}),
                        .entered = overt::guarded<overt::entered_text>{*overt::entered_text::from("a")}};
  auto const facts = key_facts::of(what);
  CHECK(facts.symbol == key_symbol{'a'});
  CHECK_FALSE(facts.usage);
  CHECK_FALSE(facts.entered);
  CHECK_FALSE(facts.enters_something_withheld()); // the symbol tells
}

TEST_CASE("a key that comes up is the one that went down") {
  auto const symbol = [](std::uint32_t keysym) {
    return key_facts{.kind = key_class::letter, .symbol = key_symbol{keysym}};
  };
  CHECK(same_key(symbol('a'), symbol('A'))); // Shift came in between
  CHECK_FALSE(same_key(symbol('a'), symbol('b')));
  CHECK(same_key({.kind = key_class::digit}, {.kind = key_class::digit}));
  CHECK_FALSE(same_key({.kind = key_class::digit}, {.kind = key_class::letter}));
  CHECK_FALSE(same_key({.device = 1}, {.device = 2}));
  CHECK(same_key({.kind = key_class::digit, .usage = std::uint16_t{30}, .symbol = key_symbol{'1'}},
                 {.kind = key_class::punctuation, .usage = std::uint16_t{30}, .symbol = key_symbol{'!'}}));
  CHECK_FALSE(same_key({.kind = key_class::modifier}, {.kind = key_class::letter}));
}

TEST_CASE("commands and characters") {
  CHECK(key_facts{.held = modifiers::control, .entered = "c"}.is_shortcut());
  CHECK_FALSE(key_facts{.held = modifiers::control | modifiers::alt, .entered = "@"}.is_shortcut());
  CHECK(key_facts{.held = modifiers::control | modifiers::alt, .entered = ""}.is_shortcut());
  CHECK_FALSE(key_facts{.held = modifiers::shift | modifiers::alt_graph}.is_shortcut());
  CHECK_FALSE(key_facts{.entered = "\r"}.enters_characters());
  CHECK_FALSE(key_facts{.entered = "\x7f"}.enters_characters());
  CHECK(key_facts{.entered = " "}.enters_characters());
}
