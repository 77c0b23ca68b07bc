#include <overt/redact/detect/mac.hpp>

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
  detect::scan_mac(text,
                   [&](std::size_t begin, std::size_t end, detect::entity, float score, overt::literal) {
                     if (score >= 0.495f) {
                       result.emplace_back(text.substr(begin, end - begin));
                     }
                   });
  return result;
}

} // namespace

TEST_CASE("hardware addresses are found", "[detect]") {
  auto const text =
      GENERATE(values<std::string>({"00:1A:2B:3C:4D:5E", "aa-bb-cc-dd-ee-f0", "01-23-45-67-89-10",
                                    "0012.3456.789A", "aabb.ccdd.eeff", "01:23:45:67:89:10"}));
  INFO(text);
  CHECK(found_in(text) == list{text});
  CHECK(found_in("so: " + text + ", then") == list{text});
}

TEST_CASE("what is no hardware address is left alone", "[detect]") {
  auto const text = GENERATE(values<std::string>(
      {"00:1A:2B:3C:4D", "ZZ:ZZ:ZZ:ZZ:ZZ:ZZ", "ff:ff:ff:ff:ff:ff", "00:00:00:00:00:00", "10:2F:33-AC-29-C3",
       "00:1A:2B:3C:4D:5E:6F", "x00:1A:2B:3C:4D:5E", "1234.5678.9012", "12:34:56"}));
  INFO(text);
  CHECK(found_in(text) == list{});
}
