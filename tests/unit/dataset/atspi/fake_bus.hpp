#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <dbus/dbus.h>
#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/bus_message.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <poll.h>
#include <unistd.h>

namespace overt_test {

/// An accessibility bus with one program on it, which answers only when it is told to: so a test decides what
/// is late, and no clock does.
class fake_bus {
public:
  static constexpr std::uint32_t its_process = 0x7fff'0000; ///< no process has it
  static constexpr auto its_name = ":1.7";

  struct object {
    overt::capture::atspi::accessible_role role{};
    bool showing = true;
    std::vector<std::string> children{};
  };

  fake_bus() : server_{dbus_server_listen(address().c_str(), nullptr)} {
    if (server_ == nullptr) {
      std::fputs("fake bus: cannot listen\n", stderr);
      std::abort();
    }
    dbus_server_set_watch_functions(
        server_,
        [](DBusWatch* one, void* data) -> dbus_bool_t {
          static_cast<fake_bus*>(data)->listening_ = one;
          return 1;
        },
        [](DBusWatch*, void* data) { static_cast<fake_bus*>(data)->listening_ = nullptr; }, nullptr, this,
        nullptr);
    dbus_server_set_new_connection_function(
        server_,
        [](DBusServer*, DBusConnection* came, void* data) {
          static_cast<fake_bus*>(data)->peer_ = dbus_connection_ref(came);
        },
        this, nullptr);
  }
  fake_bus(fake_bus const&) = delete;
  fake_bus& operator=(fake_bus const&) = delete;
  ~fake_bus() {
    hang_up();
    dbus_server_disconnect(server_);
    dbus_server_unref(server_);
  }

  std::map<std::string, object> objects{}; ///< by path
  std::size_t asked = 0;                   ///< questions that were answered or refused

  /// The end that asks.
  [[nodiscard]] std::unique_ptr<overt::capture::atspi::bus> connect() {
    auto* const opened = dbus_connection_open_private(address().c_str(), nullptr);
    if (opened == nullptr) {
      std::fputs("fake bus: no connection\n", stderr);
      std::abort();
    }
    return std::make_unique<overt::capture::atspi::bus>(opened);
  }

  /// Answers what has been asked.
  void answer() {
    pollfd somebody{listening_ != nullptr ? dbus_watch_get_unix_fd(listening_) : -1, POLLIN, 0};
    if (peer_ == nullptr && ::poll(&somebody, 1, 0) > 0) {
      dbus_watch_handle(listening_, DBUS_WATCH_READABLE);
    }
    if (peer_ == nullptr) {
      return;
    }
    dbus_connection_read_write(peer_, 0);
    for (overt::capture::atspi::message_ptr one; one.reset(dbus_connection_pop_message(peer_)), one;) {
      if (dbus_message_get_type(one.get()) == DBUS_MESSAGE_TYPE_METHOD_CALL) {
        ++asked;
        reply_to(one.get());
      }
    }
    dbus_connection_read_write(peer_, 0);
  }

  void hang_up() {
    if (peer_ != nullptr) {
      dbus_connection_close(peer_);
      dbus_connection_unref(peer_);
      peer_ = nullptr;
    }
  }

private:
  /// Abstract, so that nothing is left behind; the address of this object makes the name its own.
  [[nodiscard]] std::string address() const {
    char name[64];
    static_cast<void>(std::snprintf(name, sizeof name, "unix:abstract=overt-fake-%d-%p",
                                    static_cast<int>(::getpid()), static_cast<void const*>(this)));
    return name;
  }

  void reply_to(DBusMessage* question) {
    overt::capture::atspi::message_ptr const reply{made_for(question)};
    dbus_message_set_sender(reply.get(), dbus_message_get_destination(question));
    dbus_connection_send(peer_, reply.get(), nullptr);
  }

  [[nodiscard]] DBusMessage* made_for(DBusMessage* question) const {
    std::string_view const method = dbus_message_get_member(question);
    auto* const reply = dbus_message_new_method_return(question);
    DBusMessageIter body;
    dbus_message_iter_init_append(reply, &body);
    if (method == "ListNames") {
      DBusMessageIter list;
      dbus_message_iter_open_container(&body, DBUS_TYPE_ARRAY, "s", &list);
      dbus_message_iter_append_basic(&list, DBUS_TYPE_STRING, &its_name);
      dbus_message_iter_close_container(&body, &list);
      return reply;
    }
    if (method == "GetConnectionUnixProcessID") {
      dbus_message_iter_append_basic(&body, DBUS_TYPE_UINT32, &its_process);
      return reply;
    }
    if (method == "Get") { // its toolkit, and whatever else it is asked for
      char const* const word = "gtk";
      DBusMessageIter variant;
      dbus_message_iter_open_container(&body, DBUS_TYPE_VARIANT, "s", &variant);
      dbus_message_iter_append_basic(&variant, DBUS_TYPE_STRING, &word);
      dbus_message_iter_close_container(&body, &variant);
      return reply;
    }
    auto const found = objects.find(dbus_message_get_path(question));
    if (found != objects.end() && method == "GetRole") {
      auto const role = static_cast<dbus_uint32_t>(found->second.role);
      dbus_message_iter_append_basic(&body, DBUS_TYPE_UINT32, &role);
      return reply;
    }
    if (found != objects.end() && method == "GetState") {
      append_states(body, found->second.showing);
      return reply;
    }
    if (found != objects.end() && method == "GetChildren") {
      append_children(body, found->second.children);
      return reply;
    }
    dbus_message_unref(reply);
    return dbus_message_new_error(question, DBUS_ERROR_UNKNOWN_METHOD, "");
  }

  static void append_states(DBusMessageIter& body, bool showing) {
    auto const bit = static_cast<unsigned>(overt::capture::atspi::accessible_state::showing);
    dbus_uint32_t const low = showing ? dbus_uint32_t{1} << bit : 0;
    dbus_uint32_t const high = 0;
    DBusMessageIter list;
    dbus_message_iter_open_container(&body, DBUS_TYPE_ARRAY, "u", &list);
    dbus_message_iter_append_basic(&list, DBUS_TYPE_UINT32, &low);
    dbus_message_iter_append_basic(&list, DBUS_TYPE_UINT32, &high);
    dbus_message_iter_close_container(&body, &list);
  }

  static void append_children(DBusMessageIter& body, std::vector<std::string> const& children) {
    DBusMessageIter list;
    dbus_message_iter_open_container(&body, DBUS_TYPE_ARRAY, "(so)", &list);
    for (auto const& one : children) {
      char const* const path = one.c_str();
      DBusMessageIter pair;
      dbus_message_iter_open_container(&list, DBUS_TYPE_STRUCT, nullptr, &pair);
      dbus_message_iter_append_basic(&pair, DBUS_TYPE_STRING, &its_name);
      dbus_message_iter_append_basic(&pair, DBUS_TYPE_OBJECT_PATH, &path);
      dbus_message_iter_close_container(&list, &pair);
    }
    dbus_message_iter_close_container(&body, &list);
  }

  DBusServer* server_;
  DBusWatch* listening_ = nullptr;
  DBusConnection* peer_ = nullptr;
};

} // namespace overt_test
