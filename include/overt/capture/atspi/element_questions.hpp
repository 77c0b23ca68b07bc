#pragma once

#include <functional>
#include <utility>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/element_parts.hpp>
#include <overt/capture/atspi/element_reading.hpp>

namespace overt::inline v0::capture::atspi {

/// Asks for parts of what is being read, and counts what is open. One thread, that of the bus, which it must
/// not outlive.
class element_questions {
public:
  /// `answered` is called each time that no question about a reading is open any more.
  element_questions(bus& on, std::function<void(shared_reading const&)> answered)
      : bus_{&on}, answered_{std::move(answered)} {}
  element_questions(element_questions const&) = delete;
  element_questions& operator=(element_questions const&) = delete;

  [[nodiscard]] bus& on() const noexcept { return *bus_; }

  /// Calls `use(reading&, reply const&)` with what comes.
  template <class Use, class... Values>
  void call(shared_reading const& into, object_id const& id, char const* interface, char const* method,
            Use use, Values... values) {
    ++into->open;
    bus_->call(id, interface, method, wrap(into, use), values...);
  }
  template <class Use>
  void get(shared_reading const& into, object_id const& id, char const* property, Use use) {
    ++into->open;
    bus_->get(id, accessible_interface, property, wrap(into, use));
  }

  /// One question less to wait for.
  void close(shared_reading const& into) const {
    if (--into->open <= 0) {
      answered_(into);
    }
  }

private:
  template <class Use>
  [[nodiscard]] bus::handler wrap(shared_reading const& into, Use use) const {
    return [this, into, use](reply const& came) {
      into->good = into->good && !came.timed_out;
      use(*into, came);
      close(into);
    };
  }

  bus* bus_;
  std::function<void(shared_reading const&)> answered_;
};

} // namespace overt::inline v0::capture::atspi
