#include <overt/trace/mcap/tally.hpp>

#include <cstdint>
#include <map>
#include <string>

#include "sample_file.hpp"

namespace trace = overt::trace;

namespace {
using window = trace::mcap_window<trace::memory_source>;
window look_into(std::string const& bytes) { return window{trace::memory_source{bytes}, 1'000'000}; }
} // namespace

namespace {
/// Of three messages on two channels.
struct counted_chunk {
  overt::sink::mcap_format::chunk_entry read{};
  std::uint64_t messages = 3;
  [[nodiscard]] std::uint64_t size() const { return messages; }
  [[nodiscard]] auto const& entry() const { return read; }
  void count_messages(std::map<std::uint16_t, std::uint64_t>& to) const {
    if (messages > 0) {
      to[0] += 2;
      to[1] += 1;
    }
  }
};
} // namespace

TEST_CASE("MCAP tally: what was read is what the file says of itself, or it does not agree") {
  auto const made = overt_test::make_sample(3);
  auto file = look_into(made.bytes);
  trace::mcap_definitions known{1024 * 1024};
  auto index = trace::read_mcap_index(file, true, known);
  REQUIRE(index);
  trace::mcap_tally tally{.attachments = 1, .metadata = 2};
  CHECK_FALSE(tally.agrees(*index));
  for (auto const& chunk : index->chunks) {
    tally.add(counted_chunk{.read = chunk.entry});
  }
  CHECK(tally.messages == 9);
  CHECK(tally.channel_messages == std::map<std::uint16_t, std::uint64_t>{{0, 6}, {1, 3}});
  CHECK(tally.agrees(*index));
  auto one_more = tally;
  one_more.add(counted_chunk{.read = {}, .messages = 0});
  CHECK(one_more.times.first == tally.times.first); // a chunk without messages has no time
  CHECK_FALSE(one_more.agrees(*index));
  auto other = tally;
  ++other.channel_messages[1];
  CHECK_FALSE(other.agrees(*index));
  // Of a chunk that could not be read the index is believed, and the channels that it has no part in are
  // compared.
  index->chunks.back().channels = {0};
  trace::mcap_tally not_all{.attachments = 1, .metadata = 2};
  for (auto const& chunk : index->chunks) {
    &chunk == &index->chunks.back() ? not_all.add_not_read(chunk)
                                    : not_all.add(counted_chunk{.read = chunk.entry});
  }
  CHECK_FALSE(not_all.agrees(*index)); // the other channel has fewer than it should
  index->chunks.back().channels = {0, 1};
  not_all.add_not_read(index->chunks.back());
  CHECK_FALSE(not_all.agrees(*index)); // a chunk too many
  --not_all.chunks;
  CHECK(not_all.agrees(*index));
  index->statistics.reset();
  CHECK_FALSE(tally.agrees(*index)); // says nothing of itself
}
