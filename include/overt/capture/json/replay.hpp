#pragma once

#include <chrono>
#include <cstdint>
#include <fstream>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <overt/capture/backend.hpp>
#include <overt/capture/json/replay_reader.hpp>
#include <overt/event/clock.hpp>
#include <overt/event/event.hpp>

namespace overt::inline v0::capture {

/// A backend that plays raw events from a file of JSON lines (see `replay_reader`), each as long after the
/// first as it was then. When the file is at its end, it asks the session to stop.
template <any_event Event = overt::event>
class replay {
public:
  static constexpr std::string_view name = "replay";
  using backend_tag = void;
  using event_type = Event;

  explicit replay(std::string path) : path_{std::move(path)} {}

  [[nodiscard]] result<source> open(port<Event>&) {
    file_ = std::make_unique<std::ifstream>(path_);
    if (!*file_) {
      return failure{error_code::not_found,
                     "cannot open " + path_ +
                         ". Name a readable file of raw events, one JSON object a line."};
    }
    return source{.backend = name, .can_see = capability::application};
  }

  [[nodiscard]] result<void> run(port<Event>& out, std::stop_token stop) {
    system_clocks const clock;
    replay_reader<Event> reader{*file_};
    std::optional<std::int64_t> shift;
    while (!stop.stop_requested()) {
      auto next = reader.next();
      if (!next) {
        return next.error();
      }
      if (!*next) {
        out.request_stop();
        return {};
      }
      auto& time = time_of(**next);
      shift = shift.value_or(clock.now() - time);
      time = time + *shift;
      wait_until(time, clock, stop);
      hand_over(**next, out);
    }
    return {};
  }

private:
  using item = typename replay_reader<Event>::item;

  [[nodiscard]] static timestamp& time_of(item& next) {
    auto* const what = std::get_if<Event>(&next);
    return what != nullptr ? what->header.time : std::get_if<context_answer>(&next)->as_of;
  }

  static void wait_until(timestamp when, system_clocks const& clock, std::stop_token const& stop) {
    constexpr std::int64_t step = 20'000'000;
    for (auto left = when - clock.now(); left > 0 && !stop.stop_requested(); left = when - clock.now()) {
      std::this_thread::sleep_for(std::chrono::nanoseconds{left < step ? left : step});
    }
  }

  static void hand_over(item& next, port<Event>& out) {
    if (auto* const answer = std::get_if<context_answer>(&next); answer != nullptr) {
      out.answer(std::move(*answer));
      return;
    }
    auto& what = *std::get_if<Event>(&next);
    what.visit([&](auto& payload) {
      if (what.header.confirmed) {
        out.push_confirmed(what.header.time, what.header.context, std::move(payload));
      } else {
        out.push(what.header.time, what.header.context, std::move(payload));
      }
    });
  }

  std::string path_;
  std::unique_ptr<std::ifstream> file_;
};

} // namespace overt::inline v0::capture
