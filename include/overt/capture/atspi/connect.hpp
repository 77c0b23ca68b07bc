#pragma once

#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include <dbus/dbus.h>
#include <unistd.h>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/bus_message.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::capture::atspi {

/// The address of the session bus; empty when there is none. libdbus would start a new one instead, on which
/// there is nobody.
[[nodiscard]] inline std::string session_bus_address() {
  if (auto const* const given = std::getenv("DBUS_SESSION_BUS_ADDRESS"); given != nullptr && *given != 0) {
    return given;
  }
  auto const* const runtime = std::getenv("XDG_RUNTIME_DIR");
  if (runtime != nullptr && ::access((std::string{runtime} + "/bus").c_str(), F_OK) == 0) {
    return "unix:path=" + std::string{runtime} + "/bus";
  }
  return {};
}

/// Connects to a bus and says hello; null when it does not answer. Waits for the bus.
[[nodiscard]] inline std::unique_ptr<bus> connect_to(std::string const& address) {
  // Otherwise libdbus ignores SIGPIPE for the whole process. It sends with MSG_NOSIGNAL anyway.
  dbus_connection_set_change_sigpipe(0);
  auto* const connection = dbus_connection_open_private(address.c_str(), nullptr);
  if (connection == nullptr) {
    return nullptr;
  }
  auto made = std::make_unique<bus>(connection);
  return dbus_bus_register(connection, nullptr) != 0 ? std::move(made) : nullptr;
}

struct accessibility_bus {
  std::unique_ptr<bus> connection{};
  bool switched_on = false; ///< org.a11y.Status: otherwise browsers and Qt programs stay off the bus
};

namespace detail {

/// Waits for the reply, three seconds at most: a service may have to be started for it.
[[nodiscard]] inline message_ptr ask_and_wait(DBusConnection* on, message_ptr const& question) {
  constexpr int start_up_ms = 3000;
  return message_ptr{question
                         ? dbus_connection_send_with_reply_and_block(on, question.get(), start_up_ms, nullptr)
                         : nullptr};
}

} // namespace detail

/// The connection to the accessibility bus, whose address the session bus tells.
///
/// Waits for both buses, for three seconds at most where a service has to be started: only for the time
/// before anything is recorded.
[[nodiscard]] inline result<accessibility_bus> connect_to_accessibility(std::string session_bus) {
  accessibility_bus made;
  if (session_bus.empty()) {
    session_bus = session_bus_address();
  }
  if (session_bus.empty()) {
    return failure{error_code::not_found,
                   "There is no session bus: DBUS_SESSION_BUS_ADDRESS is not set. Start the recorder from "
                   "within the desktop session, or with dbus-run-session."};
  }
  dbus_connection_set_change_sigpipe(0);
  std::string address;
  if (auto* const session = dbus_connection_open_private(session_bus.c_str(), nullptr); session != nullptr) {
    dbus_connection_set_exit_on_disconnect(session, 0);
    if (dbus_bus_register(session, nullptr) != 0) {
      object_id const launcher{"org.a11y.Bus", "/org/a11y/bus"};
      auto const told = detail::ask_and_wait(session, bus::make_call(launcher, "org.a11y.Bus", "GetAddress"));
      address = arguments{told.get()}.text().value_or(std::string_view{});
      auto const enabled =
          detail::ask_and_wait(session, bus::make_call(launcher, DBUS_INTERFACE_PROPERTIES, "Get",
                                                       "org.a11y.Status", "IsEnabled"));
      made.switched_on = arguments{enabled.get()}.enter_variant().truth().value_or(false);
    }
    dbus_connection_close(session);
    dbus_connection_unref(session);
  } else {
    return failure{error_code::not_found,
                   "The session bus at DBUS_SESSION_BUS_ADDRESS cannot be reached. Start the recorder from "
                   "within the desktop session, or with dbus-run-session."};
  }
  if (address.empty()) {
    return failure{error_code::not_found,
                   "The session bus knows no accessibility bus (org.a11y.Bus). Install at-spi2-core and log "
                   "in again."};
  }
  made.connection = connect_to(address);
  if (!made.connection) {
    return failure{error_code::not_found,
                   "The accessibility bus cannot be reached. Check that at-spi-bus-launcher runs, or log in "
                   "again."};
  }
  return made;
}

} // namespace overt::inline v0::capture::atspi
