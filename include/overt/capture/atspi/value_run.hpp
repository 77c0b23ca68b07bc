#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include <overt/capture/atspi/act_report.hpp>
#include <overt/capture/atspi/act_shape.hpp>
#include <overt/capture/atspi/element_value.hpp>

namespace overt::inline v0::capture::atspi {

/// A value that is changed step by step: a slider that is dragged, a spin button or combo box under a run of
/// arrow keys or of the wheel. One act from the value before the first step to the value 400 ms after the
/// last. A value that was typed counts when Enter or leaving the element made the program take it over.
template <class Reader, class Out>
class value_run {
public:
  static constexpr std::int64_t rest_ns = 400'000'000;
  static constexpr std::int64_t settle_ns = 80'000'000;
  static constexpr std::int64_t longest_ns = 10'000'000'000;

  explicit value_run(act_report<Reader, Out>& report) : report_{&report} {}

  /// The person turned the value of `what`, which was read before that.
  /// `late`: it was read only after the press at that moment, so that it may show a change already.
  void step(snapshot const& what, timestamp when, input_numbers const& from, bool typed = false,
            std::optional<timestamp> late = std::nullopt) {
    if (report_->is_secret(*what)) {
      return;
    }
    if (before_ == nullptr || before_->id != what->id) {
      end(when);
      conclude();
      before_ = what;
      from_ = {};
      typed_ = typed;
      late_ = late;
    }
    typed_ = typed_ && typed;
    from_.add(from);
    when_ = when;
    last_ = when;
    due_ = typed ? std::optional<timestamp>{} : std::optional<timestamp>{when + rest_ns};
  }

  void signal(tracked_signal const& told) {
    bool const changes =
        told.kind == tracked_change::value_changed || told.kind == tracked_change::selection_changed;
    if (before_ != nullptr && due_ && changes && told.id == before_->id && told.time > last_ &&
        told.time - last_ < rest_ns && told.time - when_ < longest_ns && !typed_) {
      last_ = told.time;
      due_ = last_ + rest_ns;
    }
  }

  /// An item of a combo box was selected, or no longer is.
  void chosen(snapshot const& item, tracked_signal const& told) {
    if (before_ == nullptr || !is_inside(*item, before_->id)) {
      return;
    }
    if (told.kind == tracked_change::selected) {
      taken_ = item;
    } else if (dropped_ == nullptr) {
      dropped_ = item;
    }
  }
  [[nodiscard]] bool choosing() const noexcept {
    return before_ != nullptr && shape_of(*before_) == act_shape::chooses;
  }

  /// The person goes elsewhere: what was changed is read soon.
  void end(timestamp when) {
    if (before_ != nullptr && (!due_ || *due_ > when + settle_ns)) {
      due_ = when + settle_ns;
    }
  }

  void tick(timestamp now) {
    if (due_ && now >= *due_) {
      conclude();
    }
  }

  [[nodiscard]] timestamp next_wakeup() const noexcept { return due_.value_or(timestamp{INT64_MAX}); }

  /// The element whose value is being changed, as it was before, or null.
  [[nodiscard]] snapshot const& before() const noexcept { return before_; }

private:
  void conclude() {
    if (before_ == nullptr) {
      return;
    }
    due_.reset();
    ending one{std::exchange(before_, {}),
               std::exchange(taken_, {}),
               std::exchange(dropped_, {}),
               from_,
               when_,
               late_};
    auto const id = one.before->id;
    report_->read(id, [report = report_, one = std::move(one)](snapshot const& now_is) {
      if (now_is != nullptr && !report->is_secret(*now_is)) {
        conclude(*report, one, *now_is);
      }
    });
  }

  struct ending {
    snapshot before{};
    snapshot taken{};
    snapshot dropped{};
    input_numbers from{};
    timestamp when{};
    std::optional<timestamp> late{};
  };

  static void conclude(act_report<Reader, Out>& report, ending const& one, element const& now_is) {
    auto was = value_of(*one.before);
    auto is = value_of(now_is);
    if (was == is && one.taken != nullptr && one.dropped != nullptr) {
      // Not every toolkit tells the value of a combo box, but which item is selected.
      was = label_of(*one.dropped);
      is = label_of(*one.taken);
    }
    auto const changed = [&](timestamp until) {
      auto const* const told = one.late
                                   ? report.log.earliest(*one.late,
                                                         [&](tracked_signal const& it) {
                                                           return it.kind == tracked_change::value_changed &&
                                                                  it.id == one.before->id;
                                                         })
                                   : nullptr;
      return told != nullptr && told->time <= until;
    };
    if (one.late && changed(one.before->observed + settle_ns)) {
      report.tell(one.when, ui_act::set_value, now_is, one.from, std::nullopt, is); // from what, nobody saw
    } else if (was != is) {
      auto const act = shape_of(now_is) == act_shape::chooses ? ui_act::select : ui_act::set_value;
      report.tell(one.when, act, now_is, one.from, was, is);
    }
  }

  act_report<Reader, Out>* report_;
  snapshot before_{};
  snapshot taken_{};   ///< of a combo box: the item that is selected now
  snapshot dropped_{}; ///< and the one that was before the first step
  input_numbers from_{};
  timestamp when_{}; ///< of the person's last step
  timestamp last_{}; ///< or of the last change it led to
  std::optional<timestamp> due_{};
  std::optional<timestamp> late_{};
  bool typed_ = false;
};

} // namespace overt::inline v0::capture::atspi
