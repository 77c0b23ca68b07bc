#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <dbus/dbus.h>

namespace overt_test {

/// A service on a bus of the test's own that says, as a login manager or a screen saver does, whether the
/// screen is locked. Answers from a thread of its own until it is gone.
class fake_locker {
public:
  /// `name`: what it is called on the bus. Without one it is a program that nobody would ask.
  fake_locker(std::string const& address, std::string name, std::string session = {})
      : name_{std::move(name)}, session_{std::move(session)},
        bus_{dbus_connection_open_private(address.c_str(), nullptr)} {
    good_ = bus_ != nullptr && dbus_bus_register(bus_, nullptr) != 0;
    if (good_) {
      dbus_connection_set_exit_on_disconnect(bus_, 0);
      good_ = name_.empty() || dbus_bus_request_name(bus_, name_.c_str(), DBUS_NAME_FLAG_DO_NOT_QUEUE,
                                                     nullptr) == DBUS_REQUEST_NAME_REPLY_PRIMARY_OWNER;
      thread_ = std::jthread{[this](std::stop_token const& stop) { serve(stop); }};
    }
  }
  fake_locker(fake_locker const&) = delete;
  fake_locker& operator=(fake_locker const&) = delete;
  ~fake_locker() {
    thread_ = {};
    if (bus_ != nullptr) {
      dbus_connection_close(bus_);
      dbus_connection_unref(bus_);
    }
  }

  [[nodiscard]] bool good() const noexcept { return good_; }
  /// How often it was asked whether it is locked.
  [[nodiscard]] int asked() const noexcept { return asked_; }

  /// What it answers from now on; nobody is told.
  void is_locked(bool locked) noexcept { locked_ = locked; }
  void answers(bool whether) noexcept { answers_ = whether; }

  /// A screen saver begins or ends.
  void active_changed(bool active) {
    is_locked(active);
    auto* const message =
        dbus_message_new_signal(("/" + replaced(name_)).c_str(), name_.c_str(), "ActiveChanged");
    dbus_bool_t const value = active ? 1 : 0;
    dbus_message_append_args(message, DBUS_TYPE_BOOLEAN, &value, DBUS_TYPE_INVALID);
    send(message);
  }
  /// The login manager passes on that somebody asked for a lock or its end. `to`: to this connection alone.
  void wish(char const* lock_or_unlock, std::string const& to = {}) {
    auto* const message =
        dbus_message_new_signal(session_.c_str(), "org.freedesktop.login1.Session", lock_or_unlock);
    if (!to.empty()) {
      dbus_message_set_destination(message, to.c_str());
    }
    send(message);
  }
  /// The login manager says that a property of the session changed.
  void hint_changed(bool locked) {
    is_locked(locked);
    send(dbus_message_new_signal(session_.c_str(), DBUS_INTERFACE_PROPERTIES, "PropertiesChanged"));
  }

  /// Who asked last.
  [[nodiscard]] std::string asker() const {
    std::scoped_lock const alone{guard_};
    return asker_;
  }

private:
  [[nodiscard]] static std::string replaced(std::string name) {
    for (auto& each : name) {
      each = each == '.' ? '/' : each;
    }
    return name;
  }

  void send(DBusMessage* message) {
    dbus_connection_send(bus_, message, nullptr);
    dbus_connection_flush(bus_);
    dbus_message_unref(message);
  }

  void serve(std::stop_token const& stop) {
    while (!stop.stop_requested() && dbus_connection_read_write(bus_, 10) != 0) {
      while (auto* const message = dbus_connection_pop_message(bus_)) {
        if (answers_ && dbus_message_get_type(message) == DBUS_MESSAGE_TYPE_METHOD_CALL) {
          {
            std::scoped_lock const alone{guard_};
            asker_ = dbus_message_get_sender(message);
          }
          send(answer(message));
        }
        dbus_message_unref(message);
      }
    }
  }

  [[nodiscard]] DBusMessage* answer(DBusMessage* call) {
    std::string_view const method = dbus_message_get_member(call);
    dbus_bool_t const value = locked_ ? 1 : 0;
    auto* const made = dbus_message_new_method_return(call);
    if (method == "GetActive") {
      ++asked_;
      dbus_message_append_args(made, DBUS_TYPE_BOOLEAN, &value, DBUS_TYPE_INVALID);
      return made;
    }
    if (method == "GetSession" || method == "GetSessionByPID") {
      char const* const path = session_.c_str();
      dbus_message_append_args(made, DBUS_TYPE_OBJECT_PATH, &path, DBUS_TYPE_INVALID);
      return made;
    }
    if (method == "Get") {
      ++asked_;
      DBusMessageIter at;
      DBusMessageIter in;
      dbus_message_iter_init_append(made, &at);
      dbus_message_iter_open_container(&at, DBUS_TYPE_VARIANT, "b", &in);
      dbus_message_iter_append_basic(&in, DBUS_TYPE_BOOLEAN, &value);
      dbus_message_iter_close_container(&at, &in);
      return made;
    }
    dbus_message_unref(made);
    return dbus_message_new_error(call, DBUS_ERROR_UNKNOWN_METHOD, "");
  }

  std::string name_;
  std::string session_;
  DBusConnection* bus_;
  bool good_ = false;
  std::atomic<bool> locked_{false};
  std::atomic<bool> answers_{true};
  std::atomic<int> asked_{0};
  mutable std::mutex guard_;
  std::string asker_;
  std::jthread thread_;
};

} // namespace overt_test
