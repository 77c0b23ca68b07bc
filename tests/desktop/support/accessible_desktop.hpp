#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <signal.h>
#include <unistd.h>

#include "x11_session.hpp"

namespace overt_test {

/// An X server, a window manager and a session bus of the test's own, with accessibility switched on. The
/// accessibility bus is started by the session bus when somebody asks for it, and ends with it.
class accessible_desktop {
public:
  accessible_desktop() {
    folder_ =
        (std::filesystem::temp_directory_path() / ("overt-desktop-" + std::to_string(::getpid()))).string();
    std::filesystem::create_directories(folder_);
    std::filesystem::permissions(folder_, std::filesystem::perms::owner_all);
    bus_ = server.start({"env", "-u", "NO_AT_BRIDGE", "-u", "DBUS_SESSION_BUS_ADDRESS",
                         "XDG_RUNTIME_DIR=" + folder_, "dbus-daemon", "--session", "--nofork",
                         "--print-address"});
    address = bus_.answer();
    auto const settings = folder_ + "/openbox.xml";
    std::ofstream{settings} << R"(<?xml version="1.0"?><openbox_config xmlns="http://openbox.org/3.4/rc">
<focus><focusNew>yes</focusNew></focus></openbox_config>)";
    manager_ = server.start({"openbox", "--config-file", settings});
    auto on =
        start({"gdbus", "call", "--session", "--dest", "org.a11y.Bus", "--object-path", "/org/a11y/bus",
               "--method", "org.freedesktop.DBus.Properties.Set", "org.a11y.Status", "IsEnabled", "<true>"});
    on.wait();
    pause_ms(300);
  }
  accessible_desktop(accessible_desktop const&) = delete;
  accessible_desktop& operator=(accessible_desktop const&) = delete;
  ~accessible_desktop() {
    manager_.end(SIGTERM);
    bus_.end(SIGTERM);
    pause_ms(100);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  /// A program that tells of its elements; words before it may be "NAME=VALUE".
  [[nodiscard]] process start(std::vector<std::string> words) const {
    std::vector<std::string> all{"env",
                                 "-u",
                                 "NO_AT_BRIDGE",
                                 "-u",
                                 "AT_SPI_BUS_ADDRESS",
                                 "DBUS_SESSION_BUS_ADDRESS=" + address,
                                 "XDG_RUNTIME_DIR=" + folder_,
                                 "XDG_CONFIG_HOME=" + folder_,
                                 "XDG_DATA_HOME=" + folder_,
                                 "XDG_CACHE_HOME=" + folder_,
                                 "HOME=" + folder_,
                                 "GSETTINGS_BACKEND=memory",
                                 "QT_QPA_PLATFORM=xcb",
                                 "QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1",
                                 "SAL_USE_VCLPLUGIN=gtk3",
                                 "GTK_THEME=Adwaita",
                                 "GSK_RENDERER=cairo"};
    all.insert(all.end(), words.begin(), words.end());
    return server.start(all);
  }

  /// The session bus is gone at once, and the accessibility bus with it.
  void end_buses() { bus_.end(SIGKILL); }

  /// Of this desktop; it goes with it.
  [[nodiscard]] std::string const& folder() const noexcept { return folder_; }

  x_server const server{};
  std::string address{};

private:
  std::string folder_{};
  process bus_{};
  process manager_{};
};

} // namespace overt_test
