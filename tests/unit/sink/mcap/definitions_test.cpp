#include <overt/sink/mcap/definitions.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <overt_test/catch.hpp>

using overt::sink::mcap_format::definitions;

TEST_CASE("definitions: the same has the same number, and numbers begin where the format has them") {
  definitions made;
  CHECK(made.schema("a", "jsonschema", "{}") == 1);
  CHECK(made.schema("b", "jsonschema", "{}") == 2);
  CHECK(made.schema("a", "jsonschema", "{}") == 1);
  std::vector<std::pair<std::string, std::string>> const unit{{"unit", "px"}};
  CHECK(made.channel(1, "t", "json", {}) == 0);
  CHECK(made.channel(1, "t", "json", unit) == 1);
  CHECK(made.channel(1, "t", "json", {}) == 0);
  // Where one text ends and the next begins makes a difference.
  CHECK(made.schema("ab", "c", "") != made.schema("a", "bc", ""));
}

TEST_CASE("definitions: each chunk has its channels, and a schema stands in the first that is written") {
  definitions made;
  auto const schema = made.schema("click", "jsonschema", "the schema");
  auto const channel = made.channel(schema, "mouse", "json", {});
  std::string chunk;
  REQUIRE(made.use(channel, chunk));
  CHECK(chunk.find("the schema") != std::string::npos);
  auto const once = chunk.size();
  REQUIRE(made.use(channel, chunk));
  CHECK(chunk.size() == once);
  CHECK_FALSE(made.use(7, chunk));

  made.next_chunk(false); // it could not be written
  std::string again;
  REQUIRE(made.use(channel, again));
  CHECK(again.find("the schema") != std::string::npos);
  made.next_chunk(true);
  std::string later;
  REQUIRE(made.use(channel, later));
  CHECK(later.find("the schema") == std::string::npos);
  CHECK(later.find("mouse") != std::string::npos);

  made.start_over(later); // another file, with the open chunk as its first
  CHECK(later.find("the schema") < later.find("mouse"));
}

TEST_CASE("definitions: messages are counted when their chunk is in the file, and not before") {
  definitions made;
  auto const channel = made.channel(0, "t", "json", {});
  std::string chunk;
  for (std::uint64_t i = 0; i < 3; ++i) {
    REQUIRE(made.use(channel, chunk));
    made.index(channel, i, chunk.size());
  }
  CHECK(made.channels()[0].messages == 0);
  std::string indexes;
  std::vector<std::pair<std::uint16_t, std::uint64_t>> offsets;
  made.put_indexes(indexes, 100, offsets);
  CHECK(offsets == std::vector<std::pair<std::uint16_t, std::uint64_t>>{{channel, 100}});
  made.next_chunk(true);
  CHECK(made.channels()[0].messages == 3);
  made.put_indexes(indexes, 0, offsets);
  CHECK(offsets.empty());
}
