#include <overt/redact/detect/secret_widest_blocks.hpp>

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

namespace secrets = overt::detect::detail::secrets;

#if defined(__x86_64__) && defined(__GNUC__)

namespace {

void check(std::string_view text) {
  auto const slow = secrets::slow_block(text, 0, std::min<std::size_t>(64, text.size()));
  auto const widest = secrets::widest_block(text.data(), text.size());
  REQUIRE(widest.tokens == slow.tokens);
  REQUIRE(widest.letters == slow.letters);
  REQUIRE(widest.triggers == slow.triggers);
  REQUIRE(widest.shapes == slow.shapes);
}

bool skipped() {
  if (secrets::has_widest_vectors()) {
    return false;
  }
  WARN("skipped: this processor has no AVX-512 with byte permutations");
  return true;
}

} // namespace

TEST_CASE("the widest vectors say what is said byte by byte, wherever the text ends",
          "[redact][detect][secret_widest_blocks]") {
  if (skipped()) {
    return;
  }
  std::mt19937 dice{1};
  std::string_view const some = "passwdPAtokey-=: _AZaz09.@`[{\xff\x80\n(<doT.-";
  for (std::size_t size = 1; size < 140; ++size) {
    for (int run = 0; run < 300; ++run) {
      std::string text;
      while (text.size() < size) {
        text += some[dice() % some.size()];
      }
      check(text);
    }
  }
}

TEST_CASE("the widest vectors know every byte", "[redact][detect][secret_widest_blocks]") {
  if (skipped()) {
    return;
  }
  for (int byte = 0; byte < 256; ++byte) {
    for (std::string_view const after :
         {"", "a", "as", "w", "-", "ot", "OT", "..-", ".....", "\x8d\x8d\x8d"}) {
      check(static_cast<char>(byte) + std::string{after});
      check(static_cast<char>(byte) + std::string{after} + std::string(70, ' '));
    }
  }
}

#else

TEST_CASE("the widest vectors are not made for this machine or by this compiler",
          "[redact][detect][secret_widest_blocks]") {
  SUCCEED("skipped");
}

#endif
