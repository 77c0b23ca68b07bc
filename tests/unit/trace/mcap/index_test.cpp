#include <overt/trace/mcap/index.hpp>

#include <cstddef>
#include <string>

#include "sample_file.hpp"

namespace trace = overt::trace;

namespace {
using window = trace::mcap_window<trace::memory_source>;
window look_into(std::string const& bytes) { return window{trace::memory_source{bytes}, 1'000'000}; }
} // namespace

TEST_CASE("MCAP index: the summary names every chunk as it is") {
  auto const made = overt_test::make_sample(3);
  auto file = look_into(made.bytes);
  trace::mcap_definitions known{1024 * 1024};
  auto const index = trace::read_mcap_index(file, true, known);
  REQUIRE(index);
  REQUIRE(index->chunks.size() == 3);
  CHECK(index->is_enough(known));
  CHECK(index->attachments.size() == 1);
  CHECK(index->metadata.size() == 2);
  REQUIRE(index->statistics);
  CHECK(index->statistics->messages == 9);
  for (std::size_t i = 0; i < 3; ++i) {
    auto const& chunk = index->chunks[i];
    CHECK(chunk.entry.offset == made.chunks[i].offset);
    CHECK(chunk.entry.offset + chunk.entry.size == made.chunks[i].end);
    CHECK(chunk.latest == chunk.entry.times.last);
    CHECK(index->agrees(chunk.entry, chunk.codec));
    CHECK_FALSE(index->agrees(chunk.entry, "zstd"));
    auto moved = chunk.entry;
    ++moved.offset;
    CHECK_FALSE(index->agrees(moved, chunk.codec));
  }
  trace::mcap_definitions const none{1024 * 1024};
  CHECK_FALSE(index->is_enough(none));
}

TEST_CASE("MCAP index: a file that is cut off anywhere has none, and what is known stays") {
  auto const made = overt_test::make_sample(2);
  std::size_t believed = 0;
  for (std::size_t size = 0; size < made.bytes.size(); ++size) {
    auto const cut = made.bytes.substr(0, size);
    auto file = look_into(cut);
    trace::mcap_definitions known{1024 * 1024};
    believed += trace::read_mcap_index(file, true, known) ? 1u : 0u;
    believed += known.channels();
  }
  CHECK(believed == 0);
}
