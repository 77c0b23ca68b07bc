#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include <overt/event/field.hpp>
#include <overt/event/payload.hpp>

namespace overt::inline v0 {

enum class clipboard_operation : std::uint8_t { copy, cut, paste };

constexpr auto enumerators(clipboard_operation) {
  return std::array<std::string_view, 3>{"copy", "cut", "paste"};
}

/// Something was copied, cut or pasted. What it was is never asked for: there is no member for it.
struct clipboard {
  clipboard_operation operation = clipboard_operation::copy;
  std::vector<std::uint64_t> made_of{}; ///< the input events it came from, those of them that were written

  static constexpr std::string_view name = "clipboard";
  static constexpr auto lane = input_lane::keyboard;
  static constexpr bool derived = true;
  static constexpr auto fields() {
    return overt::fields(field("operation", &clipboard::operation),
                         field("made_of", &clipboard::made_of, unit::event_number));
  }
};

} // namespace overt::inline v0
