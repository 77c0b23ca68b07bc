#include <overt/redact/detect/word_bytes.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

namespace detail = overt::detect::detail;

TEST_CASE("the bytes of words are letters and digits of any script", "[detect]") {
  CHECK(detail::slow_word_bytes("", 0, 0) == 0);
  CHECK(detail::slow_word_bytes("a1 B_\xc3\xa4-", 0, 8) == 0b01101011);
  CHECK(detail::slow_word_bytes("x.y", 1, 2) == 0b10);
}

TEST_CASE("the bytes of words are the same by vectors and byte by byte", "[detect]") {
  std::mt19937 dice{1};
  std::string_view const some = "azAZ09@[`{/: _-\x7f\x80\xff";
  for (int run = 0; run < 20000; ++run) {
    std::string text;
    for (auto left = dice() % 150; left > 0; --left) {
      text += some[dice() % some.size()];
    }
    auto const from = dice() % (text.size() + 1);
    auto const size = std::min<std::size_t>(64, text.size() - from);
    REQUIRE(detail::word_bytes(text, from, size) == detail::slow_word_bytes(text, from, size));
  }
}
