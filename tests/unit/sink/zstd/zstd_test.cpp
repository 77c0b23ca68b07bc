#include <overt/sink/zstd/zstd.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <overt/sink/chunk_codec.hpp>
#include <overt_test/catch.hpp>

using overt::sink::zstd;

static_assert(overt::sink::chunk_codec<zstd>);

namespace {
std::string sample(std::size_t size) {
  std::string text;
  for (std::size_t i = 0; text.size() < size; ++i) {
    text += "{\"seq\": " + std::to_string(i) + ", \"x\": " + std::to_string(i * 7919 % 1000) + "}\n";
  }
  text.resize(size);
  return text;
}
} // namespace

TEST_CASE("zstd gives back what it was given, of any size, with the same contexts") {
  zstd codec;
  std::string packed;
  std::string plain;
  for (std::size_t const size : {0UL, 1UL, 1000UL, 70'000UL, 1'048'576UL, 1'048'577UL, 5'000'000UL}) {
    auto const text = sample(size);
    REQUIRE(codec.compress(text, packed));
    CHECK(packed.size() < text.size() / 3 + 20);
    REQUIRE(codec.decompress(packed, size, plain));
    CHECK(plain == text);
  }
}

TEST_CASE("zstd refuses what is longer or shorter than it says, cut off, or no zstd") {
  zstd codec;
  std::string packed;
  std::string plain;
  for (std::size_t const size : {1000UL, 3'000'000UL}) {
    auto const text = sample(size);
    REQUIRE(codec.compress(text, packed));
    CHECK_FALSE(codec.decompress(packed, size - 1, plain));
    CHECK_FALSE(codec.decompress(packed, size + 1, plain));
    CHECK_FALSE(codec.decompress(packed, 0, plain));
    CHECK_FALSE(codec.decompress(std::string_view{packed}.substr(0, packed.size() - 1), size, plain));
    CHECK_FALSE(codec.decompress(std::string_view{packed}.substr(0, 3), size, plain));
    CHECK_FALSE(codec.decompress(packed + "more", size, plain));
    CHECK(plain.empty());
    REQUIRE(codec.decompress(packed, size, plain)); // a failure leaves nothing behind
    CHECK(plain == text);
  }
  CHECK_FALSE(codec.decompress("no zstd at all", 14, plain));
  CHECK_FALSE(codec.decompress("", 1, plain));
}

TEST_CASE("zstd takes no memory for a claim that nothing follows") {
  zstd codec;
  std::string packed;
  std::string plain;
  REQUIRE(codec.compress("short", packed));
  CHECK_FALSE(codec.decompress(packed, std::size_t{1} << 40, plain));
  CHECK(plain.capacity() < 16 * 1024 * 1024);
}

TEST_CASE("zstd frames of another writer, in parts and without their size, are read") {
  // Two frames by the command-line tool from a pipe: "abc" and "def".
  std::string const two{"\x28\xb5\x2f\xfd\x00\x58\x19\x00\x00"
                        "abc"
                        "\x28\xb5\x2f\xfd\x00\x58\x19\x00\x00"
                        "def",
                        24};
  zstd codec;
  std::string plain;
  REQUIRE(codec.decompress(two, 6, plain));
  CHECK(plain == "abcdef");
}

TEST_CASE("zstd levels: one that does not exist is refused, a copy has the level") {
  std::string high;
  std::string low;
  std::string copied;
  auto const text = sample(200'000);
  zstd best{19};
  zstd copy{best};
  zstd quick{1};
  REQUIRE(best.compress(text, high));
  REQUIRE(quick.compress(text, low));
  REQUIRE(copy.compress(text, copied));
  CHECK(high.size() < low.size());
  CHECK(copied == high);
  quick = best;
  REQUIRE(quick.compress(text, low));
  CHECK(low == high);
  zstd none{1000};
  auto const refused = none.compress(text, low);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == overt::error_code::misuse);
}
