#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include <overt/capture/atspi/act_attempt.hpp>
#include <overt/capture/atspi/act_report.hpp>
#include <overt/capture/atspi/act_shape.hpp>
#include <overt/capture/atspi/element_label.hpp>

namespace overt::inline v0::capture::atspi {

/// The combo boxes of LibreOffice, which shows none: what shows is a toggle button without a name, and a
/// window with a table that it opens. Only the box around the button says what it is for. A click tells what
/// was chosen by the cell it went to, a key by the value of the button once the list is closed.
template <class Reader, class Out>
class list_popup {
public:
  static constexpr std::int64_t longest_open_ns = 60'000'000'000;
  static constexpr std::int64_t settle_ns = 100'000'000; ///< from the end of the list to the new value

  explicit list_popup(act_report<Reader, Out>& report) : report_{&report} {}
  list_popup(list_popup const&) = delete;
  list_popup& operator=(list_popup const&) = delete;

  /// What was hit by the last click. It may be the box around a button.
  void hit(snapshot const& what) { hit_ = what; }

  /// A button was toggled. It may have opened a list.
  void toggled(snapshot const& target, timestamp when) {
    auto const name = list_name(*target, hit_.get());
    if (name.empty() || (button_ != nullptr && button_->id == target->id && !due_)) {
      return;
    }
    auto combo = copy_of(*target);
    combo.name = arena_string{name};
    combo.label = arena_string{name}; // or it would be taken for its value
    button_ = std::make_shared<element const>(std::move(combo));
    opened_ = when;
    chosen_.reset();
    due_.reset();
    keys_ = {};
  }

  /// A key that went to the open list; `chooses`: it ends it with a choice.
  void key(person_act const& by, bool chooses) {
    if (button_ == nullptr || due_) {
      return;
    }
    keys_.add(by.from);
    if (chooses) {
      chosen_ = by.when;
    }
  }

  void signal(tracked_signal const& told) {
    if (button_ != nullptr && told.id == button_->id && told.kind == tracked_change::unchecked &&
        told.time > opened_ && !due_) {
      due_ = told.time + settle_ns;
    }
  }

  void tick(timestamp now) {
    if (!due_ || now < *due_) {
      return;
    }
    due_.reset();
    auto const before = std::exchange(button_, {});
    if (!chosen_ || before == nullptr) {
      return;
    }
    report_->read(before->id, [this, before, when = *chosen_, from = keys_](snapshot const& now_is) {
      if (now_is != nullptr && now_is->value.view() != before->value.view()) {
        say(*before, when, from, now_is->value.view());
      }
    });
  }

  [[nodiscard]] timestamp next_wakeup() const noexcept { return due_.value_or(timestamp{INT64_MAX}); }

  /// True if a cell of such a list was chosen; then it is told.
  bool chose(person_act const& by, snapshot const& cell) {
    if (button_ == nullptr || shape_of(*cell) != act_shape::picks || cell->id.bus != button_->id.bus ||
        cell->path.empty() || button_->path.empty() || cell->path.front().id == button_->path.front().id) {
      return false;
    }
    auto const* const told = report_->log.latest_of(opened_, button_->id, {tracked_change::unchecked});
    bool const closed = by.began - opened_ > longest_open_ns || (told != nullptr && told->time < by.began);
    if (closed) {
      return false;
    }
    auto const button = std::exchange(button_, {});
    due_.reset();
    say(*button, by.when, by.from, label_of(*cell));
    return true;
  }

private:
  void say(element const& button, timestamp when, input_numbers const& from, std::string_view after) {
    if (report_->is_secret(button)) {
      return;
    }
    auto combo = copy_of(button);
    combo.role = static_cast<std::uint32_t>(accessible_role::combo_box);
    auto const known = [](std::string_view value) {
      return value.empty() ? std::optional<std::string_view>{} : value;
    };
    report_->tell(when, ui_act::select, combo, from, known(button.value.view()), known(after));
  }

  act_report<Reader, Out>* report_;
  snapshot hit_{};
  snapshot button_{}; ///< as it was when its list opened, called as the list is
  timestamp opened_{};
  input_numbers keys_{};
  std::optional<timestamp> chosen_{};
  std::optional<timestamp> due_{};
};

} // namespace overt::inline v0::capture::atspi
