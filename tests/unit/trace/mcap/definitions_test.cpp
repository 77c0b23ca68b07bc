#include <overt/trace/mcap/definitions.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <overt/sink/mcap/format.hpp>
#include <overt_test/catch.hpp>

namespace format = overt::sink::mcap_format;
using overt::trace::mcap_definitions;
using overt::trace::mcap_opcode;

namespace {
std::string channel(std::uint16_t id, std::string const& topic,
                    std::vector<std::pair<std::string, std::string>> const& metadata = {}) {
  std::string content;
  format::put(content, id);
  format::put(content, std::uint16_t{0});
  format::put_text(content, topic);
  format::put_text(content, "json");
  format::put_list(content, [&](std::string& list) {
    for (auto const& [key, value] : metadata) {
      format::put_text(list, key);
      format::put_text(list, value);
    }
  });
  return content;
}

std::string schema(std::uint16_t id, std::string const& name) {
  std::string content;
  format::put(content, id);
  format::put_text(content, name);
  format::put_text(content, "jsonschema");
  format::put_text(content, "{}");
  return content;
}
} // namespace

TEST_CASE("A definition may be repeated, in any order of its metadata, and not changed") {
  mcap_definitions known{10'000};
  CHECK(known.channel(3) == nullptr);
  CHECK(known.add(mcap_opcode::channel, channel(3, "a", {{"x", "1"}, {"y", "2"}})) == nullptr);
  CHECK(known.add(mcap_opcode::channel, channel(3, "a", {{"y", "2"}, {"x", "1"}})) == nullptr);
  CHECK(known.add(mcap_opcode::channel, channel(3, "b", {{"x", "1"}, {"y", "2"}})) != nullptr);
  CHECK(known.add(mcap_opcode::channel, channel(3, "a", {{"x", "1"}, {"y", "3"}})) != nullptr);
  REQUIRE(known.channel(3) != nullptr);
  CHECK(known.channel(3)->topic == "a");
  CHECK(known.channels() == 1);
  CHECK(known.add(mcap_opcode::schema, schema(3, "s")) == nullptr);
  CHECK(known.add(mcap_opcode::schema, schema(3, "t")) != nullptr);
  CHECK(known.schema(3)->name == "s");
}

TEST_CASE("A schema numbered 0 is ignored, as the standard says") {
  mcap_definitions known{10'000};
  CHECK(known.add(mcap_opcode::schema, schema(0, "none")) == nullptr);
  CHECK(known.schema(0) == nullptr);
}

TEST_CASE("Definitions that are malformed or too many are refused") {
  mcap_definitions known{100};
  auto const whole = channel(1, "topic");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CHECK(known.add(mcap_opcode::channel, whole.substr(0, size)) != nullptr);
  }
  CHECK(known.add(mcap_opcode::channel, whole) == nullptr);
  CHECK(known.add(mcap_opcode::channel, channel(2, std::string(100, 'x'))) != nullptr);
  CHECK(known.add(mcap_opcode::channel, whole) == nullptr);
}
