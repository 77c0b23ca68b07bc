#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/sink/mcap/format.hpp>

namespace overt::inline v0::sink::mcap_format {

/// The schemas and channels of a file that is being written, which of them the open chunk has already, and
/// the message index of each channel in it.
class definitions {
public:
  /// From 1; the same for the same arguments; 0 when no number is left.
  std::uint16_t schema(std::string_view name, std::string_view encoding, std::string_view text) {
    std::string body;
    put_text(body, name);
    put_text(body, encoding);
    put_text(body, text);
    return static_cast<std::uint16_t>(number_of(schemas_, body, 0xffff, opcode::schema, 1) + 1);
  }

  /// From 0; the same for the same arguments; 65,535 when no number is left.
  std::uint16_t channel(std::uint16_t schema, std::string_view topic, std::string_view message_encoding,
                        std::span<std::pair<std::string, std::string> const> metadata) {
    std::string body;
    mcap_format::put(body, schema);
    put_text(body, topic);
    put_text(body, message_encoding);
    put_list(body, [&](std::string& out) {
      for (auto const& [key, value] : metadata) {
        put_text(out, key);
        put_text(out, value);
      }
    });
    auto const at = number_of(channels_, body, 0xffff, opcode::channel, 0);
    if (at == none) {
      return 0xffff;
    }
    channels_[at].schema = schema;
    return static_cast<std::uint16_t>(at);
  }

  /// Before a message: its channel stands in the chunk, and that one's schema there or in an earlier chunk of
  /// the file. (A schema is long; in each of many small chunks it would be a third of the file.) False for a
  /// channel that is not known.
  [[nodiscard]] bool use(std::uint16_t channel, std::string& chunk) {
    if (channel >= channels_.size()) {
      return false;
    }
    auto& used = channels_[channel];
    if (!used.open) {
      if (auto* const schema = schema_of(used); schema != nullptr && !schema->open && !schema->written) {
        schema->open = true;
        chunk += schema->record;
      }
      used.open = true;
      chunk += used.record;
      open_.push_back(channel);
    }
    return true;
  }

  /// A message of this channel begins at this place of the chunk.
  void index(std::uint16_t channel, std::uint64_t log_time, std::uint64_t at) {
    channels_[channel].index.emplace_back(log_time, at);
  }

  /// Appends the Message Index records of the chunk; `offsets`: where in the file each begins. `offset`: of
  /// `out`.
  void put_indexes(std::string& out, std::uint64_t offset,
                   std::vector<std::pair<std::uint16_t, std::uint64_t>>& offsets) const {
    offsets.clear();
    for (auto const channel : open_) {
      offsets.emplace_back(channel, offset + out.size());
      put_record(out, opcode::message_index, [&](std::string& record) {
        mcap_format::put(record, channel);
        put_list(record, [&](std::string& list) {
          for (auto const& [log_time, at] : channels_[channel].index) {
            mcap_format::put(list, log_time);
            mcap_format::put(list, at);
          }
        });
      });
    }
  }

  /// The next chunk has none of them yet. `written`: the one before is in the file.
  void next_chunk(bool written) noexcept {
    for (auto const number : open_) {
      auto& channel = channels_[number];
      if (written) {
        channel.messages += channel.index.size();
        channel.written = true;
        if (auto* const schema = schema_of(channel); schema != nullptr) {
          schema->written = true;
        }
      }
      channel.index.clear();
      channel.open = false;
    }
    open_.clear();
    for (auto& schema : schemas_) {
      schema.open = false;
    }
  }

  /// The next file has none of them yet. The open chunk becomes its first: the schemas that only the file
  /// before has are put in front.
  void start_over(std::string& chunk) {
    std::string missing;
    for (auto const number : open_) {
      if (auto* const schema = schema_of(channels_[number]); schema != nullptr && !schema->open) {
        schema->open = true;
        missing += schema->record;
      }
    }
    chunk.insert(0, missing);
    for (auto const number : open_) {
      for (auto& [log_time, at] : channels_[number].index) {
        at += missing.size();
      }
    }
    for (auto* const all : {&schemas_, &channels_}) {
      for (auto& each : *all) {
        each.written = false;
        each.messages = 0;
      }
    }
  }

  struct definition {
    std::string record{};
    std::vector<std::pair<std::uint64_t, std::uint64_t>> index{}; ///< log time and place, in the open chunk
    std::uint64_t messages = 0;                                   ///< in chunks of the file
    std::uint16_t schema = 0;
    bool open = false;    ///< it stands in the open chunk
    bool written = false; ///< it stands in a chunk of the file
  };

  /// By number: the first schema has 1, the first channel 0.
  [[nodiscard]] std::vector<definition> const& schemas() const noexcept { return schemas_; }
  [[nodiscard]] std::vector<definition> const& channels() const noexcept { return channels_; }

private:
  [[nodiscard]] definition* schema_of(definition const& channel) noexcept {
    return channel.schema > 0 && channel.schema <= schemas_.size() ? &schemas_[channel.schema - 1U] : nullptr;
  }

  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  [[nodiscard]] static std::size_t number_of(std::vector<definition>& all, std::string_view body,
                                             std::size_t most, opcode what, std::size_t first) {
    constexpr auto number_size = sizeof(std::uint16_t);
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (std::string_view{all[i].record}.substr(record_head_size + number_size) == body) {
        return i;
      }
    }
    if (all.size() == most) {
      return none;
    }
    put_record(all.emplace_back().record, what, [&](std::string& out) {
      mcap_format::put(out, static_cast<std::uint16_t>(all.size() - 1 + first));
      out.append(body);
    });
    return all.size() - 1;
  }

  std::vector<definition> schemas_;
  std::vector<definition> channels_;
  std::vector<std::uint16_t> open_;
};

} // namespace overt::inline v0::sink::mcap_format
