#include <overt/sink/sodium/block_seal.hpp>

#include <algorithm>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <overt_test/catch.hpp>
#include <overt_test/sealed.hpp>

using overt::sink::block_kind;
using overt::sink::block_seal;

namespace {

constexpr std::string_view plain = "what was done, in a block";

std::span<std::uint8_t const> bytes(std::string_view text) {
  return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}

overt::sink::sealed_format::head head_for(overt::consent::session_key const& key, std::uint8_t file = 3) {
  overt::sink::sealed_format::head head;
  head.key = key.id();
  head.file.fill(file);
  return head;
}

std::string block(block_seal const& seal,
                  overt::sink::sealed_format::block_header const& header = {.index = 7, .offset = 100}) {
  std::string out;
  seal.seal(header, plain, out);
  return out;
}

/// The plain bytes, or nothing.
std::string opened(block_seal const& seal, std::string_view whole) {
  auto const header = seal.header_from(bytes(whole.substr(0, overt::sink::sealed_format::header_size)));
  std::string out(plain.size(), '\0');
  return header && seal.open(*header, bytes(whole.substr(overt::sink::sealed_format::header_size)), out) ? out
                                                                                                         : "";
}

} // namespace

TEST_CASE("a sealed block opens with its key, and says where it belongs") {
  auto const key = overt_test::some_session_key();
  auto const seal = *block_seal::make(key, head_for(key));
  auto const whole = block(seal, {.index = 7, .offset = 100, .kind = block_kind::end});
  auto const header = seal.header_from(bytes(whole));
  REQUIRE(header);
  CHECK(header->index == 7);
  CHECK(header->offset == 100);
  CHECK(header->kind == block_kind::end);
  CHECK(header->length == plain.size());
  CHECK(header->sealed_size() == whole.size());
  CHECK(opened(seal, whole) == plain);
  CHECK(whole.find(plain.substr(0, 4)) == std::string::npos);
}

TEST_CASE("every changed bit of a sealed block is noticed") {
  auto const key = overt_test::some_session_key();
  auto const seal = *block_seal::make(key, head_for(key));
  auto const whole = block(seal);
  for (std::size_t i = 0; i < whole.size() * 8; ++i) {
    auto wrong = whole;
    wrong[i / 8] = static_cast<char>(wrong[i / 8] ^ 1 << i % 8);
    if (!opened(seal, wrong).empty()) {
      FAIL("bit " << i);
    }
  }
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CHECK(opened(seal, std::string_view{whole}.substr(0, size)).empty());
  }
}

TEST_CASE("a block opens nowhere but where it was sealed") {
  auto const key = overt_test::some_session_key();
  auto const seal = *block_seal::make(key, head_for(key));
  auto const whole = block(seal);
  std::string out(plain.size(), '\0');
  auto const body = bytes(whole).subspan(overt::sink::sealed_format::header_size);
  auto const right = *seal.header_from(bytes(whole));
  REQUIRE(seal.open(right, body, out));
  auto wrong = right;
  SECTION("index") { wrong.index = 8; }
  SECTION("offset") { wrong.offset = 0; }
  SECTION("kind") { wrong.kind = block_kind::end; }
  SECTION("nonce") { wrong.nonce[0] ^= 1; }
  CHECK_FALSE(seal.open(wrong, body, out));
}

TEST_CASE("a block of another file under the same key is none of this one") {
  auto const key = overt_test::some_session_key();
  auto const seal = *block_seal::make(key, head_for(key, 3));
  auto const part = *block_seal::make(key, head_for(key, 4));
  auto const whole = block(part);
  CHECK(opened(part, whole) == plain);
  CHECK_FALSE(seal.header_from(bytes(whole)));
  std::string out(plain.size(), '\0');
  // Also when a header of this file is put in front: the head is sealed with each block.
  CHECK_FALSE(seal.open(*part.header_from(bytes(whole)),
                        bytes(whole).subspan(overt::sink::sealed_format::header_size), out));
  auto other_session = head_for(key, 3);
  other_session.session.fill(9);
  auto const foreign = *block_seal::make(key, other_session);
  CHECK_FALSE(seal.open(*foreign.header_from(bytes(block(foreign))),
                        bytes(block(foreign)).subspan(overt::sink::sealed_format::header_size), out));
  auto const other_key = overt_test::some_session_key();
  CHECK(opened(*block_seal::make(other_key, head_for(key)), block(seal)).empty());
}

TEST_CASE("the same bytes are never sealed to the same bytes") {
  auto const key = overt_test::some_session_key();
  auto const seal = *block_seal::make(key, head_for(key));
  std::set<std::string> nonces;
  for (int i = 0; i < 1000; ++i) {
    nonces.insert(block(seal).substr(overt::sink::sealed_format::header_clear_size,
                                     overt::sink::sealed_format::nonce_size));
  }
  CHECK(nonces.size() == 1000);
}

TEST_CASE("a sealed record opens under its sequence number, and every changed bit is noticed") {
  auto const key = overt_test::some_session_key();
  auto const seal = *block_seal::make(key, head_for(key));
  std::string record;
  seal.seal_record(5, 77, plain, record);
  CHECK(record.size() == plain.size() + overt::sink::sealed_format::record_extra);
  CHECK(block_seal::number_of(record) == 5);
  std::string out(plain.size(), '\0');
  REQUIRE(seal.open_record(77, record, out));
  CHECK(out == plain);
  CHECK_FALSE(seal.open_record(78, record, out));
  CHECK_FALSE(block_seal::make(key, head_for(key, 4))->open_record(77, record, out));
  for (std::size_t i = 0; i < record.size() * 8; ++i) {
    auto wrong = record;
    wrong[i / 8] = static_cast<char>(wrong[i / 8] ^ 1 << i % 8);
    if (seal.open_record(77, wrong, out)) {
      FAIL("bit " << i);
    }
  }
  for (std::size_t size = 0; size < record.size(); ++size) {
    CHECK_FALSE(seal.open_record(77, std::string_view{record}.substr(0, size), out));
  }
  // A record is no block: their keys differ.
  std::string empty_block;
  seal.seal({}, "", empty_block);
  CHECK_FALSE(seal.open_record(0, std::string_view{empty_block}.substr(20), out));
}

TEST_CASE("sealed bytes open by hand, as docs/keys.md says") {
  auto const key = overt_test::some_session_key();
  auto const head = head_for(key);
  auto const seal = *block_seal::make(key, head);
  auto const opens = [&](std::uint64_t number, std::string_view more, std::string_view nonce,
                         std::string_view body) {
    std::vector<std::uint8_t> derived(32);
    ::crypto_kdf_derive_from_key(derived.data(), 32, number, "overtsea", key.bytes().data());
    auto const additional = overt::sink::sealed_format::text_of(head).substr(0, 64) + std::string{more};
    std::string out(body.size() - overt::sink::sealed_format::tag_size, '\0');
    return ::crypto_aead_xchacha20poly1305_ietf_decrypt(
               reinterpret_cast<std::uint8_t*>(out.data()), nullptr, nullptr, bytes(body).data(), body.size(),
               bytes(additional).data(), additional.size(), bytes(nonce).data(), derived.data()) == 0 &&
           out == plain;
  };
  std::string_view const eight{"\x07\0\0\0\0\0\0\0", 8};
  auto const whole = block(seal);
  std::string_view const text{whole};
  CHECK(opens(1, text.substr(0, 28), text.substr(28, 24), text.substr(60)));
  CHECK_FALSE(opens(2, text.substr(0, 28), text.substr(28, 24), text.substr(60)));
  std::string record;
  seal.seal_record(7, 7, plain, record);
  auto const both = std::string{eight} + std::string{eight};
  std::string_view const kept{record};
  CHECK(kept.substr(0, 8) == eight);
  CHECK(opens(2, both, kept.substr(8, 24), kept.substr(32)));
  CHECK_FALSE(opens(1, both, kept.substr(8, 24), kept.substr(32)));
}
