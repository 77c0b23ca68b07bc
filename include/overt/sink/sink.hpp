#pragma once

#include <concepts>
#include <utility>

#include <overt/event/result.hpp>
#include <overt/redact/cleared.hpp>
#include <overt/sink/session_info.hpp>

/// A sink is where cleared events go. It needs one function; the rest is there when it has it:
///
///     struct my_sink {
///       template <class Event> void write(overt::cleared<Event> const& event);  // each event, in order
///       overt::result<void> open(overt::session_info const& info);              // before the first; may
///       refuse overt::result<void> flush();                                            // a few times a
///       second overt::result<void> close(overt::session_end const& end);               // after the last
///     };
///
/// All are called on the recorder's thread, never concurrently. `write` must not throw and should not wait;
/// an error of writing is kept and reported by `flush` or `close`. A sink that would also take a raw event,
/// or anything, is refused.
namespace overt::inline v0::sink {

namespace detail {
struct anything {};

template <class Sink, class Event>
inline constexpr bool takes_more_than_cleared =
    requires(Sink& out, Event const& raw) { out.write(raw); } ||
    requires(Sink& out, Event& raw) { out.write(raw); } ||
    requires(Sink& out, Event&& raw) { out.write(std::move(raw)); } ||
    requires(Sink& out, anything const& other) { out.write(other); };
} // namespace detail

/// Takes cleared events of this type and nothing rawer.
template <class Sink, class Event>
concept sink_for = requires(Sink& out, cleared<Event> const& what) { out.write(what); } &&
                   !detail::takes_more_than_cleared<Sink, Event>;

template <class Sink>
[[nodiscard]] result<void> open(Sink& out, session_info const& info) {
  if constexpr (requires {
                  { out.open(info) } -> std::same_as<result<void>>;
                }) {
    return out.open(info);
  } else {
    return {};
  }
}

template <class Sink>
[[nodiscard]] result<void> flush(Sink& out) {
  if constexpr (requires {
                  { out.flush() } -> std::same_as<result<void>>;
                }) {
    return out.flush();
  } else {
    return {};
  }
}

template <class Sink>
[[nodiscard]] result<void> close(Sink& out, session_end const& end) {
  if constexpr (requires {
                  { out.close(end) } -> std::same_as<result<void>>;
                }) {
    return out.close(end);
  } else {
    return {};
  }
}

} // namespace overt::inline v0::sink
