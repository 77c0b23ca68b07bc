#pragma once

#include <cstdint>
#include <string_view>

#include <overt/detail/reflected_crc.hpp>

namespace overt::inline v0::detail {

/// CRC-32C, the Castagnoli checksum of RFC 3720 (iSCSI): polynomial 0x1edc6f41. Finds every change of up to
/// 32 bits in a row; it is no protection against someone who changes bytes on purpose.
///
///     crc32c sum;
///     sum.update("1234");
///     sum.update("56789");
///     sum.value();           // 0xe3069283, as crc32c_of("123456789")
using crc32c = reflected_crc<0x82f63b78>;

[[nodiscard]] constexpr std::uint32_t crc32c_of(std::string_view bytes) noexcept {
  crc32c sum;
  sum.update(bytes);
  return sum.value();
}

} // namespace overt::inline v0::detail
