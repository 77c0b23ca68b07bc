#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include <overt/event/basic_event.hpp>
#include <overt/event/frame.hpp>
#include <overt/event/name_pool.hpp>
#include <overt/event/recorded.hpp>
#include <overt/event/result.hpp>
#include <overt/event/screen_picture.hpp>
#include <overt/sink/session_info.hpp>
#include <overt/sink/sink.hpp>
#include <overt/trace/each_event.hpp>
#include <overt/trace/erasure.hpp>
#include <overt/trace/erasure_plan.hpp>

namespace overt::inline v0::trace {

namespace detail {

/// Whether the event had a picture when it was written.
template <any_event Event>
[[nodiscard]] bool has_picture(recorded<Event> const& what) {
  if constexpr (Event::template carries<frame>) {
    auto const* const shown = what.template get_if<frame>();
    return shown != nullptr && shown->picture.disclosed() != nullptr;
  } else {
    return false;
  }
}

/// Whether a sink says that there was no room for something; then it wrote gaps instead.
template <class Sink>
[[nodiscard]] bool lost_something(Sink const& to) {
  if constexpr (requires { to.progress().lost(); }) {
    return to.progress().lost() > 0;
  } else {
    return false;
  }
}

} // namespace detail

/// Copies a trace into another one without what falls under `what` and what was made of it (`erasure_plan`
/// says what that is), with a gap of the reason `erased` in its place. False: nothing falls under it; then
/// `to` was not opened.
///
///     name_pool names;
///     auto const changed = trace::erase<event>(
///         [&] { return trace::open<event, sink::zstd>(path); },
///         [&](auto const& reader) { return trace::session_of(reader.session(), names); },
///         {.applications = {"mousepad"}}, to, [&](std::uint64_t frame) { return pictures.picture_of(frame);
///         });
///
/// `open` gives a reader of the trace each time; it is read three times, in bounded memory. `describe` gives
/// its session when all was read. `picture_of` gives a picture by the number of its event, and any error for
/// one that is not there. Pictures are encoded anew, so none refers to one that has gone. `to` is a sink that
/// keeps pictures (`sink::with_pictures`); a trace that was cut off gets an end.
///
/// Errors: those of reading and writing. What `to` holds then is no trace.
template <any_event Event, class Open, class Describe, class To, class Pictures>
[[nodiscard]] result<bool> erase(Open&& open, Describe&& describe, erasure const& what, To& to,
                                 Pictures&& picture_of) {
  if (!what.names_something()) {
    return failure{error_code::misuse, "an erasure names a time, an application, a site or everything."};
  }
  session_info info;
  bool known = false;
  auto const read_all = [&](auto&& use) -> result<void> {
    auto reader = open();
    if (!reader) {
      return reader.error();
    }
    auto read = each_event(*reader, use);
    if (read && !std::exchange(known, true)) {
      info = describe(*reader);
    }
    return read;
  };
  erasure_plan<Event> plan{what};
  if (auto const read = read_all([&](auto const& event) { plan.survey(event); }); !read) {
    return read.error();
  }
  plan.use_session(info);
  if (auto const read = read_all([&](auto const& event) { plan.judge(event); }); !read) {
    return read.error();
  }
  if (!plan.changes()) {
    return false;
  }
  if (auto const opened = sink::open(to, info); !opened) {
    return opened.error();
  }
  constexpr auto names = v0::detail::payload_literals<Event>();
  std::array<std::uint64_t, names.size()> counts{};
  auto const count = [&](auto const& event) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      counts[i] += names[i].view() == event.payload_name() ? 1 : 0;
    }
  };
  auto const copied = read_all([&](auto const& event) {
    auto const number = event.head().sequence;
    if (plan.takes(number)) {
      if (auto const told = plan.gap_at(number)) {
        to.write(*told);
        count(*told);
      }
      return;
    }
    auto const moved = plan.renumbered(event);
    auto const picture = detail::has_picture(event)
                             ? picture_of(number)
                             : result<screen_picture>{failure{error_code::not_found, ""}};
    if (picture) {
      to.write(moved, *picture);
    } else {
      to.write(moved);
    }
    count(moved);
  });
  session_end end;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (counts[i] > 0) {
      end.written.push_back({names[i], counts[i]});
    }
  }
  auto const closed = sink::close(to, end);
  if (!copied || !closed) {
    return (copied ? closed : copied).error();
  }
  if (detail::lost_something(to)) {
    return failure{error_code::disk_full,
                   "there is no room on the disk for the trace as it is to be. Nothing "
                   "was changed; make room and erase again."};
  }
  return true;
}

} // namespace overt::inline v0::trace
