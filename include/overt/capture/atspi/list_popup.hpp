#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <overt/capture/atspi/act_attempt.hpp>
#include <overt/capture/atspi/act_report.hpp>
#include <overt/capture/atspi/act_shape.hpp>
#include <overt/capture/atspi/element_label.hpp>

namespace overt::inline v0::capture::atspi {

/// The combo boxes of LibreOffice, which shows none: what shows is a toggle button without a name, and a
/// window with a table that it opens. Only the box around the button says what it is for.
template <class Reader, class Out>
class list_popup {
public:
  static constexpr std::int64_t longest_open_ns = 60'000'000'000;

  explicit list_popup(act_report<Reader, Out>& report) : report_{&report} {}

  /// A button was toggled. It may have opened a list.
  void toggled(snapshot const& target, timestamp when) {
    if (is_role(target->role, accessible_role::toggle_button) && label_of(*target).empty()) {
      button_ = target;
      opened_ = when;
    }
  }

  /// True if a cell of such a list was chosen; then it is told.
  bool chose(person_act const& by, snapshot const& cell) {
    if (button_ == nullptr || shape_of(*cell) != act_shape::picks || cell->id.bus != button_->id.bus ||
        cell->path.empty() || button_->path.empty() || cell->path.front().id == button_->path.front().id) {
      return false;
    }
    auto const* const told = report_->log.latest_of(opened_, button_->id, {tracked_change::unchecked});
    bool const closed = by.began - opened_ > longest_open_ns || (told != nullptr && told->time < by.began);
    if (closed || report_->is_secret(*button_)) {
      return false;
    }
    auto combo = copy_of(*button_);
    combo.role = static_cast<std::uint32_t>(accessible_role::combo_box);
    combo.name = arena_string{name_around(*button_)};
    auto const before = button_->value.view();
    report_->tell(by.when, ui_act::select, combo, by.from,
                  before.empty() ? std::optional<std::string_view>{} : before, label_of(*cell));
    button_.reset();
    return true;
  }

private:
  act_report<Reader, Out>* report_;
  snapshot button_{};
  timestamp opened_{};
};

} // namespace overt::inline v0::capture::atspi
