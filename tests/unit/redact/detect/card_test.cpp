#include <overt/redact/detect/card.hpp>

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
  detect::scan_cards(text,
                     [&](std::size_t begin, std::size_t end, detect::entity, float score, overt::literal) {
                       if (score >= 0.495f) {
                         result.emplace_back(text.substr(begin, end - begin));
                       }
                     });
  return result;
}

} // namespace

TEST_CASE("card numbers are found in any grouping", "[detect]") {
  auto const text =
      GENERATE(values<std::string>({"4111111111111111",        "4111 1111 1111 1111",
                                    "4111-1111-1111-1111",     "4111.1111.1111.1111",
                                    "4111  1111  1111  1111",  "4111 - 1111 - 1111 - 1111",
                                    "41 11 11 11 11 11 11 11", "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
                                    "411111 1111111111",       "378282246310005",
                                    "3782 822463 10005",       "30569309025904",
                                    "3056 930902 5904",        "6011000400000000",
                                    "3528000700000000",        "5019717010103742",
                                    "6759649826438453",        "4222222222222",
                                    "2223003122003222",        "6212345678901232",
                                    "122000000000003",         "4012888888881881"}));
  INFO(text);
  CHECK(found_in(text) == list{text});
  CHECK(found_in("so: " + text + ", then") == list{text});
}

TEST_CASE("numbers that are no cards are left alone", "[detect]") {
  auto const text =
      GENERATE(values<std::string>({"12345678901", "41111111111111111111", "1234567890123", "9780306406157",
                                    "20240131123045", "1700000000123", "0000 0000 0000 0000",
                                    "order 1234567890123456", "a4111111111111112b", "4006381333931"}));
  INFO(text);
  CHECK(found_in(text) == list{});
}

TEST_CASE("several cards in a row are told apart", "[detect]") {
  auto const [text, expected] = GENERATE(table<std::string, list>(
      {{"4012888888881881 4012-8888-8888-1881 4012 8888 8888 1881",
        {"4012888888881881", "4012-8888-8888-1881", "4012 8888 8888 1881"}},
       {"4111 1111 1111 1111 5555 5555 5555 4444", {"4111 1111 1111 1111", "5555 5555 5555 4444"}},
       {"1 4111 1111 1111 1111", {"4111 1111 1111 1111"}},
       {"card4111111111111111", {"4111111111111111"}}}));
  INFO(text);
  CHECK(found_in(text) == expected);
}
