#pragma once

#include <concepts>
#include <functional>
#include <stop_token>
#include <string_view>
#include <tuple>
#include <utility>

#include <overt/capture/port.hpp>
#include <overt/event/context.hpp>
#include <overt/event/result.hpp>
#include <overt/event/source.hpp>

namespace overt::inline v0::capture {

/// A source of events of type `Event`.
///
///  - `name` says which it is, in the trace.
///  - `open(port)` gets ready and says what can be seen; called once, on the thread that runs the recorder,
///  before
///    anything is recorded. A missing permission, display or extension is an error here, and nothing is
///    recorded.
///  - `run(port, stop)` captures until `stop` is requested; called once, on a thread of its own. Returns
///  early, with
///    an error, when the source is lost: the session goes on without it and says so.
///
/// Both get the same port, which outlives `run`. No exception may leave either. When a session is refused
/// after `open`, `run` is never called; a backend that keeps the port has `close()`, which is called then.
///
/// A backend that can vouch for contexts lists the aspects it answers for:
/// `static constexpr std::array answers{context_aspect::application};`
template <class Backend, class Event>
concept backend_for = requires(Backend& backend, port<Event>& out, std::stop_token stop) {
  { Backend::name } -> std::convertible_to<std::string_view>;
  { backend.open(out) } -> std::same_as<result<source>>;
  { backend.run(out, stop) } -> std::same_as<result<void>>;
};

/// A backend that looks at what input goes to hears of the input of the others through a feed:
/// `void follow(input_feed&)`, called before `open`; the feed outlives `run`.
template <class Backend>
concept follows_input = requires(Backend& backend, input_feed& feed) { backend.follow(feed); };

/// Whether a place, of which application and page are known, was agreed to. May be asked from any thread.
using scope_question = std::function<bool(context&)>;

/// A backend that takes pictures is handed the scope's verdict before `open`: `void
/// limit_to(scope_question)`.
template <class Backend>
concept asks_scope = requires(Backend& backend, scope_question asked) { backend.limit_to(std::move(asked)); };

/// Several backends of one session; each gets a ring and a thread of its own.
template <class... Backends>
struct together {
  std::tuple<Backends...> backends;
};

template <class Type>
inline constexpr bool is_together = false;
template <class... Backends>
inline constexpr bool is_together<together<Backends...>> = true;

/// A type with what every backend has, whatever its events: it tells `+` below what to join.
template <class Type>
concept backend_like = is_together<Type> || requires {
  { Type::name } -> std::convertible_to<std::string_view>;
  typename Type::backend_tag;
};

namespace detail {
template <class Backend>
[[nodiscard]] auto as_tuple(Backend&& backend) {
  if constexpr (is_together<std::remove_cvref_t<Backend>>) {
    return std::forward<Backend>(backend).backends;
  } else {
    return std::tuple{std::forward<Backend>(backend)};
  }
}
} // namespace detail

/// `x11::desktop{} + mine{}`. A backend opts in with `using backend_tag = void;`. Two backends from outside
/// this library are put together with `capture::together{std::tuple{mine{}, yours{}}}`.
template <class Left, class Right>
  requires backend_like<Left> && backend_like<Right>
[[nodiscard]] auto operator+(Left left, Right right) {
  return std::apply(
      [](auto&&... backend) {
        return together<std::remove_cvref_t<decltype(backend)>...>{{std::move(backend)...}};
      },
      std::tuple_cat(detail::as_tuple(std::move(left)), detail::as_tuple(std::move(right))));
}

} // namespace overt::inline v0::capture
