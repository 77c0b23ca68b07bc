#pragma once

#include <cstdint>
#include <string>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/element_parts.hpp>
#include <overt/capture/atspi/element_reader.hpp>
#include <overt/capture/atspi/programs.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture::atspi {

/// Chromium describes its pages only from the moment somebody asks for the attributes of one of its windows;
/// being listened to is not enough. So its windows are read until a page was seen.
class page_waker {
public:
  static constexpr std::int64_t pause_ns = 300'000'000;
  static constexpr int most_attempts = 100;

  page_waker(bus& on, programs& known, element_reader& reader)
      : bus_{&on}, programs_{&known}, reader_{&reader} {}

  void tick(timestamp now) {
    if (now < next_) {
      return;
    }
    next_ = now + pause_ns;
    programs_->each([this](std::string const& name, program& one) {
      if (one.toolkit == "Chromium" && !one.page_seen && one.attempts < most_attempts) {
        ++one.attempts;
        ask(name);
      }
    });
  }
  [[nodiscard]] timestamp next_wakeup() const noexcept { return next_; }

private:
  void ask(std::string const& name) {
    bus_->call(programs::root_of(name), accessible_interface, "GetChildren", [this](reply const& came) {
      if (auto const windows = read_objects(came.read(), 16)) {
        for (auto const& one : *windows) {
          reader_->read(one, [](element const*) {});
        }
      }
    });
  }

  bus* bus_;
  programs* programs_;
  element_reader* reader_;
  timestamp next_{};
};

} // namespace overt::inline v0::capture::atspi
