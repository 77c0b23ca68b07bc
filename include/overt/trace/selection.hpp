#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <overt/event/recorded.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::trace {

/// Which events of a trace a reader gives: those at or after a time, on the trace's own grid, and of some
/// payloads (none named: of all).
struct selection {
  std::optional<timestamp> from{};
  std::vector<std::string> payloads{};

  [[nodiscard]] bool takes_all() const noexcept { return !from && payloads.empty(); }

  template <any_event Event>
  [[nodiscard]] bool takes(recorded<Event> const& what) const {
    return (!from || what.head().time >= *from) &&
           (payloads.empty() ||
            std::find(payloads.begin(), payloads.end(), what.payload_name()) != payloads.end());
  }
};

} // namespace overt::inline v0::trace
