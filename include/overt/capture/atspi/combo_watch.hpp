#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include <overt/capture/atspi/act_report.hpp>
#include <overt/capture/atspi/act_shape.hpp>
#include <overt/capture/atspi/snapshot.hpp>

namespace overt::inline v0::capture::atspi {

/// Of two processes, each 0 when it is not known: whether they may be the same.
[[nodiscard]] constexpr bool may_be_same(std::uint32_t a, std::uint32_t b) noexcept {
  return a == 0 || b == 0 || a == b;
}

/// Which combo box has the focus, and which one's list is open: with its value from before anything was
/// chosen.
template <class Reader, class Out>
class combo_watch {
public:
  static constexpr std::int64_t longest_open_ns = 60'000'000'000;

  /// What something is chosen from.
  struct source {
    object_id id{};
    snapshot before{};    ///< null: it was not read before
    input_numbers from{}; ///< keys since the list opened
  };

  explicit combo_watch(act_report<Reader, Out>& report) : report_{&report} {}
  combo_watch(combo_watch const&) = delete;
  combo_watch& operator=(combo_watch const&) = delete;

  /// The focus came to this element: a combo box, its inner button, its open list, or something else.
  void focus(snapshot const& now) {
    focus_ = now;
    if (shape_of(*now) == act_shape::chooses) {
      focused_ = now;
      return;
    }
    auto const* const around = combo_around(*now);
    if (around == nullptr) {
      focused_.reset();
    } else if (focused_ == nullptr || focused_->id != around->id || !is_choice(*now)) {
      read(around->id);
    }
  }

  /// The combo box that has the focus, or null.
  [[nodiscard]] snapshot focused() const { return report_->newest(focused_); }

  void signal(tracked_signal const& told, bool after_input) {
    bool const changes =
        told.kind == tracked_change::value_changed || told.kind == tracked_change::selection_changed;
    if (open_ && told.kind == tracked_change::collapsed && told.id == open_->of.id) {
      open_->closed = told.time;
    } else if (focused_ != nullptr && told.id == focused_->id && changes) {
      read(told.id);
    } else if (focused_ != nullptr && told.id == focused_->id && told.kind == tracked_change::expanded &&
               after_input) {
      opened_by_key(told.time);
    }
  }

  [[nodiscard]] bool open() const noexcept { return open_.has_value(); }
  /// A list that opened with a press was not open before it.
  [[nodiscard]] bool open_at(timestamp when) const noexcept { return open_ && open_->when < when; }
  void opened(snapshot const& before, timestamp when) {
    open_ = opening{{before->id, before, {}}, when, before->process, {}};
  }
  void opened_by_key(timestamp when) {
    if (!open_ && focused_ != nullptr) {
      opened(focused(), when);
    }
  }
  void closed() noexcept { open_.reset(); }

  /// Keys in the open list.
  void add(input_numbers const& keys) {
    if (open_) {
      open_->of.from.add(keys);
    }
  }

  /// Before input at `when`: a list that is closed, or of another program, is not what it goes to.
  void forget_closed(timestamp when, std::uint32_t process) {
    if (open_ && (!may_be_same(open_->process, process) || when - open_->when > longest_open_ns ||
                  (open_->closed && *open_->closed < when))) {
      open_.reset();
    }
  }

  /// What `picked` is chosen from; null: something in the open list.
  [[nodiscard]] source choose(snapshot const& picked) {
    if (open_) {
      return std::exchange(open_, std::nullopt)->of;
    }
    auto const* const around = picked == nullptr ? nullptr : combo_around(*picked);
    if (around == nullptr) {
      return {};
    }
    bool const known = focused_ != nullptr && focused_->id == around->id;
    return {around->id, known ? focused() : snapshot{}, {}};
  }

private:
  struct opening {
    source of{};
    timestamp when{};
    std::uint32_t process = 0;
    std::optional<timestamp> closed{};
  };

  void read(object_id const& id) {
    report_->read(id, [this, id](snapshot const& found) {
      if (focus_ != nullptr && (focus_->id == id || is_inside(*focus_, id))) {
        focused_ = found;
      }
    });
  }

  act_report<Reader, Out>* report_;
  snapshot focus_{};
  snapshot focused_{};
  std::optional<opening> open_{};
};

} // namespace overt::inline v0::capture::atspi
