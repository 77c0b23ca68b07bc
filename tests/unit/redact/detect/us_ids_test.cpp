#include <overt/redact/detect/us_ids.hpp>

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
  detect::scan_us_ssn(text,
                      [&](std::size_t begin, std::size_t end, detect::entity, float score, overt::literal) {
                        if (score >= 0.495f) {
                          result.emplace_back(text.substr(begin, end - begin));
                        }
                      });
  return result;
}

} // namespace

TEST_CASE("US numbers of the shape 3-2-4 are found", "[detect]") {
  auto const text =
      GENERATE(values<std::string>({"536-90-4399", "078-05-1123", "536 90 4399", "536.90.4399", "923-45-6789",
                                    "911-70-1234", "666-12-3456", "000-12-3456"}));
  INFO(text);
  CHECK(found_in(text) == list{text});
  CHECK(found_in("so: " + text + ", then") == list{text});
}

TEST_CASE("other shapes are left alone", "[detect]") {
  auto const text = GENERATE(
      values<std::string>({"536-90-43990", "1536-90-4399", "536-90.4399", "536-904399", "12-536-90-4399",
                           "536-90-4399-1", "a536-90-4399", "536-90-4399b", "536--90-4399"}));
  INFO(text);
  CHECK(found_in(text) == list{});
}
