#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/element_parts.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/event/rectangle.hpp>

namespace overt::inline v0::capture::atspi {

/// How many pixels higher than it is drawn a program says that the inside of its window is.
///
/// LibreOffice leaves out the height of its menu bar, until somebody clicks into the window. The inside, a
/// root pane, ends where its window ends; by how much it says to end above that is the error.
class root_pane_shift {
public:
  using handler = std::function<void(std::int32_t)>;

  static constexpr std::int32_t largest = 80; ///< pixels; farther off it is no menu bar
  static constexpr std::size_t most_known = 256;

  explicit root_pane_shift(bus& on) : bus_{&on} {}

  /// For what is in `pane`, the object right in `window`; 0 where there is no error.
  void of(object_id const& window, object_id const& pane, handler done) {
    auto const known = is_pane_.find(pane);
    if (known != is_pane_.end()) {
      if (known->second) {
        measure(window, pane, std::move(done));
      } else {
        done(0);
      }
      return;
    }
    bus_->call(pane, accessible_interface, "GetRole",
               [this, window, pane, done = std::move(done)](reply const& came) {
                 auto const role = came.read().unsigned_number();
                 bool const is_pane = role && is_role(*role, accessible_role::root_pane);
                 if (role) {
                   if (is_pane_.size() >= most_known) {
                     is_pane_.clear();
                   }
                   is_pane_[pane] = is_pane;
                 }
                 if (is_pane) {
                   measure(window, pane, done);
                 } else {
                   done(0);
                 }
               });
  }

  /// By what a window and the pane right in it say of where they are.
  [[nodiscard]] static std::int32_t difference(rectangle window, rectangle pane) noexcept {
    auto const by = window.y + window.height - (pane.y + pane.height);
    bool const known = window.width > 0 && pane.width > 0;
    return known && by > 0 && by <= largest ? by : 0;
  }

private:
  struct measuring {
    rectangle window{};
    rectangle pane{};
    int open = 2;
    handler done{};
  };

  void measure(object_id const& window, object_id const& pane, handler done) {
    auto const into = std::make_shared<measuring>();
    into->done = std::move(done);
    auto const ask = [&](object_id const& id, rectangle measuring::* member) {
      bus_->call(
          id, component_interface, "GetExtents",
          [into, member](reply const& came) {
            (*into).*member = read_extents(came.read());
            if (--into->open == 0) {
              into->done(difference(into->window, into->pane));
            }
          },
          std::uint32_t{0});
    };
    ask(window, &measuring::window);
    ask(pane, &measuring::pane);
  }

  bus* bus_;
  std::map<object_id, bool> is_pane_; ///< whether an object that is right in a window is a root pane
};

} // namespace overt::inline v0::capture::atspi
