// Adding a message must not allocate once a chunk has had its usual size. Counts every allocation of the
// program, which is why it is one of its own.
#include <overt/sink/mcap/builder.hpp>

#include <cstddef>
#include <string>

#include <overt_test/catch.hpp>
#include <overt_test/counted_allocations.hpp>

using overt_test::allocations;

TEST_CASE("The MCAP builder allocates nothing for messages in steady state") {
  overt::sink::mcap_builder<> builder;
  auto const schema = builder.schema("s", "jsonschema", "{}");
  auto const one = builder.channel(schema, "one", "json", {});
  auto const two = builder.channel(schema, "two", "json", {});
  std::size_t offset = builder.head("overt", "library").size();
  builder.appended();
  std::size_t in_messages = 0;
  std::size_t in_chunks = 0;
  for (std::uint32_t round = 0; round < 20; ++round) {
    auto const before = allocations.load();
    for (std::uint32_t i = 0; i < 1000; ++i) {
      builder.message(i % 2 == 0 ? one : two, i, i, i,
                      "some bytes of a message, more than fits into a small string");
    }
    auto const between = allocations.load();
    auto const chunk = builder.chunk(offset);
    REQUIRE(chunk);
    offset += chunk->size();
    builder.appended();
    in_messages += round > 1 ? between - before : 0;
    in_chunks += round > 1 ? allocations.load() - between : 0;
  }
  CHECK(in_messages == 0);
  CHECK(in_chunks < 10); // the index of the chunks grows
}
