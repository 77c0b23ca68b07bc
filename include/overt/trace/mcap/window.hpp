#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <overt/detail/crc32.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/mcap/format.hpp>
#include <overt/trace/byte_source.hpp>
#include <overt/trace/mcap/fields.hpp>

namespace overt::inline v0::trace {

/// The place of a record in a file; its content begins after opcode and length.
struct mcap_record {
  sink::mcap_format::opcode what{};
  std::uint64_t offset = 0;
  std::uint64_t size = 0; ///< of the content

  [[nodiscard]] std::uint64_t content() const noexcept {
    return offset + sink::mcap_format::record_head_size;
  }
  [[nodiscard]] std::uint64_t end() const noexcept { return content() + size; }
};

/// Parts of a source as views, with one buffer: the last part, and some of what follows it.
template <byte_source Source>
class mcap_window {
public:
  /// `largest`: no larger part is read; at least 4,096.
  mcap_window(Source source, std::uint64_t largest)
      : source_{std::move(source)}, largest_{(std::max)(largest, std::uint64_t{4096})} {}

  [[nodiscard]] std::uint64_t size() const noexcept { return source_.size(); }

  /// These bytes; valid until the next call of any function. Errors: of the source; `invalid_input` for what
  /// is not there or larger than allowed.
  [[nodiscard]] result<std::string_view> view(std::uint64_t offset, std::uint64_t size) {
    if (offset > source_.size() || size > source_.size() - offset) {
      return failure{error_code::invalid_input,
                     "the trace is cut off at offset " + std::to_string(source_.size())};
    }
    if (size > largest_) {
      return failure{error_code::invalid_input, "a record of " + std::to_string(size) + " bytes at offset " +
                                                    std::to_string(offset) + " is larger than the limit of " +
                                                    std::to_string(largest_)};
    }
    if (offset < begin_ || offset + size > begin_ + buffer_.size()) {
      auto const ahead = (std::min)((std::max)(size, read_ahead), source_.size() - offset);
      auto filled = fill(offset, ahead);
      if (!filled && ahead > size) {
        filled = fill(offset, size); // what follows cannot be had; that does not matter yet
      }
      if (!filled) {
        return filled.error();
      }
      if (buffer_.size() < size) {
        buffer_.clear();
        return failure{error_code::source_lost, "the trace became shorter while it was read"};
      }
    }
    return std::string_view{buffer_}.substr(static_cast<std::size_t>(offset - begin_),
                                            static_cast<std::size_t>(size));
  }

  /// The record that begins here and is not cut off. Whether its content makes sense is not looked at.
  [[nodiscard]] result<mcap_record> record(std::uint64_t offset) {
    auto const head = view(offset, sink::mcap_format::record_head_size);
    if (!head) {
      return head.error();
    }
    mcap_fields fields{*head};
    mcap_record found{.what = static_cast<sink::mcap_format::opcode>(fields.number<std::uint8_t>()),
                      .offset = offset};
    found.size = fields.number<std::uint64_t>();
    if (found.size > source_.size() - found.content()) {
      return failure{error_code::invalid_input,
                     "the record at offset " + std::to_string(offset) + " is cut off"};
    }
    return found;
  }

  [[nodiscard]] result<std::string_view> content(mcap_record const& record) {
    return view(record.content(), record.size);
  }

  /// Adds these bytes to the CRC, a part at a time.
  [[nodiscard]] result<void> add_to(v0::detail::crc32_state& crc, std::uint64_t from, std::uint64_t to) {
    while (from < to) {
      auto const part = view(from, (std::min)({to - from, read_ahead, largest_}));
      if (!part) {
        return part.error();
      }
      crc.update(*part);
      from += part->size();
    }
    return {};
  }

private:
  static constexpr std::uint64_t read_ahead = 64 * 1024;

  [[nodiscard]] result<void> fill(std::uint64_t offset, std::uint64_t size) {
    begin_ = offset;
    buffer_.resize(static_cast<std::size_t>(size));
    auto const got = source_.read(offset, std::span{buffer_.data(), buffer_.size()});
    buffer_.resize(got ? *got : 0);
    return got ? result<void>{} : got.error();
  }

  Source source_;
  std::uint64_t largest_ = 0;
  std::uint64_t begin_ = 0;
  std::string buffer_;
};

} // namespace overt::inline v0::trace
