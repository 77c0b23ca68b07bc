#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
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
#include <overt/trace/mcap/file_records.hpp>
#include <overt/trace/mcap/header.hpp>
#include <overt/trace/mcap/index.hpp>
#include <overt/trace/mcap/parse.hpp>
#include <overt/trace/mcap/records.hpp>
#include <overt/trace/mcap/tally.hpp>
#include <overt/trace/mcap/window.hpp>

namespace overt::inline v0::trace {

/// Reads an MCAP file (https://mcap.dev/spec), ours or another writer's: message by message in the order of
/// the file, holding one chunk and the indexes. `Codecs`: how chunks may be compressed, beside not at all.
///
///     trace::mcap_reader<trace::file_source, sink::zstd> reader{std::move(*file)};
///     if (auto opened = reader.open(); !opened) { … }
///     for (auto next = reader.next(); next && *next; next = reader.next()) { use(**next); }
///
/// No length is trusted and every CRC is checked. Whoever reads a file of the profile "overt" from its begin
/// until nothing is left knows that no bit of it was changed: what no CRC of the standard covers where it
/// stands (the fields around a chunk, message indexes, the order of records) is compared with what it must
/// be, and all of it with the CRC of the whole. Errors say where and what; `next` then gives the same error
/// again, and `mcap_scan` finds what is left. One thread.
template <byte_source Source, sink::chunk_codec... Codecs>
class mcap_reader {
public:
  explicit mcap_reader(Source source, mcap_limits limits = {})
      : file_{std::move(source), limits.chunk_bytes}, limits_{limits}, known_{limits.definition_bytes} {}

  /// First. Errors: `invalid_input` when this is no MCAP file or its header is damaged.
  [[nodiscard]] result<void> open() {
    auto header = read_mcap_header(file_);
    if (!header) {
      return header.error();
    }
    header_ = std::move(*header);
    if (auto index = read_mcap_index(file_, header_.ours(), known_); index) {
      index_ = std::move(*index);
      index_is_enough_ = index_->is_enough(known_);
    } else if (index.error().code != error_code::invalid_input) {
      return index.error();
    } else {
      end_problem_ = index.error();
    }
    rewind();
    return {};
  }

  [[nodiscard]] std::string const& profile() const noexcept { return header_.profile; }
  [[nodiscard]] std::string const& library() const noexcept { return header_.library; }

  /// Whether the file has its end: false after a crash, or when the end is damaged. It can be read all the
  /// same, without index; `next` says at the end what is missing.
  [[nodiscard]] bool complete() const noexcept { return index_.has_value(); }

  /// Nothing when the file does not have any.
  [[nodiscard]] std::optional<mcap_statistics> statistics() const {
    return index_ ? index_->statistics : std::nullopt;
  }

  /// Null for 0 and for a number that was not read yet.
  [[nodiscard]] mcap_schema const* schema(std::uint16_t id) const noexcept { return known_.schema(id); }

  /// The next message, nothing at the end.
  [[nodiscard]] result<std::optional<mcap_message>> next() {
    while (!failed_ && !done_) {
      while (at_ < chunk_.size()) {
        if (auto const message = chunk_.message(at_++); is_wanted(message)) {
          return give(message);
        }
      }
      loose_.reset();
      if (auto more = by_index_ ? next_chunk() : next_record(); !more) {
        if (!pass_over(more.error())) {
          failed_ = more.error();
          chunk_.clear();
        }
      } else if (loose_ && is_wanted(*loose_)) {
        return give(*loose_);
      }
    }
    if (failed_) {
      return *failed_;
    }
    return std::optional<mcap_message>{};
  }

  /// Starts over with the messages at or after this time. Chunks that end before it are skipped by the index,
  /// if there is one; messages outside of chunks then are, too. 0: from the begin.
  void seek(std::uint64_t log_time) {
    from_ = log_time;
    rewind();
  }

  /// Starts over at the chunks that hold something at or after this time; all of their messages are given.
  void seek_chunks(std::uint64_t log_time) {
    chunks_from_ = log_time;
    rewind();
  }

  /// Whether the message that `next` gave was the last of its chunk that is wanted.
  [[nodiscard]] bool chunk_done() const {
    for (auto at = at_; at < chunk_.size(); ++at) {
      if (is_wanted(chunk_.message(at))) {
        return false;
      }
    }
    return true;
  }

  /// Starts over with the messages of these topics, at or after the time of `seek`. None: of all topics.
  void filter(std::vector<std::string> topics) {
    topics_ = std::move(topics);
    rewind();
  }

  /// Lets `next` go on behind a chunk that is damaged where the index says that it has messages of such
  /// topics alone. The CRC of the whole then tells nothing any more, and is not looked at; the rest is.
  void may_pass_over(bool (*topic)(std::string_view)) noexcept { may_pass_over_ = topic; }

  /// What `next` went on behind since it started over.
  [[nodiscard]] std::vector<mcap_damage> const& passed_over() const noexcept { return passed_over_; }

  /// All Metadata records, of the whole file. What `next` gave is not valid any more.
  [[nodiscard]] result<std::vector<mcap_metadata>> metadata() {
    return read_mcap_metadata(file_, header_, index_);
  }

  /// All attachments, without their bytes. What `next` gave is not valid any more.
  [[nodiscard]] result<std::vector<mcap_attachment>> attachments() {
    return read_mcap_attachments(file_, header_, index_);
  }

  /// The bytes of an attachment that `attachments` gave.
  [[nodiscard]] result<std::string> read(mcap_attachment const& which) {
    return read_mcap_attachment(file_, header_, which);
  }

private:
  [[nodiscard]] static result<std::optional<mcap_message>> give(mcap_message const& message) {
    return std::optional{message};
  }

  void rewind() {
    failed_.reset();
    loose_.reset();
    done_ = false;
    at_ = 0;
    chunk_.clear();
    position_ = header_.end;
    crc_ = header_.crc;
    tally_ = {};
    passed_over_.clear();
    auto const from = (std::max)(from_, chunks_from_);
    by_index_ = index_ && index_is_enough_ && (from > 0 || !topics_.empty());
    if (by_index_) {
      auto const& chunks = index_->chunks;
      next_entry_ = static_cast<std::size_t>(
          std::lower_bound(chunks.begin(), chunks.end(), from,
                           [](auto const& chunk, std::uint64_t time) { return chunk.latest < time; }) -
          chunks.begin());
    }
  }

  [[nodiscard]] bool is_wanted_topic(std::string const& topic) const {
    return topics_.empty() || std::find(topics_.begin(), topics_.end(), topic) != topics_.end();
  }

  [[nodiscard]] bool is_wanted(mcap_message const& message) const {
    return message.log_time >= from_ && is_wanted_topic(message.channel->topic);
  }

  [[nodiscard]] bool is_wanted(mcap_indexed_chunk const& chunk) const {
    return chunk.entry.times.last >= (std::max)(from_, chunks_from_) &&
           (chunk.channels.empty() || std::any_of(chunk.channels.begin(), chunk.channels.end(), [&](auto id) {
              auto const* const channel = known_.channel(id);
              return channel == nullptr || is_wanted_topic(channel->topic);
            }));
  }

  /// Loads the next chunk that the index leaves.
  [[nodiscard]] result<void> next_chunk() {
    auto const& chunks = index_->chunks;
    while (next_entry_ < chunks.size() && !is_wanted(chunks[next_entry_])) {
      ++next_entry_;
    }
    if (next_entry_ == chunks.size()) {
      done_ = true;
      chunk_.clear();
      return {};
    }
    auto const offset = chunks[next_entry_++].entry.offset;
    reading_ = offset;
    auto const record = file_.record(offset);
    if (!record) {
      return record.error();
    }
    if (record->what != mcap_opcode::chunk) {
      return mcap_damaged(offset, "there is no chunk where the index has one");
    }
    auto const content = file_.content(*record);
    return content ? load(*record, *content) : content.error();
  }

  /// The next record of the data section.
  [[nodiscard]] result<void> next_record() {
    auto const end = index_ ? index_->end : file_.size();
    reading_ = position_;
    if (position_ == end && !index_) {
      return failure{end_problem_};
    }
    auto const record = file_.record(position_);
    if (!record) {
      return record.error();
    }
    if (record->end() > end) {
      return mcap_damaged(record->offset, "a record goes beyond the data section");
    }
    if (record->what == mcap_opcode::data_end ||
        (record->what == mcap_opcode::footer && index_ && !index_->data_end && position_ == end)) {
      return finish(*record);
    }
    if (auto added = file_.add_to(crc_, record->offset, record->end()); !added) {
      return added;
    }
    auto const content = file_.content(*record);
    if (!content) {
      return content.error();
    }
    position_ = record->end();
    return take(*record, *content);
  }

  [[nodiscard]] result<void> take(mcap_record const& record, std::string_view content) {
    bool const ours = header_.ours();
    if (ours && record.what != mcap_opcode::message_index && !chunk_.indexed()) {
      return mcap_damaged(record.offset, "a message index is missing");
    }
    switch (record.what) {
    case mcap_opcode::chunk: return load(record, content);
    case mcap_opcode::message_index:
      if (auto const* const why = ours ? chunk_.check_index(content) : nullptr; why != nullptr) {
        return mcap_damaged(record.offset, why);
      }
      return {};
    case mcap_opcode::attachment:
      if (!mcap_parse::attachment(content, record.offset, ours)) {
        return mcap_damaged(record.offset, "an attachment is malformed or its CRC is wrong");
      }
      ++tally_.attachments;
      return {};
    case mcap_opcode::metadata:
      if (!mcap_parse::metadata(content, ours)) {
        return mcap_damaged(record.offset, "a Metadata record is malformed or its CRC is wrong");
      }
      ++tally_.metadata;
      return {};
    case mcap_opcode::schema:
    case mcap_opcode::channel:
      if (auto const* const why = ours ? unexpected : known_.add(record.what, content); why != nullptr) {
        return mcap_damaged(record.offset, why);
      }
      return {};
    case mcap_opcode::message:
      return ours ? mcap_damaged(record.offset, unexpected) : take_loose(record, content);
    default:
      // Of a later version of the format, or somebody's extension.
      return !ours && record.what > mcap_opcode::data_end ? result<void>{}
                                                          : mcap_damaged(record.offset, unexpected);
    }
  }

  /// A message outside of chunks, of another writer.
  [[nodiscard]] result<void> take_loose(mcap_record const& record, std::string_view content) {
    if (!whole_is_checked_) {
      if (auto checked = check_whole(); !checked) {
        return checked;
      }
      auto const again = file_.content(record);
      if (!again) {
        return again.error();
      }
      content = *again;
    }
    auto const read = mcap_parse::message(content);
    auto const* const channel = read ? known_.channel(read->channel) : nullptr;
    if (channel == nullptr) {
      return mcap_damaged(record.offset, "a message is malformed, or of a channel that is not defined");
    }
    loose_ = read->message;
    loose_->channel = channel;
    loose_->checked = *whole_is_checked_;
    return {};
  }

  /// Before something is given that no CRC of its own covers, the CRC over everything is looked at, if there
  /// is one.
  [[nodiscard]] result<void> check_whole() {
    whole_is_checked_ = false;
    if (index_ && index_->data_end && index_->data_crc != 0) {
      v0::detail::crc32_state crc;
      if (auto added = file_.add_to(crc, 0, *index_->data_end); !added) {
        return added;
      }
      if (crc.value() != index_->data_crc) {
        return mcap_damaged(
            0, "the CRC of the whole data section is wrong, and its messages have none of their own");
      }
      whole_is_checked_ = true;
    }
    return {};
  }

  [[nodiscard]] result<void> load(mcap_record const& record, std::string_view content) {
    at_ = 0;
    if (auto loaded = chunk_.load(content, record.offset, header_.ours(), known_, limits_); !loaded) {
      return loaded;
    }
    if (index_ && !index_->chunks.empty() && !index_->agrees(chunk_.entry(), chunk_.codec())) {
      chunk_.clear();
      return mcap_damaged(record.offset, "a chunk does not agree with the index");
    }
    tally_.add(chunk_);
    if (!chunk_.checked() && !whole_is_checked_) {
      return check_whole();
    }
    return {};
  }

  /// Goes on behind the chunk that is being read, and its message indexes, if it may be damaged. False: it
  /// may not, or that is not where the damage is.
  [[nodiscard]] bool pass_over(failure const& why) {
    if (may_pass_over_ == nullptr || !index_ || !index_is_enough_ || !header_.ours() ||
        (why.code != error_code::invalid_input && why.code != error_code::unsupported)) {
      return false;
    }
    auto const& chunks = index_->chunks;
    auto const behind =
        std::upper_bound(chunks.begin(), chunks.end(), reading_,
                         [](auto offset, auto const& chunk) { return offset < chunk.entry.offset; });
    if (behind == chunks.begin()) {
      return false;
    }
    auto const& found = *std::prev(behind);
    auto const& entry = found.entry;
    auto const size = entry.size + entry.indexes_size;
    bool const may = !found.channels.empty() &&
                     std::all_of(found.channels.begin(), found.channels.end(),
                                 [&](auto id) { return may_pass_over_(known_.channel(id)->topic); });
    auto const next = behind == chunks.end() ? index_->end : behind->entry.offset;
    if (!may || size > next - entry.offset || reading_ - entry.offset >= size) {
      return false;
    }
    bool const at_its_begin = reading_ == entry.offset;
    if (at_its_begin && !by_index_ && !chunk_.indexed()) {
      return false; // it is the chunk before that has no index
    }
    if (at_its_begin) { // else its messages were read
      tally_.add_not_read(found);
    }
    passed_over_.push_back({entry.offset, size, why.message});
    chunk_.clear();
    at_ = 0;
    position_ = entry.offset + size;
    return true;
  }

  /// The data section ends here: everything that covers the whole of it is looked at.
  [[nodiscard]] result<void> finish(mcap_record const& record) {
    bool const ours = header_.ours();
    if (ours && !chunk_.indexed()) {
      return mcap_damaged(record.offset, "a message index is missing");
    }
    if (record.what == mcap_opcode::data_end) {
      auto const content = file_.content(record);
      if (!content) {
        return content.error();
      }
      mcap_fields fields{*content};
      auto const crc = fields.template number<std::uint32_t>();
      if (!fields.sound() || (ours && fields.left() > 0)) {
        return mcap_damaged(record.offset, "the Data End record is malformed");
      }
      if ((crc != 0 || ours) && crc != crc_.value() && passed_over_.empty()) {
        return mcap_damaged(0, "the CRC of the whole data section is wrong");
      }
      if (index_ && record.end() != index_->end) {
        return mcap_damaged(record.offset, "the data section does not end where the footer says");
      }
    }
    if (!index_) {
      return failure{end_problem_};
    }
    if (ours && !tally_.agrees(*index_)) {
      return mcap_damaged(index_->end, "the statistics are not those of the content");
    }
    done_ = true;
    chunk_.clear();
    return {};
  }

  static constexpr char const* unexpected = "a record does not belong there";

  mcap_window<Source> file_;
  mcap_limits limits_;
  mcap_header header_;
  mcap_definitions known_;
  std::optional<mcap_index> index_;
  failure end_problem_; ///< why there is no index
  std::uint64_t from_ = 0;
  std::uint64_t chunks_from_ = 0;
  std::vector<std::string> topics_;
  bool (*may_pass_over_)(std::string_view) = nullptr;
  std::vector<mcap_damage> passed_over_;

  mcap_chunk<Codecs...> chunk_;
  std::size_t at_ = 0; ///< the next message in it
  std::optional<mcap_message> loose_;
  std::optional<bool> whole_is_checked_;
  std::optional<failure> failed_;
  bool done_ = false;
  bool index_is_enough_ = false; ///< to read by it
  bool by_index_ = false;
  std::size_t next_entry_ = 0;
  std::uint64_t reading_ = 0; ///< where the record or chunk begins that is being read

  // Of a reading from the begin:
  std::uint64_t position_ = 0;
  v0::detail::crc32_state crc_;
  mcap_tally tally_;
};

} // namespace overt::inline v0::trace
