#pragma once

#include <string_view>

#include <overt/consent/grants.hpp>
#include <overt/event/event.hpp>
#include <overt/redact/policy.hpp>

namespace overt::inline v0::redact {

/// Releases what shows how work is done without what it is about: buttons and where they were pressed,
/// scrolling, which window has the focus, what kind of element was acted on, that something was copied or
/// pasted, the monitors, and the marks that the person or the program set. No names, titles or values; no
/// pointer paths; no typing.
struct structure {
  static constexpr std::string_view name = "structure";

  [[nodiscard]] consent::grants needs() const {
    return consent::grants::pointer_click | consent::grants::scroll | consent::grants::window_focus;
  }

  [[nodiscard]] verdict operator()(button&, disclosure const& unlock) const {
    return verdict::release(unlock);
  }
  [[nodiscard]] verdict operator()(scroll&, disclosure const& unlock) const {
    return verdict::release(unlock);
  }
  [[nodiscard]] verdict operator()(focus&, disclosure const& unlock) const {
    return verdict::release(unlock);
  }
  [[nodiscard]] verdict operator()(ui_action&, disclosure const& unlock) const {
    return verdict::release(unlock);
  }
  [[nodiscard]] verdict operator()(clipboard&, disclosure const& unlock) const {
    return verdict::release(unlock);
  }
  [[nodiscard]] verdict operator()(display&, disclosure const& unlock) const {
    return verdict::release(unlock);
  }
  [[nodiscard]] verdict operator()(marker& what, disclosure const& unlock) const {
    what.instruction.disclose(unlock);
    return verdict::release(unlock);
  }
};

} // namespace overt::inline v0::redact
