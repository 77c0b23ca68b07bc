#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/element_parts.hpp>
#include <overt/capture/atspi/programs.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/capture/atspi/tree_walk.hpp>

namespace overt::inline v0::capture::atspi {

/// Which object is at a point of a window.
///
/// Programs only answer for a window of theirs, and say what is beneath when one of their menus is open in a
/// window of its own. So the window that the X server names has to be one of theirs, by its place and size.
class hit_test {
public:
  struct outcome {
    object_id at{};         ///< none: not found
    bool no_window = false; ///< because the window is none of those that the program tells of: a menu
    timestamp asked{};      ///< when the first question was sent
  };
  using handler = std::function<void(outcome const&)>;

  /// A window of a program, as it tells of it.
  struct toplevel {
    object_id id{};
    rectangle bounds{};
    std::uint64_t states = 0;
    bool relative = false; ///< its bounds only say how large it is
    [[nodiscard]] bool active() const noexcept {
      return (states >> static_cast<unsigned>(accessible_state::active) & 1) != 0;
    }
  };
  using windows_handler = std::function<void(std::vector<toplevel> const*)>;

  static constexpr std::size_t most_windows = 32;
  static constexpr int most_levels = 32;
  static constexpr std::int64_t fresh_ns = 1'000'000'000;

  hit_test(bus& on, programs& known) : bus_{&on}, programs_{&known}, walk_{on} {}

  void find(std::uint32_t process, rectangle window, std::int32_t x, std::int32_t y, handler done) {
    auto const asked = bus::now();
    auto const known = windows_.find(process);
    if (known != windows_.end() && asked - known->second.read < fresh_ns) {
      if (auto const* const fits = choose(known->second.list, window, x, y)) {
        descend(*fits, window, x, y, asked, std::move(done));
        return;
      }
    }
    windows_of(process, [this, window, x, y, asked, done = std::move(done)](auto const* list) {
      auto const* const fits = list != nullptr ? choose(*list, window, x, y) : nullptr;
      if (fits == nullptr) {
        done({.no_window = list != nullptr, .asked = asked});
      } else {
        descend(*fits, window, x, y, asked, done);
      }
    });
  }

  /// The windows of a process. Null when it did not tell.
  void windows_of(std::uint32_t process, windows_handler done) {
    auto const into = std::make_shared<listing>();
    into->process = process;
    into->done = std::move(done);
    ++into->open; // until all is asked
    programs_->each_of(process, [&](std::string const& name, program& known) {
      bool const relative = known.knows_only_its_windows();
      ++into->open;
      bus_->call(programs::root_of(name), accessible_interface, "GetChildren",
                 [this, into, relative](reply const& came) {
                   into->good = into->good && !came.timed_out;
                   auto const found = read_objects(came.read(), most_windows);
                   for (auto const& one : found ? *found : std::vector<object_id>{}) {
                     ask_window(into, one, relative);
                   }
                   close(into);
                 });
    });
    // Nobody on the bus: the handler still hears it later.
    bus_->refuse([this, into](reply const&) { close(into); });
  }

  void forget() { windows_.clear(); }

private:
  struct listing {
    std::uint32_t process = 0;
    std::vector<toplevel> list{};
    windows_handler done{};
    int open = 0;
    bool good = true;
  };
  struct known_windows {
    std::vector<toplevel> list{};
    timestamp read{};
  };

  void ask_window(std::shared_ptr<listing> const& into, object_id const& id, bool relative) {
    if (into->list.size() >= most_windows) {
      return;
    }
    auto const at = into->list.size();
    into->list.push_back({.id = id, .relative = relative});
    into->open += 2;
    bus_->call(
        id, component_interface, "GetExtents",
        [this, into, at](reply const& came) {
          into->good = into->good && !came.timed_out;
          into->list[at].bounds = read_extents(came.read());
          close(into);
        },
        relative ? std::uint32_t{1} : std::uint32_t{0});
    bus_->call(id, accessible_interface, "GetState", [this, into, at](reply const& came) {
      into->good = into->good && !came.timed_out;
      into->list[at].states = read_states(came.read()).value_or(0);
      close(into);
    });
  }

  void close(std::shared_ptr<listing> const& into) {
    if (--into->open > 0) {
      return;
    }
    if (!into->good) {
      into->done(nullptr);
      return;
    }
    if (windows_.size() >= 64) {
      windows_.clear();
    }
    windows_[into->process] = {into->list, bus::now()};
    into->done(&into->list);
  }

  /// The window that has this place and size, as near as toolkits tell; of several, the active one.
  [[nodiscard]] static toplevel const* choose(std::vector<toplevel> const& list, rectangle window,
                                              std::int32_t x, std::int32_t y) {
    toplevel const* found = nullptr;
    bool several = false;
    for (auto const& one : list) {
      if (!fits(one, window) || !(one.relative || one.bounds.contains(x, y))) {
        continue;
      }
      if (found == nullptr || (one.active() && !found->active())) {
        found = &one;
        several = false;
      } else if (one.active() == found->active()) {
        several = true;
      }
    }
    return several ? nullptr : found;
  }

  /// GTK 3 counts the frame of the window manager in, and leaves the shadow out that it draws itself; GTK 4
  /// leaves its padding out.
  [[nodiscard]] static bool fits(toplevel const& one, rectangle window) {
    auto const& box = one.bounds;
    auto const right = box.x + box.width - (window.x + window.width);
    auto const bottom = box.y + box.height - (window.y + window.height);
    constexpr std::int32_t slack = 4;
    constexpr std::int32_t border = 16;
    constexpr std::int32_t title_bar = 64;
    constexpr std::int32_t shadow = 80;
    if (box.width <= 0) {
      return false;
    }
    if (one.relative) {
      return box.width <= window.width + slack && window.width - box.width <= 2 * shadow &&
             box.height <= window.height + slack && window.height - box.height <= 2 * shadow;
    }
    auto const in = [](std::int32_t value, std::int32_t from, std::int32_t to) {
      return value >= from && value <= to;
    };
    bool const outside = in(window.x - box.x, -slack, border) && in(right, -slack, border) &&
                         in(window.y - box.y, -slack, title_bar) && in(bottom, -slack, border);
    bool const inside = in(box.x - window.x, -slack, shadow) && in(-right, -slack, shadow) &&
                        in(box.y - window.y, -slack, shadow) && in(-bottom, -slack, shadow);
    return outside || inside;
  }

  void descend(toplevel const& from, rectangle window, std::int32_t x, std::int32_t y, timestamp asked,
               handler done) {
    if (from.relative) {
      walk_.at(from.id, x - window.x, y - window.y, [asked, done = std::move(done)](object_id const& found) {
        done({.at = found, .asked = asked});
      });
      return;
    }
    step(from.id, x, y, most_levels, asked, std::move(done));
  }

  /// One level down, until the object says that there is nothing in it at the point, or names itself.
  void step(object_id const& at, std::int32_t x, std::int32_t y, int left, timestamp asked, handler done) {
    if (left == 0) {
      bus_->refuse([done = std::move(done), asked](reply const&) { done({.asked = asked}); });
      return;
    }
    bus_->call(
        at, component_interface, "GetAccessibleAtPoint",
        [this, at, x, y, left, asked, done = std::move(done)](reply const& came) {
          if (came.timed_out) {
            done({.asked = asked});
            return;
          }
          auto const inside = came.read().object().value_or(object_id{});
          if (!inside || inside == at) {
            done({.at = at, .asked = asked});
          } else {
            step(inside, x, y, left - 1, asked, done);
          }
        },
        x, y, std::uint32_t{0});
  }

  bus* bus_;
  programs* programs_;
  tree_walk walk_;
  std::map<std::uint32_t, known_windows> windows_;
};

} // namespace overt::inline v0::capture::atspi
