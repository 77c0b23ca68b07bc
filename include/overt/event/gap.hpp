#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <overt/event/field.hpp>
#include <overt/event/literal.hpp>
#include <overt/event/payload.hpp>
#include <overt/event/withheld.hpp>

namespace overt::inline v0 {

/// Something that happened is not in the trace. Where the reason allows it (see `hides_amount`), the gap says
/// of which type and how many; otherwise it is one gap without either, however long it was.
struct gap {
  withheld_reason reason = withheld_reason::no_room;
  literal of{}; ///< the payload's name; empty for all
  std::optional<std::uint64_t> count{};

  static constexpr std::string_view name = "gap";
  static constexpr auto lane = input_lane::none;
  static constexpr auto fields() {
    return overt::fields(field("reason", &gap::reason), field("of", &gap::of),
                         field("count", &gap::count, unit::count));
  }
};

} // namespace overt::inline v0
