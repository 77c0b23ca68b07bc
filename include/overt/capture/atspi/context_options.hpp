#pragma once

#include <string>

namespace overt::inline v0::capture::atspi {

struct context_options {
  /// The session bus; empty: `$DBUS_SESSION_BUS_ADDRESS`, or the bus of the user's systemd session.
  std::string session_bus{};
  /// Where the login manager tells that the screen is locked; empty: `$DBUS_SYSTEM_BUS_ADDRESS`, or the
  /// system's.
  std::string system_bus{};
};

} // namespace overt::inline v0::capture::atspi
