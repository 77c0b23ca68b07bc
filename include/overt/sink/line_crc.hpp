#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <overt/detail/crc32c.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/json_text.hpp>

/// How the lines of a JSON trace are protected: the last member of each is the CRC-32C of what stands before
/// it in the line, from the brace to the last character before the comma, as 8 lower-case hexadecimal digits.
///
///     {"seq":7, … ,"device":2,"crc":"0a1b2c3d"}
namespace overt::inline v0::sink::line_crc {

inline constexpr std::string_view before_digits = ",\"crc\":\"";
inline constexpr std::string_view behind_digits = "\"}";
inline constexpr std::size_t digit_count = 8;
inline constexpr std::size_t size = before_digits.size() + digit_count + behind_digits.size();

/// Puts the member into the object that begins at `begin` and is the last thing in `out`.
inline void append(v0::detail::json_text& out, std::size_t begin) {
  out.cut(out.size() - 1); // its brace
  auto const digits = v0::detail::hex_digits(v0::detail::crc32c_of(out.view().substr(begin)));
  out.raw(before_digits);
  out.raw({digits.data(), digits.size()});
  out.raw(behind_digits);
}

enum class verdict : std::uint8_t {
  sound,
  absent, ///< the line does not end as one with such a member does
  wrong,  ///< something in the line is not what was written
};

/// Checks a line, without its line feed. Digits in upper case are not what was written.
[[nodiscard]] inline verdict check(std::string_view line) noexcept {
  if (line.size() <= size || !line.ends_with(behind_digits)) {
    return verdict::absent;
  }
  auto const tail = line.substr(line.size() - size);
  if (!tail.starts_with(before_digits)) {
    return verdict::absent;
  }
  auto const digits = v0::detail::hex_digits(v0::detail::crc32c_of(line.substr(0, line.size() - size)));
  bool const same =
      tail.substr(before_digits.size(), digit_count) == std::string_view{digits.data(), digits.size()};
  return same ? verdict::sound : verdict::wrong;
}

} // namespace overt::inline v0::sink::line_crc
