#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <overt/event/result.hpp>
#include <overt/sink/storage/journal_format.hpp>

namespace overt::inline v0::trace {

/// A record of a journal. `bytes` points into the image that was read.
struct journal_record {
  std::uint64_t generation = 0;
  std::uint64_t sequence = 0;
  std::string_view bytes{};
  std::size_t offset = 0; ///< of the record in the journal
};

/// Why no more is read from a half.
enum class journal_stop : std::uint8_t {
  end,   ///< its records end here
  torn,  ///< something that is no sound record: damage, or one that was not written to its end
  stale, ///< a sound record of another filling, which a power cut can leave
  cut,   ///< the image ends before the half does
};

/// What was found in a half.
struct journal_half {
  std::uint64_t generation = 0; ///< 0: no record
  std::size_t records = 0;
  std::size_t end = 0; ///< offset behind the last record
  journal_stop why = journal_stop::end;
};

namespace detail {

/// What can be switched off, by a test that shows what it is good for.
struct journal_checks {
  bool checksum = true;
  bool generation = true;
};

} // namespace detail

/// Reads what a journal holds, from an image of the whole file: every sound record in the order in which they
/// were written, the half with the lower generation first. In each half it stops at the first thing that is
/// not sound, and `halves` says where and why; what it gives is what was written. Records that are in a block
/// already may be among them: their sequence numbers tell.
///
///     auto opened = trace::journal_reader::open(image);
///     while (auto record = opened->next()) { use(record->sequence, record->bytes); }
///     if (!opened->sound()) { … }          // opened->halves()
template <detail::journal_checks Checks = detail::journal_checks{}>
class basic_journal_reader {
public:
  /// The image has to outlive the reader and its records. Error: `invalid_input`, no journal of this version.
  [[nodiscard]] static result<basic_journal_reader> open(std::string_view image) {
    namespace format = sink::journal_format;
    auto const first = format::get_head(image);
    auto const second = format::get_head(image.substr(std::min(image.size(), format::page_bytes)));
    if (!first && !second) {
      return failure{error_code::invalid_input,
                     "this is no journal of a trace, or one of a newer version; the trace itself may be "
                     "complete without it"};
    }
    basic_journal_reader made;
    made.image_ = image;
    made.head_ = first ? *first : *second;
    made.whole_ = first && second && first->half_bytes == second->half_bytes && first->id == second->id &&
                  image.size() == format::file_bytes(made.head_);
    for (std::size_t half = 0; half < 2; ++half) {
      made.halves_[half].end = format::halves_begin + half * made.head_.half_bytes;
      if (auto const record = made.look(half); record) {
        made.halves_[half].generation = record->generation;
      }
    }
    made.order_ = made.halves_[1].generation < made.halves_[0].generation ? std::array<std::size_t, 2>{1, 0}
                                                                          : std::array<std::size_t, 2>{0, 1};
    return made;
  }

  /// The next record; nothing when there is no more.
  [[nodiscard]] std::optional<journal_record> next() {
    for (; turn_ < order_.size(); ++turn_) {
      auto& half = halves_[order_[turn_]];
      if (auto const record = look(order_[turn_]); record) {
        ++half.records;
        half.end = record->offset + sink::journal_format::room_of(record->bytes.size());
        return record;
      }
    }
    return std::nullopt;
  }

  /// Which trace it belongs to.
  [[nodiscard]] sink::trace_id const& id() const noexcept { return head_.id; }
  /// Final once `next` gave nothing.
  [[nodiscard]] std::array<journal_half, 2> const& halves() const noexcept { return halves_; }
  /// Whether nothing looked damaged; final once `next` gave nothing. A process that dies within `journal` can
  /// leave a torn record too, one that was not acknowledged.
  [[nodiscard]] bool sound() const noexcept {
    return whole_ && halves_[0].why == journal_stop::end && halves_[1].why == journal_stop::end;
  }

private:
  basic_journal_reader() = default;

  /// The record at the end of what was read of a half; nothing, and why, when there is none.
  std::optional<journal_record> look(std::size_t half) {
    namespace format = sink::journal_format;
    auto& read = halves_[half];
    auto const half_end = format::halves_begin + (half + 1) * head_.half_bytes;
    auto const stop = [&read](journal_stop why) {
      read.why = why;
      return std::nullopt;
    };
    if (read.end + format::record_head_bytes > half_end) {
      return stop(journal_stop::end);
    }
    if (read.end + format::record_head_bytes > image_.size()) {
      return stop(journal_stop::cut);
    }
    auto const head = image_.substr(read.end, format::record_head_bytes);
    if (head.find_first_not_of('\0') == std::string_view::npos) {
      return stop(journal_stop::end);
    }
    auto const length = format::get<std::uint32_t>(head.data());
    if (length == 0 || length > half_end - read.end - format::record_head_bytes) {
      return stop(journal_stop::torn);
    }
    if (length > image_.size() - read.end - format::record_head_bytes) {
      return stop(journal_stop::cut);
    }
    journal_record const record{.generation = format::get<std::uint64_t>(&head[8]),
                                .sequence = format::get<std::uint64_t>(&head[16]),
                                .bytes = image_.substr(read.end + format::record_head_bytes, length),
                                .offset = read.end};
    if (Checks.checksum &&
        format::checksum(head.substr(8), record.bytes) != format::get<std::uint32_t>(&head[4])) {
      return stop(journal_stop::torn);
    }
    if (record.generation == 0 || (record.generation - 1) % 2 != half) {
      return stop(journal_stop::torn); // of the other half: no writer puts it here
    }
    if (Checks.generation && read.generation != 0 && record.generation != read.generation) {
      return stop(journal_stop::stale);
    }
    return record;
  }

  std::string_view image_{};
  sink::journal_format::head head_{};
  bool whole_ = false;
  std::array<journal_half, 2> halves_{};
  std::array<std::size_t, 2> order_{0, 1};
  std::size_t turn_ = 0;
};

using journal_reader = basic_journal_reader<>;

} // namespace overt::inline v0::trace
