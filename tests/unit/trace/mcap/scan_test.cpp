#include <overt/trace/mcap/scan.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <overt/sink/mcap/builder.hpp>
#include <overt/trace/byte_source.hpp>
#include <overt_test/catch.hpp>

#include "sample_file.hpp"

namespace trace = overt::trace;
using overt_test::make_sample;
using overt_test::read_all;
using scan = trace::mcap_scan<trace::memory_source>;

namespace {
/// A disk that does not give anything behind a place.
struct failing_source {
  std::string_view bytes{};
  std::uint64_t good = 0;
  std::uint64_t size() const { return bytes.size(); }
  overt::result<std::size_t> read(std::uint64_t offset, std::span<char> to) {
    if (offset + to.size() > good) {
      return overt::failure{overt::error_code::source_lost, "the disk does not answer"};
    }
    return trace::memory_source{bytes}.read(offset, to);
  }
};
} // namespace

TEST_CASE("A scan of a sound file gives everything and no damage") {
  auto const sample = make_sample();
  scan found{trace::memory_source{sample.bytes}};
  auto const all = read_all(found);
  CHECK_FALSE(all.failed);
  CHECK(all.messages == sample.messages());
  CHECK(overt_test::no_schema_lost(all.messages));
  CHECK(found.damage().empty());
  CHECK(found.profile() == "overt");
  REQUIRE(found.metadata().size() == 2);
  for (auto const& each : found.metadata()) {
    CHECK(each.entries == sample.metadata.at(each.name));
  }
  REQUIRE(found.attachments().size() == 1);
  CHECK(found.attachments().front().second == sample.attachment);
}

TEST_CASE("A scan gives chunk after chunk, and says where each is") {
  auto const sample = make_sample();
  scan found{trace::memory_source{sample.bytes}};
  for (auto const& chunk : sample.chunks) {
    auto const more = found.next_chunk();
    REQUIRE(more);
    REQUIRE(*more);
    CHECK(found.chunk().entry().offset == chunk.offset);
    CHECK(found.chunk().entry().offset + found.chunk().entry().size == chunk.end);
    REQUIRE(found.chunk().size() == chunk.messages.size());
    for (std::size_t i = 0; i < chunk.messages.size(); ++i) {
      CHECK(overt_test::copy_of(found, found.chunk().message(i)) == chunk.messages[i]);
    }
  }
  auto const more = found.next_chunk();
  REQUIRE(more);
  CHECK_FALSE(*more);
}

TEST_CASE("A scan lists what is lost, with its place") {
  auto const sample = make_sample(4);
  for (bool const complete : {true, false}) {
    auto bytes = sample.bytes.substr(0, complete ? sample.bytes.size() : sample.end);
    auto const& lost = sample.chunks[1];
    bytes[(lost.offset + lost.end) / 2] ^= 4;
    scan found{trace::memory_source{bytes}};
    auto const all = read_all(found);
    auto expected = sample.messages();
    expected.erase(expected.begin() + 3, expected.begin() + 6);
    CHECK(all.messages == expected);
    REQUIRE(found.damage().size() == (complete ? 1 : 2));
    auto const& place = found.damage().front();
    CHECK(place.offset == lost.offset);
    CHECK(place.offset + place.size == sample.chunks[2].offset);
    CHECK(place.why.find("CRC") != std::string::npos);
    if (!complete) {
      CHECK(found.damage().back().offset == sample.end);
      CHECK(found.damage().back().why.find("cut off") != std::string::npos);
    }
  }
}

TEST_CASE("A scan finds the chunks of a file without begin and end") {
  auto const sample = make_sample(4);
  std::string bytes = std::string(1000, '\x06') + sample.bytes.substr(sample.chunks[1].offset);
  bytes.resize(bytes.size() - 20);
  scan found{trace::memory_source{bytes}};
  auto const all = read_all(found);
  auto expected = sample.messages();
  expected.erase(expected.begin(), expected.begin() + 3);
  CHECK(all.messages == expected);
  REQUIRE_FALSE(found.damage().empty());
  CHECK(found.damage().front().offset == 0);
  CHECK(found.damage().front().size == 1000);
}

TEST_CASE("A scan of something else finds nothing, and says that all of it is damaged") {
  for (std::string const& bytes : {std::string{}, std::string(100, '\0'), std::string(100'000, '\x06')}) {
    scan found{trace::memory_source{bytes}};
    auto const all = read_all(found);
    CHECK(all.messages.empty());
    CHECK_FALSE(all.failed);
    CHECK_FALSE(found.damage().empty());
  }
}

TEST_CASE("A disk that does not answer is an error, not damage") {
  auto const sample = make_sample(4);
  trace::mcap_scan<failing_source> found{failing_source{sample.bytes, 100}};
  auto const all = read_all(found);
  REQUIRE(all.failed);
  CHECK(all.failed->code == overt::error_code::source_lost);
}

TEST_CASE("A search among bytes that are nearly chunks has an end") {
  // Each of these claims to be a chunk that holds all the others, so that looking at all would take their
  // square.
  std::string bytes;
  constexpr std::size_t count = 20'000;
  constexpr std::size_t size = 9 + 40;
  for (std::size_t i = 0; i < count; ++i) {
    auto const content = (count - i) * size - 9;
    bytes += '\x06';
    overt::sink::mcap_format::put(bytes, std::uint64_t{content});
    bytes.append(16, '\0');
    overt::sink::mcap_format::put(bytes, std::uint64_t{content - 40});
    bytes.append(8, '\0');
    overt::sink::mcap_format::put(bytes, std::uint64_t{content - 40});
  }
  scan found{trace::memory_source{bytes}, {.chunk_bytes = 1'000'000}};
  CHECK(read_all(found).messages.empty());
  CHECK_FALSE(found.damage().empty());
}
