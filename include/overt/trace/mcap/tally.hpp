#pragma once

#include <cstddef>
#include <cstdint>
#include <map>

#include <overt/sink/mcap/chunk_entry.hpp>
#include <overt/trace/mcap/index.hpp>

namespace overt::inline v0::trace {

/// What a reading from begin to end has seen, to compare it with what the file says about itself.
struct mcap_tally {
  std::uint64_t messages = 0;
  std::uint64_t chunks = 0;
  std::uint64_t attachments = 0;
  std::uint64_t metadata = 0;
  sink::mcap_format::time_range times{};
  std::map<std::uint16_t, std::uint64_t> channel_messages{};

  template <class Chunk>
  void add(Chunk const& chunk) {
    ++chunks;
    messages += chunk.size();
    chunk.count_messages(channel_messages);
    if (chunk.size() > 0) {
      times.add(chunk.entry().times.first);
      times.add(chunk.entry().times.last);
    }
  }

  /// For a file of the profile "overt", where nothing is left out.
  [[nodiscard]] bool agrees(mcap_index const& index) const {
    auto const& said = index.statistics;
    return said && said->messages == messages && said->chunks == chunks && said->attachments == attachments &&
           said->metadata == metadata && said->first_log_time == times.first &&
           said->last_log_time == times.last && said->channel_messages == channel_messages &&
           index.chunks.size() == chunks && index.attachments.size() == attachments &&
           index.metadata.size() == metadata;
  }
};

} // namespace overt::inline v0::trace
