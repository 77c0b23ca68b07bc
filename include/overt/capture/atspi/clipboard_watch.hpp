#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include <overt/capture/atspi/act_report.hpp>
#include <overt/capture/atspi/clipboard_keys.hpp>
#include <overt/capture/atspi/roles.hpp>

namespace overt::inline v0::capture::atspi {

/// Copies, cuts and pastes. Of a program that tells when its caret moves, a paste counts when the caret did.
template <class Reader, class Out>
class clipboard_watch {
public:
  static constexpr std::int64_t evidence_ns = 500'000'000;

  explicit clipboard_watch(act_report<Reader, Out>& report) : report_{&report} {}

  /// `where` has the focus; null: nothing has, as far as is known. In a terminal Ctrl+C interrupts.
  void used(clipboard_operation operation, timestamp when, snapshot const& where, std::uint32_t process,
            input_numbers const& from) {
    if (where != nullptr && (report_->is_secret(*where) || is_role(where->role, accessible_role::terminal))) {
      return;
    }
    if (operation != clipboard_operation::paste || where == nullptr || !tells_caret(where->id.bus)) {
      tell(operation, when, where, process, from);
      return;
    }
    waiting_ = pasting{when, where, from};
  }

  void signal(tracked_signal const& told) {
    if (told.kind != tracked_change::caret_moved) {
      return;
    }
    if (!tells_caret(told.id.bus)) {
      tell_caret_[next_++ % tell_caret_.size()] = told.id.bus;
    }
    if (waiting_ && told.id.bus == waiting_->where->id.bus && told.time >= waiting_->when &&
        told.time - waiting_->when <= evidence_ns) {
      auto const done = *std::exchange(waiting_, std::nullopt);
      tell(clipboard_operation::paste, done.when, done.where, 0, done.from);
    }
  }

  void tick(timestamp now) {
    if (waiting_ && now - waiting_->when > evidence_ns) {
      waiting_.reset();
    }
  }

private:
  struct pasting {
    timestamp when{};
    snapshot where{};
    input_numbers from{};
  };

  [[nodiscard]] bool tells_caret(std::string const& bus) const {
    for (auto const& one : tell_caret_) {
      if (!one.empty() && one == bus) {
        return true;
      }
    }
    return false;
  }

  void tell(clipboard_operation operation, timestamp when, snapshot const& where, std::uint32_t process,
            input_numbers const& from) {
    element nowhere{};
    nowhere.process = process;
    report_->out().clipboard_used(when, where == nullptr ? nowhere : *where,
                                  clipboard{.operation = operation, .made_of = from.all()});
  }

  act_report<Reader, Out>* report_;
  std::array<std::string, 16> tell_caret_{};
  std::size_t next_ = 0;
  std::optional<pasting> waiting_{};
};

} // namespace overt::inline v0::capture::atspi
