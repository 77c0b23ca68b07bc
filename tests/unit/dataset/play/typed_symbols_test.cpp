#include <overt/dataset/play/typed_symbols.hpp>

#include <cstdint>
#include <vector>

#include <overt_test/catch.hpp>

#include <string_view>

using overt::dataset::symbols_of_text;

namespace {

std::vector<std::uint32_t> keysyms(std::string_view text) {
  std::vector<std::uint32_t> made;
  auto const symbols = symbols_of_text(text);
  REQUIRE(symbols);
  for (auto const one : *symbols) {
    made.push_back(one.keysym);
  }
  return made;
}

} // namespace

TEST_CASE("each character is one key, of any script") {
  CHECK(keysyms("") == std::vector<std::uint32_t>{});
  CHECK(keysyms("aA ~") == std::vector<std::uint32_t>{'a', 'A', ' ', '~'});
  CHECK(keysyms("\u00fc\u65e5\U0001f600") == std::vector<std::uint32_t>{0xfc, 0x010065e5, 0x0101f600});
  CHECK(keysyms("a\n\tb") == std::vector<std::uint32_t>{'a', 0xff0d, 0xff09, 'b'});
}

TEST_CASE("what no key writes is nothing") {
  CHECK_FALSE(symbols_of_text("a\x01"));
  CHECK_FALSE(symbols_of_text("\x7f"));
  CHECK_FALSE(symbols_of_text("\u0085"));
  CHECK_FALSE(symbols_of_text("a\xff"));
  CHECK_FALSE(symbols_of_text("\xe6\x97")); // cut off
}
