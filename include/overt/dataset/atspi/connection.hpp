#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include <poll.h>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/connect.hpp>
#include <overt/capture/atspi/element_reader.hpp>
#include <overt/capture/atspi/focus_search.hpp>
#include <overt/capture/atspi/programs.hpp>
#include <overt/event/result.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::dataset::atspi {

/// The accessibility bus for somebody who waits for answers: works only while `wait_for` does. Knows which
/// programs are on it. When the bus has gone it is not open any more, and nothing can be asked.
///
/// One thread. A handler may hold on to the bus, the programs and the readers, because it is called from
/// within them; they stay where they are when this is moved.
class connection {
public:
  /// `session_bus`: its address; empty means that of the environment. Waits for both buses.
  [[nodiscard]] static result<connection> open(std::string const& session_bus = {}) {
    auto connected = capture::atspi::connect_to_accessibility(session_bus);
    if (!connected) {
      return connected.error();
    }
    return connection{std::move(connected->connection)};
  }

  /// Asks who is there.
  explicit connection(std::unique_ptr<capture::atspi::bus> on)
      : bus_{std::move(on)}, programs_{std::make_unique<capture::atspi::programs>(*bus_)},
        reader_{std::make_unique<capture::atspi::element_reader>(*bus_, *programs_)},
        focus_{std::make_unique<capture::atspi::focus_search>(*bus_, *programs_, reader_->hits())} {
    programs_->start();
  }

  [[nodiscard]] bool is_open() const { return bus_ != nullptr; }

  // Only while it is open.
  [[nodiscard]] capture::atspi::bus& bus() { return *bus_; }
  [[nodiscard]] capture::atspi::programs& programs() { return *programs_; }
  [[nodiscard]] capture::atspi::element_reader& reader() { return *reader_; }
  [[nodiscard]] capture::atspi::focus_search& focus() { return *focus_; }

  /// Works until `done()`; false when that was not by the deadline, or the bus has gone.
  template <class Done>
  [[nodiscard]] bool wait_for(Done const& done, timestamp deadline) {
    while (!done()) {
      auto const now = capture::atspi::bus::now();
      if (!is_open() || now >= deadline) {
        return false;
      }
      auto const until = std::min(deadline, bus_->next_wakeup());
      auto const ms = std::clamp<std::int64_t>((until - now) / 1'000'000, 0, 50);
      auto const events = bus_->wants_to_write() ? POLLIN | POLLOUT : POLLIN;
      pollfd waits{bus_->descriptor(), static_cast<short>(events), 0};
      (void)::poll(&waits, 1, static_cast<int>(ms));
      if (!bus_->work()) {
        close();
        return false;
      }
    }
    return true;
  }

  /// True when a program of this process is on the bus and has said what it is.
  [[nodiscard]] bool learn(std::uint32_t process, timestamp deadline) {
    if (!is_open() || process == 0) {
      return false;
    }
    if (!is_known(process)) {
      programs_->start(); // somebody may have come since
    }
    constexpr std::int64_t between_ns = 100'000'000;
    auto next = capture::atspi::bus::now() + between_ns;
    return wait_for(
        [&] {
          bool const known = is_known(process);
          if (!known && capture::atspi::bus::now() > next) {
            next = capture::atspi::bus::now() + between_ns;
            programs_->ask_again();
          }
          return known;
        },
        deadline);
  }

private:
  [[nodiscard]] bool is_known(std::uint32_t process) {
    bool found = false;
    programs_->each_of(process, [&](std::string const&, capture::atspi::program const& one) {
      found = found || !one.toolkit.empty();
    });
    return found;
  }

  void close() {
    focus_.reset();
    reader_.reset();
    programs_.reset();
    bus_.reset();
  }

  // In this order: the reader holds on to the programs, and both to the bus.
  std::unique_ptr<capture::atspi::bus> bus_;
  std::unique_ptr<capture::atspi::programs> programs_;
  std::unique_ptr<capture::atspi::element_reader> reader_;
  std::unique_ptr<capture::atspi::focus_search> focus_;
};

} // namespace overt::inline v0::dataset::atspi
