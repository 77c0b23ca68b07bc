#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>

namespace overt::inline v0::capture::x11 {

/// A number of the X Input extension: 32 bits before and 32 after the point (FP3232). Kept as it is, so that
/// sums of many small steps are exact.
using fixed3232 = std::int64_t;

inline constexpr fixed3232 fixed_one = fixed3232{1} << 32;

/// One raw event of XInput 2, decoded.
struct raw_event {
  enum class kind : std::uint16_t {
    key_press = 13,
    key_release = 14,
    button_press = 15,
    button_release = 16,
    motion = 17,
  };
  static constexpr std::size_t most_axes = 64;
  static constexpr std::uint32_t repeat_or_emulated = 1u << 16; ///< of keys: a repeat; of the rest: emulated

  kind what = kind::motion;
  std::uint16_t device = 0; ///< the master
  std::uint16_t source = 0; ///< the device that a person touched, or XTEST
  std::uint32_t time_ms = 0;
  std::uint32_t detail = 0; ///< key code or button
  std::uint32_t flags = 0;
  std::uint64_t axes = 0; ///< one bit for each axis that has a value
  std::array<fixed3232, most_axes> values{};

  [[nodiscard]] bool has(std::size_t axis) const { return axis < most_axes && (axes >> axis & 1) != 0; }
};

/// Decodes an event as XCB keeps it in memory (XI2proto.h, xXIRawEvent; XCB puts its own 4 bytes after the
/// first 32). Nothing when it is another event or too short for what it announces.
[[nodiscard]] inline std::optional<raw_event> decode_raw_event(std::span<std::byte const> bytes) {
  constexpr std::size_t head = 36;
  auto const read16 = [&](std::size_t at) {
    std::uint16_t value = 0;
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
  };
  auto const read32 = [&](std::size_t at) {
    std::uint32_t value = 0;
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
  };
  if (bytes.size() < head) {
    return std::nullopt;
  }
  auto const type = read16(8);
  if (type < 13 || type > 17) {
    return std::nullopt;
  }
  std::optional<raw_event> event{std::in_place};
  event->what = static_cast<raw_event::kind>(type);
  event->device = read16(10);
  event->time_ms = read32(12);
  event->detail = read32(16);
  event->source = read16(20);
  event->flags = read32(24);

  std::size_t const words = read16(22); // of the mask
  std::size_t at = head + words * 4;
  if (bytes.size() < at) {
    return std::nullopt;
  }
  for (std::size_t word = 0; word < words; ++word) {
    auto const mask = read32(head + word * 4);
    for (std::size_t bit = 0; bit < 32; ++bit) {
      if ((mask >> bit & 1) == 0) {
        continue;
      }
      if (bytes.size() < at + 8) {
        return std::nullopt;
      }
      auto const axis = word * 32 + bit;
      if (axis < raw_event::most_axes) {
        auto const whole = std::bit_cast<std::int32_t>(read32(at));
        event->values[axis] = static_cast<fixed3232>(whole) * fixed_one + read32(at + 4);
        event->axes |= std::uint64_t{1} << axis;
      }
      at += 8;
    }
  }
  return event;
}

} // namespace overt::inline v0::capture::x11
