#include <overt/sink/sodium/sealed_format.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

namespace {
std::span<std::uint8_t const> bytes(std::string_view text) {
  return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}
} // namespace

TEST_CASE("the head of a sealed trace stands in it twice") {
  overt::sink::sealed_format::head head;
  head.session.fill(1);
  head.key.bytes.fill(2);
  head.file.fill(3);
  auto const text = overt::sink::sealed_format::text_of(head);
  REQUIRE(text.size() == overt::sink::sealed_format::heads_size);
  CHECK(text.starts_with(std::string_view{"OVERTSEAL\n\x01\0\0\0\0\0\x01\x01", 18}));
  CHECK(overt::sink::sealed_format::head_from(bytes(text)) == head);
  CHECK(overt::sink::sealed_format::head_from(
            bytes(text).subspan(overt::sink::sealed_format::heads_size / 2)) == head);
}

TEST_CASE("every changed bit of a copy of the head is noticed") {
  auto const text =
      overt::sink::sealed_format::text_of({}).substr(0, overt::sink::sealed_format::heads_size / 2);
  REQUIRE(overt::sink::sealed_format::head_from(bytes(text)));
  for (std::size_t i = 0; i < text.size() * 8; ++i) {
    auto wrong = text;
    wrong[i / 8] = static_cast<char>(wrong[i / 8] ^ 1 << i % 8);
    if (overt::sink::sealed_format::head_from(bytes(wrong))) {
      FAIL("bit " << i);
    }
  }
  CHECK_FALSE(overt::sink::sealed_format::head_from(bytes(text).first(71)));
  CHECK_FALSE(overt::sink::sealed_format::head_from({}));
}

TEST_CASE("the header of a sealed block is little endian") {
  overt::sink::sealed_format::block_header header{
      .length = 0x01020304, .index = 5, .offset = 0x1122334455667788, .kind = overt::sink::block_kind::end};
  header.nonce.fill(9);
  auto const made = header.bytes();
  CHECK(std::string_view{reinterpret_cast<char const*>(made.data()), 28} ==
        std::string_view{"OVSB\x04\x03\x02\x01\x05\0\0\0\0\0\0\0\x88\x77\x66\x55\x44\x33\x22\x11\x02\0\0\0",
                         28});
  CHECK(header.sealed_size() == 60 + 0x01020304 + 16);
}
