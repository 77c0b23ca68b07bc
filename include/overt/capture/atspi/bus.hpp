#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include <dbus/dbus.h>

#include <overt/capture/atspi/bus_message.hpp>
#include <overt/capture/atspi/peer_silence.hpp>
#include <overt/event/clock.hpp>

namespace overt::inline v0::capture::atspi {

/// What came back for a call.
struct reply {
  DBusMessage* message = nullptr; ///< null when the program refused, or said nothing in time
  bool timed_out = false;         ///< it said nothing, which is not the same as refusing
  timestamp asked{};
  timestamp heard{};

  explicit operator bool() const noexcept { return message != nullptr; }
  [[nodiscard]] arguments read() const noexcept { return arguments{message}; }
};

/// One connection to a bus, which never waits: calls go out, and each reply is given to the handler of its
/// call, or the handler hears that none came in time. A reply that comes later is ignored.
///
/// One thread. Handlers are called from `work` only, never from within `call`.
class bus {
public:
  using handler = std::function<void(reply const&)>;

  static constexpr std::int64_t patience_ns = 150'000'000;
  static constexpr std::size_t most_calls = 512;

  /// Takes over a private connection.
  explicit bus(DBusConnection* connection) : connection_{connection} {
    dbus_connection_set_exit_on_disconnect(connection, 0);
    // A program that sends more at once loses this connection, and with it the session's fields.
    dbus_connection_set_max_message_size(connection, 16 << 20);
  }
  bus(bus const&) = delete;
  bus& operator=(bus const&) = delete;
  ~bus() {
    dbus_connection_close(connection_);
    dbus_connection_unref(connection_);
  }

  /// Gets every signal.
  void on_signal(std::function<void(DBusMessage*)> handle) { on_signal_ = std::move(handle); }

  /// Asks `where` to do `method`, with these arguments: `std::uint32_t`, `std::int32_t` or `char const*`.
  template <class... Values>
  void call(object_id const& where, char const* interface, char const* method, handler handle,
            Values... values) {
    send(make_call(where, interface, method, values...), std::move(handle));
  }

  template <class... Values>
  [[nodiscard]] static message_ptr make_call(object_id const& where, char const* interface,
                                             char const* method, Values... values) {
    message_ptr message{
        dbus_message_new_method_call(where.bus.c_str(), where.path.c_str(), interface, method)};
    if (message) {
      bool good = true;
      ((good = good && append(message.get(), values)), ...);
      if (!good) {
        message.reset();
      }
    }
    return message;
  }

  void send(message_ptr message, handler handle, std::int64_t patience = patience_ns) {
    auto const asked = now();
    dbus_uint32_t serial = 0;
    auto const* const destination = message ? dbus_message_get_destination(message.get()) : nullptr;
    std::string to{destination != nullptr ? destination : ""};
    // A well-known name is not what its answers come from.
    if (to.starts_with(':') && !peers_.may_ask(to, asked)) {
      unsent_.push_back({std::move(to), asked, asked, std::move(handle)});
      return;
    }
    if (!message || waiting_.size() >= most_calls ||
        dbus_connection_get_outgoing_size(connection_) > 1 << 20 ||
        dbus_connection_send(connection_, message.get(), &serial) == 0) {
      unsent_.push_back({{}, asked, {}, std::move(handle)});
      return;
    }
    peers_.asked(to);
    waiting_[serial] = {std::move(to), asked, asked + patience, std::move(handle)};
    first_deadline_ = std::min(first_deadline_, asked + patience);
  }

  /// A property of an object.
  void get(object_id const& where, char const* interface, char const* property, handler handle) {
    call(where, "org.freedesktop.DBus.Properties", "Get", std::move(handle), interface, property);
  }

  /// Calls a handler from `work`, as if its call had failed at once.
  void refuse(handler handle) { unsent_.push_back({{}, now(), {}, std::move(handle)}); }

  /// Handles what has arrived, though not for so long that a stop has to wait. False when the bus has gone.
  [[nodiscard]] bool work() {
    for (auto& one : std::exchange(unsent_, {})) {
      // One that is not asked because it keeps silent is as good as one that said nothing in time.
      one.handle(reply{nullptr, one.deadline.ns != 0, one.asked, now()});
    }
    for (int rounds = 0; rounds < 64; ++rounds) {
      bool const connected = dbus_connection_read_write(connection_, 0) != 0;
      bool any = false;
      for (message_ptr message; message.reset(dbus_connection_pop_message(connection_)), message;) {
        any = true;
        handle(message.get());
      }
      if (!connected) {
        return false;
      }
      if (!any) {
        break;
      }
    }
    give_up_waiting();
    return dbus_connection_get_is_connected(connection_) != 0;
  }

  /// For poll.
  [[nodiscard]] int descriptor() const noexcept {
    int found = -1;
    return dbus_connection_get_unix_fd(connection_, &found) != 0 ? found : -1;
  }
  [[nodiscard]] bool wants_to_write() const noexcept {
    return dbus_connection_has_messages_to_send(connection_) != 0;
  }
  /// When `work` is to be called even though nothing arrived.
  [[nodiscard]] timestamp next_wakeup() const noexcept {
    return unsent_.empty() ? first_deadline_ : timestamp{};
  }

  [[nodiscard]] std::size_t waiting() const noexcept { return waiting_.size(); }
  [[nodiscard]] static timestamp now() { return system_clocks{}.now(); }

private:
  struct pending {
    std::string to{};
    timestamp asked{};
    timestamp deadline{};
    handler handle{};
  };

  template <class Value>
  [[nodiscard]] static bool append(DBusMessage* message, Value value) {
    constexpr int type = std::is_same_v<Value, std::uint32_t>  ? DBUS_TYPE_UINT32
                         : std::is_same_v<Value, std::int32_t> ? DBUS_TYPE_INT32
                                                               : DBUS_TYPE_STRING;
    static_assert(type != DBUS_TYPE_STRING || std::is_same_v<Value, char const*>);
    return dbus_message_append_args(message, type, &value, DBUS_TYPE_INVALID) != 0;
  }

  void handle(DBusMessage* message) {
    auto const type = dbus_message_get_type(message);
    if (auto const* const sender = dbus_message_get_sender(message)) {
      peers_.heard(sender);
    }
    if (type == DBUS_MESSAGE_TYPE_SIGNAL) {
      if (on_signal_) {
        on_signal_(message);
      }
    } else if (type == DBUS_MESSAGE_TYPE_METHOD_RETURN || type == DBUS_MESSAGE_TYPE_ERROR) {
      auto const waiting = waiting_.find(dbus_message_get_reply_serial(message));
      if (waiting != waiting_.end() && is_from(message, waiting->second.to)) {
        auto found = waiting_.extract(waiting);
        bool const returned = type == DBUS_MESSAGE_TYPE_METHOD_RETURN;
        // The bus itself answers for a program that went away, or says that it waited long enough.
        bool const silent = !returned && dbus_message_is_error(message, DBUS_ERROR_NO_REPLY) != 0;
        peers_.settled(found.mapped().to);
        found.mapped().handle(reply{returned ? message : nullptr, silent, found.mapped().asked, now()});
      }
    } else if (type == DBUS_MESSAGE_TYPE_METHOD_CALL && dbus_message_get_no_reply(message) == 0) {
      // Nobody should have to wait for an answer that does not come.
      if (message_ptr const refusal{dbus_message_new_error(message, DBUS_ERROR_UNKNOWN_METHOD, "")}) {
        dbus_connection_send(connection_, refusal.get(), nullptr);
      }
    }
  }

  /// A reply counts when it is from whom was asked, or from the bus in its place. Which connection is behind
  /// a well-known name is not known here, but the bus delivers no reply to a call that it did not pass on.
  [[nodiscard]] static bool is_from(DBusMessage* message, std::string_view asked) noexcept {
    auto const* const sender = dbus_message_get_sender(message);
    return sender != nullptr && (asked == sender || std::string_view{sender} == DBUS_SERVICE_DBUS ||
                                 (!asked.starts_with(':') && asked != DBUS_SERVICE_DBUS));
  }

  void give_up_waiting() {
    auto const time = now();
    if (time < first_deadline_) {
      return;
    }
    std::vector<pending> late;
    first_deadline_ = timestamp{INT64_MAX};
    for (auto one = waiting_.begin(); one != waiting_.end();) {
      if (one->second.deadline <= time) {
        late.push_back(std::move(one->second));
        one = waiting_.erase(one);
      } else {
        first_deadline_ = std::min(first_deadline_, one->second.deadline);
        ++one;
      }
    }
    for (auto const& one : late) {
      peers_.settled(one.to);
      peers_.timed_out(one.to, one.asked, time);
    }
    for (auto& one : late) {
      one.handle(reply{nullptr, true, one.asked, time});
    }
  }

  DBusConnection* connection_;
  std::function<void(DBusMessage*)> on_signal_;
  peer_silence peers_;
  std::unordered_map<std::uint32_t, pending> waiting_;
  std::vector<pending> unsent_;
  timestamp first_deadline_{INT64_MAX};
};

} // namespace overt::inline v0::capture::atspi
