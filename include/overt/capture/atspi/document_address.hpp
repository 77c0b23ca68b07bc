#pragma once

#include <functional>
#include <string_view>
#include <utility>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/element_parts.hpp>

namespace overt::inline v0::capture::atspi {

/// Asks for the address of a document, `use(arena_string)`; empty when it has none or did not say.
inline void read_address(bus& on, object_id const& document, std::function<void(arena_string)> use) {
  on.call(document, "org.a11y.atspi.Document", "GetAttributes", [use = std::move(use)](reply const& all) {
    arena_string address;
    for (auto& one : read_attributes(all.read())) {
      // Firefox and WebKit call it DocURL, Chromium URI.
      if ((one.key == "DocURL" || one.key == "URI") && !one.value.view().empty()) {
        address = std::move(one.value);
      }
    }
    use(std::move(address));
  });
}

} // namespace overt::inline v0::capture::atspi
