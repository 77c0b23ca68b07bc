#include <overt/trace/mcap/records.hpp>

#include <overt/sink/mcap/format.hpp>
#include <overt_test/catch.hpp>

namespace trace = overt::trace;

TEST_CASE("MCAP records: a definition is the same in every member or another one") {
  trace::mcap_channel const channel{
      .id = 1, .schema = 2, .topic = "t", .message_encoding = "json", .metadata = {{"unit", "px"}}};
  auto other = channel;
  CHECK(other == channel);
  other.metadata["unit"] = "mm";
  CHECK_FALSE(other == channel);
  trace::mcap_schema const schema{.id = 1, .name = "click", .encoding = "jsonschema", .text = "{}"};
  auto changed = schema;
  CHECK(changed == schema);
  changed.text = "{ }";
  CHECK_FALSE(changed == schema);
}

TEST_CASE("MCAP records: what we write is within what a reader takes unless told otherwise") {
  trace::mcap_limits const limits;
  CHECK(limits.chunk_bytes >= overt::sink::mcap_format::largest_chunk);
  CHECK(limits.definition_bytes >= 1024 * 1024);
}
