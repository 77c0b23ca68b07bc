#include <overt/trace/mcap/file_records.hpp>

#include <cstddef>
#include <optional>
#include <string>

#include "sample_file.hpp"

namespace trace = overt::trace;

namespace {
using window = trace::mcap_window<trace::memory_source>;
window look_into(std::string const& bytes) { return window{trace::memory_source{bytes}, 1'000'000}; }
} // namespace

TEST_CASE("MCAP file records: with an index and without, the same metadata and attachments") {
  auto const made = overt_test::make_sample(2);
  auto file = look_into(made.bytes);
  auto const header = trace::read_mcap_header(file);
  trace::mcap_definitions known{1024 * 1024};
  auto const index = trace::read_mcap_index(file, true, known);
  REQUIRE(header);
  REQUIRE(index);
  for (auto const& by : {std::optional<trace::mcap_index>{*index}, std::optional<trace::mcap_index>{}}) {
    auto const metadata = trace::read_mcap_metadata(file, *header, by);
    REQUIRE(metadata);
    REQUIRE(metadata->size() == made.metadata.size());
    for (auto const& each : *metadata) {
      CHECK(made.metadata.at(each.name) == each.entries);
    }
    auto const attachments = trace::read_mcap_attachments(file, *header, by);
    REQUIRE(attachments);
    REQUIRE(attachments->size() == 1);
    auto const bytes = trace::read_mcap_attachment(file, *header, attachments->front());
    REQUIRE(bytes);
    CHECK(*bytes == made.attachment);
  }
}

TEST_CASE("MCAP file records: every flipped bit of one is an error, and an index that lies is") {
  auto made = overt_test::make_sample(1);
  auto sound = look_into(made.bytes);
  auto const header = trace::read_mcap_header(sound);
  trace::mcap_definitions known{1024 * 1024};
  auto index = trace::read_mcap_index(sound, true, known);
  REQUIRE(header);
  REQUIRE(index);
  std::size_t unseen = 0;
  for (std::size_t bit = header->end * 8; bit < made.head * 8; ++bit) {
    auto& byte = made.bytes[bit / 8];
    byte = static_cast<char>(byte ^ 1 << bit % 8);
    auto file = look_into(made.bytes);
    bool const told = !trace::read_mcap_metadata(file, *header, *index) ||
                      !trace::read_mcap_attachments(file, *header, *index);
    unseen += told ? 0u : 1u;
    byte = static_cast<char>(byte ^ 1 << bit % 8);
  }
  CHECK(unseen == 0);
  index->metadata.front() = made.chunks.front().offset;
  CHECK_FALSE(trace::read_mcap_metadata(sound, *header, *index));
  auto const wrong = trace::mcap_attachment{.offset = made.chunks.front().offset};
  CHECK_FALSE(trace::read_mcap_attachment(sound, *header, wrong));
}
