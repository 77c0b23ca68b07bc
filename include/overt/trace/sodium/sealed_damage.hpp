#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include <overt/event/enumerators.hpp>

namespace overt::inline v0::trace {

/// What can be wrong with a sealed trace.
enum class sealed_fault : std::uint8_t {
  head_copy,    ///< one of the two copies of the head; nothing is lost
  unknown,      ///< bytes that are no block of this trace
  damaged,      ///< a block that was changed, or is not all there
  missing,      ///< blocks that are not there: dropped, or their headers were changed
  repeated,     ///< a block that is there before; left out
  out_of_order, ///< a block that does not stand behind the one before it; read all the same
  misplaced,    ///< a block whose place among the plain bytes does not follow; left out
  cut_off,      ///< the end is missing: blocks may be
  after_end,    ///< something behind the end
};

constexpr auto enumerators(sealed_fault) {
  return std::array<std::string_view, 9>{"head_copy",    "unknown",   "damaged", "missing",  "repeated",
                                         "out_of_order", "misplaced", "cut_off", "after_end"};
}

/// One thing that is wrong, and where.
struct sealed_damage {
  sealed_fault what = sealed_fault::unknown;
  std::uint64_t block = 0;  ///< index of the (first) block that it is about; the next one for `unknown`
  std::uint64_t blocks = 0; ///< how many are lost by it
  std::uint64_t offset = 0; ///< in the sealed file, where there is a place
  std::uint64_t size = 0;   ///< in the sealed file

  friend bool operator==(sealed_damage const&, sealed_damage const&) = default;
};

/// In a sentence, without content.
[[nodiscard]] inline std::string describe(sealed_damage const& damage) {
  auto const block = "block " + std::to_string(damage.block);
  auto const place = " (bytes " + std::to_string(damage.offset) + " to " +
                     std::to_string(damage.offset + damage.size) + " of the file)";
  switch (damage.what) {
  case sealed_fault::head_copy:
    return "one of the two copies of the head is damaged" + place + "; nothing is lost";
  case sealed_fault::unknown:
    return "before " + block + " there are bytes that are no block of this trace" + place;
  case sealed_fault::damaged: return block + " was changed or is incomplete" + place + "; it is lost";
  case sealed_fault::missing:
    return damage.blocks == 1 ? block + " is missing"
                              : std::to_string(damage.blocks) + " blocks are missing, from " + block + " on";
  case sealed_fault::repeated: return block + " is there once more" + place;
  case sealed_fault::out_of_order: return block + " does not stand behind the one before it" + place;
  case sealed_fault::misplaced:
    return block + " does not follow the one before it" + place + "; it is left out";
  case sealed_fault::cut_off:
    return "the trace was cut off before " + block + ": its end is missing, and what came last may be";
  case sealed_fault::after_end: return "there is something behind the end of the trace" + place;
  }
  return {};
}

} // namespace overt::inline v0::trace
