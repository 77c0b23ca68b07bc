#pragma once

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <dbus/dbus.h>
#include <overt/capture/atspi/bus.hpp>

namespace overt_test {

/// A connection to a bus that takes everything and never says a word: every question is given up when its
/// time is over.
class silent_bus {
public:
  silent_bus() : socket_{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)}, connection_{connected()} {}
  silent_bus(silent_bus const&) = delete;
  silent_bus& operator=(silent_bus const&) = delete;
  ~silent_bus() { ::close(socket_); }

  [[nodiscard]] overt::capture::atspi::bus& on() { return connection_; }

  /// Works until nobody waits for an answer any more.
  void give_up() {
    for (int i = 0; i < 400; ++i) {
      static_cast<void>(connection_.work());
      if (connection_.waiting() == 0) {
        static_cast<void>(connection_.work()); // for what was not even sent
        return;
      }
      ::usleep(2000);
    }
  }

private:
  DBusConnection* connected() {
    // Abstract, so that nothing is left behind; the address of this object makes the name its own.
    sockaddr_un where{};
    where.sun_family = AF_UNIX;
    auto const size = std::snprintf(where.sun_path + 1, sizeof where.sun_path - 1, "overt-silent-%d-%p",
                                    static_cast<int>(::getpid()), static_cast<void*>(this));
    auto const length =
        static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + static_cast<std::size_t>(size));
    if (::bind(socket_, reinterpret_cast<sockaddr const*>(&where), length) != 0 ||
        ::listen(socket_, 1) != 0) {
      std::perror("silent bus");
      std::abort();
    }
    std::string const address = std::string{"unix:abstract="} + (where.sun_path + 1);
    auto* const opened = dbus_connection_open_private(address.c_str(), nullptr);
    if (opened == nullptr) {
      std::fputs("silent bus: no connection\n", stderr);
      std::abort();
    }
    return opened;
  }

  int socket_;
  overt::capture::atspi::bus connection_;
};

} // namespace overt_test
