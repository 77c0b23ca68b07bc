#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include <overt/detail/crc32c.hpp>
#include <overt/detail/little_endian.hpp>

namespace overt::inline v0::sink {

/// Which trace a journal belongs to: any 16 bytes that two traces do not share.
using trace_id = std::array<std::uint8_t, 16>;

/// The journal file, a format of our own, version 1. All numbers are little endian.
///
///     0      head   "OVERTJNL", u32 version, u32 bytes of a half, 16 bytes trace id, u32 CRC-32C of these 32
///     4096   the same head again
///     8192   half 0
///     8192 + bytes of a half   half 1
///
/// A half is records one after another, each beginning at a multiple of 8 from its start:
///
///     u32 length of the bytes, u32 CRC-32C of (generation, sequence, bytes), u64 generation, u64 sequence,
///     bytes
///
/// and ends where the 24 bytes of a record's head are zero, or fewer than 24 are left. All records of a half
/// have one generation; half 0 takes the odd ones, half 1 the even ones, each time the halves are turned one
/// higher. So what is left of an earlier filling is told from what is new, and a record that was not written
/// to its end from one that was.
namespace journal_format {

inline constexpr std::string_view magic = "OVERTJNL";
inline constexpr std::uint32_t version = 1;
inline constexpr std::size_t page_bytes = 4096;
inline constexpr std::size_t head_bytes = 36;
inline constexpr std::size_t halves_begin = 2 * page_bytes;
inline constexpr std::size_t record_head_bytes = 24;
/// With the two heads, 512 KiB.
inline constexpr std::uint32_t usual_half_bytes = 252 * 1024;
inline constexpr std::uint32_t largest_half_bytes = 1u << 30;

using overt::detail::little_endian::get;
using overt::detail::little_endian::put;

/// What a record of so many bytes takes.
[[nodiscard]] constexpr std::size_t room_of(std::size_t bytes) noexcept {
  return (record_head_bytes + bytes + 7) / 8 * 8;
}

/// `numbers` are the 16 bytes of generation and sequence.
[[nodiscard]] inline std::uint32_t checksum(std::string_view numbers, std::string_view bytes) noexcept {
  overt::detail::crc32c sum;
  sum.update(numbers);
  sum.update(bytes);
  return sum.value();
}

struct head {
  std::uint32_t half_bytes = usual_half_bytes;
  trace_id id{};
};

[[nodiscard]] constexpr std::size_t file_bytes(head const& of) noexcept {
  return halves_begin + std::size_t{2} * of.half_bytes;
}

[[nodiscard]] constexpr bool possible(std::uint32_t half_bytes) noexcept {
  return half_bytes >= page_bytes && half_bytes % page_bytes == 0 && half_bytes <= largest_half_bytes;
}

/// Writes `head_bytes` bytes.
inline void put_head(char* to, head const& from) noexcept {
  std::memcpy(to, magic.data(), magic.size());
  put(to + 8, version);
  put(to + 12, from.half_bytes);
  std::memcpy(to + 16, from.id.data(), from.id.size());
  put(to + 32, overt::detail::crc32c_of({to, 32}));
}

/// The head at the begin of `bytes`, when it is sound.
[[nodiscard]] inline std::optional<head> get_head(std::string_view bytes) noexcept {
  if (bytes.size() < head_bytes || !bytes.starts_with(magic) || get<std::uint32_t>(&bytes[8]) != version ||
      get<std::uint32_t>(&bytes[32]) != overt::detail::crc32c_of(bytes.substr(0, 32))) {
    return std::nullopt;
  }
  head found{.half_bytes = get<std::uint32_t>(&bytes[12])};
  std::memcpy(found.id.data(), &bytes[16], found.id.size());
  return possible(found.half_bytes) ? std::optional{found} : std::nullopt;
}

} // namespace journal_format

} // namespace overt::inline v0::sink
