#include <overt/redact/detect/national_words.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <overt_test/catch.hpp>

namespace {

namespace detect = overt::detect;
using list = std::vector<std::string>;

/// What the family finds with a score of at least 0.5.
list found_in(std::string_view text) {
  list result;
  detect::scan_national_words(
      text, [&](std::size_t begin, std::size_t end, detect::entity, float score, overt::literal) {
        if (score >= 0.495f) {
          result.emplace_back(text.substr(begin, end - begin));
        }
      });
  return result;
}

} // namespace

TEST_CASE("national numbers with letters are found", "[detect]") {
  auto const text = GENERATE(values<std::string>({"AB123456C", "AB 12 34 56 C", "12345678Z", "12345678-Z",
                                                  "12.345.678-Z", "X1234567L", "RSSMRA85T10A562S",
                                                  "15070649C103", "131052-308T", "S1234567D", "ABCPE1234F"}));
  INFO(text);
  CHECK(found_in(text) == list{text});
  CHECK(found_in("so: " + text + ", then") == list{text});
}

TEST_CASE("words with digits that are none are left alone", "[detect]") {
  auto const text =
      GENERATE(values<std::string>({"A1", "AB12", "BG123456C", "12345678A", "iPhone14", "B2B2024X",
                                    "X1234567A", "131352-308T", "MP3", "ISO9001", "covid19", "AB1234567C"}));
  INFO(text);
  CHECK(found_in(text) == list{});
}

TEST_CASE("a word beside them makes less certain ones count", "[detect]") {
  auto const [text, expected] = GENERATE(table<std::string, list>(
      {{"nino: ab123456c", {"ab123456c"}}, {"my dni 12345678a", {}}, {"nie X1234567A", {"X1234567A"}}}));
  INFO(text);
  CHECK(found_in(text) == expected);
}
