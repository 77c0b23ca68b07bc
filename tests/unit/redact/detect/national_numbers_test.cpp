#include <overt/redact/detect/national_numbers.hpp>

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
  detect::scan_national_numbers(
      text, [&](std::size_t begin, std::size_t end, detect::entity, float score, overt::literal) {
        if (score >= 0.495f) {
          result.emplace_back(text.substr(begin, end - begin));
        }
      });
  return result;
}

} // namespace

TEST_CASE("national numbers that their form gives away are found", "[detect]") {
  auto const text = GENERATE(
      values<std::string>({"943 476 5919", "85.07.30-033.28", "756.9217.0769.85", "529.982.247-25",
                           "11.222.333/0001-81", "811228-9874", "44051401359", "10000000146", "8001015009087",
                           "1 85 05 78 006 084 91", "900101-1234567", "86 095 742 719"}));
  INFO(text);
  CHECK(found_in(text) == list{text});
  CHECK(found_in("so: " + text + ", then") == list{text});
}

TEST_CASE("others need a word beside them", "[detect]") {
  auto const [text, expected] = GENERATE(table<std::string, list>({{"bsn 111222333", {"111222333"}},
                                                                   {"sin: 130692544", {"130692544"}},
                                                                   {"tfn 876543210", {"876543210"}},
                                                                   {"111222333", {}},
                                                                   {"130692544", {}},
                                                                   {"order 111222333", {}},
                                                                   {"+44051401359", {}},
                                                                   {"44051401359123456", {}},
                                                                   {"X-44051401359", {}}}));
  INFO(text);
  CHECK(found_in(text) == expected);
}
