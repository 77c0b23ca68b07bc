#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string_view>
#include <utility>

#include <poll.h>

#include <overt/capture/backend.hpp>
#include <overt/capture/input_feed.hpp>
#include <overt/capture/picture_pace.hpp>
#include <overt/capture/picture_taker.hpp>
#include <overt/detail/unless_thrown.hpp>
#include <overt/detail/wake_up.hpp>
#include <overt/event/source.hpp>

namespace overt::inline v0::capture {

/// Pictures of the agreed windows, about one for each act: a backend that stands beside those of the input.
///
///     x11::desktop{} + atspi::context{} + pictures{x11::window_pictures{}, atspi::window_elements{}}
///
/// What it hands over is withheld until `redact::pixels`, or a policy of one's own, has filled in what must
/// not be seen and discloses the rest.
template <screen_grabber Grabber, screen_reader Reader>
class pictures {
public:
  static constexpr std::string_view name = "pictures";
  using backend_tag = void;

  explicit pictures(Grabber grabber, Reader reader, picture_options options = {},
                    picture_pace_options pace = {})
      : grabber_{std::move(grabber)}, reader_{std::move(reader)}, options_{options}, pace_{pace} {}

  /// What may be pictured; without it, nothing is. The recorder says so before `open`.
  void limit_to(scope_question scope) { scope_ = std::move(scope); }

  void follow(input_feed& feed) noexcept { feed_ = &feed; }

  template <any_event Event>
  [[nodiscard]] result<source> open(port<Event>&) {
    static_assert(Event::template carries<frame>, "overt: pictures needs an event that carries frame");
    if (auto const opened = grabber_.open(); !opened) {
      return opened.error();
    }
    if (auto const opened = reader_.open(); !opened) {
      return opened.error();
    }
    return source{.backend = name, .can_see = capability::frames};
  }

  template <any_event Event>
  [[nodiscard]] result<void> run(port<Event>& out, std::stop_token stop) {
    overt::detail::wake_up const bell;
    std::stop_callback const ring{stop, [&bell] { bell.ring(); }};
    picture_taker<Grabber, Reader> taker{grabber_, reader_, scope_, options_};
    picture_pace pace{pace_};
    while (!stop.stop_requested()) {
      listen(pace, taker);
      auto const now = system_clocks{}.now();
      auto const why = pace.due(now);
      if (!why) {
        wait(pace, now, bell);
        continue;
      }
      auto taken = taker.take(*why);
      if (!taken) {
        return taken.error();
      }
      listen(pace, taker); // what changed while the picture was taken
      if (taker.repeated()) {
        pace.repeated(system_clocks{}.now());
      } else {
        hand_over(pace, *why, std::move(*taken), taker.active_process(), out);
      }
    }
    return {};
  }

private:
  static constexpr int most_tries = 5;

  void listen(picture_pace& pace, picture_taker<Grabber, Reader>& taker) {
    if (feed_ != nullptr) {
      feed_->quiet();
      while (feed_->take([&](input_hint&& hint) { pace.saw(hint); })) {}
    }
    if (taker.take_change()) {
      pace.changed(system_clocks{}.now());
    }
  }

  void wait(picture_pace const& pace, timestamp now, overt::detail::wake_up const& bell) const {
    auto const next = pace.next_at();
    auto const left = next ? std::max<std::int64_t>(*next - now, 0) : std::int64_t{1'000'000'000};
    std::array<pollfd, 3> waiting{{{bell.descriptor(), POLLIN, 0},
                                   {grabber_.descriptor(), POLLIN, 0},
                                   {feed_ != nullptr ? feed_->bell().descriptor() : -1, POLLIN, 0}}};
    ::poll(waiting.data(), waiting.size(),
           static_cast<int>(std::min<std::int64_t>(left / 1'000'000 + 1, 1000)));
  }

  /// A picture that could not be had because the screen was moving is tried for again, a few times; then it
  /// is told that there is none.
  template <any_event Event>
  void hand_over(picture_pace& pace, frame_reason why, std::optional<frame> taken, std::uint32_t active,
                 port<Event>& out) {
    auto const now = system_clocks{}.now();
    if (!taken) {
      tries_ = 0;
      pace.taken(now);
      return;
    }
    if (taken->state == frame_state::screen_changed && ++tries_ < most_tries) {
      pace.failed(now, why);
      return;
    }
    tries_ = 0;
    pace.taken(taken->grabbed);
    // Nothing asks where keys go while there are none.
    out.tell({.what = hint_kind::pictured, .time = now, .process = active});
    out.push(now, context_ptr{}, std::move(*taken));
  }

  Grabber grabber_;
  Reader reader_;
  picture_options options_;
  picture_pace_options pace_;
  scope_question scope_{};
  input_feed* feed_ = nullptr;
  int tries_ = 0;
};

} // namespace overt::inline v0::capture
