#include <overt/redact/detect/secret_blocks.hpp>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

namespace secrets = overt::detect::detail::secrets;

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
      auto const fast = secrets::block_at(text, from, size);
      auto const slow = secrets::slow_block(text, from, size);
      REQUIRE(fast.tokens == slow.tokens);
      REQUIRE(fast.letters == slow.letters);
      REQUIRE(fast.triggers == slow.triggers);
      REQUIRE(fast.shapes == slow.shapes);
    }
  }
}

TEST_CASE("a block says where something with a shape may begin", "[redact][detect][secret_blocks]") {
  auto const places_in = [](std::string_view text) {
    auto const shapes = secrets::slow_block(text, 0, text.size()).shapes;
    std::string marked;
    for (std::size_t i = 0; i < text.size(); ++i) {
      marked += (shapes >> i & 1) != 0 ? '^' : ' ';
    }
    return marked;
  };
  CHECK(places_in("nothing, to see here!") == std::string(21, ' '));
  CHECK(places_in("a@b: (c) [d] {e} <f>") == " ^ ^ ^   ^   ^   ^  ");
  CHECK(places_in("in 1985, at 3") == "   ^^^^     ^");
  CHECK(places_in("aa-bb-cc") == "  ^     ");
  CHECK(places_in("a-b c--d-") == "     ^   ");
  CHECK(places_in("aabb.ccdd.ee. .") == "    ^    ^     ");
  CHECK(places_in("x Dot y doT") == "  ^     ^  ");
}
