#include <overt/redact/detect/secret_blocks.hpp>

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

namespace secrets = overt::detect::detail::secrets;

namespace {

bool same(secrets::block const& a, secrets::block const& b) {
  return a.tokens == b.tokens && a.letters == b.letters && a.triggers == b.triggers && a.shapes == b.shapes;
}

} // namespace

TEST_CASE("blocks are the same by vectors and byte by byte", "[redact][detect][secret_blocks]") {
  std::mt19937 dice{1};
  std::string_view const some = "passwdPAtokey-=: _AZaz09.@`[{\xff\x80\n(<doT.-";
  for (int run = 0; run < 20000; ++run) {
    std::string text;
    for (auto left = dice() % 200; left > 0; --left) {
      text += some[dice() % some.size()];
    }
    for (std::size_t from = 0; from < text.size(); from += 64) {
      auto const size = std::min<std::size_t>(64, text.size() - from);
      auto const slow = secrets::slow_block(text, from, size);
      REQUIRE(same(secrets::block_at(text, from, size), slow));
#if defined(__SSE2__) && defined(__GNUC__)
      REQUIRE(same(secrets::narrow_block(text, from, size), slow)); // where block_at takes the wide ones
#endif
    }
  }
}
