#pragma once

#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/element_parts.hpp>

namespace overt::inline v0::capture::atspi {

/// The address among a document's attributes; empty when it has none.
[[nodiscard]] inline arena_string address_in(std::vector<attribute> attributes) {
  arena_string address;
  for (auto& one : attributes) {
    // Firefox and WebKit call it DocURL, Chromium URI.
    if ((one.key == "DocURL" || one.key == "URI") && !one.value.view().empty()) {
      address = std::move(one.value);
    }
  }
  return address;
}

/// Asks for the address of a document, `use(arena_string)`; empty when it has none or did not say.
inline void read_address(bus& on, object_id const& document, std::function<void(arena_string)> use) {
  on.call(document, "org.a11y.atspi.Document", "GetAttributes",
          [use = std::move(use)](reply const& all) { use(address_in(read_attributes(all.read()))); });
}

} // namespace overt::inline v0::capture::atspi
