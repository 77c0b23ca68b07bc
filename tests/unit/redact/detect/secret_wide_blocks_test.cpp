#include <overt/redact/detect/secret_wide_blocks.hpp>

#include <cstddef>
#include <random>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

namespace secrets = overt::detect::detail::secrets;

TEST_CASE("wide vectors say what is said byte by byte, wherever the text ends",
          "[redact][detect][secret_wide_blocks]") {
#if defined(__x86_64__) && defined(__GNUC__)
  if (!secrets::has_wide_vectors()) {
    SUCCEED("skipped: this processor has no AVX2");
    return;
  }
  std::mt19937 dice{1};
  std::string_view const some = "passwdPAtokey-=: _AZaz09.@`[{\xff\x80\n(<doT.-";
  for (std::size_t size = 64; size < 140; ++size) {
    for (int run = 0; run < 300; ++run) {
      std::string text;
      while (text.size() < size) {
        text += some[dice() % some.size()];
      }
      auto const slow = secrets::slow_block(text, 0, 64);
      auto const wide = secrets::wide_block(text.data(), text.size());
      REQUIRE(wide.tokens == slow.tokens);
      REQUIRE(wide.letters == slow.letters);
      REQUIRE(wide.triggers == slow.triggers);
      REQUIRE(wide.shapes == slow.shapes);
    }
  }
#else
  SUCCEED("skipped: wide vectors are not made for this machine or by this compiler");
#endif
}
