#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <unistd.h>

#include <overt/capture/picture_digest.hpp>
#include <overt/capture/picture_plan.hpp>
#include <overt/capture/screen_reading.hpp>
#include <overt/capture/screen_windows.hpp>
#include <overt/capture/visible_parts.hpp>
#include <overt/event/clock.hpp>
#include <overt/event/frame.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::capture {

struct picture_options {
  bool draw_cursor = false;                ///< into the pixels; where it is stands in the event anyway
  std::int64_t reading_ns = 2'000'000'000; ///< the longest that accessibility may take, before and after each
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

  /// Nothing: the keyboard is nowhere that was agreed to, and no picture is due to anybody. Or the screen,
  /// which changed by itself, shows what one of the last two pictures did, as when a caret blinks.
  [[nodiscard]] result<std::optional<frame>> take(frame_reason why) {
    repeated_ = false;
    auto const before = grabber_.look();
    if (!before) {
      return before.error();
    }
    auto candidates = candidates_in(before->list);
    if (candidates.empty()) {
      return std::optional<frame>{};
    }
    auto const monitor = monitor_of(*before, candidates);
    leave_out_hidden(candidates, monitor);
    auto reading = read_all(candidates);
    if (!grabber_.as_seen()) {
      return dropped(why, frame_state::screen_changed, monitor);
    }
    auto const again = copy_of(reading);
    auto plan = plan_picture(put_together(candidates, std::move(reading)), monitor, scope_);
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
    (void)take_change(); // what changed until now is in the picture
    auto const grabbed = system_clocks{}.now();
    auto const own = grabber_.grab(plan.parts, *picture, options_.draw_cursor);
    if (!own) {
      return own.error();
    }
    auto const digest = digest_of(*picture);
    repeated_ = *own && (why == frame_reason::idle || why == frame_reason::period) &&
                std::ranges::find(digests_, digest) != digests_.end();
    if (repeated_) {
      return std::optional<frame>{};
    }
    auto const after = grabber_.look();
    if (!after) {
      return after.error();
    }
    if (!*own || after->list != before->list || !same_reading(again, read_all(candidates))) {
      return dropped(why, frame_state::screen_changed, monitor, grabbed);
    }
    digests_ = {digests_.back(), digest};
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

  /// Whether one of the agreed windows changed since the last call, or since the last picture was taken.
  [[nodiscard]] bool take_change() {
    bool const changed = grabber_.take_change();
    return std::exchange(changed_, false) || changed;
  }

  /// Whether the last one was not handed out because it shows what one before it did.
  [[nodiscard]] bool repeated() const noexcept { return repeated_; }

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
    std::vector<std::uint64_t> watched;
    for (auto const& one : found) {
      watched.push_back(one.window.id);
    }
    grabber_.watch(watched);
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

  /// Leaves out what is not on the monitor, or wholly below other agreed windows: reading it would take
  /// time, and programs keep windows outside of the screen that nobody could understand.
  static void leave_out_hidden(std::vector<candidate>& candidates, rectangle const& monitor) {
    std::vector<rectangle> over;
    for (auto at = candidates.size(); at-- > 0;) {
      auto const& one = candidates[at];
      auto const seen = visible_parts(clipped(one.window.inside, monitor), over);
      if (one.agreed) {
        over.push_back(one.window.inside);
      }
      if (seen.empty() && !one.window.active) {
        candidates.erase(candidates.begin() + static_cast<std::ptrdiff_t>(at));
      }
    }
  }

  /// While a program is asked, what windows do goes on, and has to be heard of in time (see
  /// `x11::window_pictures`). A menu that opens ends it: there will be no picture, and the next is due.
  [[nodiscard]] screen_reading read_all(std::vector<candidate> const& candidates) {
    std::vector<screen_window> windows;
    for (auto const& one : candidates) {
      windows.push_back(one.window);
    }
    reading_duty const listen{grabber_.descriptor(), [this] {
                                changed_ = take_change();
                                return grabber_.as_seen();
                              }};
    return reader_.read(windows, system_clocks{}.now() + options_.reading_ns, listen);
  }

  [[nodiscard]] static std::vector<read_window> put_together(std::vector<candidate> const& candidates,
                                                             screen_reading reading) {
    std::vector<read_window> windows;
    reading.resize(candidates.size());
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      windows.push_back({.window = candidates[i].window,
                         .contents = std::move(reading[i]),
                         .agreed = candidates[i].agreed});
    }
    return windows;
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
  std::uint32_t active_process_ = 0;
  std::array<std::uint64_t, 2> digests_{}; ///< of the last pictures that were handed out
  bool repeated_ = false;
  bool changed_ = false;
};

} // namespace overt::inline v0::capture
