#include <overt/sink/mcap/builder.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/sink/chunk_codec.hpp>
#include <overt/trace/byte_source.hpp>
#include <overt/trace/mcap/reader.hpp>
#include <overt_test/catch.hpp>

namespace sink = overt::sink;
namespace trace = overt::trace;

namespace {

using texts = std::vector<std::pair<std::string, std::string>>;

/// How many messages of which bytes a whole file has.
std::vector<std::string> bytes_in(std::string_view file) {
  trace::mcap_reader<trace::memory_source> reader{trace::memory_source{file}};
  REQUIRE(reader.open());
  REQUIRE(reader.complete());
  std::vector<std::string> found;
  auto next = reader.next();
  for (; next && *next; next = reader.next()) {
    found.emplace_back((*next)->bytes);
  }
  INFO((next ? std::string{} : next.error().message));
  REQUIRE(next);
  return found;
}

/// Compresses nothing, and fails when told.
struct failing_codec {
  static constexpr std::string_view name = "";
  bool* fails = nullptr;

  overt::result<void> compress(std::string_view in, std::string& out) const {
    if (*fails) {
      return overt::failure{overt::error_code::output_failed, "told to"};
    }
    out.assign(in);
    return {};
  }
  overt::result<void> decompress(std::string_view, std::size_t, std::string&) const { return {}; }
};
static_assert(sink::chunk_codec<failing_codec>);

} // namespace

TEST_CASE("An MCAP file without content is read as such") {
  sink::mcap_builder<> builder;
  std::string file{builder.head("overt", "library")};
  builder.appended();
  file += builder.end(file.size());
  builder.appended();
  CHECK(file.starts_with(std::string_view{"\x89MCAP0\r\n\x01", 9}));
  CHECK(file.ends_with(std::string_view{"\x89MCAP0\r\n", 8}));
  CHECK(bytes_in(file).empty());
}

TEST_CASE("A block that was not appended may be asked for again") {
  sink::mcap_builder<> builder;
  builder.metadata("clock", texts{{"a", "b"}});
  std::string const first_head{builder.head("overt", "library")};
  std::string file{builder.head("overt", "library")};
  CHECK(file == first_head);
  builder.appended();
  auto const channel = builder.channel(0, "topic", "json", {});
  CHECK(builder.message(channel, 1, 10, 20, "one"));
  auto chunk = builder.chunk(file.size());
  REQUIRE(chunk);
  std::string const first{*chunk};
  chunk = builder.chunk(file.size());
  REQUIRE(chunk);
  CHECK(*chunk == first);

  SECTION("and is the same") { file += *chunk; }
  SECTION("also when an end was tried in between") {
    static_cast<void>(builder.end(file.size()));
    chunk = builder.chunk(file.size());
    REQUIRE(chunk);
    CHECK(*chunk == first);
    file += *chunk;
  }
  SECTION("for another place, where other blocks came first") {
    static_cast<void>(builder.chunk(12345));
    chunk = builder.chunk(file.size());
    REQUIRE(chunk);
    CHECK(*chunk == first);
    file += *chunk;
  }
  builder.appended();
  CHECK(builder.open_messages() == 0);
  builder.metadata("counts", {});
  std::string const first_end{builder.end(file.size())};
  CHECK(builder.end(file.size()) == first_end);
  file += builder.end(file.size());
  builder.appended();
  CHECK(bytes_in(file) == std::vector<std::string>{"one"});
}

TEST_CASE("Messages that came after a chunk that could not be appended are in its next form") {
  sink::mcap_builder<> builder;
  std::string file{builder.head("overt", "library")};
  builder.appended();
  auto const channel = builder.channel(0, "topic", "json", {});
  builder.message(channel, 1, 10, 20, "one");
  static_cast<void>(builder.chunk(file.size()));
  builder.message(channel, 2, 11, 21, "two");
  builder.appended(); // nothing is given: it must not count what was not written
  CHECK(builder.open_messages() == 2);
  auto const chunk = builder.chunk(file.size());
  REQUIRE(chunk);
  file += *chunk;
  builder.appended();
  file += builder.end(file.size());
  CHECK(bytes_in(file) == std::vector<std::string>{"one", "two"});
}

TEST_CASE("A chunk that is discarded leaves no trace, and the next one is whole") {
  sink::mcap_builder<> builder;
  std::string file{builder.head("overt", "library")};
  builder.appended();
  auto const schema = builder.schema("s", "jsonschema", "{}");
  auto const channel = builder.channel(schema, "topic", "json", {});
  auto const other = builder.channel(schema, "other", "json", {});
  builder.message(other, 1, 10, 20, "lost");
  static_cast<void>(builder.chunk(file.size()));
  builder.discard_chunk();
  builder.appended();
  CHECK(builder.open_bytes() == 0);
  builder.message(channel, 2, 11, 21, "kept");
  auto const chunk = builder.chunk(file.size());
  REQUIRE(chunk);
  file += *chunk;
  builder.appended();
  file += builder.end(file.size());
  CHECK(bytes_in(file) == std::vector<std::string>{"kept"});
  CHECK(file.find("other") == std::string::npos); // a channel without a message is in no list either
}

TEST_CASE("A chunk without messages is no block") {
  sink::mcap_builder<> builder;
  static_cast<void>(builder.head("overt", "library"));
  builder.appended();
  auto const chunk = builder.chunk(100);
  REQUIRE(chunk);
  CHECK(chunk->empty());
  builder.appended();
}

TEST_CASE("Schemas and channels have one number each, and each chunk repeats the channels it uses") {
  sink::mcap_builder<> builder;
  CHECK(builder.schema("a", "jsonschema", "{}") == 1);
  CHECK(builder.schema("b", "jsonschema", "{}") == 2);
  CHECK(builder.schema("a", "jsonschema", "{}") == 1);
  texts const unit{{"unit", "px"}};
  CHECK(builder.channel(1, "x", "json", {}) == 0);
  CHECK(builder.channel(1, "x", "json", unit) == 1);
  CHECK(builder.channel(2, "x", "json", {}) == 2);
  CHECK(builder.channel(1, "x", "json", unit) == 1);
  std::string file{builder.head("overt", "library")};
  builder.appended();
  for (int i = 0; i < 2; ++i) {
    builder.message(1, 1, 10, 20, "m");
    auto const before = builder.open_bytes();
    builder.message(1, 1, 10, 20, "m");
    CHECK(builder.open_bytes() - before == 9 + 22 + 1); // the definitions stand there once
    auto const chunk = builder.chunk(file.size());
    REQUIRE(chunk);
    CHECK(chunk->find("unit") != std::string_view::npos);
    file += *chunk;
    builder.appended();
  }
}

TEST_CASE("A schema stands in the first chunk of a file that uses it, and at its end") {
  sink::mcap_builder<> builder;
  auto const channel = builder.channel(builder.schema("s", "jsonschema", "{}"), "topic", "json", {});
  std::string file{builder.head("overt", "library")};
  builder.appended();
  auto const has_schema = [&] {
    builder.message(channel, 1, 10, 20, "m");
    auto const chunk = builder.chunk(file.size());
    REQUIRE(chunk);
    return chunk->find("jsonschema") != std::string_view::npos;
  };
  CHECK(has_schema());
  CHECK(has_schema()); // it was not appended
  builder.discard_chunk();
  CHECK(has_schema()); // what was discarded does not count
  file += *builder.chunk(file.size());
  builder.appended();
  CHECK_FALSE(has_schema());
  file += *builder.chunk(file.size());
  builder.appended();
  CHECK(builder.end(file.size()).find("jsonschema") != std::string_view::npos);
  file += builder.end(file.size());
  CHECK(bytes_in(file) == std::vector<std::string>{"m", "m"});
}

TEST_CASE("A message of a channel that does not exist is not written, and said not to be") {
  sink::mcap_builder<> builder;
  CHECK_FALSE(builder.message(0, 1, 10, 20, "m"));
  CHECK_FALSE(builder.message(0xffff, 1, 10, 20, "m"));
  CHECK(builder.open_messages() == 0);
  CHECK(builder.open_bytes() == 0);
}

TEST_CASE("Numbers of channels end, and are not given twice") {
  sink::mcap_builder<> builder;
  for (int i = 0; i < 300; ++i) {
    REQUIRE(builder.channel(0, std::to_string(i), "json", {}) == i);
  }
}

TEST_CASE("A codec that fails fails the chunk, which can be tried again") {
  bool fails = true;
  sink::mcap_builder<failing_codec> builder{failing_codec{&fails}};
  auto const channel = builder.channel(0, "topic", "json", {});
  std::string file{builder.head("overt", "library")};
  builder.appended();
  builder.message(channel, 1, 10, 20, "m");
  CHECK_FALSE(builder.chunk(file.size()));
  builder.appended();
  fails = false;
  auto const chunk = builder.chunk(file.size());
  REQUIRE(chunk);
  file += *chunk;
  builder.appended();
  file += builder.end(file.size());
  CHECK(bytes_in(file) == std::vector<std::string>{"m"});
}

TEST_CASE("Another file can be begun with the same schemas, channels and open messages") {
  sink::mcap_builder<> builder;
  auto const channel = builder.channel(builder.schema("s", "jsonschema", "{}"), "topic", "json", {});
  for (auto const* const name : {"first", "second"}) {
    builder.metadata(name, {});
    std::string file{builder.head("overt", "library")};
    builder.appended();
    builder.message(channel, 1, 10, 20, name);
    auto const chunk = builder.chunk(file.size());
    REQUIRE(chunk);
    file += *chunk;
    builder.appended();
    file += builder.end(file.size());
    builder.appended();
    CHECK(bytes_in(file) == std::vector<std::string>{name});
    builder.start_over();
  }
}

TEST_CASE("Messages that wait when another file is begun have their schemas there") {
  sink::mcap_builder<> builder;
  auto const first = builder.channel(builder.schema("one", "jsonschema", "{}"), "a", "json", {});
  auto const second = builder.channel(builder.schema("two", "jsonschema", "{}"), "b", "json", {});
  static_cast<void>(builder.head("overt", "library"));
  builder.appended();
  builder.message(first, 1, 10, 20, "m");
  REQUIRE(builder.chunk(0));
  builder.appended();
  builder.message(first, 2, 10, 20, "waits"); // its schema is in the first file alone
  builder.message(second, 3, 10, 20, "too");
  builder.start_over();
  std::string file{builder.head("overt", "library")};
  builder.appended();
  builder.message(first, 4, 10, 20, "new");
  auto const chunk = builder.chunk(file.size());
  REQUIRE(chunk);
  for (auto const* const name : {"one", "two"}) {
    auto const at = chunk->find(name);
    CHECK(at != std::string_view::npos);
    CHECK(at == chunk->rfind(name));
  }
  file += *chunk;
  builder.appended();
  file += builder.end(file.size());
  CHECK(bytes_in(file) == std::vector<std::string>{"waits", "too", "new"});
}
