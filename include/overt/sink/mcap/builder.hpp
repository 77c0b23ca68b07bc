#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/detail/crc32.hpp>
#include <overt/detail/secure_memory.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/chunk_codec.hpp>
#include <overt/sink/mcap/chunk_entry.hpp>
#include <overt/sink/mcap/definitions.hpp>
#include <overt/sink/mcap/file_records.hpp>
#include <overt/sink/mcap/format.hpp>
#include <overt/sink/mcap/summary.hpp>
#include <overt/sink/uncompressed.hpp>

namespace overt::inline v0::sink {

/// Makes the bytes of a standard MCAP file (https://mcap.dev/spec), block by block: one head, any number of
/// chunks, one end. It writes nothing itself; a block that could not be written is asked for again, and only
/// `appended()` counts it as part of the file.
///
///     mcap_builder<> file;
///     auto const clicks = file.channel(file.schema("click", "jsonschema", "{}"), "mouse/button", "json",
///     {}); write(file.head("overt", "overt 0.1.0"));              file.appended(); file.message(clicks, 1,
///     wall_ns, monotonic_ns, R"({"x":1})"); if (auto chunk = file.chunk(offset)) { write(*chunk);
///     file.appended(); } write(file.end(offset));                               file.appended();
///
/// Beyond the standard, so that every flipped bit shows in the profile "overt": each chunk repeats the
/// channels that it uses, so that its messages can be read alone (a schema stands in the first chunk that
/// uses it, and at the end of the file); each has its message indexes; all CRCs are written; a Metadata
/// record ends with its own CRC (`mcap_format::metadata_crc_key`). Times are nanoseconds. What is given as a
/// view is valid until the next call. One thread; nothing is allocated for a message once a chunk has had its
/// usual size.
template <chunk_codec Codec = uncompressed>
class mcap_builder {
public:
  using entries = std::span<std::pair<std::string, std::string> const>;

  explicit mcap_builder(Codec codec = Codec{}) : codec_{std::move(codec)} {}
  mcap_builder(mcap_builder&&) noexcept = default;
  mcap_builder& operator=(mcap_builder&&) noexcept = default;
  ~mcap_builder() {
    forget(records_);
    forget(packed_);
    forget(block_);
  }

  /// The number of this schema, the same for the same arguments; from 1. 0 when there are already 65,535: no
  /// schema.
  std::uint16_t schema(std::string_view name, std::string_view encoding, std::string_view text) {
    return definitions_.schema(name, encoding, text);
  }

  /// The number of this channel, the same for the same arguments; from 0. 65,535 when there are already so
  /// many: no channel. `schema`: 0 for none.
  std::uint16_t channel(std::uint16_t schema, std::string_view topic, std::string_view message_encoding,
                        entries metadata) {
    return definitions_.channel(schema, topic, message_encoding, metadata);
  }

  /// The begin of the file, at offset 0, with what `metadata` and `attachment` added before.
  [[nodiscard]] std::string_view head(std::string_view profile, std::string_view library) {
    start_block(block::head, 0);
    block_ += mcap_format::magic;
    mcap_format::put_record(block_, mcap_format::opcode::header, [&](std::string& out) {
      mcap_format::put_text(out, profile);
      mcap_format::put_text(out, library);
    });
    waiting_at_ = block_.size();
    block_ += waiting_.bytes();
    return block_;
  }

  /// Written with the next head or end. The keys are different ones, and none is "crc32".
  void metadata(std::string_view name, entries metadata) {
    given_ = block::nothing;
    waiting_.metadata(name, metadata);
  }

  /// Written with the next head or end. `log_time_ns`: wall clock, since 1970; not negative.
  void attachment(std::string_view name, std::string_view media_type, std::int64_t log_time_ns,
                  std::string_view bytes) {
    given_ = block::nothing;
    waiting_.attachment(name, media_type, static_cast<std::uint64_t>(log_time_ns < 0 ? 0 : log_time_ns),
                        bytes);
  }

  /// Forgets what `metadata` and `attachment` added and no block that is in the file has.
  void forget_records() {
    given_ = block::nothing;
    waiting_.clear();
  }

  /// Adds a message to the open chunk. `channel` as `channel()` gave it; for another one nothing is added:
  /// false.
  bool message(std::uint16_t channel, std::uint32_t sequence, std::uint64_t log_time,
               std::uint64_t publish_time, std::string_view bytes) {
    if (!definitions_.use(channel, records_)) {
      return false;
    }
    given_ = block::nothing;
    definitions_.index(channel, log_time, records_.size());
    mcap_format::put_message(records_, channel, sequence, log_time, publish_time, bytes);
    times_.add(log_time);
    ++messages_;
    return true;
  }

  /// Of the open chunk, before compression.
  [[nodiscard]] std::size_t open_bytes() const noexcept { return records_.size(); }
  [[nodiscard]] std::size_t open_messages() const noexcept { return messages_; }

  /// The open chunk and its message indexes, for this place in the file. Empty when there is no message. The
  /// same bytes again, or more with further messages, until `appended()` or `discard_chunk()`. Errors: those
  /// of the codec, and `output_failed` for more than 1 GiB, which readers refuse.
  [[nodiscard]] result<std::string_view> chunk(std::uint64_t offset) {
    start_block(block::nothing, offset);
    if (messages_ == 0) {
      return std::string_view{};
    }
    if (records_.size() > mcap_format::largest_chunk) {
      return failure{error_code::output_failed,
                     "a chunk of a trace has become larger than 1 GiB; close it sooner"};
    }
    if (auto packed = codec_.compress(records_, packed_); !packed) {
      return packed.error();
    }
    chunk_entry_ = {
        .times = times_, .offset = offset, .packed_size = packed_.size(), .plain_size = records_.size()};
    mcap_format::put_chunk(block_, chunk_entry_, v0::detail::crc32(records_), Codec::name, packed_);
    chunk_entry_.size = block_.size();
    definitions_.put_indexes(block_, offset, index_offsets_);
    chunk_entry_.indexes_size = block_.size() - chunk_entry_.size;
    given_ = block::chunk;
    return std::string_view{block_};
  }

  /// Forgets the messages of the open chunk, which could not be written.
  void discard_chunk() noexcept {
    given_ = block::nothing;
    forget(records_);
    definitions_.next_chunk(false);
    times_ = {};
    messages_ = 0;
  }

  /// The end of the file: what `metadata` and `attachment` added since the head, Data End, summary, footer.
  /// The open chunk is not in it.
  [[nodiscard]] std::string_view end(std::uint64_t offset) {
    start_block(block::end, offset);
    block_ += waiting_.bytes();
    auto crc = crc_;
    crc.update(block_);
    mcap_format::put_record(block_, mcap_format::opcode::data_end,
                            [&](std::string& out) { mcap_format::put(out, crc.value()); });
    auto summary = summary_;
    summary.add(waiting_, offset);
    summary.put(block_, offset, definitions_);
    return block_;
  }

  /// The block that was given last is in the file. To be called before anything else is added; after another
  /// call than those for a block there is nothing to count.
  void appended() {
    if (given_ == block::nothing) {
      return;
    }
    crc_.update(block_);
    if (given_ == block::chunk) {
      summary_.add(chunk_entry_, messages_, index_offsets_, Codec::name);
      forget(records_);
      definitions_.next_chunk(true);
      times_ = {};
      messages_ = 0;
    } else {
      summary_.add(waiting_, base_ + waiting_at_);
      waiting_.clear();
    }
    given_ = block::nothing;
    forget(block_);
    forget(packed_);
  }

  /// Begins another file with the same schemas, channels and codec, and the messages of the open chunk.
  void start_over() {
    given_ = block::nothing;
    crc_ = {};
    summary_ = {};
    waiting_.clear();
    definitions_.start_over(records_);
  }

private:
  enum class block : std::uint8_t { nothing, head, chunk, end };

  void start_block(block kind, std::uint64_t offset) {
    given_ = kind;
    base_ = offset;
    waiting_at_ = 0;
    block_.clear();
  }

  /// What was recorded does not stay in memory that is no longer needed; the memory itself is kept.
  static void forget(std::string& bytes) noexcept {
    v0::detail::wipe(bytes.data(), bytes.size());
    bytes.clear();
  }

  Codec codec_;
  mcap_format::definitions definitions_;
  mcap_format::file_records waiting_;
  mcap_format::summary summary_;
  v0::detail::crc32_state crc_; // of what was appended

  std::string records_; // of the open chunk
  mcap_format::time_range times_;
  std::size_t messages_ = 0;

  block given_ = block::nothing;
  std::string block_;
  std::string packed_;
  std::uint64_t base_ = 0;
  std::size_t waiting_at_ = 0;
  mcap_format::chunk_entry chunk_entry_;
  std::vector<std::pair<std::uint16_t, std::uint64_t>> index_offsets_;
};

} // namespace overt::inline v0::sink
