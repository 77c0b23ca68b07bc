#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <overt/event/result.hpp>
#include <overt/sink/chunk_codec.hpp>
#include <overt/trace/any_source.hpp>
#include <overt/trace/mcap/chunk.hpp>
#include <overt/trace/mcap/definitions.hpp>
#include <overt/trace/mcap/file_records.hpp>
#include <overt/trace/mcap/header.hpp>
#include <overt/trace/mcap/index.hpp>
#include <overt/trace/mcap/picture_message.hpp>
#include <overt/trace/mcap/scan.hpp>
#include <overt/trace/mcap/window.hpp>
#include <overt/trace/picture/stored_picture.hpp>

namespace overt::inline v0::trace {

/// The pictures of an MCAP trace, all its parts: the store for `trace::pictures`. Opening looks at every
/// chunk that has a picture, by the index where the file has its end, else by a search; then it holds where
/// each is, some 32 bytes for one, and one chunk. Nothing is given whose CRC is wrong. One thread.
template <class Files, sink::chunk_codec... Codecs>
class mcap_picture_store {
public:
  /// Errors: the first file cannot be opened, or is no trace of ours; the disk.
  [[nodiscard]] static result<mcap_picture_store> open(Files files) {
    mcap_picture_store made{std::move(files)};
    for (std::uint32_t number = 1;; ++number) {
      auto const more = made.add_part(number);
      if (!more) {
        return more.error();
      }
      if (!*more) {
        break;
      }
    }
    made.put_in_order();
    return made;
  }

  /// The events that have a picture, in order.
  [[nodiscard]] std::vector<std::uint64_t> const& numbers() const noexcept { return numbers_; }

  /// Chunks with pictures that were not sound, and pictures that stand there twice.
  [[nodiscard]] std::vector<std::string> const& problems() const noexcept { return problems_; }

  /// Valid until the next call. Errors: `not_found`, `invalid_input`, those of the disk.
  [[nodiscard]] result<stored_picture> read(std::uint64_t sequence) {
    auto const found =
        std::lower_bound(places_.begin(), places_.end(), sequence,
                         [](place const& one, std::uint64_t number) { return one.sequence < number; });
    if (found == places_.end() || found->sequence != sequence) {
      return failure{error_code::not_found, "the picture of event " + std::to_string(sequence) +
                                                " is not in the trace; it was not kept, or is lost"};
    }
    if (auto opened = use_part(found->part); !opened) {
      return opened.error();
    }
    if (auto loaded = load(found->offset); !loaded) {
      return loaded.error();
    }
    if (found->message < chunk_.size()) {
      auto const message = chunk_.message(found->message);
      auto read = read_picture_message(message.channel->topic, message.bytes);
      if (read && read->sequence == sequence) {
        return *std::move(read);
      }
    }
    return failure{error_code::invalid_input, files_.name(found->part) + " changed while it was read"};
  }

private:
  using window = mcap_window<any_source>;

  struct place {
    std::uint64_t sequence = 0;
    std::uint32_t part = 0;
    std::uint64_t offset = 0;  ///< of the chunk
    std::uint32_t message = 0; ///< which of the chunk
    friend auto operator<=>(place const&, place const&) = default;
  };

  explicit mcap_picture_store(Files files) : files_{std::move(files)} {
    limits_.chunk_bytes = 256 * 1024 * 1024;
  }

  /// False: there is no further one.
  [[nodiscard]] result<bool> add_part(std::uint32_t number) {
    if (auto opened = use_part(number); !opened) {
      bool const none = number > 1 && opened.error().code == error_code::not_found;
      return none ? result<bool>{false} : result<bool>{opened.error()};
    }
    auto const header = read_mcap_header(*file_);
    if (header && !header->ours()) {
      return failure{error_code::invalid_input, files_.name(number) + " is no trace of Overt."};
    }
    mcap_definitions known{limits_.definition_bytes};
    auto const index = read_mcap_index(*file_, true, known);
    if (!header || !index) {
      return search(number);
    }
    auto const metadata = read_mcap_metadata(*file_, *header, std::optional{*index});
    bool more = true;
    for (auto const& each : metadata ? *metadata : std::vector<mcap_metadata>{}) {
      auto const entry = [&](char const* name) {
        auto const found = each.entries.find(name);
        return found == each.entries.end() ? std::string{} : found->second;
      };
      if (each.name == "overt" && number > 1 && entry("trace") != trace_) {
        return false; // of another trace
      }
      trace_ = each.name == "overt" ? entry("trace") : trace_;
      more = each.name == "end" ? entry("more_parts") == "true" : more;
    }
    for (auto const& each : index->chunks) {
      bool const some = std::any_of(each.channels.begin(), each.channels.end(), [&](std::uint16_t id) {
        auto const* const channel = known.channel(id);
        return channel != nullptr && is_picture_topic(channel->topic);
      });
      if (!some) {
        continue;
      }
      if (auto const loaded = load(each.entry.offset); !loaded) {
        problems_.push_back(files_.name(number) + ": " + loaded.error().message);
      } else {
        note(chunk_, number);
      }
    }
    return more;
  }

  /// A part without its end, or with one that is damaged.
  [[nodiscard]] result<bool> search(std::uint32_t number) {
    auto source = files_.open(number);
    if (!source) {
      return source.error();
    }
    mcap_scan<any_source, Codecs...> scan{std::move(*source), limits_};
    for (auto more = scan.next_chunk();; more = scan.next_chunk()) {
      if (!more) {
        return more.error();
      }
      if (!*more) {
        return true;
      }
      note(scan.chunk(), number);
    }
  }

  void note(mcap_chunk<Codecs...> const& chunk, std::uint32_t part) {
    for (std::size_t i = 0; i < chunk.size(); ++i) {
      auto const message = chunk.message(i);
      if (!is_picture_topic(message.channel->topic)) {
        continue;
      }
      if (auto const read = read_picture_message(message.channel->topic, message.bytes)) {
        places_.push_back({.sequence = read->sequence,
                           .part = part,
                           .offset = chunk.entry().offset,
                           .message = static_cast<std::uint32_t>(i)});
      } else {
        problems_.push_back(files_.name(part) + ": a picture in the chunk at offset " +
                            std::to_string(chunk.entry().offset) + " is malformed.");
      }
    }
  }

  void put_in_order() {
    std::sort(places_.begin(), places_.end());
    for (auto const& each : places_) {
      if (!numbers_.empty() && numbers_.back() == each.sequence) {
        problems_.push_back("there are two pictures of event " + std::to_string(each.sequence) +
                            "; the first counts.");
      } else {
        numbers_.push_back(each.sequence);
      }
    }
  }

  [[nodiscard]] result<void> use_part(std::uint32_t number) {
    if (!file_ || open_part_ != number) {
      file_.reset();
      auto source = files_.open(number);
      if (!source) {
        return source.error();
      }
      file_.emplace(std::move(*source), limits_.chunk_bytes);
      open_part_ = number;
    }
    return {};
  }

  /// The channels of a chunk stand in it, so that nothing else has to be read.
  [[nodiscard]] result<void> load(std::uint64_t offset) {
    chunk_.clear();
    auto const record = file_->record(offset);
    if (!record) {
      return record.error();
    }
    if (record->what != mcap_opcode::chunk) {
      return mcap_damaged(offset, "there is no chunk where the index has one");
    }
    auto const content = file_->content(*record);
    known_ = mcap_definitions{limits_.definition_bytes};
    return content ? chunk_.load(*content, offset, true, known_, limits_) : content.error();
  }

  Files files_;
  mcap_limits limits_{};
  std::optional<window> file_;
  std::uint32_t open_part_ = 0;
  mcap_definitions known_{0}; ///< what the chunk refers to
  mcap_chunk<Codecs...> chunk_;
  std::string trace_;
  std::vector<place> places_;
  std::vector<std::uint64_t> numbers_;
  std::vector<std::string> problems_;
};

} // namespace overt::inline v0::trace
