#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <overt/event/context.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::trace {

/// What a person wants gone from a trace. What falls under any of these goes; nothing else does, but what was
/// made of it (see `trace::erase`).
///
///     trace::erasure{.from = {2'000'000'000}, .to = {9'000'000'000}}
///     trace::erasure{.applications = {"mousepad"}}
struct erasure {
  /// A stretch of the trace's own time (`t`), both ends included; only with one of them, to the trace's begin
  /// or end. On a grid a time stands for all of its cell, so a cell that the stretch touches goes whole.
  std::optional<timestamp> from{};
  std::optional<timestamp> to{};
  std::vector<std::string> applications{}; ///< as contexts name them
  std::vector<std::string> sites{};        ///< origins, as contexts name them: "https://example.org"
  bool everything = false;

  /// Whether it says anything; an erasure that does not is a mistake.
  [[nodiscard]] bool names_something() const noexcept {
    return everything || from || to || !applications.empty() || !sites.empty();
  }

  /// Whether anything of the cells from that of `first` to that of `last` is touched; `grid_ns` 0: exact
  /// times.
  [[nodiscard]] bool covers_stretch(timestamp first, timestamp last, std::int64_t grid_ns) const noexcept {
    if (everything || (!from && !to)) {
      return everything;
    }
    constexpr auto most = (std::numeric_limits<std::int64_t>::max)();
    auto const cell = grid_ns > 0 ? grid_ns - 1 : 0;
    auto const begin = (std::min)(first, last).ns;
    auto const end = (std::max)(first, last).ns;
    return (!from || (end > most - cell ? most : end + cell) >= from->ns) && (!to || begin <= to->ns);
  }

  [[nodiscard]] bool covers_time(timestamp at, std::int64_t grid_ns) const noexcept {
    return covers_stretch(at, at, grid_ns);
  }

  [[nodiscard]] bool covers_application(std::string_view id) const {
    return everything || std::find(applications.begin(), applications.end(), id) != applications.end();
  }
  [[nodiscard]] bool covers_site(std::string_view origin) const {
    return everything || std::find(sites.begin(), sites.end(), origin) != sites.end();
  }

  /// Whether something that happened there goes.
  [[nodiscard]] bool covers_place(context const& where) const {
    auto const* const application = where.application.disclosed();
    auto const* const origin = where.origin.disclosed();
    return everything || (application != nullptr && covers_application(application->view())) ||
           (origin != nullptr && covers_site(origin->view()));
  }
};

} // namespace overt::inline v0::trace
