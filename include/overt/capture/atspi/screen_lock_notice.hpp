#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <dbus/dbus.h>

#include <overt/capture/atspi/bus_message.hpp>

namespace overt::inline v0::capture::atspi {

/// A program on the session bus that shows a screen saver or locks the screen. Its interface is called as it
/// is, has `GetActive` and sends `ActiveChanged`.
struct screen_saver {
  char const* name = "";
  char const* path = "";
};

/// Those that desktops have.
inline constexpr std::array screen_savers{
    screen_saver{"org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"},
    screen_saver{"org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"},
    screen_saver{"org.mate.ScreenSaver", "/org/mate/ScreenSaver"},
    screen_saver{"org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"},
    screen_saver{"org.xfce.ScreenSaver", "/org/xfce/ScreenSaver"},
};

inline constexpr auto login_manager = "org.freedesktop.login1";
inline constexpr auto login_session = "org.freedesktop.login1.Session";

enum class lock_notice_kind {
  saver_began,   ///< a screen saver covers the screen now
  lock_wished,   ///< the login manager was asked to have the screen locked
  unlock_wished, ///< or to have it unlocked
  ask_again,     ///< something changed, or came to the bus or left it
};

struct lock_notice {
  lock_notice_kind what = lock_notice_kind::ask_again;
  std::size_t saver = 0; ///< for `saver_began`: which of `screen_savers`
};

/// What a signal says of the lock; nothing when it is about something else. `session`: the path of the login
/// session; another one's lock is not this screen's.
[[nodiscard]] inline std::optional<lock_notice> decode_lock(DBusMessage* message, std::string_view session) {
  using enum lock_notice_kind;
  auto const is = [&](char const* interface, char const* member) {
    return dbus_message_is_signal(message, interface, member) != 0;
  };
  for (std::size_t i = 0; i < screen_savers.size(); ++i) {
    if (is(screen_savers[i].name, "ActiveChanged")) {
      auto const active = arguments{message}.truth();
      return lock_notice{active.value_or(false) ? saver_began : ask_again, i};
    }
  }
  if (is(DBUS_INTERFACE_DBUS, "NameOwnerChanged")) {
    return lock_notice{};
  }
  auto const* const path = dbus_message_get_path(message);
  if (path == nullptr || session.empty() || session != path) {
    return std::nullopt;
  }
  if (is(login_session, "Lock")) {
    return lock_notice{lock_wished};
  }
  if (is(login_session, "Unlock")) {
    return lock_notice{unlock_wished};
  }
  if (is(DBUS_INTERFACE_PROPERTIES, "PropertiesChanged")) {
    return lock_notice{};
  }
  return std::nullopt;
}

} // namespace overt::inline v0::capture::atspi
