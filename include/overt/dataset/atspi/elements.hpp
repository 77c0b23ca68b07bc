#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <poll.h>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/connect.hpp>
#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/element_label.hpp>
#include <overt/capture/atspi/element_parts.hpp>
#include <overt/capture/atspi/element_reader.hpp>
#include <overt/capture/atspi/element_value.hpp>
#include <overt/capture/atspi/focus_search.hpp>
#include <overt/capture/atspi/programs.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/dataset/action.hpp>
#include <overt/dataset/play/seen_element.hpp>
#include <overt/dataset/play/seen_window.hpp>
#include <overt/event/arena_string.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::dataset::atspi {

/// Finds the elements that actions were done to, by asking programs the way they were asked when it was
/// recorded. It asks and never acts. One thread; each question waits for its answer, for so long at most.
class elements {
public:
  static constexpr std::int64_t patience_ns = 2'000'000'000; ///< for one `find`
  static constexpr std::size_t most_objects = 4000;
  static constexpr std::size_t most_children = 128;
  static constexpr std::size_t most_candidates = 480;
  static constexpr std::size_t most_at_once = 8; ///< candidates that are read
  /// Questions of one search: a program that has more to answer than it can at once counts as silent (`bus`).
  static constexpr int most_open = 16;

  /// `session_bus`: its address; empty means that of the environment. Waits for both buses.
  [[nodiscard]] static result<elements> open(std::string const& session_bus = {}) {
    auto connected = capture::atspi::connect_to_accessibility(session_bus);
    if (!connected) {
      return connected.error();
    }
    elements made;
    made.bus_ = std::move(connected->connection);
    made.programs_ = std::make_unique<capture::atspi::programs>(*made.bus_);
    made.reader_ = std::make_unique<capture::atspi::element_reader>(*made.bus_, *made.programs_);
    made.focus_ =
        std::make_unique<capture::atspi::focus_search>(*made.bus_, *made.programs_, made.reader_->hits());
    made.programs_->start();
    return made;
  }

  /// The element that an act was done to, in a window of its program: the one at the point, else the nearest
  /// one of that role and label that is shown anywhere in the program. Nothing: it is not there now.
  [[nodiscard]] std::optional<seen_element> find(meaning const& wanted, seen_window const& window,
                                                 screen_point at) {
    auto const deadline = bus::now() + patience_ns;
    if (!learn(window.process, deadline)) {
      return std::nullopt;
    }
    if (!window.popup) {
      if (auto found = under(window, at, deadline); found && is_wanted(*found, wanted)) {
        return described(*found, wanted);
      }
    }
    return wanted.label.empty() && is_empty(wanted.bounds) ? std::nullopt
                                                           : search(wanted, window.process, deadline);
  }

  /// The element of a program that has the focus; nothing when that is not known. The text of a secret field
  /// is not asked for.
  [[nodiscard]] std::optional<seen_field> focused(std::uint32_t process) {
    auto const deadline = bus::now() + patience_ns;
    if (!learn(process, deadline)) {
      return std::nullopt;
    }
    struct answer {
      std::optional<seen_field> field{};
      bool came = false;
    };
    auto const got = std::make_shared<answer>();
    focus_->find(process, [this, got](object_id const& id) {
      if (!id || reader_ == nullptr) {
        got->came = true;
        return;
      }
      reader_->read(id, [this, got, id](element const* what) {
        auto const nature =
            what == nullptr ? capture::atspi::role_nature::unknown : capture::atspi::nature_of(what->role);
        if (what == nullptr || reader_ == nullptr) {
          got->came = true;
          return;
        }
        got->field = seen_field{.editable = has_state(*what, capture::atspi::accessible_state::editable)};
        if (!got->field->editable || nature == capture::atspi::role_nature::password ||
            nature == capture::atspi::role_nature::terminal || (what->interfaces & element::text) == 0) {
          got->came = true;
          return;
        }
        reader_->read_text(id, [got](arena_string const* text) {
          if (text != nullptr) {
            got->field->text.emplace(text->view());
          }
          got->came = true;
        });
      });
    });
    (void)wait_for([&] { return got->came; }, deadline);
    return got->field;
  }

  /// Waits until a program has answered a question, which it does after what it had to do before.
  void settle(std::uint32_t process, std::int64_t patience) {
    auto const deadline = bus::now() + patience;
    if (bus_ == nullptr || process == 0) {
      return;
    }
    auto const open = std::make_shared<int>(0);
    programs_->each_of(process, [&](std::string const& name, program const&) {
      ++*open;
      bus_->get(programs::root_of(name), capture::atspi::accessible_interface, "ChildCount",
                [open](capture::atspi::reply const&) { --*open; });
    });
    (void)wait_for([&] { return *open <= 0; }, deadline);
  }

private:
  using bus = capture::atspi::bus;
  using element = capture::atspi::element;
  using object_id = capture::atspi::object_id;
  using program = capture::atspi::program;
  using programs = capture::atspi::programs;

  struct searching {
    std::deque<object_id> next{};
    std::vector<object_id> candidates{};
    std::size_t seen = 0;
    int open = 0;
  };

  elements() = default;

  /// Pumps the bus until `done()`; false when that was not by the deadline.
  template <class Done>
  [[nodiscard]] bool wait_for(Done const& done, timestamp deadline) {
    while (!done()) {
      auto const now = bus::now();
      if (bus_ == nullptr || now >= deadline) {
        return false;
      }
      auto const until = std::min(deadline, bus_->next_wakeup());
      auto const ms = std::clamp<std::int64_t>((until - now) / 1'000'000, 0, 50);
      auto const events = bus_->wants_to_write() ? POLLIN | POLLOUT : POLLIN;
      pollfd waits{bus_->descriptor(), static_cast<short>(events), 0};
      (void)::poll(&waits, 1, static_cast<int>(ms));
      if (!bus_->work()) {
        focus_.reset();
        reader_.reset();
        programs_.reset();
        bus_.reset();
        return false;
      }
    }
    return true;
  }

  /// True when a program of this process is on the bus and has said what it is.
  [[nodiscard]] bool learn(std::uint32_t process, timestamp deadline) {
    if (bus_ == nullptr || process == 0) {
      return false;
    }
    auto const known = [&] {
      bool found = false;
      programs_->each_of(
          process, [&](std::string const&, program const& one) { found = found || !one.toolkit.empty(); });
      return found;
    };
    if (!known()) {
      programs_->start(); // somebody may have come since
    }
    auto next = bus::now() + 100'000'000;
    return wait_for(
        [&] {
          if (!known() && bus::now() > next) {
            next = bus::now() + 100'000'000;
            programs_->ask_again();
          }
          return known();
        },
        deadline);
  }

  [[nodiscard]] std::shared_ptr<element const> under(seen_window const& window, screen_point at,
                                                     timestamp deadline) {
    struct answer {
      std::shared_ptr<element const> what{};
      bool came = false;
    };
    auto const got = std::make_shared<answer>();
    // What it told of a window that has been moved or closed since would be wrong.
    reader_->hits().forget(window.process);
    reader_->hits().find(window.process, window.bounds, at.x, at.y,
                         [this, got](capture::atspi::hit_test::outcome const& hit) {
                           if (!hit.at || reader_ == nullptr) {
                             got->came = true;
                             return;
                           }
                           reader_->read_shared(hit.at, [got](std::shared_ptr<element const> found) {
                             got->what = std::move(found);
                             got->came = true;
                           });
                         });
    (void)wait_for([&] { return got->came; }, deadline);
    return got->what;
  }

  [[nodiscard]] std::optional<seen_element> search(meaning const& wanted, std::uint32_t process,
                                                   timestamp deadline) {
    auto const into = std::make_shared<searching>();
    bool shows_visible_only = false;
    programs_->each_of(process, [&](std::string const& name, program const& one) {
      shows_visible_only = shows_visible_only || one.knows_only_its_windows();
      ++into->open;
      bus_->call(programs::root_of(name), capture::atspi::accessible_interface, "GetChildren",
                 [into](capture::atspi::reply const& came) { children_of(*into, came); });
    });
    // GTK 4 says of nothing that it is showing.
    auto const shown = shows_visible_only ? capture::atspi::accessible_state::visible
                                          : capture::atspi::accessible_state::showing;
    auto const went_through = wait_for(
        [&] {
          while (into->open < most_open && !into->next.empty() && into->seen < most_objects) {
            ++into->seen;
            look_at(into, std::move(into->next.front()), wanted.role, shown);
            into->next.pop_front();
          }
          return into->open <= 0;
        },
        deadline);
    return went_through || !into->candidates.empty() ? nearest(wanted, into->candidates, deadline)
                                                     : std::nullopt;
  }

  static void children_of(searching& into, capture::atspi::reply const& came) {
    auto const children = capture::atspi::read_objects(came.read(), most_children);
    for (auto const& one : children ? *children : std::vector<object_id>{}) {
      into.next.push_back(one);
    }
    --into.open;
  }

  void look_at(std::shared_ptr<searching> const& into, object_id id, ui_role role,
               capture::atspi::accessible_state shown) {
    ++into->open;
    bus_->call(id, capture::atspi::accessible_interface, "GetState",
               [this, into, id, role, shown](capture::atspi::reply const& came) {
                 auto const states = capture::atspi::read_states(came.read()).value_or(0);
                 if (bus_ != nullptr && has_state(states, shown)) {
                   ask_further(into, id, role);
                 }
                 --into->open;
               });
  }

  void ask_further(std::shared_ptr<searching> const& into, object_id const& id, ui_role role) {
    into->open += 2;
    bus_->call(id, capture::atspi::accessible_interface, "GetRole",
               [into, id, role](capture::atspi::reply const& came) {
                 auto const number = came.read().unsigned_number();
                 if (number && capture::atspi::ui_role_of(*number) == role) {
                   into->candidates.push_back(id);
                 }
                 --into->open;
               });
    bus_->call(id, capture::atspi::accessible_interface, "GetChildren",
               [into](capture::atspi::reply const& came) { children_of(*into, came); });
  }

  /// Of those that have the role, the one that is called so and is the nearest to where it was.
  [[nodiscard]] std::optional<seen_element>
  nearest(meaning const& wanted, std::vector<object_id> const& candidates, timestamp deadline) {
    std::optional<seen_element> best;
    std::int64_t least = INT64_MAX;
    auto const count = std::min(candidates.size(), most_candidates);
    for (std::size_t from = 0; from < count && least > 0; from += most_at_once) {
      for (auto const& one :
           read(std::span{candidates}.subspan(from, std::min(most_at_once, count - from)), deadline)) {
        auto const away = std::int64_t{std::abs(one->bounds.x - wanted.bounds.x)} +
                          std::abs(one->bounds.y - wanted.bounds.y);
        if (away < least && is_wanted(*one, wanted)) {
          best = described(*one, wanted);
          least = away;
        }
      }
    }
    return best;
  }

  [[nodiscard]] std::vector<std::shared_ptr<element const>> read(std::span<object_id const> which,
                                                                 timestamp deadline) {
    struct reading {
      std::vector<std::shared_ptr<element const>> found{};
      std::size_t open = 0;
    };
    auto const into = std::make_shared<reading>();
    for (auto const& one : which) {
      ++into->open;
      if (reader_ == nullptr) {
        break;
      }
      reader_->read_shared(one, [into](std::shared_ptr<element const> const& what) {
        if (what != nullptr) {
          into->found.push_back(what);
        }
        --into->open;
      });
    }
    (void)wait_for([&] { return into->open == 0; }, deadline);
    return into->found;
  }

  /// Of the same role and label. One without a label in the trace has to be where it was.
  [[nodiscard]] static bool is_wanted(element const& what, meaning const& wanted) {
    if (capture::atspi::ui_role_of(what.role) != wanted.role) {
      return false;
    }
    return wanted.label.empty() ? is_empty(wanted.bounds) || what.bounds == wanted.bounds
                                : capture::atspi::label_of(what) == wanted.label;
  }

  [[nodiscard]] static seen_element described(element const& what, meaning const& wanted) {
    using state = capture::atspi::accessible_state;
    std::string_view const value = wanted.act == ui_act::toggle   ? capture::atspi::on_or_off(what)
                                   : wanted.act == ui_act::expand ? expansion_of(what)
                                                                  : capture::atspi::value_of(what);
    return {.bounds = what.bounds,
            .enabled = has_state(what, state::enabled) || has_state(what, state::sensitive),
            .value = std::string{value}};
  }

  [[nodiscard]] static std::string_view expansion_of(element const& what) noexcept {
    return capture::atspi::is_expanded(what) ? "expanded" : "collapsed";
  }

  // In this order: the reader holds on to the programs, and both to the bus.
  std::unique_ptr<bus> bus_{};
  std::unique_ptr<programs> programs_{};
  std::unique_ptr<capture::atspi::element_reader> reader_{};
  std::unique_ptr<capture::atspi::focus_search> focus_{};
};

} // namespace overt::inline v0::dataset::atspi
