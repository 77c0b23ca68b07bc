#pragma once

#include <overt/event/result.hpp>

namespace overt::inline v0::trace {

/// Reads to the end, calling `use(event)` for each. The error at which reading ended; what came before was
/// used.
///
///     auto const read = trace::each_event(*opened, [&](auto const& event) { … });
template <class Reader, class Use>
[[nodiscard]] result<void> each_event(Reader& reader, Use&& use) {
  for (;;) {
    auto const next = reader.next();
    if (!next) {
      return next.error();
    }
    if (!*next) {
      return {};
    }
    use(**next);
  }
}

} // namespace overt::inline v0::trace
