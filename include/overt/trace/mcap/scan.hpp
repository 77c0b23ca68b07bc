#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/detail/crc32.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/chunk_codec.hpp>
#include <overt/sink/mcap/format.hpp>
#include <overt/trace/byte_source.hpp>
#include <overt/trace/mcap/chunk.hpp>
#include <overt/trace/mcap/damage.hpp>
#include <overt/trace/mcap/definitions.hpp>
#include <overt/trace/mcap/header.hpp>
#include <overt/trace/mcap/index.hpp>
#include <overt/trace/mcap/parse.hpp>
#include <overt/trace/mcap/records.hpp>
#include <overt/trace/mcap/window.hpp>

namespace overt::inline v0::trace {

/// Reads what is sound in an MCAP file that is damaged or was cut off, and lists what is not.
///
///     trace::mcap_scan<trace::file_source, sink::zstd> scan{std::move(*file)};
///     for (auto next = scan.next(); next && *next; next = scan.next()) { use(**next); }
///     for (auto const& place : scan.damage()) { … }      // complete now
///
/// Only chunks whose CRC is right are given, so no message is a wrong one; messages outside of chunks have no
/// CRC and are listed as damage. After damage it goes on at the next place that the summary names or, without
/// a sound one, at the next bytes that are a sound chunk. Holds one chunk. One thread.
template <byte_source Source, sink::chunk_codec... Codecs>
class mcap_scan {
public:
  explicit mcap_scan(Source source, mcap_limits limits = {})
      : file_{std::move(source), limits.chunk_bytes}, limits_{limits}, known_{limits.definition_bytes} {}

  /// The next message of a sound chunk, nothing at the end. Errors: only those of the source.
  [[nodiscard]] result<std::optional<mcap_message>> next() {
    while (at_ == chunk_.size()) {
      auto const more = next_chunk();
      if (!more) {
        return more.error();
      }
      if (!*more) {
        return std::optional<mcap_message>{};
      }
    }
    return std::optional{chunk_.message(at_++)};
  }

  /// Goes on to the next sound chunk; false at the end.
  [[nodiscard]] result<bool> next_chunk() {
    at_ = 0;
    if (!started_) {
      start();
    }
    while (!done_ && !lost_) {
      if (step() && !lost_) {
        return true;
      }
    }
    chunk_.clear();
    return lost_ ? result<bool>{*lost_} : result<bool>{false};
  }

  /// The chunk that is being read.
  [[nodiscard]] mcap_chunk<Codecs...> const& chunk() const noexcept { return chunk_; }
  [[nodiscard]] mcap_schema const* schema(std::uint16_t id) const noexcept { return known_.schema(id); }

  /// Empty when the header is damaged.
  [[nodiscard]] std::string const& profile() const noexcept { return header_.profile; }

  /// What was found until here, sound: in a file of the profile "overt" each of these has a CRC.
  [[nodiscard]] std::vector<mcap_metadata> const& metadata() const noexcept { return metadata_; }
  [[nodiscard]] std::vector<std::pair<mcap_attachment, std::string>> const& attachments() const noexcept {
    return attachments_;
  }

  /// What was not sound until here, in the order of the file.
  [[nodiscard]] std::vector<mcap_damage> const& damage() const noexcept { return damage_; }

private:
  /// A file whose header is damaged is taken for ours: then nothing is believed that ours proves otherwise.
  [[nodiscard]] bool ours() const noexcept { return header_.end == 0 || header_.ours(); }

  void start() {
    started_ = true;
    auto header = read_mcap_header(file_);
    if (header) {
      header_ = std::move(*header);
      position_ = header_.end;
      crc_ = header_.crc;
    }
    if (auto index = read_mcap_index(file_, ours(), known_); index) {
      index_ = std::move(*index);
      for (auto const& chunk : index_->chunks) {
        places_.push_back(chunk.entry.offset);
      }
      for (auto const& attachment : index_->attachments) {
        places_.push_back(attachment.offset);
      }
      places_.insert(places_.end(), index_->metadata.begin(), index_->metadata.end());
      places_.push_back(index_->data_end.value_or(index_->end));
      std::sort(places_.begin(), places_.end());
    } else {
      end_problem_ = index.error().message;
      note_lost(index.error());
    }
    budget_ = file_.size() > limits_.chunk_bytes ? file_.size() : limits_.chunk_bytes;
    if (!header) {
      skip(0, header.error());
    }
  }

  /// One record. True when it is a sound chunk, which is loaded then.
  [[nodiscard]] bool step() {
    auto const end = index_ ? index_->end : file_.size();
    if (position_ >= end) {
      finish(false);
      return false;
    }
    auto const record = file_.record(position_);
    if (!record) {
      skip(position_, record.error());
      return false;
    }
    if (record->what == mcap_opcode::data_end && ends_here(*record)) {
      finish(true);
      return false;
    }
    auto const content = record->end() > end
                             ? result<std::string_view>{failure{error_code::invalid_input,
                                                                "a record goes beyond the data section"}}
                             : file_.content(*record);
    if (!content) {
      skip(position_, content.error());
      return false;
    }
    auto const before = std::exchange(after_chunk_, false);
    if (ours() && before && record->what != mcap_opcode::message_index && !chunk_.indexed()) {
      add_damage(position_, 0, "a message index is missing");
    }
    if (record->what == mcap_opcode::chunk) {
      if (auto loaded = chunk_.load(*content, position_, ours(), known_, limits_); !loaded) {
        chunk_.clear();
        skip(position_, loaded.error());
        return false;
      }
      after_chunk_ = true;
      pass(*record);
      return true;
    }
    if (auto const* const why = take(*record, *content, before); why != nullptr) {
      skip(position_, failure{error_code::invalid_input, why});
    } else {
      pass(*record);
    }
    return false;
  }

  /// Whether this Data End record can be one: a flipped bit makes one of a message index.
  [[nodiscard]] bool ends_here(mcap_record const& record) const noexcept {
    return index_ ? record.end() == index_->end
                  : !ours() || record.end() == record.offset + sink::mcap_format::data_end_size;
  }

  /// A record that is no chunk. Null, or why it is not believed.
  [[nodiscard]] char const* take(mcap_record const& record, std::string_view content, bool after_chunk) {
    switch (record.what) {
    case mcap_opcode::message_index:
      after_chunk_ = after_chunk;
      return !ours() ? nullptr : after_chunk ? chunk_.check_index(content) : "a message index stands alone";
    case mcap_opcode::metadata:
      if (auto read = mcap_parse::metadata(content, ours())) {
        metadata_.push_back(std::move(*read));
        return nullptr;
      }
      return "a Metadata record is malformed or its CRC is wrong";
    case mcap_opcode::attachment:
      if (auto read = mcap_parse::attachment(content, record.offset, ours())) {
        attachments_.emplace_back(std::move(read->what), std::string{read->bytes});
        return nullptr;
      }
      return "an attachment is malformed or its CRC is wrong";
    case mcap_opcode::schema:
    case mcap_opcode::channel: return ours() ? unexpected : known_.add(record.what, content);
    case mcap_opcode::message: return "a message outside of a chunk cannot be checked";
    default: return !ours() && record.what > mcap_opcode::data_end ? nullptr : unexpected;
    }
  }

  void pass(mcap_record const& record) {
    if (damage_.empty()) {
      if (auto added = file_.add_to(crc_, record.offset, record.end()); !added) {
        lost_ = added.error();
      }
    }
    position_ = record.end();
  }

  /// Goes on behind what is damaged here.
  void skip(std::uint64_t from, failure const& why) {
    note_lost(why);
    if (lost_) {
      return;
    }
    after_chunk_ = false;
    position_ = resume_after(from);
    add_damage(from, position_ - from, why.message);
  }

  /// What is not in the bytes: the disk does not give them.
  void note_lost(failure const& why) {
    if (why.code != error_code::invalid_input && why.code != error_code::unsupported) {
      lost_ = why;
    }
  }

  void add_damage(std::uint64_t offset, std::uint64_t size, std::string why) {
    if (!damage_.empty() && damage_.back().why == why &&
        damage_.back().offset + damage_.back().size == offset) {
      damage_.back().size += size;
    } else {
      damage_.push_back({offset, size, std::move(why)});
    }
  }

  /// Where something sound may be, behind this place.
  [[nodiscard]] std::uint64_t resume_after(std::uint64_t from) {
    if (index_) {
      auto const next = std::upper_bound(places_.begin(), places_.end(), from);
      return next == places_.end() ? index_->end : *next;
    }
    for (auto at = from + 1; at < file_.size();) {
      auto part = file_.view(at, (std::min)(file_.size() - at, std::uint64_t{16} * 1024));
      if (!part) {
        part = file_.view(at, 1); // a sealed trace has lost a block that begins behind this
      }
      if (!part) {
        note_lost(part.error());
        if (lost_) {
          return file_.size();
        }
        ++at;
        continue;
      }
      auto const found = part->find(static_cast<char>(mcap_opcode::chunk));
      if (found == part->npos) {
        at += part->size();
        continue;
      }
      at += found;
      if (is_chunk(at)) {
        return at;
      }
      ++at;
    }
    return file_.size();
  }

  /// Whether a sound chunk begins here.
  [[nodiscard]] bool is_chunk(std::uint64_t at) {
    auto const record = file_.record(at);
    if (!record) {
      return false;
    }
    auto const begin = file_.view(record->content(), (std::min)(record->size, std::uint64_t{64}));
    if (!begin) {
      return false;
    }
    auto const cost = mcap_parse::bytes_of_chunk(*begin, record->size);
    // Hostile bytes could be many chunks that are nearly sound, one in the other: there is an end to trying.
    if (!cost || *cost > budget_) {
      return false;
    }
    budget_ -= *cost;
    auto const content = file_.content(*record);
    auto aside = known_;
    bool const sound = content && chunk_.load(*content, at, ours(), aside, limits_);
    chunk_.clear();
    return sound;
  }

  /// What stands after the data section.
  void finish(bool data_end) {
    done_ = true;
    if (after_chunk_ && ours() && !chunk_.indexed()) {
      add_damage(position_, 0, "a message index is missing");
    }
    if (data_end && damage_.empty()) {
      auto const record = file_.record(position_);
      auto const content = record ? file_.content(*record) : result<std::string_view>{record.error()};
      auto const crc = content ? mcap_fields{*content}.template number<std::uint32_t>() : 0;
      if (!content || ((crc != 0 || ours()) && crc != crc_.value())) {
        add_damage(0, position_,
                   "the CRC of the whole data section is wrong: something that has no CRC of its own");
      } else if (index_ && record->end() != index_->end) {
        add_damage(position_, index_->end - position_, unexpected);
      }
    }
    if (!index_) {
      add_damage(position_, file_.size() - position_, end_problem_);
    }
  }

  static constexpr char const* unexpected = "a record does not belong there";

  mcap_window<Source> file_;
  mcap_limits limits_;
  mcap_header header_;
  mcap_definitions known_;
  std::optional<mcap_index> index_;
  std::string end_problem_;
  std::vector<std::uint64_t> places_; ///< where the index has records, in order
  mcap_chunk<Codecs...> chunk_;
  std::size_t at_ = 0; ///< the next message in it
  std::vector<mcap_metadata> metadata_;
  std::vector<std::pair<mcap_attachment, std::string>> attachments_;
  std::vector<mcap_damage> damage_;
  std::optional<failure> lost_;
  std::uint64_t position_ = 0;
  std::uint64_t budget_ = 0;    ///< of bytes that a search may still look at
  v0::detail::crc32_state crc_; ///< until the first damage
  bool started_ = false;
  bool done_ = false;
  bool after_chunk_ = false; ///< its message indexes stand here
};

} // namespace overt::inline v0::trace
