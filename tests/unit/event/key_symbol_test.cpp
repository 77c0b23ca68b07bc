#include <overt/event/key_symbol.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

using overt::key_symbol;
using overt::name_of;
using overt::symbol_named;

TEST_CASE("keys have the names that keysymdef.h gives them", "[event][key_symbol]") {
  CHECK(name_of(key_symbol{0xff0d}).view() == "Return");
  CHECK(name_of(key_symbol{0x20}).view() == "space");
  CHECK(name_of(key_symbol{'s'}).view() == "s");
  CHECK(name_of(key_symbol{0xe9}).view() == "é");
  CHECK(name_of(key_symbol{0x0100'20ac}).view() == "€");
  CHECK(name_of(key_symbol{0x0101'f600}).view() == "😀");
  CHECK(name_of(key_symbol{0x1008ff13}).view() == "keysym 0x1008ff13");
  CHECK(name_of(key_symbol{0}).view() == "keysym 0x0");
  CHECK(name_of(key_symbol{0xffff'ffff}).view() == "keysym 0xffffffff");
}

TEST_CASE("named keysyms are sorted and stand once", "[event][key_symbol]") {
  auto const& all = overt::detail::named_keysyms;
  for (std::size_t i = 1; i < all.size(); ++i) {
    CHECK(all[i - 1].keysym < all[i].keysym);
  }
  for (auto const& entry : all) {
    CHECK(std::ranges::count(all, entry.name, &overt::detail::named_keysym::name) == 1);
    CHECK(name_of(key_symbol{entry.keysym}).view() == entry.name);
  }
}

TEST_CASE("every symbol comes back from its name", "[event][key_symbol]") {
  std::uint32_t wrong = 0;
  std::uint32_t first = 0;
  auto const round_trip = [&](std::uint32_t keysym) {
    if (symbol_named(name_of(key_symbol{keysym}).view()) != key_symbol{keysym}) {
      first = wrong++ == 0 ? keysym : first;
    }
  };
  for (std::uint32_t keysym = 0; keysym <= 0xffff; ++keysym) {
    round_trip(keysym);
  }
  for (std::uint32_t character = 0; character <= 0x10ffff; character += 13) {
    if (character < 0xd800 || character > 0xdfff) {
      round_trip(0x0100'0000 + character);
    }
  }
  for (std::uint32_t keysym = 0x1000'0000; keysym < 0x1100'0000; keysym += 0x1001) {
    round_trip(keysym);
  }
  INFO("the first is " << std::hex << first);
  CHECK(wrong == 0);
}

TEST_CASE("a character comes back from its symbol", "[event][key_symbol]") {
  for (std::uint32_t const character : {0x20u, 0x7eu, 0xa0u, 0xffu, 0x100u, 0x20acu, 0x10ffffu}) {
    CHECK(overt::character_of(overt::symbol_of_character(character)) == character);
  }
  CHECK(overt::character_of(key_symbol{0xff0d}) == 0);
  CHECK(overt::character_of(key_symbol{0x0110'ffff + 1}) == 0);
  CHECK(overt::character_of(key_symbol{0x1f}) == 0);
  CHECK(overt::character_of(key_symbol{0x7f}) == 0);
}

TEST_CASE("what is no name gives no symbol", "[event][key_symbol]") {
  for (std::string_view const name : {"", "Retur", "return", "ab", "keysym", "keysym 0x", "keysym 0xG",
                                      "keysym 0x123456789", "keysym 0xFF0D", "\xff", "\xc3", "é!"}) {
    INFO("'" << name << "'");
    CHECK_FALSE(symbol_named(name));
  }
}
