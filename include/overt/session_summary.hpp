#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <overt/event/consent_change.hpp>
#include <overt/event/literal.hpp>

namespace overt::inline v0 {

/// Where the events of one payload went: produced = written + folded + withheld + dropped, exactly.
struct payload_total {
  literal payload{};
  std::uint64_t produced = 0; ///< handed over by backends
  std::uint64_t written = 0;
  std::uint64_t folded = 0;
  std::uint64_t withheld = 0;
  std::uint64_t dropped = 0; ///< found no room in a ring
  std::uint64_t notices = 0; ///< written by the recorder itself, beside the others

  [[nodiscard]] constexpr bool adds_up() const noexcept {
    return produced == written + folded + withheld + dropped;
  }
};

/// How a session went. For the program that recorded, in memory: what was withheld is counted here and
/// nowhere else.
struct session_summary {
  std::vector<payload_total> totals{};
  std::uint64_t last_sequence = 0;
  std::size_t most_held = 0; ///< events that waited to be confirmed at once (see `capture::settle`)
  consent_state ended = consent_state::active; ///< `active`: because the program or the person stopped it
  std::vector<std::string> source_failures{};  ///< one sentence for each backend that was lost on the way
};

} // namespace overt::inline v0
