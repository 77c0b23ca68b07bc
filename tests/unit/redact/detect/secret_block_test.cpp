#include <overt/redact/detect/secret_block.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

namespace secrets = overt::detect::detail::secrets;

namespace {

std::string marked(std::uint64_t places, std::size_t size) {
  std::string marks;
  for (std::size_t i = 0; i < size; ++i) {
    marks += (places >> i & 1) != 0 ? '^' : ' ';
  }
  return marks;
}

} // namespace

TEST_CASE("a block says where something with a shape may begin", "[redact][detect][secret_block]") {
  auto const places_in = [](std::string_view text) {
    return marked(secrets::slow_block(text, 0, text.size()).shapes, text.size());
  };
  CHECK(places_in("nothing, to see here!") == std::string(21, ' '));
  CHECK(places_in("a@b: (c) [d] {e} <f>") == " ^ ^ ^   ^   ^   ^  ");
  CHECK(places_in("in 1985, at 3") == "   ^^^^     ^");
  CHECK(places_in("aa-bb-cc") == "  ^     ");
  CHECK(places_in("a-b c--d-") == "     ^   ");
  CHECK(places_in("aabb.ccdd.ee. .") == "    ^    ^     ");
  CHECK(places_in("x Dot y doT") == "  ^     ^  ");
}

TEST_CASE("a block says where letters and tokens are, and what begins a secret",
          "[redact][detect][secret_block]") {
  std::string_view const text = "a Pw=1_2: past --x";
  auto const made = secrets::slow_block(text, 0, text.size());
  CHECK(marked(made.letters, text.size()) == "^ ^^      ^^^^   ^");
  CHECK(marked(made.tokens, text.size()) == "^ ^^ ^^^  ^^^^ ^^^");
  CHECK(marked(made.triggers, text.size()) == "  ^ ^   ^ ^    ^  ");
}
