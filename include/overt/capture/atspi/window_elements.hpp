#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <poll.h>
#include <unistd.h>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/connect.hpp>
#include <overt/capture/atspi/program_reading.hpp>
#include <overt/capture/atspi/programs.hpp>
#include <overt/capture/atspi/sticky_secrets.hpp>
#include <overt/capture/atspi/window_elements_options.hpp>
#include <overt/capture/screen_reading.hpp>
#include <overt/capture/screen_windows.hpp>
#include <overt/event/result.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture::atspi {

/// What stands where in windows, as the programs tell the accessibility bus: a `screen_reader`.
///
/// Every call asks anew, on a connection of its own. A program that is stopped, too slow or too large has
/// failed by the deadline, and the others are told of all the same. No text is asked of a field that is
/// secret or not understood, and what was secret once stays so (see `sticky_secrets`).
///
/// One thread, and not one that anything waits for: `read` waits. When the bus has gone, everything fails,
/// and `read` connects again, at most once in two seconds, which may take longer than its deadline.
class window_elements {
public:
  explicit window_elements(window_elements_options options = {}) : options_{std::move(options)} {}
  /// Before `open`: what it asks later is tied to where it is.
  window_elements(window_elements&&) = default;
  window_elements(window_elements const&) = delete;
  window_elements& operator=(window_elements const&) = delete;

  /// Connects, for three seconds at most.
  [[nodiscard]] result<void> open() {
    programs_.reset();
    opened_ = bus::now();
    auto made = connect_to_accessibility(options_.session_bus);
    if (!made) {
      bus_.reset();
      return made.error();
    }
    bus_ = std::move(made->connection);
    programs_ = std::make_unique<programs>(*bus_);
    known_.clear();
    return {};
  }

  [[nodiscard]] screen_reading read(std::span<screen_window const> windows, timestamp deadline,
                                    reading_duty const& duty = {}) {
    screen_reading made(windows.size());
    questions_ = 0;
    if (!is_connected() || !learn_programs(windows, deadline, duty)) {
      return made;
    }
    std::vector<std::unique_ptr<program_reading>> all;
    std::set<std::uint32_t> processes;
    for (auto const& window : windows) {
      if (window.process != 0 && processes.insert(window.process).second) {
        begin(window.process, windows, deadline, all);
      }
    }
    auto const finished = [&all] {
      bool any = false;
      for (auto const& one : all) {
        one->step();
        any = any || !one->done();
      }
      return !any;
    };
    (void)wait_for(finished, deadline, duty);
    std::uint32_t group = 0;
    for (auto const& one : all) {
      one->write(made, group);
      questions_ += one->questions();
    }
    return made;
  }

  /// How many questions the last reading took.
  [[nodiscard]] std::size_t questions() const noexcept { return questions_; }

private:
  static constexpr std::int64_t again_ns = 2'000'000'000;

  [[nodiscard]] bool is_connected() {
    return bus_ != nullptr || (opened_.ns != 0 && bus::now() - opened_ > again_ns && open());
  }

  /// Pumps the bus until `done()`; false when that was not by the deadline, or is of no use any more.
  template <class Done>
  [[nodiscard]] bool wait_for(Done const& done, timestamp deadline, reading_duty const& duty) {
    while (!done()) {
      auto const now = bus::now();
      if (now >= deadline) {
        return false;
      }
      auto const until = std::min(deadline, bus_->next_wakeup());
      auto const ms = std::clamp<std::int64_t>((until - now) / 1'000'000, 0, 50);
      auto const events = bus_->wants_to_write() ? POLLIN | POLLOUT : POLLIN;
      std::array<pollfd, 2> waits{{{bus_->descriptor(), static_cast<short>(events), 0},
                                   {duty.attend ? duty.descriptor : -1, POLLIN, 0}}};
      (void)::poll(waits.data(), waits.size(), static_cast<int>(ms));
      if (waits[1].revents != 0 && !duty.attend()) {
        return false;
      }
      if (!bus_->work()) {
        programs_.reset();
        bus_.reset();
        return false;
      }
    }
    return true;
  }

  /// Who is on the bus now, and of which process. True when all that is needed is known.
  [[nodiscard]] bool learn_programs(std::span<screen_window const> windows, timestamp deadline,
                                    reading_duty const& duty) {
    object_id const driver{DBUS_SERVICE_DBUS, DBUS_PATH_DBUS};
    auto const names = std::make_shared<std::set<std::string>>();
    auto const stage = std::make_shared<int>(0);
    bus_->call(driver, DBUS_INTERFACE_DBUS, "ListNames", [names, stage](reply const& came) {
      auto list = came.read().enter_array();
      while (list.more()) {
        if (auto const name = list.text(255); name && name->starts_with(':')) {
          names->insert(std::string{*name});
        }
      }
      *stage = 1;
    });
    if (!wait_for([&] { return *stage == 1; }, deadline, duty)) {
      return false;
    }
    for (auto const& gone : known_) {
      if (!names->contains(gone)) {
        programs_->forget(gone);
        secrets_.forget_program(gone);
      }
    }
    for (auto const& name : *names) {
      programs_->meet(name);
    }
    known_ = *names;
    // The bus answers in order: when it answers this, it has answered what was asked of it before.
    bus_->call(driver, DBUS_INTERFACE_DBUS, "GetId", [stage](reply const&) { *stage = 2; });
    auto const wanted = [windows](std::uint32_t process) {
      return std::ranges::any_of(windows, [=](auto const& one) { return one.process == process; });
    };
    auto const all_known = [&] {
      bool unknown = *stage < 2;
      programs_->each([&](std::string const&, program const& one) {
        unknown = unknown || (one.process != 0 && one.toolkit.empty() && wanted(one.process));
      });
      if (unknown && *stage == 2) {
        programs_->ask_again();
      }
      return !unknown;
    };
    // One that keeps silent does not spoil the others: its windows fail.
    auto const patience = std::min(deadline, bus::now() + (deadline - bus::now()) / 4);
    (void)wait_for(all_known, patience, duty);
    return bus_ != nullptr && (!duty.attend || duty.attend());
  }

  void begin(std::uint32_t process, std::span<screen_window const> windows, timestamp deadline,
             std::vector<std::unique_ptr<program_reading>>& all) {
    std::vector<program_reading::asked_window> asked;
    for (std::size_t i = 0; i < windows.size(); ++i) {
      if (windows[i].process == process && !is_empty(windows[i].inside)) {
        asked.push_back({&windows[i], i});
      }
    }
    programs_->each_of(process, [&](std::string const& name, program const& of) {
      if (!of.toolkit.empty() && process != static_cast<std::uint32_t>(::getpid())) {
        all.push_back(
            std::make_unique<program_reading>(*bus_, name, of, options_, secrets_, asked, deadline));
      }
    });
  }

  window_elements_options options_;
  std::unique_ptr<bus> bus_{};
  std::unique_ptr<programs> programs_{};
  sticky_secrets secrets_{};
  std::set<std::string> known_{}; ///< names that were on the bus at the last reading
  timestamp opened_{};
  std::size_t questions_ = 0;
};

static_assert(screen_reader<window_elements>);

} // namespace overt::inline v0::capture::atspi
