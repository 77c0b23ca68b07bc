#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <dbus/dbus.h>
#include <poll.h>
#include <unistd.h>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/bus_message.hpp>
#include <overt/capture/atspi/connect.hpp>
#include <overt/capture/atspi/screen_lock_notice.hpp>
#include <overt/capture/atspi/screen_lock_state.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture::atspi {

/// The address of the bus of the whole system.
[[nodiscard]] inline std::string system_bus_address() {
  auto const* const given = std::getenv("DBUS_SYSTEM_BUS_ADDRESS");
  return given != nullptr && *given != 0 ? given : "unix:path=/var/run/dbus/system_bus_socket";
}

/// Hears from the login manager (on the system bus) and from screen savers (on the session bus) that the
/// screen is locked, and that it is not any more.
///
/// That it is locked is believed at once. That it is not is only believed when it was asked for and nobody
/// owes an answer, so that no signal can end a lock, and none that was missed can make one last: while it is
/// locked they are asked every two seconds. Nothing is started by asking. On a desktop without any of them it
/// hears nothing.
///
/// One thread; it waits for nobody.
class screen_lock_watch {
public:
  /// Gets whether it is locked, and since when, once at the beginning and then at each change. False: it
  /// could not take it, and is told again.
  using hearer = std::function<bool(timestamp, bool)>;

  static constexpr std::int64_t ask_again_ns = 2'000'000'000;
  static constexpr std::int64_t connect_again_ns = 5'000'000'000;

  /// Addresses; empty: those of the environment.
  screen_lock_watch(std::string session_bus, std::string system_bus, hearer hear)
      : session_{session_bus.empty() ? session_bus_address() : std::move(session_bus)},
        system_{system_bus.empty() ? system_bus_address() : std::move(system_bus)}, hear_{std::move(hear)} {}
  screen_lock_watch(screen_lock_watch const&) = delete;
  screen_lock_watch& operator=(screen_lock_watch const&) = delete;

  void tick(timestamp now) {
    work(session_);
    work(system_);
    if (now >= connect_at_) {
      connect_at_ = now + connect_again_ns;
      if (connect(session_)) {
        listen_to_savers();
        ask_savers();
      }
      if (connect(system_)) {
        look_for_session();
      }
    }
    if (ask_ || (told_.value_or(false) && now >= ask_at_)) {
      ask_ = false;
      ask_at_ = now + ask_again_ns;
      ask_savers();
      ask_login();
    }
    tell(now);
  }

  [[nodiscard]] timestamp next_wakeup() const noexcept {
    auto next = std::min(connect_at_, state_.wish_ends());
    if (told_.value_or(false)) {
      next = std::min(next, ask_at_);
    }
    for (auto const* const each : {&session_, &system_}) {
      if (each->on) {
        next = std::min(next, each->on->next_wakeup());
      }
    }
    return ask_ ? timestamp{} : next;
  }

  /// For poll: what may make a `tick` worth while.
  [[nodiscard]] std::array<pollfd, 2> descriptors() const noexcept {
    return {descriptor_of(session_), descriptor_of(system_)};
  }

private:
  struct connection {
    std::string address{};
    std::unique_ptr<bus> on{};
    explicit connection(std::string where) : address{std::move(where)} {}
  };

  [[nodiscard]] static pollfd descriptor_of(connection const& one) noexcept {
    return {one.on ? one.on->descriptor() : -1,
            static_cast<short>(one.on && one.on->wants_to_write() ? POLLIN | POLLOUT : POLLIN), 0};
  }

  static void work(connection& one) {
    if (one.on && !one.on->work()) {
      one.on.reset(); // what was known last stays, until it can be asked again
    }
  }

  /// Whether it is a new connection.
  [[nodiscard]] bool connect(connection& one) {
    if (one.on || one.address.empty()) {
      return false;
    }
    dbus_connection_set_change_sigpipe(0);
    auto* const opened = dbus_connection_open_private(one.address.c_str(), nullptr);
    if (opened == nullptr) {
      return false;
    }
    one.on = std::make_unique<bus>(opened);
    one.on->on_signal([this](DBusMessage* message) { hear(message); });
    // Not through libdbus, which would wait for the answer.
    one.on->call(driver(), DBUS_INTERFACE_DBUS, "Hello", [](reply const&) {});
    return true;
  }

  static void match(bus& on, std::string const& rule) {
    on.call(driver(), DBUS_INTERFACE_DBUS, "AddMatch", [](reply const&) {}, rule.c_str());
  }
  static void match_owner(bus& on, std::string const& name) {
    match(on, "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='" + name + "'");
  }
  [[nodiscard]] static object_id driver() { return {DBUS_SERVICE_DBUS, DBUS_PATH_DBUS}; }

  void listen_to_savers() {
    for (auto const& each : screen_savers) {
      std::string const name{each.name};
      match(*session_.on,
            "type='signal',sender='" + name + "',interface='" + name + "',member='ActiveChanged'");
      match_owner(*session_.on, name);
    }
  }

  template <class... Values>
  static void ask(bus& on, object_id const& where, char const* interface, char const* method,
                  bus::handler handle, Values... values) {
    auto question = bus::make_call(where, interface, method, values...);
    if (question) {
      dbus_message_set_auto_start(question.get(), 0);
    }
    on.send(std::move(question), std::move(handle));
  }

  void ask_savers() {
    if (!session_.on) {
      return;
    }
    for (std::size_t i = 0; i < screen_savers.size(); ++i) {
      auto const& each = screen_savers[i];
      ask(*session_.on, {each.name, each.path}, each.name, "GetActive", [this, i](reply const& came) {
        if (!came.timed_out) { // one that is not there, or has no such question, covers nothing
          state_.says(i, arguments{came.message}.truth().value_or(false));
        }
      });
    }
  }

  /// The session that this process belongs to; a service of the user's belongs to none, and takes the one
  /// that has the screen.
  void look_for_session() {
    object_id const manager{login_manager, "/org/freedesktop/login1"};
    constexpr auto interface = "org.freedesktop.login1.Manager";
    match_owner(*system_.on, login_manager);
    auto const found = [this](reply const& came) {
      char const* path = nullptr;
      if (came && dbus_message_get_args(came.message, nullptr, DBUS_TYPE_OBJECT_PATH, &path,
                                        DBUS_TYPE_INVALID) != 0) {
        follow(path);
      } else if (system_.on && login_path_.empty()) {
        ask(
            *system_.on, {login_manager, "/org/freedesktop/login1/user/self"}, DBUS_INTERFACE_PROPERTIES,
            "Get", [this](reply const& of_user) { follow_display(of_user); }, "org.freedesktop.login1.User",
            "Display");
      }
    };
    if (auto const* const id = std::getenv("XDG_SESSION_ID"); id != nullptr && *id != 0) {
      ask(*system_.on, manager, interface, "GetSession", found, id);
    } else {
      ask(*system_.on, manager, interface, "GetSessionByPID", found, static_cast<std::uint32_t>(::getpid()));
    }
  }

  /// `(so)` in a variant: the session's id and its path.
  void follow_display(reply const& came) {
    DBusMessageIter at;
    DBusMessageIter in;
    DBusMessageIter pair;
    if (!came || dbus_message_iter_init(came.message, &at) == 0 ||
        dbus_message_iter_get_arg_type(&at) != DBUS_TYPE_VARIANT) {
      return;
    }
    dbus_message_iter_recurse(&at, &in);
    if (dbus_message_iter_get_arg_type(&in) != DBUS_TYPE_STRUCT) {
      return;
    }
    dbus_message_iter_recurse(&in, &pair);
    dbus_message_iter_next(&pair);
    if (dbus_message_iter_get_arg_type(&pair) == DBUS_TYPE_OBJECT_PATH) {
      char const* path = nullptr;
      dbus_message_iter_get_basic(&pair, static_cast<void*>(&path));
      follow(path);
    }
  }

  void follow(std::string const& path) {
    login_path_ = path;
    auto const rule = "type='signal',sender='" + std::string{login_manager} + "',path='" + path + "'";
    match(*system_.on, rule + ",interface='" + login_session + "'");
    match(*system_.on, rule + ",interface='" + DBUS_INTERFACE_PROPERTIES + "'");
    ask_login();
  }

  void ask_login() {
    if (!system_.on || login_path_.empty()) {
      return;
    }
    ask(
        *system_.on, {login_manager, login_path_}, DBUS_INTERFACE_PROPERTIES, "Get",
        [this](reply const& came) {
          if (came) {
            login_owner_ = text_of(dbus_message_get_sender(came.message));
          }
          if (!came.timed_out) {
            state_.says(screen_savers.size(),
                        arguments{came.message}.enter_variant().truth().value_or(false));
          }
        },
        login_session, "LockedHint");
  }

  void hear(DBusMessage* message) {
    auto const told = decode_lock(message, login_path_);
    if (!told) {
      return;
    }
    switch (told->what) {
    case lock_notice_kind::saver_began: state_.says(told->saver, true); return;
    case lock_notice_kind::lock_wished: state_.wished(bus::now()); return;
    case lock_notice_kind::unlock_wished:
      // The bus checks whom signals to everybody are from, and lets through what somebody sends to us alone.
      if (text_of(dbus_message_get_sender(message)) == login_owner_) {
        state_.unwished();
      }
      break;
    case lock_notice_kind::ask_again: break;
    }
    ask_ = true;
  }

  void tell(timestamp now) {
    bool const locked = state_.locked(now);
    bool const owed =
        ask_ || (session_.on && session_.on->waiting() != 0) || (system_.on && system_.on->waiting() != 0);
    if (locked != told_ && (locked || !owed) && hear_(now, locked)) {
      told_ = locked;
      ask_at_ = now + ask_again_ns;
    }
  }

  [[nodiscard]] static std::string text_of(char const* text) { return text != nullptr ? text : ""; }

  connection session_;
  connection system_;
  hearer hear_;
  screen_lock_state<screen_savers.size() + 1> state_;
  std::string login_path_;
  std::string login_owner_; ///< its connection, which only it can send from
  timestamp connect_at_{};
  timestamp ask_at_{};
  bool ask_ = false;
  std::optional<bool> told_;
};

} // namespace overt::inline v0::capture::atspi
