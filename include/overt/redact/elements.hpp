#pragma once

#include <string_view>

#include <overt/consent/grants.hpp>
#include <overt/event/ui_action.hpp>
#include <overt/redact/policy.hpp>

namespace overt::inline v0::redact {

/// Discloses what the elements that were acted on are called, where they stand, and their values before and
/// after. Names hold what a person works on (a contact, a file), so the receipt must name `ui.element`. What
/// an earlier policy denied stays denied.
struct elements {
  static constexpr std::string_view name = "elements";

  [[nodiscard]] consent::grants needs() const { return consent::grants::ui_element; }

  [[nodiscard]] verdict operator()(ui_action& what, disclosure const& unlock) const {
    what.label.disclose(unlock);
    what.before.disclose(unlock);
    what.after.disclose(unlock);
    what.selector.disclose(unlock);
    for (auto& step : what.path) {
      step.label.disclose(unlock);
    }
    return verdict::release(unlock);
  }
};

} // namespace overt::inline v0::redact
