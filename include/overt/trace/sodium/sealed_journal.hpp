#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/detail/secure_array.hpp>
#include <overt/detail/secure_memory.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/sodium/block_seal.hpp>
#include <overt/sink/sodium/sealed_format.hpp>

namespace overt::inline v0::trace {

/// Opens the records that were left in the journal of a sealed trace, in the order in which `journal_reader`
/// gives them. The head of the trace says which key they need, and ties them to that trace.
///
///     auto opener = trace::sealed_journal::make(*key, *head);
///     while (auto record = journal->next()) {
///       auto plain = opener->open(record->sequence, record->bytes);   // valid until the next call
///     }
///     opener->missing();   // records that were dropped in between
class sealed_journal {
public:
  /// Errors: `permission_denied` for a key of another trace.
  template <class Key>
  [[nodiscard]] static result<sealed_journal> make(Key const& key, sink::sealed_format::head const& head) {
    if (head.key != key.id()) {
      return failure{error_code::permission_denied,
                     "this journal is sealed with another key: " + head.key.text() + ", and this one is " +
                         key.id().text() + ". Open the key that the trace names."};
    }
    auto seal = sink::block_seal::make(key, head);
    if (!seal) {
      return seal.error();
    }
    return sealed_journal{*std::move(seal)};
  }

  /// The plain bytes, valid until the next call. `invalid_input`: the record was changed, is of another
  /// trace, or stands behind one that was written after it.
  [[nodiscard]] result<std::string_view> open(std::uint64_t sequence, std::string_view record) {
    if (record.size() < sink::sealed_format::record_extra) {
      return damaged(sequence);
    }
    auto const size = record.size() - sink::sealed_format::record_extra;
    if (plain_.size() < size) {
      plain_ = bytes(size);
    }
    if (!seal_.open_record(sequence, record, plain_)) {
      return damaged(sequence);
    }
    auto const number = sink::block_seal::number_of(record);
    if (next_ && number < *next_) {
      overt::detail::wipe(plain_.data(), size);
      return failure{error_code::invalid_input, "the journal holds the record " + std::to_string(number) +
                                                    " once more, or out of its order; it is left out."};
    }
    missing_ += next_ ? number - *next_ : 0;
    next_ = number + 1;
    return std::string_view{plain_.data(), size};
  }

  /// How many records are not there between those that were opened. What was before the first is in blocks.
  [[nodiscard]] std::uint64_t missing() const noexcept { return missing_; }

private:
  using bytes = std::vector<char, overt::detail::secure_allocator<char>>;

  explicit sealed_journal(sink::block_seal seal) : seal_{std::move(seal)} {}

  [[nodiscard]] static failure damaged(std::uint64_t sequence) {
    return {error_code::invalid_input, "the record " + std::to_string(sequence) +
                                           " of the journal was changed or is of another trace; it is "
                                           "lost."};
  }

  sink::block_seal seal_;
  bytes plain_ = bytes(4096);
  std::optional<std::uint64_t> next_{};
  std::uint64_t missing_ = 0;
};

} // namespace overt::inline v0::trace
