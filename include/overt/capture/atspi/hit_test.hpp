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
#include <overt/capture/atspi/root_pane_shift.hpp>
#include <overt/capture/atspi/tree_walk.hpp>
#include <overt/capture/atspi/window_fit.hpp>

namespace overt::inline v0::capture::atspi {

/// Which object is at a point of a window.
///
/// Programs only answer for a window of theirs, and say what is beneath when one of their menus is open in a
/// window of its own. So the window that the X server names has to be one of theirs, by its place and size.
/// Their windows are asked for ahead, so that a press does not have to wait for that.
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
    [[nodiscard]] bool active() const noexcept { return has_state(states, accessible_state::active); }
  };
  using windows_handler = std::function<void(std::vector<toplevel> const*)>;

  static constexpr std::size_t most_windows = 32;
  static constexpr int most_levels = 32;
  static constexpr std::int64_t fresh_ns = 1'000'000'000;
  /// For a window that no other one lies exactly over.
  static constexpr std::int64_t fresh_alone_ns = 5'000'000'000;
  static constexpr std::int64_t renewed_ns = 500'000'000;

  hit_test(bus& on, programs& known) : bus_{&on}, programs_{&known}, walk_{on}, shifts_{on} {}

  void find(std::uint32_t process, rectangle window, std::int32_t x, std::int32_t y, handler done) {
    auto const asked = bus::now();
    if (auto const* const fits = known_window(process, window, x, y)) {
      prepare(process);
      descend(*fits, window, x, y, asked, std::move(done));
      return;
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

  /// Which of its windows is there, `use(object_id)`; none when that is not certain.
  template <class Use>
  void window_at(std::uint32_t process, rectangle window, Use use) {
    auto const x = window.x + window.width / 2;
    auto const y = window.y + window.height / 2;
    if (auto const* const fits = known_window(process, window, x, y)) {
      bus_->refuse([id = fits->id, use = std::move(use)](reply const&) { use(id); });
      return;
    }
    windows_of(process, [window, x, y, use = std::move(use)](auto const* list) {
      auto const* const fits = list != nullptr ? choose(*list, window, x, y) : nullptr;
      use(fits != nullptr ? fits->id : object_id{});
    });
  }

  /// Whether what the process told last of its windows leaves it open that this is one of them.
  [[nodiscard]] bool may_be_window(std::uint32_t process, rectangle window) const {
    auto const known = windows_.find(process);
    return known == windows_.end() ||
           std::ranges::any_of(known->second.list, [&](toplevel const& one) { return fits(one, window); });
  }

  /// Input may go to this process next: its windows are asked for, if they were not just now.
  void prepare(std::uint32_t process) {
    auto const now = bus::now();
    auto const known = windows_.find(process);
    auto& since = renewed_[process];
    if ((known == windows_.end() || now - known->second.read > renewed_ns) && now - since > renewed_ns) {
      since = now;
      windows_of(process, [](auto const*) {});
    }
    if (renewed_.size() > 64) {
      renewed_.clear();
    }
  }

  /// The windows of a process. Null when it did not tell.
  void windows_of(std::uint32_t process, windows_handler done) {
    auto const into = std::make_shared<listing>();
    into->process = process;
    into->asked = bus::now();
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

  /// Windows of a process came, went or changed.
  void forget(std::uint32_t process) {
    windows_.erase(process);
    renewed_.erase(process);
    forgot_ = bus::now();
  }

private:
  struct listing {
    std::uint32_t process = 0;
    timestamp asked{};
    std::vector<toplevel> list{};
    windows_handler done{};
    int open = 0;
    bool good = true;
  };
  struct known_windows {
    std::vector<toplevel> list{};
    timestamp read{};
  };

  /// The window, when what was told of it a moment ago is still good.
  [[nodiscard]] toplevel const* known_window(std::uint32_t process, rectangle window, std::int32_t x,
                                             std::int32_t y) const {
    auto const known = windows_.find(process);
    if (known == windows_.end()) {
      return nullptr;
    }
    auto const& list = known->second.list;
    auto const count = std::ranges::count_if(list, [&](toplevel const& one) { return fits(one, window); });
    auto const age = bus::now() - known->second.read;
    return age < (count == 1 ? fresh_alone_ns : fresh_ns) ? choose(list, window, x, y) : nullptr;
  }

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
    if (into->asked >= forgot_) {
      windows_[into->process] = {into->list, into->asked};
    }
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

  [[nodiscard]] static bool fits(toplevel const& one, rectangle window) {
    return fits_window(one.bounds, window, one.relative);
  }

  void descend(toplevel const& from, rectangle window, std::int32_t x, std::int32_t y, timestamp asked,
               handler done) {
    if (from.relative) {
      walk_.at(from.id, x - window.x, y - window.y, [asked, done = std::move(done)](object_id const& found) {
        done({.at = found, .asked = asked});
      });
      return;
    }
    auto const* const program = programs_->find(from.id.bus);
    if (program != nullptr && program->shows_pages) {
      step(from.id, x, y, most_levels, asked, std::move(done));
      return;
    }
    bus_->call(
        from.id, component_interface, "GetAccessibleAtPoint",
        [this, window = from.id, x, y, asked, done = std::move(done)](reply const& came) {
          auto const inside = came.read().object().value_or(object_id{});
          if (came.timed_out) {
            done({.asked = asked});
          } else if (!inside || inside == window) {
            done({.at = window, .asked = asked});
          } else {
            shifts_.of(window, inside, [this, inside, x, y, asked, done](std::int32_t shift) {
              step(inside, x, y - shift, most_levels, asked, done);
            });
          }
        },
        x, y, std::uint32_t{0});
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
  root_pane_shift shifts_;
  std::map<std::uint32_t, known_windows> windows_;
  std::map<std::uint32_t, timestamp> renewed_; ///< when the windows of a process were asked for ahead
  timestamp forgot_{};
};

} // namespace overt::inline v0::capture::atspi
