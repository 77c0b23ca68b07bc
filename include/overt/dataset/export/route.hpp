#pragma once

#include <string>

#include <overt/dataset/episode.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/sha256.hpp>

namespace overt::inline v0::dataset {

/// The applications and pages that an episode went through, one after another, as a digest: equal for
/// episodes that took the same way. Names that were withheld are all one.
[[nodiscard]] inline std::string route_of(episode const& of) {
  v0::detail::sha256_state state;
  std::string last;
  for (auto const& what : of.actions) {
    auto const place = std::to_string(what.where.application.size()) + ' ' + what.where.application + ' ' +
                       what.where.origin + '\n';
    if (place != last) {
      state.update(place);
      last = place;
    }
  }
  return v0::detail::to_hex(state.finish());
}

} // namespace overt::inline v0::dataset
