#include <overt/redact/detect/iban.hpp>

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
  detect::scan_iban(text,
                    [&](std::size_t begin, std::size_t end, detect::entity, float score, overt::literal) {
                      if (score >= 0.495f) {
                        result.emplace_back(text.substr(begin, end - begin));
                      }
                    });
  return result;
}

} // namespace

TEST_CASE("IBANs are found, grouped or not, in either case", "[detect]") {
  auto const text = GENERATE(values<std::string>(
      {"GB29NWBK60161331926819", "GB29 NWBK 6016 1331 9268 19", "gb29 nwbk 6016 1331 9268 19",
       "GB29-NWBK-6016-1331-9268-19", "DE89370400440532013000", "de89 3704 0044 0532 0130 00",
       "FR14 2004 1010 0505 0001 3M02 606", "NO93 8601 1117 947", "MT84 MALT 0110 0001 2345 MTLC AST0 01S",
       "BR18 0036 0305 0000 1000 9795 493C 1", "NL91ABNA0417164300", "CH93 0076 2011 6238 5295 7",
       "BE68539007547034", "SA0380000000608010167519", "GB 29 NWBK 6016 1331 9268 19",
       "GB69PMNJ18913943430745"}));
  INFO(text);
  CHECK(found_in(text) == list{text});
  CHECK(found_in("so: " + text + ", then") == list{text});
}

TEST_CASE("what only looks like an IBAN is left alone", "[detect]") {
  auto const text =
      GENERATE(values<std::string>({"XX29NWBK60161331926819", "GB29", "GB29NW", "AD12 of 2023 and more",
                                    "xGB29NWBK60161331926819", "no12 things", "DE12"}));
  INFO(text);
  CHECK(found_in(text) == list{});
}

TEST_CASE("the lengths of IBANs are those of their countries", "[detect]") {
  namespace detail = detect::detail;
  CHECK(detail::iban_length('G', 'B') == 22);
  CHECK(detail::iban_length('N', 'O') == 15);
  CHECK(detail::iban_length('R', 'U') == 33);
  CHECK(detail::iban_length('L', 'C') == 32);
  CHECK(detail::iban_length('U', 'S') == 0);
  CHECK(detail::iban_length('a', 'd') == 0);
  CHECK(detail::is_iban_valid("GB29 NWBK 6016 1331 9268 19"));
  CHECK_FALSE(detail::is_iban_valid("GB29 NWBK 6016 1331 9268 18"));
}
