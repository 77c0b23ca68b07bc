#include <overt/detail/utf8.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

using overt::detail::decode_utf8;
using overt::detail::encode_utf8;

TEST_CASE("every character comes back from its bytes", "[detail][utf8]") {
  std::uint32_t wrong = 0;
  for (std::uint32_t character = 0; character <= 0x10ffff; ++character) {
    if (character >= 0xd800 && character <= 0xdfff) {
      continue;
    }
    std::array<char, 4> bytes{};
    auto const size = encode_utf8(character, bytes.data());
    auto const expected = character < 0x80 ? 1u : character < 0x800 ? 2u : character < 0x10000 ? 3u : 4u;
    auto const decoded = decode_utf8({bytes.data(), size});
    wrong += size == expected && decoded.character == character && decoded.size == size ? 0u : 1u;
  }
  CHECK(wrong == 0);
}

TEST_CASE("the first of several characters is decoded", "[detail][utf8]") {
  CHECK(decode_utf8("ab").size == 1);
  CHECK(decode_utf8("éa").size == 2);
  CHECK(decode_utf8("€\xff").size == 3);
  CHECK(decode_utf8("😀😀").character == 0x1f600);
  CHECK(decode_utf8(std::string_view{"\0a", 2}).size == 1);
}

TEST_CASE("what is not UTF-8 has size 0", "[detail][utf8]") {
  auto const [bytes, why] = GENERATE(table<std::string, std::string>({
      {"", "nothing"},
      {"\x80", "a byte that only continues"},
      {"\xbf", "a byte that only continues"},
      {"\xc0\x80", "overlong U+0000"},
      {"\xc1\xbf", "overlong U+007F"},
      {"\xe0\x80\x80", "overlong in three"},
      {"\xe0\x9f\xbf", "overlong U+07FF"},
      {"\xf0\x80\x80\x80", "overlong in four"},
      {"\xf0\x8f\xbf\xbf", "overlong U+FFFF"},
      {"\xed\xa0\x80", "the surrogate U+D800"},
      {"\xed\xbf\xbf", "the surrogate U+DFFF"},
      {"\xf4\x90\x80\x80", "U+110000"},
      {"\xf5\x80\x80\x80", "above every character"},
      {"\xf8\x88\x80\x80\x80", "five bytes"},
      {"\xff", "never a byte of UTF-8"},
      {"\xc3", "cut after one of two"},
      {"\xe2\x82", "cut after two of three"},
      {"\xf0\x9f\x98", "cut after three of four"},
      {"\xc3(", "no continuation"},
      {"\xe2(\xa1", "no continuation"},
      {"\xe2\x82(", "no continuation"},
      {"\xf0(\x8c\xbc", "no continuation"},
      {"\xf0\x9f\x98(", "no continuation"},
  }));
  INFO(why);
  CHECK(decode_utf8(bytes).size == 0);
}
