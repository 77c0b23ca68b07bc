#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include <overt/capture/atspi/act_attempt.hpp>
#include <overt/capture/atspi/act_report.hpp>
#include <overt/capture/atspi/element_value.hpp>

namespace overt::inline v0::capture::atspi {

/// Arrow keys in a list, a row of tabs or a group of radio buttons: one act, the item that is selected 400 ms
/// after the last of them.
template <class Reader, class Out>
class row_run {
public:
  static constexpr std::int64_t rest_ns = 400'000'000;

  explicit row_run(act_report<Reader, Out>& report) : report_{&report} {}

  void step(person_act const& by) {
    if (!due_) {
      from_ = {};
      began_ = by.began;
      item_.reset();
    }
    from_.add(by.from);
    when_ = by.when;
    due_ = by.when + rest_ns;
  }

  /// The focus came to an item, or it was selected.
  void reached(snapshot const& item) {
    auto const shape = shape_of(*item);
    if (due_ && (shape == act_shape::picks || shape == act_shape::turns_to || shape == act_shape::toggles)) {
      item_ = item;
    }
  }

  [[nodiscard]] bool running() const noexcept { return due_.has_value(); }
  void cancel() noexcept { due_.reset(); }

  void tick(timestamp now) {
    if (!due_ || now < *due_) {
      return;
    }
    due_.reset();
    auto const item = std::exchange(item_, {});
    if (item == nullptr) {
      return;
    }
    report_->read(item->id,
                  [report = report_, from = from_, began = began_, when = when_](snapshot const& is) {
                    if (is != nullptr) {
                      conclude(*report, *is, from, began, when);
                    }
                  });
  }

  [[nodiscard]] timestamp next_wakeup() const noexcept { return due_.value_or(timestamp{INT64_MAX}); }

private:
  static void conclude(act_report<Reader, Out>& report, element const& what, input_numbers const& from,
                       timestamp began, timestamp when) {
    using change = tracked_change;
    if (shape_of(what) == act_shape::toggles) {
      if (report.log.latest_of(began, what.id, {change::checked}) != nullptr && is_on(what)) {
        report.tell(when, ui_act::toggle, what, from, "off", "on");
      }
      return;
    }
    // The focus alone selects nothing: in some lists it moves by itself.
    bool const selected = report.log.latest(began, [&](tracked_signal const& it) {
      return (it.kind == change::selected && it.id == what.id) ||
             (it.kind == change::selection_changed && is_inside(what, it.id));
    }) != nullptr;
    if (selected) {
      report.tell(when, ui_act::select, what, from);
    }
  }

  act_report<Reader, Out>* report_;
  input_numbers from_{};
  snapshot item_{};
  timestamp began_{};
  timestamp when_{};
  std::optional<timestamp> due_{};
};

} // namespace overt::inline v0::capture::atspi
