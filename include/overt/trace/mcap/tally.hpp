#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>

#include <overt/sink/mcap/chunk_entry.hpp>
#include <overt/trace/mcap/index.hpp>
#include <overt/trace/mcap/records.hpp>

namespace overt::inline v0::trace {

/// What a reading from begin to end has seen, to compare it with what the file says about itself.
struct mcap_tally {
  std::uint64_t messages = 0;
  std::uint64_t chunks = 0;
  std::uint64_t attachments = 0;
  std::uint64_t metadata = 0;
  sink::mcap_format::time_range times{};
  std::map<std::uint16_t, std::uint64_t> channel_messages{};
  std::set<std::uint16_t> channels_not_read{}; ///< of which there may be more messages

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

  /// A chunk that could not be read: of it the index is believed.
  void add_not_read(mcap_indexed_chunk const& chunk) {
    ++chunks;
    times.add(chunk.entry.times.first);
    times.add(chunk.entry.times.last);
    channels_not_read.insert(chunk.channels.begin(), chunk.channels.end());
  }

  /// For a file of the profile "overt", where nothing is left out.
  [[nodiscard]] bool agrees(mcap_index const& index) const {
    auto const& said = index.statistics;
    return said && said->chunks == chunks && said->attachments == attachments && said->metadata == metadata &&
           said->first_log_time == times.first && said->last_log_time == times.last &&
           messages_agree(*said) && index.chunks.size() == chunks &&
           index.attachments.size() == attachments && index.metadata.size() == metadata;
  }

private:
  [[nodiscard]] bool messages_agree(mcap_statistics const& said) const {
    if (channels_not_read.empty()) {
      return said.messages == messages && said.channel_messages == channel_messages;
    }
    auto read = channel_messages;
    auto expected = said.channel_messages;
    for (auto const channel : channels_not_read) {
      read.erase(channel);
      expected.erase(channel);
    }
    return said.messages >= messages && read == expected;
  }
};

} // namespace overt::inline v0::trace
