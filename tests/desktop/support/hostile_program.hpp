#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <string>
#include <string_view>
#include <utility>

#include <dbus/dbus.h>

namespace overt_test {

/// A program on the accessibility bus with one field that has the focus, which answers questions in one of
/// several ways. The way is in $OVERT_HOSTILE; it ends with its bus.
class hostile_program {
public:
  static constexpr char const* ways[] = {
      "honest",   ///< as a program does
      "types",    ///< with arguments of other types than it should
      "nothing",  ///< without arguments
      "long",     ///< with names of a million characters
      "loop",     ///< the field is in a panel that is in the field
      "deep",     ///< each object is in another one, without end
      "children", ///< with a hundred thousand children, or says that there are two billion
      "silent",   ///< never
      "late",     ///< after a second
      "names",    ///< with objects whose connection or path is none
      "flood",    ///< rightly, and tells of its focus ten thousand times
      "role",     ///< as a field that is a password every other time
  };

  void run() {
    way_ = std::getenv("OVERT_HOSTILE") != nullptr ? std::getenv("OVERT_HOSTILE") : "";
    if (!connect()) {
      return;
    }
    tell_focus();
    std::puts("ready");
    std::fflush(stdout);
    bool flooded = way_ != "flood";
    while (dbus_connection_read_write(bus_, 20) != 0) {
      while (auto* const message = dbus_connection_pop_message(bus_)) {
        if (dbus_message_get_type(message) == DBUS_MESSAGE_TYPE_METHOD_CALL && way_ != "silent") {
          late_.emplace_back(std::chrono::steady_clock::now(), message);
        } else {
          dbus_message_unref(message);
        }
      }
      auto const patience = std::chrono::milliseconds{way_ == "late" ? 1000 : 0};
      while (!late_.empty() && std::chrono::steady_clock::now() - late_.front().first >= patience) {
        answer(late_.front().second);
        dbus_message_unref(late_.front().second);
        late_.pop_front();
        if (!std::exchange(flooded, true)) {
          for (int i = 0; i < 10'000; ++i) {
            tell_focus();
          }
        }
      }
    }
  }

private:
  static constexpr auto field = "/org/a11y/atspi/accessible/1";
  static constexpr auto panel = "/org/a11y/atspi/accessible/2";
  static constexpr auto window = "/org/a11y/atspi/accessible/3";
  static constexpr auto root = "/org/a11y/atspi/accessible/root";

  [[nodiscard]] bool connect() {
    auto* const session = dbus_bus_get_private(DBUS_BUS_SESSION, nullptr);
    if (session == nullptr) {
      return false;
    }
    auto* const ask =
        dbus_message_new_method_call("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress");
    auto* const told = dbus_connection_send_with_reply_and_block(session, ask, 5000, nullptr);
    char const* address = nullptr;
    if (told == nullptr ||
        dbus_message_get_args(told, nullptr, DBUS_TYPE_STRING, &address, DBUS_TYPE_INVALID) == 0) {
      return false;
    }
    bus_ = dbus_connection_open_private(address, nullptr);
    return bus_ != nullptr && dbus_bus_register(bus_, nullptr) != 0;
  }

  void tell_focus() {
    auto* const message = dbus_message_new_signal(field, "org.a11y.atspi.Event.Object", "StateChanged");
    char const* const what = "focused";
    dbus_int32_t const one = 1;
    dbus_int32_t const none = 0;
    DBusMessageIter body;
    dbus_message_append_args(message, DBUS_TYPE_STRING, &what, DBUS_TYPE_INT32, &one, DBUS_TYPE_INT32, &none,
                             DBUS_TYPE_INVALID);
    dbus_message_iter_init_append(message, &body);
    variant(body, "i",
            [&](DBusMessageIter& in) { dbus_message_iter_append_basic(&in, DBUS_TYPE_INT32, &none); });
    send(message);
  }

  void send(DBusMessage* message) {
    dbus_connection_send(bus_, message, nullptr);
    dbus_message_unref(message);
  }

  template <class Use>
  static void variant(DBusMessageIter& into, char const* content, Use use) {
    DBusMessageIter in;
    dbus_message_iter_open_container(&into, DBUS_TYPE_VARIANT, content, &in);
    use(in);
    dbus_message_iter_close_container(&into, &in);
  }
  static void text(DBusMessageIter& into, std::string const& words) {
    char const* const bytes = words.c_str();
    dbus_message_iter_append_basic(&into, DBUS_TYPE_STRING, static_cast<void const*>(&bytes));
  }
  static void number(DBusMessageIter& into, int type, dbus_uint32_t value) {
    dbus_message_iter_append_basic(&into, type, &value);
  }
  void object(DBusMessageIter& into, std::string const& path) {
    DBusMessageIter in;
    dbus_message_iter_open_container(&into, DBUS_TYPE_STRUCT, nullptr, &in);
    text(in, way_ == "names" ? "not a name" : dbus_bus_get_unique_name(bus_));
    char const* const bytes = path.c_str();
    dbus_message_iter_append_basic(&in, DBUS_TYPE_OBJECT_PATH, static_cast<void const*>(&bytes));
    dbus_message_iter_close_container(&into, &in);
  }
  template <class Use>
  static void list(DBusMessageIter& into, char const* content, Use use) {
    DBusMessageIter in;
    dbus_message_iter_open_container(&into, DBUS_TYPE_ARRAY, content, &in);
    use(in);
    dbus_message_iter_close_container(&into, &in);
  }

  [[nodiscard]] std::string parent_of(std::string const& path) {
    if (way_ == "deep") {
      return "/org/a11y/atspi/accessible/" + std::to_string(++deepest_ + 10);
    }
    return path == field ? panel : path == panel ? (way_ == "loop" ? field : window) : root;
  }

  void answer(DBusMessage* call) {
    auto* const made = dbus_message_new_method_return(call);
    DBusMessageIter body;
    dbus_message_iter_init_append(made, &body);
    std::string const path = dbus_message_get_path(call);
    std::string_view const method = dbus_message_get_member(call);
    char const* interface = "";
    char const* property = "";
    if (method == "Get") {
      dbus_message_get_args(call, nullptr, DBUS_TYPE_STRING, &interface, DBUS_TYPE_STRING, &property,
                            DBUS_TYPE_INVALID);
    }
    if (way_ == "types") {
      number(body, DBUS_TYPE_INT32, 7);
      text(body, "seven");
    } else if (way_ != "nothing") {
      say(body, call, path, method, property);
    }
    send(made);
  }

  void say(DBusMessageIter& body, DBusMessage* call, std::string const& path, std::string_view method,
           std::string_view property) {
    bool const in_field = path == field;
    if (method == "GetRole") {
      bool const secret = way_ == "role" && ++asked_ % 2 == 0;
      number(body, DBUS_TYPE_UINT32,
             in_field         ? (secret ? 40 : 61)
             : path == window ? 23
             : path == root   ? 75
                              : 39);
    } else if (method == "GetState") {
      list(body, "u", [&](DBusMessageIter& in) {
        constexpr auto bit = [](int state) { return dbus_uint32_t{1} << state; };
        // sensitive, enabled, showing, visible; editable, focusable, focused for the field
        number(in, DBUS_TYPE_UINT32,
               bit(24) | bit(8) | bit(25) | bit(30) | (in_field ? bit(7) | bit(11) | bit(12) : bit(1)));
        number(in, DBUS_TYPE_UINT32, 0);
      });
    } else if (method == "GetInterfaces") {
      list(body, "s", [&](DBusMessageIter& in) {
        text(in, "org.a11y.atspi.Accessible");
        text(in, "org.a11y.atspi.Component");
        if (in_field) {
          text(in, "org.a11y.atspi.Text");
          text(in, "org.a11y.atspi.EditableText");
        }
      });
    } else if (method == "GetAttributes") {
      list(body, "{ss}", [](DBusMessageIter&) {});
    } else if (method == "GetRelationSet") {
      list(body, "(ua(so))", [](DBusMessageIter&) {});
    } else if (method == "GetIndexInParent") {
      number(body, DBUS_TYPE_INT32, 0);
    } else if (method == "GetExtents") {
      DBusMessageIter in;
      dbus_message_iter_open_container(&body, DBUS_TYPE_STRUCT, nullptr, &in);
      for (dbus_uint32_t const value : {10u, 10u, 300u, 200u}) {
        number(in, DBUS_TYPE_INT32, value);
      }
      dbus_message_iter_close_container(&body, &in);
    } else if (method == "GetChildren") {
      list(body, "(so)", [&](DBusMessageIter& in) {
        for (int i = 0; i < (way_ == "children" ? 100'000 : 1); ++i) {
          object(in, path == root ? window : path == window ? panel : field);
        }
      });
    } else if (method == "GetChildAtIndex" || method == "GetAccessibleAtPoint") {
      dbus_int32_t at = 0;
      dbus_message_get_args(call, nullptr, DBUS_TYPE_INT32, &at, DBUS_TYPE_INVALID);
      bool const none = path == field || (method == "GetChildAtIndex" && at != 0);
      object(body, none ? "/org/a11y/atspi/null" : path == root ? window : path == window ? panel : field);
    } else if (method == "Get") {
      say_property(body, path, property);
    }
  }

  void say_property(DBusMessageIter& body, std::string const& path, std::string_view property) {
    if (property == "Parent") {
      variant(body, "(so)", [&](DBusMessageIter& in) { object(in, parent_of(path)); });
    } else if (property == "ChildCount") {
      variant(body, "i", [&](DBusMessageIter& in) {
        number(in, DBUS_TYPE_INT32, way_ == "children" ? 2'000'000'000u : path == field ? 0u : 1u);
      });
    } else if (property == "ToolkitName") {
      variant(body, "s", [](DBusMessageIter& in) { text(in, "gtk"); });
    } else {
      variant(body, "s", [&](DBusMessageIter& in) {
        text(in, way_ == "long" ? std::string(1'000'000, 'x') : std::string{"Colour"});
      });
    }
  }

  std::string way_;
  DBusConnection* bus_ = nullptr;
  std::deque<std::pair<std::chrono::steady_clock::time_point, DBusMessage*>> late_;
  int deepest_ = 0;
  int asked_ = 0;
};

} // namespace overt_test
