#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string_view>

#include <dbus/dbus.h>

#include <overt/capture/atspi/element.hpp>

namespace overt::inline v0::capture::atspi {

struct message_release {
  void operator()(DBusMessage* message) const noexcept { dbus_message_unref(message); }
};
using message_ptr = std::unique_ptr<DBusMessage, message_release>;

/// Reads the arguments of a message one after the other. Nothing that another program sent is trusted: an
/// argument of another type, or a text that is too long, is nothing, and so is everything behind it.
///
/// libdbus has checked that texts are UTF-8, that paths are paths, and that nothing reaches past the end.
class arguments {
public:
  static constexpr std::size_t longest_text = 4096;

  explicit arguments(DBusMessage* message) noexcept {
    good_ = message != nullptr && dbus_message_iter_init(message, &at_) != 0;
  }

  /// Whether there is a next argument, and of which D-Bus type; DBUS_TYPE_INVALID at the end.
  [[nodiscard]] int type() noexcept {
    return good_ ? dbus_message_iter_get_arg_type(&at_) : DBUS_TYPE_INVALID;
  }
  [[nodiscard]] bool more() noexcept { return type() != DBUS_TYPE_INVALID; }

  [[nodiscard]] std::optional<std::uint32_t> unsigned_number() noexcept {
    return basic<dbus_uint32_t, std::uint32_t>(DBUS_TYPE_UINT32);
  }
  [[nodiscard]] std::optional<std::int32_t> number() noexcept {
    return basic<dbus_int32_t, std::int32_t>(DBUS_TYPE_INT32);
  }
  [[nodiscard]] std::optional<double> real() noexcept { return basic<double, double>(DBUS_TYPE_DOUBLE); }

  [[nodiscard]] std::optional<bool> truth() noexcept { return basic<dbus_bool_t, bool>(DBUS_TYPE_BOOLEAN); }

  /// Valid as long as the message. The next argument whether or not the text is short enough.
  [[nodiscard]] std::optional<std::string_view> text(std::size_t longest = longest_text) noexcept {
    return string_of(DBUS_TYPE_STRING, longest);
  }

  /// A reference to an object, `(so)`. Empty when it refers to none.
  [[nodiscard]] std::optional<object_id> object() {
    auto inside = enter(DBUS_TYPE_STRUCT);
    auto const bus = inside.text(255);
    auto const path = inside.string_of(DBUS_TYPE_OBJECT_PATH, 1024);
    if (!bus || !path) {
      good_ = false;
      return std::nullopt;
    }
    // libdbus ends the program when it is given a name that is none, and this one comes from outside. Objects
    // belong to connections: a call to any other name could start a service.
    if (!bus->starts_with(':') || bus->size() < 2 || *path == "/org/a11y/atspi/null" ||
        dbus_validate_bus_name(std::string{*bus}.c_str(), nullptr) == 0) {
      return object_id{};
    }
    return object_id{std::string{*bus}, std::string{*path}};
  }

  /// The arguments within the next one, which is of this container type; none when it is not.
  [[nodiscard]] arguments enter(int container) noexcept {
    arguments inside;
    if (type() != container) {
      good_ = false;
      return inside;
    }
    dbus_message_iter_recurse(&at_, &inside.at_);
    inside.good_ = true;
    dbus_message_iter_next(&at_);
    return inside;
  }
  [[nodiscard]] arguments enter_variant() noexcept { return enter(DBUS_TYPE_VARIANT); }
  [[nodiscard]] arguments enter_array() noexcept { return enter(DBUS_TYPE_ARRAY); }

  /// Passes over the next argument, whatever it is.
  void skip() noexcept {
    if (more()) {
      dbus_message_iter_next(&at_);
    }
  }

private:
  arguments() noexcept = default;

  template <class Wire, class Value>
  [[nodiscard]] std::optional<Value> basic(int wanted) noexcept {
    if (type() != wanted) {
      good_ = false;
      return std::nullopt;
    }
    Wire value{};
    dbus_message_iter_get_basic(&at_, &value);
    dbus_message_iter_next(&at_);
    return static_cast<Value>(value);
  }

  [[nodiscard]] std::optional<std::string_view> string_of(int wanted, std::size_t longest) noexcept {
    if (type() != wanted) {
      good_ = false;
      return std::nullopt;
    }
    char const* bytes = nullptr;
    dbus_message_iter_get_basic(&at_, static_cast<void*>(&bytes));
    dbus_message_iter_next(&at_);
    auto const size = ::strnlen(bytes, longest + 1);
    return size > longest ? std::nullopt : std::optional{std::string_view{bytes, size}};
  }

  DBusMessageIter at_{};
  bool good_ = false;
};

} // namespace overt::inline v0::capture::atspi
