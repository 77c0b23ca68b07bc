#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/element_parts.hpp>
#include <overt/capture/atspi/roles.hpp>

namespace overt::inline v0::capture::atspi {

/// Finds the first label in an object that has no name of its own: what a row says, or what is chosen in a
/// drop-down of GTK 4. Goes through it in the order of the tree, one object after the other, 24 at most.
class label_search {
public:
  using handler = std::function<void(arena_string)>; ///< empty: there is none

  static constexpr std::size_t most_objects = 24;
  static constexpr std::size_t most_children = 8;
  static constexpr int most_levels = 10;

  explicit label_search(bus& on) : bus_{&on} {}

  void in(object_id const& id, handler done) {
    auto const into = std::make_shared<searching>();
    into->done = std::move(done);
    into->next.push_back({id, 0});
    step(into);
  }

private:
  struct place {
    object_id id{};
    int level = 0;
  };
  struct searching {
    std::vector<place> next{}; ///< the last one comes next
    std::size_t seen = 0;
    handler done{};
    // Of the object that is being looked at.
    bool label = false;
    bool drawn = false;
    arena_string name{};
    std::vector<object_id> children{};
    int open = 0;
  };
  using shared = std::shared_ptr<searching>;

  void step(shared const& into) {
    if (into->next.empty() || into->seen >= most_objects) {
      into->done({});
      return;
    }
    auto const at = into->next.back();
    into->next.pop_back();
    ++into->seen;
    into->label = into->drawn = false;
    into->name = {};
    into->children.clear();
    into->open = 4;
    auto const then = [this, into, level = at.level](auto use) {
      return [this, into, level, use](reply const& came) {
        use(*into, came.read());
        if (--into->open == 0) {
          judge(into, level);
        }
      };
    };
    bus_->call(at.id, accessible_interface, "GetRole", then([](searching& to, arguments body) {
                 auto const role = body.unsigned_number().value_or(0);
                 to.label =
                     is_role(role, accessible_role::label) || is_role(role, accessible_role::static_text);
               }));
    bus_->get(at.id, accessible_interface, "Name", then([](searching& to, arguments body) {
                to.name = arena_string{body.enter_variant().text().value_or(std::string_view{})};
              }));
    // A list keeps the label for nothing chosen, with nothing in it to see.
    bus_->call(at.id, component_interface, "GetExtents",
               then([](searching& to, arguments body) { to.drawn = read_extents(body).width > 0; }),
               std::uint32_t{1});
    bus_->call(at.id, accessible_interface, "GetChildren", then([](searching& to, arguments body) {
                 to.children = read_objects(body, most_children).value_or(std::vector<object_id>{});
               }));
  }

  void judge(shared const& into, int level) {
    if (into->label && into->drawn && !into->name.view().empty()) {
      auto const done = std::move(into->done);
      done(std::move(into->name));
      return;
    }
    if (level < most_levels) {
      for (auto one = into->children.rbegin(); one != into->children.rend(); ++one) {
        into->next.push_back({std::move(*one), level + 1});
      }
    }
    step(into);
  }

  bus* bus_;
};

} // namespace overt::inline v0::capture::atspi
