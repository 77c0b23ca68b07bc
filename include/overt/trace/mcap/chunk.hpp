#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <overt/detail/crc32.hpp>
#include <overt/detail/secure_memory.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/chunk_codec.hpp>
#include <overt/sink/mcap/format.hpp>
#include <overt/sink/uncompressed.hpp>
#include <overt/trace/mcap/definitions.hpp>
#include <overt/trace/mcap/parse.hpp>
#include <overt/trace/mcap/records.hpp>

namespace overt::inline v0::trace {

/// One chunk of an MCAP file, decompressed and checked as a whole before any message of it is given. Keeps
/// its memory for the next one. `Codecs`: what it reads beside chunks that are not compressed.
template <sink::chunk_codec... Codecs>
class mcap_chunk {
public:
  mcap_chunk() = default;
  mcap_chunk(mcap_chunk&&) noexcept = default;
  mcap_chunk& operator=(mcap_chunk&&) noexcept = default;
  ~mcap_chunk() { v0::detail::wipe(plain_.data(), plain_.size()); }

  /// The content of the Chunk record at `offset`; what it defines is added to `known`. `ours`: the file has
  /// the profile "overt" or may have, so that nothing is optional. Errors, with the offset: `invalid_input`
  /// for what is damaged or larger than allowed, `unsupported` for another compression. Then it is empty.
  [[nodiscard]] result<void> load(std::string_view content, std::uint64_t offset, bool ours,
                                  mcap_definitions& known, mcap_limits const& limits) {
    clear();
    auto const read = mcap_parse::chunk(content, offset, ours);
    if (!read) {
      return damaged(offset, "its fields are malformed");
    }
    entry_ = read->entry;
    codec_ = read->codec;
    if (entry_.plain_size > limits.chunk_bytes ||
        entry_.plain_size > (std::numeric_limits<std::uint32_t>::max)()) {
      return failure{error_code::invalid_input, "the chunk at offset " + std::to_string(offset) + " claims " +
                                                    std::to_string(entry_.plain_size) +
                                                    " bytes, more than the limit of " +
                                                    std::to_string(limits.chunk_bytes)};
    }
    if (auto unpacked = decompress(*read); !unpacked) {
      plain_.clear();
      return unpacked;
    }
    checked_ = read->crc != 0 || ours;
    if (checked_ && read->crc != v0::detail::crc32(plain_)) {
      plain_.clear();
      return damaged(offset, "its CRC is wrong");
    }
    if (auto const* const why = walk(ours, known); why != nullptr) {
      clear();
      return damaged(offset, why);
    }
    return {};
  }

  void clear() noexcept {
    plain_.clear();
    places_.clear();
    for (auto const& each : channels_) {
      slots_[each.id] = none;
    }
    channels_.clear();
    indexes_ = 0;
  }

  /// How many messages it has.
  [[nodiscard]] std::size_t size() const noexcept { return places_.size(); }

  [[nodiscard]] mcap_message message(std::size_t number) const {
    auto const& found = places_[number];
    mcap_fields fields{std::string_view{plain_}.substr(found.at)};
    static_cast<void>(fields.number<std::uint8_t>());
    auto const size = static_cast<std::size_t>(fields.number<std::uint64_t>());
    auto read = mcap_parse::message(
        std::string_view{plain_}.substr(found.at + sink::mcap_format::record_head_size, size));
    read->message.channel = channels_[found.channel].definition;
    read->message.checked = checked_;
    return read->message;
  }

  [[nodiscard]] sink::mcap_format::chunk_entry const& entry() const noexcept { return entry_; }
  [[nodiscard]] std::string_view codec() const noexcept { return codec_; }
  [[nodiscard]] bool checked() const noexcept { return checked_; } ///< by a CRC of its own

  /// Adds how many there are of each channel.
  void count_messages(std::map<std::uint16_t, std::uint64_t>& counts) const {
    for (auto const& each : channels_) {
      auto& count = counts[each.id];
      for (auto at = each.first; at != none; at = places_[at].next) {
        ++count;
      }
    }
  }

  /// The content of the next Message Index record after an `ours` chunk: it must say what the chunk says.
  /// Null, or why it does not.
  [[nodiscard]] char const* check_index(std::string_view content) noexcept {
    mcap_fields fields{content};
    auto const channel = fields.number<std::uint16_t>();
    mcap_fields list{fields.text()};
    bool same = fields.sound() && fields.left() == 0 && indexes_ < channels_.size() &&
                channels_[indexes_].id == channel;
    if (same) {
      for (auto at = channels_[indexes_].first; at != none && same; at = places_[at].next) {
        same = list.number<std::uint64_t>() == places_[at].log_time &&
               list.number<std::uint64_t>() == places_[at].at;
      }
    }
    ++indexes_;
    return same && list.sound() && list.left() == 0 ? nullptr
                                                    : "a message index does not agree with its chunk";
  }

  /// Whether each channel had its message index.
  [[nodiscard]] bool indexed() const noexcept { return indexes_ == channels_.size(); }

private:
  static constexpr auto none = (std::numeric_limits<std::uint32_t>::max)();

  struct place {
    std::uint64_t log_time = 0;
    std::uint32_t at = 0;      ///< in the chunk, not compressed
    std::uint32_t channel = 0; ///< in `channels_`
    std::uint32_t next = none; ///< of the same channel
  };
  struct channel_use {
    mcap_channel const* definition = nullptr;
    std::uint16_t id = 0;
    std::uint32_t first = none;
    std::uint32_t last = none;
  };

  [[nodiscard]] static failure damaged(std::uint64_t offset, std::string const& why) {
    return {error_code::invalid_input,
            "the chunk at offset " + std::to_string(offset) + " is damaged: " + why};
  }

  [[nodiscard]] result<void> decompress(mcap_parse::chunk_content const& read) {
    result<void> outcome;
    bool known = false;
    auto const with = [&](auto& codec) {
      if (!known && read.codec == codec.name) {
        known = true;
        outcome = codec.decompress(read.packed, static_cast<std::size_t>(read.entry.plain_size), plain_);
      }
    };
    std::apply([&](auto&... codec) { (with(codec), ...); }, codecs_);
    if (!known) {
      bool const printable =
          read.codec.size() <= 16 && read.codec.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123"
                                                                  "456789-_") == read.codec.npos;
      return failure{
          error_code::unsupported,
          "the chunk at offset " + std::to_string(read.entry.offset) + " is compressed with " +
              (printable ? '"' + std::string{read.codec} + '"' : std::string{"something unknown"}) +
              ", which this program does not read. Write the file again with zstd or without compression."};
    }
    return outcome ? outcome : damaged(read.entry.offset, outcome.error().message);
  }

  /// Looks at every record; null, or what is wrong.
  [[nodiscard]] char const* walk(bool ours, mcap_definitions& known) {
    sink::mcap_format::time_range times;
    for (std::size_t at = 0; at < plain_.size();) {
      mcap_fields fields{std::string_view{plain_}.substr(at)};
      auto const what = static_cast<mcap_opcode>(fields.number<std::uint8_t>());
      auto const content = fields.text<std::uint64_t>();
      if (!fields.sound()) {
        return "a record in it is cut off";
      }
      if (what == mcap_opcode::message) {
        auto const read = mcap_parse::message(content);
        if (!read) {
          return "a message in it is cut off";
        }
        auto const* const channel = known.channel(read->channel);
        if (channel == nullptr) {
          return "a message in it is of a channel that is not defined";
        }
        add(*channel, read->message.log_time, at);
        times.add(read->message.log_time);
      } else if (what == mcap_opcode::schema || what == mcap_opcode::channel) {
        if (auto const* const why = known.add(what, content); why != nullptr) {
          return why;
        }
      } else if (ours || what <= mcap_opcode::data_end) {
        return "it has a record that does not belong there";
      }
      at = plain_.size() - fields.left();
    }
    if (ours && (times.first != entry_.times.first || times.last != entry_.times.last)) {
      return "its times are not those of its messages";
    }
    return nullptr;
  }

  void add(mcap_channel const& channel, std::uint64_t log_time, std::size_t at) {
    auto const number = static_cast<std::uint32_t>(places_.size());
    if (slots_.size() <= channel.id) {
      slots_.resize(channel.id + std::size_t{1}, none);
    }
    auto& slot = slots_[channel.id];
    if (slot == none) {
      slot = static_cast<std::uint32_t>(channels_.size());
      channels_.push_back({.definition = &channel, .id = channel.id, .first = number, .last = number});
    } else {
      places_[channels_[slot].last].next = number;
      channels_[slot].last = number;
    }
    places_.push_back({.log_time = log_time, .at = static_cast<std::uint32_t>(at), .channel = slot});
  }

  std::tuple<sink::uncompressed, Codecs...> codecs_;
  std::string plain_;
  std::string codec_;
  sink::mcap_format::chunk_entry entry_;
  bool checked_ = false;
  std::vector<place> places_;
  std::vector<channel_use> channels_; ///< in the order of their first messages
  std::vector<std::uint32_t> slots_;  ///< by channel number: where it is in `channels_`
  std::size_t indexes_ = 0;           ///< how many message indexes were looked at
};

} // namespace overt::inline v0::trace
