#include <overt/consent/sodium/secret_bytes.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

#include <overt_test/catch.hpp>

namespace {

/// Memory that a test can look at after it was given back.
struct watched_memory {
  static std::vector<std::uint8_t>& bytes() {
    static std::vector<std::uint8_t> memory(64, 0x77);
    return memory;
  }
  static int& released() {
    static int count = 0;
    return count;
  }
  static bool& empty() {
    static bool none = false;
    return none;
  }
  static void* allocate(std::size_t) { return empty() ? nullptr : bytes().data(); }
  static void release(void*, std::size_t) { ++released(); }
};

using watched = overt::consent::secret_bytes<64, watched_memory>;

bool all_are(std::uint8_t value) {
  auto const& bytes = watched_memory::bytes();
  return std::all_of(bytes.begin(), bytes.end(), [=](auto each) { return each == value; });
}

} // namespace

static_assert(!std::is_copy_constructible_v<overt::consent::secret_bytes<32>>);
static_assert(!std::is_default_constructible_v<overt::consent::secret_bytes<32>>);

TEST_CASE("secret bytes begin as zeros and are wiped before their memory is given back") {
  watched_memory::released() = 0;
  {
    auto made = watched::make();
    REQUIRE(made);
    CHECK(all_are(0));
    std::fill_n(made->data(), 64, std::uint8_t{0xa5});
    auto moved = *std::move(made);
    CHECK(all_are(0xa5)); // still there: what the next line looks for can be seen
    CHECK(watched_memory::released() == 0);
  }
  CHECK(all_are(0));
  CHECK(watched_memory::released() == 1);
}

TEST_CASE("without protected memory there is no key") {
  watched_memory::empty() = true;
  CHECK(watched::make().error().code == overt::error_code::unsupported);
  watched_memory::empty() = false;
}

TEST_CASE("secret bytes keep what is written, in memory of libsodium") {
  auto one = overt::consent::secret_bytes<32>::make();
  REQUIRE(one);
  std::fill_n(one->data(), 32, std::uint8_t{7});
  auto other = *overt::consent::secret_bytes<32>::make();
  other = *std::move(one);
  CHECK(other.bytes()[31] == 7);
}
