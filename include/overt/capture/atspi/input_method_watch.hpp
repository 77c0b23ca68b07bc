#pragma once

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <dbus/dbus.h>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/bus_message.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture::atspi {

/// Whether an input method of ibus is composing text: whether its engine is one that is no keyboard layout.
///
/// ibus has a bus of its own, on which it sends what is being composed to whoever listens. Nothing is
/// listened to there: once a second it is asked for the name of its engine. Without ibus, nothing is active.
class input_method_watch {
public:
  static constexpr std::int64_t pause_ns = 1'000'000'000;

  explicit input_method_watch(std::function<void(bool)> hear) : hear_{std::move(hear)} {}
  input_method_watch(input_method_watch const&) = delete;
  input_method_watch& operator=(input_method_watch const&) = delete;

  void tick(timestamp now) {
    if (bus_ && !bus_->work()) {
      bus_.reset();
      tell(false);
    }
    if (now < next_) {
      return;
    }
    next_ = now + pause_ns;
    if (!bus_) {
      connect();
    }
    if (bus_) {
      ask();
    }
  }
  [[nodiscard]] timestamp next_wakeup() const noexcept {
    // Replies come within the time that a tick may be late; nobody waits for them.
    constexpr std::int64_t soon_ns = 20'000'000;
    return bus_ && bus_->waiting() != 0 ? bus::now() + soon_ns : next_;
  }

private:
  /// ibus writes the address of its bus to a file named after the display.
  [[nodiscard]] static std::string address() {
    auto const text = [](char const* name) {
      auto const* const value = std::getenv(name);
      return std::string{value == nullptr ? "" : value};
    };
    if (auto given = text("IBUS_ADDRESS"); !given.empty()) {
      return given;
    }
    auto const display = text("DISPLAY");
    auto const colon = display.find(':');
    auto folder = text("XDG_CONFIG_HOME");
    if (folder.empty()) {
      folder = text("HOME") + "/.config";
    }
    if (colon == std::string::npos) {
      return {};
    }
    auto const number = display.substr(colon + 1, display.find('.', colon) - colon - 1);
    std::error_code failed;
    for (auto const& entry : std::filesystem::directory_iterator{folder + "/ibus/bus", failed}) {
      if (!entry.path().filename().string().ends_with("-unix-" + number)) {
        continue;
      }
      std::ifstream lines{entry.path()};
      for (std::string line; std::getline(lines, line);) {
        if (constexpr std::string_view key = "IBUS_ADDRESS="; line.starts_with(key)) {
          return line.substr(key.size());
        }
      }
    }
    return {};
  }

  void connect() {
    auto const where = address();
    auto* const connection = where.empty() ? nullptr : dbus_connection_open_private(where.c_str(), nullptr);
    if (connection == nullptr) {
      return;
    }
    bus_ = std::make_unique<bus>(connection);
    // Not through libdbus, which would wait for the answer.
    bus_->call({DBUS_SERVICE_DBUS, DBUS_PATH_DBUS}, DBUS_INTERFACE_DBUS, "Hello", [](reply const&) {});
  }

  void ask() {
    bus_->call({"org.freedesktop.IBus", "/org/freedesktop/IBus"}, "org.freedesktop.IBus", "GetGlobalEngine",
               [this](reply const& came) {
                 // (v: (s type, a{sv}, s name, …)); an engine named "xkb:…" is a layout.
                 auto engine = came.read().enter_variant().enter(DBUS_TYPE_STRUCT);
                 engine.skip();
                 engine.skip();
                 auto const name = engine.text(255).value_or(std::string_view{});
                 tell(!name.empty() && !name.starts_with("xkb:"));
               });
  }

  void tell(bool active) {
    if (std::exchange(active_, active) != active) {
      hear_(active);
    }
  }

  std::function<void(bool)> hear_;
  std::unique_ptr<bus> bus_;
  timestamp next_{};
  bool active_ = false;
};

} // namespace overt::inline v0::capture::atspi
