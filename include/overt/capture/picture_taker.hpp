#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <unistd.h>

#include <overt/capture/picture_plan.hpp>
#include <overt/capture/screen_reading.hpp>
#include <overt/capture/screen_windows.hpp>
#include <overt/event/clock.hpp>
#include <overt/event/frame.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::capture {

struct picture_options {
  bool draw_cursor = false;                ///< into the pixels; where it is stands in the event anyway
  std::int64_t reading_ns = 1'200'000'000; ///< the longest that accessibility may take, before and after each
  long most_under_way = 4;                 ///< pictures that were taken and are not written yet
};

/// Takes one picture: looks at the windows, reads what stands in them, takes the pixels, and looks and reads
/// again. When anything is different then, nobody knows what the pixels show, and they are dropped.
///
/// The root window is never read, nor any window that was not agreed to.
template <screen_grabber Grabber, screen_reader Reader>
class picture_taker {
public:
  picture_taker(Grabber& grabber, Reader& reader, scope_question const& scope, picture_options options)
      : grabber_{grabber}, reader_{reader}, scope_{scope}, options_{options} {}

  /// Nothing: the keyboard is nowhere that was agreed to, and no picture is due to anybody.
  [[nodiscard]] result<std::optional<frame>> take(frame_reason why) {
    auto const before = grabber_.look();
    if (!before) {
      return before.error();
    }
    auto const candidates = candidates_in(before->list);
    if (candidates.empty()) {
      return std::optional<frame>{};
    }
    auto const monitor = monitor_of(*before, candidates);
    auto windows = read_all(candidates);
    auto const again = copies_of(windows);
    auto plan = plan_picture(std::move(windows), monitor, scope_);
    if (is_elsewhere(plan, candidates)) {
      return std::optional<frame>{};
    }
    if (plan.state != frame_state::taken) {
      return dropped(why, plan.state, monitor);
    }
    auto picture = token_.use_count() <= options_.most_under_way ? screen_picture::black(monitor)
                                                                 : std::optional<screen_picture>{};
    if (!picture) {
      return dropped(why, frame_state::no_room, monitor);
    }
    auto const grabbed = system_clocks{}.now();
    auto const own = grabber_.grab(plan.parts, *picture, options_.draw_cursor);
    if (!own) {
      return own.error();
    }
    auto const after = grabber_.look();
    if (!after) {
      return after.error();
    }
    if (!*own || after->list != before->list || !read_the_same(again, candidates)) {
      return dropped(why, frame_state::screen_changed, monitor, grabbed);
    }
    picture->elements() = std::move(plan.elements);
    picture->carry(token_);
    frame made{.reason = why,
               .grabbed = grabbed,
               .covers = monitor,
               .shown = std::move(plan.shown),
               .picture = guarded_picture{std::move(*picture)}};
    if (before->cursor && std::ranges::any_of(made.shown, [&](rectangle const& part) {
          return part.contains(before->cursor->x, before->cursor->y);
        })) {
      made.cursor = before->cursor;
    }
    return std::optional{std::move(made)};
  }

  /// The windows that were part of the last picture, for `screen_grabber::watch`.
  [[nodiscard]] std::span<std::uint64_t const> watched() const noexcept { return watched_; }

  /// That the keys went to when the last picture was tried for; 0: to none that counts.
  [[nodiscard]] std::uint32_t active_process() const noexcept { return active_process_; }

private:
  struct candidate {
    screen_window window{};
    bool agreed = false;
  };

  /// The windows of agreed applications, and the one with the keyboard, which may show an agreed page.
  [[nodiscard]] std::vector<candidate> candidates_in(std::vector<screen_window> const& all) {
    std::vector<candidate> found;
    auto const self = static_cast<std::uint32_t>(::getpid());
    auto const active = std::ranges::find_if(all, &screen_window::active);
    active_process_ = active == all.end() ? 0 : active->process;
    if (active == all.end() || active->process == 0 || active->process == self) {
      return found;
    }
    for (auto const& one : all) {
      if (one.process == 0 || one.process == self || is_empty(one.inside)) {
        continue;
      }
      bool const agreed = is_agreed(scope_, one.application);
      if (agreed || one.process == active->process) {
        found.push_back({one, agreed});
      }
    }
    watched_.clear();
    for (auto const& one : found) {
      watched_.push_back(one.window.id);
    }
    grabber_.watch(watched_);
    return found;
  }

  [[nodiscard]] static rectangle monitor_of(screen_windows const& all, std::vector<candidate> const& shown) {
    auto const active = std::ranges::find_if(shown, [](candidate const& one) { return one.window.active; });
    auto const& inside = (active == shown.end() ? shown.back() : *active).window.inside;
    auto const x = inside.x + inside.width / 2;
    auto const y = inside.y + inside.height / 2;
    auto const on =
        std::ranges::find_if(all.monitors, [&](rectangle const& one) { return one.contains(x, y); });
    return on == all.monitors.end() ? all.monitors.front() : *on;
  }

  [[nodiscard]] std::vector<read_window> read_all(std::vector<candidate> const& candidates) {
    std::vector<read_window> windows;
    auto const deadline = system_clocks{}.now() + options_.reading_ns;
    for (auto const& one : candidates) {
      auto const asked = asked_with(one.window, candidates);
      auto reading = reader_.read(asked, deadline);
      reading.windows.resize(std::min<std::size_t>(reading.windows.size(), 1));
      windows.push_back({.window = one.window, .reading = std::move(reading), .agreed = one.agreed});
    }
    return windows;
  }

  /// Most toolkits tell what is in a menu or a list as of a part of the window that opened it, so a popup is
  /// asked for together with the other windows of its program. What lies below it then counts as in it, too:
  /// more is filled than has to be, never less.
  [[nodiscard]] static std::vector<screen_window> asked_with(screen_window const& first,
                                                             std::vector<candidate> const& candidates) {
    std::vector<screen_window> asked{first};
    for (auto const& other : candidates) {
      if (first.popup && other.window.process == first.process && other.window.id != first.id) {
        asked.push_back(other.window);
      }
    }
    return asked;
  }

  /// A second copy of what was read, to compare with.
  [[nodiscard]] static std::vector<screen_reading> copies_of(std::vector<read_window> const& windows) {
    std::vector<screen_reading> copies;
    for (auto const& one : windows) {
      copies.push_back(copy_of(one.reading));
    }
    return copies;
  }

  [[nodiscard]] bool read_the_same(std::vector<screen_reading> const& before,
                                   std::vector<candidate> const& candidates) {
    auto const after = read_all(candidates);
    return std::ranges::equal(before, after, [](screen_reading const& x, read_window const& y) {
      return same_reading(x, y.reading);
    });
  }

  /// The window with the keyboard is of an application that was not agreed to, and shows no agreed page.
  [[nodiscard]] static bool is_elsewhere(picture_plan const& plan, std::vector<candidate> const& candidates) {
    return std::ranges::any_of(candidates, [&](candidate const& one) {
      return one.window.active && !one.agreed &&
             std::ranges::none_of(plan.parts, [&](auto const& part) { return part.window == one.window.id; });
    });
  }

  [[nodiscard]] static std::optional<frame> dropped(frame_reason why, frame_state state,
                                                    rectangle const& monitor, timestamp grabbed = {}) {
    return frame{.reason = why,
                 .state = state,
                 .grabbed = grabbed.ns == 0 ? system_clocks{}.now() : grabbed,
                 .covers = monitor};
  }

  Grabber& grabber_;
  Reader& reader_;
  scope_question const& scope_;
  picture_options options_;
  std::shared_ptr<int const> token_ = std::make_shared<int const>(0);
  std::vector<std::uint64_t> watched_;
  std::uint32_t active_process_ = 0;
};

} // namespace overt::inline v0::capture
