#include <overt/redact/detect/fold.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <overt_test/catch.hpp>

namespace {

namespace detail = overt::detect::detail;

struct folding {
  std::string bytes;
  std::vector<std::uint16_t> offsets;
  detail::folded_text<std::uint16_t> folded;
  bool whole = false;

  explicit folding(std::string_view source) : bytes(source.size(), '\0'), offsets(source.size() + 1) {
    whole = detail::fold(source, bytes.data(), offsets.data(), folded);
  }
};

std::string folded(std::string_view source) {
  folding one{source};
  return one.whole ? std::string{one.folded.text} : "broken";
}

} // namespace

TEST_CASE("folding leaves ASCII as it is", "[detect]") {
  std::string ascii;
  for (char byte = 1; byte < 127; ++byte) {
    ascii += byte;
  }
  CHECK(folded(ascii) == ascii);
  CHECK(detail::is_ascii(ascii));
  CHECK_FALSE(detail::is_ascii("123456\xc3\xa9"));
  CHECK_FALSE(detail::is_ascii("12345678901\xc3\xa9"));
  CHECK(detail::is_ascii(""));
}

TEST_CASE("folding gives the ASCII that stands behind styles and scripts", "[detect]") {
  auto const [source, expected] = GENERATE(table<std::string, std::string>({
      {"ＡＢＣ ａｂｃ １２３ ＠．－", "ABC abc 123 @.-"},
      {"٠١٢٣ ۴۵۶ ०१२ ৩৪", "0123 456 012 34"},
      {"𝐀𝐛𝟏 𝖠𝖻𝟣 𝙰𝚋𝟷 𝔸", "Ab1 Ab1 Ab1 A"},
      {"¹²³ ₄₅ ① ⓪ Ⓐ ⓩ", "123 45 1 0 A z"},
      {"a\u00a0b\u2009c\u3000d\u202fe", "a b c d e"},
      {"a‐b‑c–d—e−f", "a-b-c-d-e-f"},
      {"a\u200bb\u00adc\u200ed\ufe0fe", "abcde"},
      {"e\u0301 é É ñ Ç ü ő ł ż ế", "e e E n C u o l z e"},
      {"Ωмега", "Ωмeгa"},
      {"раураl", "paypal"},
      {"日本 한국 😀 ß æ", "日本 한국 😀 ß æ"},
      {"‘a’ “b” a…b", "'a' \"b\" a…b"},
      {"٫ ：∶ ／⁄ （）＋", ". :: // ()+"},
  }));
  if (source != "раураl") { // у has its own look-alike
    CHECK(folded(source) == expected);
  } else {
    CHECK(folded(source) == "paypal");
  }
}

TEST_CASE("folding refuses what is not UTF-8", "[detect]") {
  CHECK(folded("a\xff") == "broken");
  CHECK(folded("\xc3") == "broken");
  CHECK(folded("\xed\xa0\x80") == "broken");
}

TEST_CASE("every range of a folded text leads back to whole characters that cover it", "[detect]") {
  auto const source = GENERATE(values<std::string>({"plain", "é", "x\u200b", "\u200bx", "\u200b", "a\u0301b",
                                                    "４x５", "日a本", "😀😀", "a\u00a0\u200b\u00adb", "ß"}));
  INFO(source);
  folding one{source};
  REQUIRE(one.whole);
  auto const& text = one.folded.text;
  REQUIRE(text.size() <= source.size());
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    for (std::size_t end = begin + 1; end <= text.size(); ++end) {
      auto const range = one.folded.source_of(begin, end);
      REQUIRE(range.begin < range.end);
      REQUIRE(range.end <= source.size());
      REQUIRE((range.begin == 0 || !detail::is_continuation(source[range.begin])));
      REQUIRE((range.end == source.size() || !detail::is_continuation(source[range.end])));
      // What is in the range folds to at least what was asked for.
      auto const part = folded(source.substr(range.begin, range.end - range.begin));
      REQUIRE(part.find(text.substr(begin, end - begin)) != std::string::npos);
    }
  }
}

TEST_CASE("folding one character gives one or none, and twice is the same as once", "[detect]") {
  for (std::uint32_t c = 0; c <= 0x10ffff; ++c) {
    auto const once = detail::fold_character(c);
    if (once == detail::folded_away) {
      continue;
    }
    if (once != c && once >= 0x80) {
      FAIL("U+" << std::hex << c << " is folded to what is not ASCII");
    }
    if (detail::fold_character(once) != once) {
      FAIL("U+" << std::hex << c << " is folded further by a second time");
    }
  }
  SUCCEED();
}
