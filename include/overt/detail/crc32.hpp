#pragma once

#include <cstdint>
#include <string_view>

#include <overt/detail/reflected_crc.hpp>

namespace overt::inline v0::detail {

/// CRC-32 as Ethernet, zlib and MCAP have it: polynomial 0x04c11db7. In parts:
///
///     crc32_state crc;
///     crc.update("1234");
///     crc.update("56789");
///     crc.value();   // 0xcbf43926, and more may follow
using crc32_state = reflected_crc<0xedb88320>;

/// The CRC-32 of these bytes.
[[nodiscard]] constexpr std::uint32_t crc32(std::string_view bytes) noexcept {
  crc32_state crc;
  crc.update(bytes);
  return crc.value();
}

} // namespace overt::inline v0::detail
