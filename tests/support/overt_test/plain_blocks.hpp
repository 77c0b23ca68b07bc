#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <overt/detail/crc32c.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/storage/block_kind.hpp>
#include <overt/sink/storage/journal_format.hpp>
#include <overt/trace/journal_reader.hpp>

/// The simplest trace there can be, to test what is below its format: records that are known from their
/// number, in blocks with a checksum.
namespace overt_test {

/// What the record of this number holds: 9 to 72 bytes, different for each.
inline std::string record_text(std::uint64_t sequence) {
  auto const mixed = sequence * 0x9e3779b97f4a7c15u;
  std::string text(8 + 1 + mixed % 64, static_cast<char>('a' + mixed / 64 % 26));
  overt::sink::journal_format::put(text.data(), mixed);
  return text;
}

/// u32 length of what follows the checksum, u32 CRC-32C of it, u8 kind, then for each record u64 sequence,
/// u32 length and the bytes.
inline std::string plain_block(overt::sink::block_kind kind, std::vector<std::uint64_t> const& records) {
  namespace format = overt::sink::journal_format;
  std::string block(8, '\0');
  block += static_cast<char>(kind);
  for (auto const sequence : records) {
    auto const text = record_text(sequence);
    char head[12];
    format::put(head, sequence);
    format::put(head + 8, static_cast<std::uint32_t>(text.size()));
    block.append(head, sizeof head);
    block += text;
  }
  auto const rest = std::string_view{block}.substr(8);
  auto const sum = overt::detail::crc32c_of(rest);
  format::put(block.data(), static_cast<std::uint32_t>(rest.size()));
  format::put(block.data() + 4, sum);
  return block;
}

/// What was found in a trace and its journal.
struct plain_found {
  std::set<std::uint64_t> sequences{};
  std::size_t sound_bytes = 0; ///< of the trace
  std::size_t wrong = 0;       ///< records that nobody wrote
  std::size_t ends = 0;

  void add(std::uint64_t sequence, std::string_view bytes) {
    if (bytes == record_text(sequence)) {
      sequences.insert(sequence);
    } else {
      ++wrong;
    }
  }
  /// The lowest of 1 to `last` that is missing; 0 when none is.
  [[nodiscard]] std::uint64_t missing_up_to(std::uint64_t last) const {
    for (std::uint64_t sequence = 1; sequence <= last; ++sequence) {
      if (!sequences.contains(sequence)) {
        return sequence;
      }
    }
    return 0;
  }
};

/// Adds the records of all blocks as far as the first that is not sound.
inline void scan_blocks(std::string_view file, plain_found& found) {
  namespace format = overt::sink::journal_format;
  while (file.size() >= 9) {
    auto const size = format::get<std::uint32_t>(file.data());
    if (size == 0 || size > file.size() - 8 ||
        overt::detail::crc32c_of(file.substr(8, size)) != format::get<std::uint32_t>(&file[4])) {
      return;
    }
    auto rest = file.substr(9, size - 1);
    found.ends += file[8] == static_cast<char>(overt::sink::block_kind::end) ? 1 : 0;
    while (rest.size() >= 12) {
      auto const length = format::get<std::uint32_t>(&rest[8]);
      found.add(format::get<std::uint64_t>(rest.data()), rest.substr(12, length));
      rest.remove_prefix(12 + length);
    }
    found.sound_bytes += 8 + size;
    file.remove_prefix(8 + size);
  }
}

/// Adds the records of a journal, if it is one.
template <class Reader = overt::trace::journal_reader>
void scan_journal(std::string_view image, plain_found& found) {
  auto opened = Reader::open(image);
  while (opened) {
    auto const record = opened->next();
    if (!record) {
      return;
    }
    found.add(record->sequence, record->bytes);
  }
}

/// Does with a storage what a sink does: journals each record, appends a chunk now and then, and keeps what
/// could not be appended for the next time.
template <class Storage>
class plain_recorder {
public:
  plain_recorder(Storage& storage, std::size_t chunk_records) : storage_{storage}, most_{chunk_records} {}

  /// Whether the record is kept, in the journal or in a chunk.
  bool push(std::uint64_t sequence) {
    auto const kept = storage_.journal(sequence, record_text(sequence));
    note(kept);
    open_.push_back(sequence);
    if (kept && *kept) {
      if (open_.size() >= most_) {
        flush();
      }
      return true;
    }
    if (flush()) {
      return true;
    }
    open_.pop_back();
    return false;
  }

  /// Whether what was open is in a chunk.
  bool flush() {
    if (open_.empty()) {
      return true;
    }
    auto const appended =
        storage_.append(overt::sink::block_kind::chunk, plain_block(overt::sink::block_kind::chunk, open_));
    note(appended);
    if (!appended) {
      return false;
    }
    open_.clear();
    note(storage_.turn_journal());
    return true;
  }

  bool sync() {
    auto const outcome = storage_.sync();
    note(outcome);
    return outcome.has_value();
  }

  /// Whether all of it is safe.
  bool close() {
    if (flush()) {
      note(storage_.append(overt::sink::block_kind::end, plain_block(overt::sink::block_kind::end, {})));
      note(storage_.turn_journal());
    }
    auto const outcome = storage_.close();
    note(outcome);
    return outcome.has_value();
  }

  template <class Outcome>
  void note(Outcome const& outcome) {
    if (!outcome) {
      ++failures_;
      last_ = outcome.error();
    }
  }
  [[nodiscard]] std::size_t failures() const noexcept { return failures_; }
  [[nodiscard]] overt::failure const& last_failure() const noexcept { return last_; }
  /// Records that are in no chunk yet.
  [[nodiscard]] std::size_t open_records() const noexcept { return open_.size(); }

private:
  Storage& storage_;
  std::size_t most_;
  std::vector<std::uint64_t> open_{};
  std::size_t failures_ = 0;
  overt::failure last_{};
};

} // namespace overt_test
