#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/element_parts.hpp>
#include <overt/capture/atspi/hit_test.hpp>
#include <overt/capture/atspi/programs.hpp>
#include <overt/capture/atspi/roles.hpp>

namespace overt::inline v0::capture::atspi {

/// Looks for the object that has the focus in a process, for a program that has not told since we came.
///
/// Its active window is gone through from the outside: 400 objects at most, only what is visible, and nothing
/// that has more children than anybody could see. Browsers are asked to look themselves (Collection), because
/// pages are deep; others are not, because a spreadsheet would go through two billion cells for it. Of
/// several that say they are focused, one in the other, it is the innermost; nothing else is gone through any
/// more.
class focus_search {
public:
  using handler = std::function<void(object_id const&)>; ///< none: not found

  static constexpr std::size_t most_objects = 400;
  static constexpr std::int32_t most_children = 64;
  static constexpr std::size_t most_matches = 8;
  static constexpr std::int64_t patience_ns = 400'000'000;

  focus_search(bus& on, programs& known, hit_test& windows)
      : bus_{&on}, programs_{&known}, windows_{&windows} {}

  void find(std::uint32_t process, handler done) {
    windows_->windows_of(process, [this, done = std::move(done)](auto const* list) {
      if (list != nullptr) {
        for (auto const& one : *list) {
          if (one.active()) {
            look(one.id, done);
            return;
          }
        }
      }
      done({});
    });
  }

private:
  struct searching {
    handler done{};
    object_id found{};
    accessible_state seen_by = accessible_state::showing;
    int depth = -1;
    std::size_t seen = 0;
    int open = 0;
  };

  void look(object_id const& window, handler done) {
    auto const* const program = programs_->find(window.bus);
    if (program == nullptr || !program->shows_pages) {
      walk(window, std::move(done));
      return;
    }
    bus_->send(
        matches(window),
        [this, window, done = std::move(done)](reply const& came) {
          auto const list = came ? read_objects(came.read(), most_matches) : std::nullopt;
          if (list && !list->empty()) {
            done(list->back()); // in the order of the tree: what is within comes behind
          } else if (came || came.timed_out) {
            done({});
          } else {
            walk(window, done);
          }
        },
        patience_ns);
  }

  void walk(object_id const& window, handler done) {
    auto const into = std::make_shared<searching>();
    into->done = std::move(done);
    auto const* const program = programs_->find(window.bus);
    if (program != nullptr && program->knows_only_its_windows()) {
      into->seen_by = accessible_state::visible;
    }
    look_at(into, window, 0, false);
  }

  /// GetMatches of objects whose states hold FOCUSED; no rule for attributes, roles and interfaces.
  [[nodiscard]] static message_ptr matches(object_id const& window) {
    auto message = bus::make_call(window, "org.a11y.atspi.Collection", "GetMatches");
    if (!message) {
      return message;
    }
    DBusMessageIter body;
    DBusMessageIter rule;
    DBusMessageIter list;
    dbus_message_iter_init_append(message.get(), &body);
    dbus_int32_t const states[] = {1 << static_cast<int>(accessible_state::focused), 0};
    dbus_int32_t const all = 1;
    dbus_uint32_t const order = 1;
    dbus_int32_t const most = most_matches;
    dbus_bool_t const no = 0;
    dbus_bool_t const yes = 1;
    dbus_int32_t const* const words = states;
    auto const number = [&](DBusMessageIter& to, int type, void const* value) {
      dbus_message_iter_append_basic(&to, type, value);
    };
    auto const empty = [&](char const* content) {
      dbus_message_iter_open_container(&rule, DBUS_TYPE_ARRAY, content, &list);
      dbus_message_iter_close_container(&rule, &list);
      number(rule, DBUS_TYPE_INT32, &all);
    };
    dbus_message_iter_open_container(&body, DBUS_TYPE_STRUCT, nullptr, &rule);
    dbus_message_iter_open_container(&rule, DBUS_TYPE_ARRAY, "i", &list);
    dbus_message_iter_append_fixed_array(&list, DBUS_TYPE_INT32, static_cast<void const*>(&words), 2);
    dbus_message_iter_close_container(&rule, &list);
    number(rule, DBUS_TYPE_INT32, &all);
    empty("{ss}");
    empty("i");
    empty("s");
    number(rule, DBUS_TYPE_BOOLEAN, &no);
    dbus_message_iter_close_container(&body, &rule);
    number(body, DBUS_TYPE_UINT32, &order);
    number(body, DBUS_TYPE_INT32, &most);
    number(body, DBUS_TYPE_BOOLEAN, &yes);
    return message;
  }

  void look_at(std::shared_ptr<searching> const& into, object_id const& id, int depth, bool within) {
    if (into->seen >= most_objects || (into->found && !within)) {
      return;
    }
    ++into->seen;
    ++into->open;
    bus_->call(id, accessible_interface, "GetState", [this, into, id, depth, within](reply const& came) {
      auto const states = read_states(came.read()).value_or(0);
      bool const focused = has_state(states, accessible_state::focused);
      if (focused && depth > into->depth) {
        into->seen = into->found ? into->seen : 0;
        into->found = id;
        into->depth = depth;
      }
      // GTK 4 says of nothing that it is showing.
      if (has_state(states, into->seen_by)) {
        look_into(into, id, depth, within || focused);
      }
      close(into);
    });
  }

  void look_into(std::shared_ptr<searching> const& into, object_id const& id, int depth, bool within) {
    ++into->open;
    bus_->get(id, accessible_interface, "ChildCount", [this, into, id, depth, within](reply const& counted) {
      auto const count = counted.read().enter_variant().number().value_or(0);
      if (count > 0 && count <= most_children) {
        ++into->open;
        bus_->call(id, accessible_interface, "GetChildren", [this, into, depth, within](reply const& came) {
          auto const children = read_objects(came.read(), most_children);
          for (auto const& one : children ? *children : std::vector<object_id>{}) {
            look_at(into, one, depth + 1, within);
          }
          close(into);
        });
      }
      close(into);
    });
  }

  void close(std::shared_ptr<searching> const& into) {
    if (--into->open == 0) {
      into->done(into->found);
    }
  }

  bus* bus_;
  programs* programs_;
  hit_test* windows_;
};

} // namespace overt::inline v0::capture::atspi
