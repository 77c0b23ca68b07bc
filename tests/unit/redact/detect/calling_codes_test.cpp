#include <overt/redact/detect/calling_codes.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <overt_test/catch.hpp>

namespace {

std::size_t code_of(std::string_view digits, bool trunk = false) {
  std::vector<std::uint8_t> number;
  for (auto const digit : digits) {
    number.push_back(static_cast<std::uint8_t>(digit - '0'));
  }
  return overt::detect::detail::calling_code_of(number, trunk);
}

} // namespace

TEST_CASE("a calling code is known with the lengths of its country's numbers", "[detect]") {
  CHECK(code_of("14155550132") == 1);
  CHECK(code_of("1415555013") == 0);
  CHECK(code_of("442079460958") == 2);
  CHECK(code_of("4402079460958") == 0);
  CHECK(code_of("4402079460958", true) == 2);
  CHECK(code_of("353123456789") == 3);
  CHECK(code_of("6591234567") == 2);
  CHECK(code_of("999123456789") == 0);
  CHECK(code_of("1") == 0);
  CHECK(code_of("") == 0);
}

TEST_CASE("no calling code is the beginning of another", "[detect]") {
  namespace detail = overt::detect::detail;
  for (auto const& one : detail::calling_codes) {
    INFO(one.code);
    CHECK(one.shortest <= one.longest);
    for (auto shorter = one.code / 10; shorter > 0; shorter /= 10) {
      CHECK(detail::calling_code_table[static_cast<std::size_t>(shorter)].code == 0);
    }
  }
}
