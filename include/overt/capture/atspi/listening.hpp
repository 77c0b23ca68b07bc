#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include <dbus/dbus.h>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/bus_message.hpp>
#include <overt/capture/atspi/notice.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::capture::atspi {

/// One kind of signal: how the registry and the bus call it.
struct heard_event {
  notice_kind what = notice_kind::focused;
  char const* registered = ""; ///< for the registry: toolkits send what somebody registered for
  char const* interface = "";
  char const* member = "";
  char const* detail = ""; ///< its first argument; empty: whatever it is
};

/// All that is listened to. The bus passes on nothing else, so that no other content comes in.
inline constexpr auto heard_events = [] {
  constexpr auto object = "org.a11y.atspi.Event.Object";
  constexpr auto window = "org.a11y.atspi.Event.Window";
  constexpr auto document = "org.a11y.atspi.Event.Document";
  using enum notice_kind;
  return std::array{
      heard_event{focused, "object:state-changed:focused", object, "StateChanged", "focused"},
      heard_event{selected, "object:state-changed:selected", object, "StateChanged", "selected"},
      heard_event{checked, "object:state-changed:checked", object, "StateChanged", "checked"},
      heard_event{expanded, "object:state-changed:expanded", object, "StateChanged", "expanded"},
      heard_event{pressed, "object:state-changed:pressed", object, "StateChanged", "pressed"},
      heard_event{showing, "object:state-changed:showing", object, "StateChanged", "showing"},
      heard_event{active, "object:state-changed:active", object, "StateChanged", "active"},
      heard_event{defunct, "object:state-changed:defunct", object, "StateChanged", "defunct"},
      heard_event{selection_changed, "object:selection-changed", object, "SelectionChanged"},
      heard_event{active_descendant_changed, "object:active-descendant-changed", object,
                  "ActiveDescendantChanged"},
      heard_event{caret_moved, "object:text-caret-moved", object, "TextCaretMoved"},
      heard_event{value_changed, "object:property-change:accessible-value", object, "PropertyChange",
                  "accessible-value"},
      heard_event{window_activated, "window:activate", window, "Activate"},
      heard_event{window_deactivated, "window:deactivate", window, "Deactivate"},
      // GTK 4 writes them like this.
      heard_event{window_activated, "window:activate", window, "activate"},
      heard_event{window_deactivated, "window:deactivate", window, "deactivate"},
      heard_event{window_created, "window:create", window, "Create"},
      heard_event{window_destroyed, "window:destroy", window, "Destroy"},
      heard_event{document_loaded, "document:load-complete", document, "LoadComplete"},
      heard_event{document_reloaded, "document:reload", document, "Reload"},
      heard_event{document_load_stopped, "document:load-stopped", document, "LoadStopped"},
  };
}();

inline constexpr auto registry_name = "org.a11y.atspi.Registry";

/// Asks the bus to pass the signals on, and the registry to have programs send them. The calls are only
/// queued; what comes back is looked at by `work`.
inline void listen(bus& to) {
  object_id const driver{DBUS_SERVICE_DBUS, DBUS_PATH_DBUS};
  object_id const registry{registry_name, "/org/a11y/atspi/registry"};
  auto const match = [&](std::string const& rule) {
    to.call(driver, DBUS_INTERFACE_DBUS, "AddMatch", [](reply const&) {}, rule.c_str());
  };
  match("type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged'");
  for (auto const& one : heard_events) {
    auto rule = std::string{"type='signal',interface='"} + one.interface + "',member='" + one.member + "'";
    if (*one.detail != 0) {
      rule += std::string{",arg0='"} + one.detail + "'";
    }
    match(rule);
    // Which properties to send along: none. Which program: all. Before 2.46 there was only the name.
    auto message = bus::make_call(registry, registry_name, "RegisterEvent", one.registered);
    DBusMessageIter at;
    DBusMessageIter properties;
    dbus_message_iter_init_append(message.get(), &at);
    char const* const all = "";
    if (dbus_message_iter_open_container(&at, DBUS_TYPE_ARRAY, "s", &properties) != 0) {
      dbus_message_iter_close_container(&at, &properties);
      dbus_message_iter_append_basic(&at, DBUS_TYPE_STRING, static_cast<void const*>(&all));
    }
    to.send(std::move(message), [&to, registry, name = one.registered](reply const& came) {
      if (!came && !came.timed_out) {
        to.call(registry, registry_name, "RegisterEvent", [](reply const&) {}, name);
      }
    });
  }
}

/// What a signal says; nothing when it is not one of these, or not made as it should be.
[[nodiscard]] inline std::optional<notice> decode(DBusMessage* message, timestamp heard) {
  auto const* const sender = dbus_message_get_sender(message);
  auto const* const path = dbus_message_get_path(message);
  if (sender == nullptr || path == nullptr) {
    return std::nullopt;
  }
  arguments body{message};
  if (dbus_message_is_signal(message, DBUS_INTERFACE_DBUS, "NameOwnerChanged") != 0) {
    auto const name = body.text(255);
    auto const before = body.text(255);
    auto const after = body.text(255);
    if (std::string_view{sender} != DBUS_SERVICE_DBUS || !name || !before || !after ||
        !(name->starts_with(':') || *name == registry_name)) {
      return std::nullopt;
    }
    return notice{.what = after->empty() ? notice_kind::name_vanished : notice_kind::name_appeared,
                  .from = {std::string{*name}, {}},
                  .heard = heard};
  }
  for (auto const& one : heard_events) {
    if (dbus_message_is_signal(message, one.interface, one.member) == 0) {
      continue;
    }
    auto const detail = body.text(255);
    if (*one.detail != 0 && detail != std::string_view{one.detail}) {
      body = arguments{message};
      continue;
    }
    notice made{.what = one.what, .from = {sender, path}, .heard = heard};
    auto const first = body.number().value_or(0);
    made.detail = one.what == notice_kind::caret_moved ? 0 : first;
    static_cast<void>(body.number());
    if (one.what == notice_kind::active_descendant_changed) {
      made.other = body.enter_variant().object().value_or(object_id{});
    }
    return made;
  }
  return std::nullopt;
}

} // namespace overt::inline v0::capture::atspi
