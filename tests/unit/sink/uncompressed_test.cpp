#include <overt/sink/uncompressed.hpp>

#include <string>

#include <overt/sink/chunk_codec.hpp>
#include <overt_test/catch.hpp>

using overt::sink::uncompressed;

static_assert(overt::sink::chunk_codec<uncompressed>);
static_assert(!overt::sink::chunk_codec<std::string>);

TEST_CASE("A chunk that is not compressed stays as it is, and its length must be right") {
  uncompressed codec;
  std::string packed = "before";
  std::string plain = "before";
  REQUIRE(codec.compress("content", packed));
  CHECK(packed == "content");
  REQUIRE(codec.decompress(packed, 7, plain));
  CHECK(plain == "content");
  CHECK_FALSE(codec.decompress(packed, 6, plain));
  CHECK_FALSE(codec.decompress(packed, 8, plain));
}
