#include <overt/detail/hmac_sha256.hpp>

#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <overt/detail/hexadecimal.hpp>
#include <overt_test/catch.hpp>

namespace {

std::string tag(std::vector<std::uint8_t> const& key, std::string_view message) {
  overt::detail::hmac_sha256 keyed{key};
  keyed.update(message);
  return overt::detail::to_hex(keyed.finish());
}

std::vector<std::uint8_t> bytes(std::size_t count, std::uint8_t value) {
  return std::vector<std::uint8_t>(count, value);
}

} // namespace

TEST_CASE("the test cases of RFC 4231", "[detail][hmac]") {
  CHECK(tag(bytes(20, 0x0b), "Hi There") ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  CHECK(tag({'J', 'e', 'f', 'e'}, "what do ya want for nothing?") ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(tag(bytes(20, 0xaa), std::string(50, '\xdd')) ==
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
  std::vector<std::uint8_t> counting;
  for (std::uint8_t i = 1; i <= 25; ++i) {
    counting.push_back(i);
  }
  CHECK(tag(counting, std::string(50, '\xcd')) ==
        "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
  CHECK(tag(bytes(20, 0x0c), "Test With Truncation").substr(0, 32) == "a3b6167473100ee06e0c796c2955552b");
  CHECK(tag(bytes(131, 0xaa), "Test Using Larger Than Block-Size Key - Hash Key First") ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  CHECK(tag(bytes(131, 0xaa),
            "This is a test using a larger than block-size key and a larger than block-size data. The key "
            "needs to be hashed before being used by the HMAC algorithm.") ==
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
}

TEST_CASE("a message in pieces has the tag of the whole", "[detail][hmac]") {
  overt::detail::hmac_sha256 keyed{bytes(32, 7)};
  for (char const letter : std::string_view{"what do ya want for nothing?"}) {
    keyed.update({&letter, 1});
  }
  CHECK(overt::detail::to_hex(keyed.finish()) == tag(bytes(32, 7), "what do ya want for nothing?"));
  CHECK(tag(bytes(64, 1), "") != tag(bytes(63, 1), ""));
  CHECK(tag(bytes(65, 1), "") != tag(bytes(64, 1), ""));
}

TEST_CASE("nothing of key or message is left when it ends", "[detail][hmac]") {
  using overt::detail::hmac_sha256;
  alignas(hmac_sha256) std::byte memory[sizeof(hmac_sha256)]{};
  auto* const keyed = new (memory) hmac_sha256{bytes(32, 0x5a)};
  keyed->update("correct horse battery");
  keyed->~hmac_sha256();
  auto const* const left = static_cast<std::byte const volatile*>(memory);
  for (std::size_t i = 0; i < sizeof(hmac_sha256); ++i) {
    CHECK(static_cast<int>(left[i]) == 0);
  }
}
