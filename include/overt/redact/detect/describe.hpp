#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <overt/redact/description.hpp>
#include <overt/redact/detect/detectors.hpp>

namespace overt::inline v0::detect {

/// Canonical JSON (RFC 8785) of which detectors look, for a policy's description. Of the person's own list
/// only its length: what stands in it must not be in a trace, and a list only ever takes away.
[[nodiscard]] inline std::string describe(detectors const& which) {
  std::vector<std::string_view> types;
  for (std::size_t i = 0; i < entity_count; ++i) {
    if (which.looks_for(static_cast<entity>(i))) {
      types.push_back(enumerators(entity{})[i]);
    }
  }
  std::sort(types.begin(), types.end());
  std::vector<std::string_view> recognisers;
  for (std::size_t i = 0; which.recognisers != nullptr && i < which.recognisers->size(); ++i) {
    recognisers.push_back((*which.recognisers)[i].name);
  }
  std::string out = "{\"my_data\":" + std::to_string(which.my_data == nullptr ? 0 : which.my_data->size());
  out += ",\"recognisers\":";
  redact::detail::append_json(out, recognisers);
  out += ",\"threshold_percent\":" + std::to_string(which.threshold_percent) + ",\"types\":";
  redact::detail::append_json(out, types);
  return out + '}';
}

/// Whether something is switched off, or has to be surer than usual before it counts.
[[nodiscard]] inline bool is_loosened(detectors const& which) noexcept {
  return which.types != detectors{}.types || which.threshold_percent > detectors{}.threshold_percent;
}

} // namespace overt::inline v0::detect
