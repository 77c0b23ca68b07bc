#pragma once

#include <tuple>
#include <utility>

#include <overt/sink/sink.hpp>

namespace overt::inline v0::sink {

/// Hands every event to several sinks, in the order given. The first error of opening, flushing or closing is
/// the tee's, but all are opened as far as that, and all are flushed and closed.
///
///     sink::tee{sink::jsonl{"trace.jsonl"}, sink::timeline{}}
template <class... Sinks>
class tee {
public:
  explicit tee(Sinks... sinks) : sinks_{std::move(sinks)...} {}

  template <any_event Event>
    requires(sink_for<Sinks, Event> && ...)
  void write(cleared<Event> const& what) {
    std::apply([&](auto&... each) { (each.write(what), ...); }, sinks_);
  }

  [[nodiscard]] result<void> open(session_info const& info) {
    result<void> outcome;
    std::apply(
        [&](auto&... each) {
          static_cast<void>(((outcome = sink::open(each, info), outcome.has_value()) && ...));
        },
        sinks_);
    return outcome;
  }

  [[nodiscard]] result<void> flush() {
    return on_all([](auto& each) { return sink::flush(each); });
  }

  [[nodiscard]] result<void> close(session_end const& end) {
    return on_all([&](auto& each) { return sink::close(each, end); });
  }

private:
  template <class Act>
  [[nodiscard]] result<void> on_all(Act&& act) {
    result<void> outcome;
    auto const one = [&](auto& each) {
      auto said = act(each);
      if (outcome && !said) {
        outcome = std::move(said);
      }
    };
    std::apply([&](auto&... each) { (one(each), ...); }, sinks_);
    return outcome;
  }

  std::tuple<Sinks...> sinks_;
};

} // namespace overt::inline v0::sink
