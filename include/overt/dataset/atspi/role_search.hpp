#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <utility>
#include <vector>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/element_parts.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/event/ui_action.hpp>

namespace overt::inline v0::dataset::atspi {

/// Goes through the objects of a program from the outside for those that have a role and are shown, level by
/// level. Bounded: a document can have more objects than anybody could ask for.
///
/// Handlers of the bus go on with it; it may be gone before they are called.
class role_search {
public:
  static constexpr std::size_t most_objects = 4000;
  static constexpr std::size_t most_children = 128; ///< of one
  /// Questions at once: a program that has more to answer than it can counts as silent (`bus`).
  static constexpr int most_open = 16;

  /// `shown`: the state by which this program tells that an object can be seen. The bus lives as long as its
  /// handlers.
  role_search(capture::atspi::bus& on, ui_role role, capture::atspi::accessible_state shown)
      : of_{std::make_shared<search>(search{.on = &on, .role = role, .shown = shown})} {}

  void begin_at(capture::atspi::object_id const& root) { ask_children(of_, root); }

  /// Asks for the next objects, as many as can be asked at once. True when all has been gone through.
  [[nodiscard]] bool go_on() {
    while (of_->open < most_open && !of_->next.empty() && of_->seen < most_objects) {
      ++of_->seen;
      look_at(of_, std::move(of_->next.front()));
      of_->next.pop_front();
    }
    return of_->open <= 0;
  }

  /// Those that were found, the outermost first.
  [[nodiscard]] std::vector<capture::atspi::object_id> const& found() const { return of_->found; }

private:
  struct search {
    capture::atspi::bus* on = nullptr;
    ui_role role = ui_role::unknown;
    capture::atspi::accessible_state shown{};
    std::deque<capture::atspi::object_id> next{};
    std::vector<capture::atspi::object_id> found{};
    std::size_t seen = 0;
    int open = 0;
  };
  using shared_search = std::shared_ptr<search>;

  static void ask_children(shared_search const& into, capture::atspi::object_id const& id) {
    ++into->open;
    into->on->call(id, capture::atspi::accessible_interface, "GetChildren",
                   [into](capture::atspi::reply const& came) {
                     auto children = capture::atspi::read_objects(came.read(), most_children);
                     for (auto& one : children ? *children : std::vector<capture::atspi::object_id>{}) {
                       into->next.push_back(std::move(one));
                     }
                     --into->open;
                   });
  }

  static void look_at(shared_search const& into, capture::atspi::object_id id) {
    ++into->open;
    into->on->call(id, capture::atspi::accessible_interface, "GetState",
                   [into, id](capture::atspi::reply const& came) {
                     if (has_state(capture::atspi::read_states(came.read()).value_or(0), into->shown)) {
                       ask_role(into, id);
                       ask_children(into, id);
                     }
                     --into->open;
                   });
  }

  static void ask_role(shared_search const& into, capture::atspi::object_id const& id) {
    ++into->open;
    into->on->call(id, capture::atspi::accessible_interface, "GetRole",
                   [into, id](capture::atspi::reply const& came) {
                     auto const number = came.read().unsigned_number();
                     if (number && capture::atspi::ui_role_of(*number) == into->role) {
                       into->found.push_back(id);
                     }
                     --into->open;
                   });
  }

  shared_search of_;
};

} // namespace overt::inline v0::dataset::atspi
