// What is a sink, and what would take more than cleared events.
#include <overt/sink/sink.hpp>

#include <overt/event/event.hpp>
#include <overt/event/recorded.hpp>
#include <overt/sink/jsonl.hpp>
#include <overt/sink/memory.hpp>
#include <overt/sink/tee.hpp>
#include <overt_test/payloads.hpp>

namespace {

using overt::cleared;
using overt::event;
using overt::sink::sink_for;

struct of_one_event {
  void write(cleared<event> const&) {}
};
struct of_all_events {
  template <class Event>
  void write(cleared<Event> const&) {}
};
static_assert(sink_for<of_one_event, event> && sink_for<of_all_events, event>);
static_assert(!sink_for<of_one_event, overt_test::ticket_event>);
static_assert(sink_for<of_all_events, overt_test::ticket_event>);
static_assert(sink_for<overt::sink::jsonl, event> && sink_for<overt::sink::memory<>, event>);
static_assert(sink_for<overt::sink::tee<overt::sink::jsonl, overt::sink::memory<>>, event>);

// --- takes too much
struct raw_too : of_all_events {
  using of_all_events::write;
  void write(event const&) {}
};
struct mutable_raw_too : of_all_events {
  using of_all_events::write;
  void write(event&) {}
};
struct moved_raw_too : of_all_events {
  using of_all_events::write;
  void write(event&&) {}
};
struct raw_by_value_too : of_all_events {
  using of_all_events::write;
  void write(event) {}
};
struct anything {
  template <class What>
  void write(What const&) {}
};
struct anything_forwarded {
  template <class What>
  void write(What&&) {}
};
struct whatever_can_be_visited {
  template <class What>
    requires requires(What const& what) { what.visit([](auto const&) {}); }
  void write(What const&) {}
};
struct variadic {
  void write(...) {}
};
static_assert(!sink_for<raw_too, event> && !sink_for<mutable_raw_too, event> &&
              !sink_for<moved_raw_too, event> && !sink_for<raw_by_value_too, event>);
static_assert(!sink_for<anything, event> && !sink_for<anything_forwarded, event> &&
              !sink_for<whatever_can_be_visited, event> && !sink_for<variadic, event>);

// --- takes too little
struct nothing {};
struct mutable_cleared {
  void write(cleared<event>&) {}
};
struct by_value {
  void write(cleared<event>) {}
};
static_assert(!sink_for<nothing, event> && !sink_for<mutable_cleared, event> && !sink_for<by_value, event>);

template <class Sink>
concept writable = requires(Sink& out, cleared<event> const& what) { out.write(what); };
static_assert(writable<overt::sink::tee<of_all_events>> && !writable<overt::sink::tee<anything>> &&
              !writable<overt::sink::tee<of_all_events, raw_too>>);

// --- nobody makes a cleared event, keeps one or gets the event out of it
static_assert(!std::is_default_constructible_v<cleared<event>> &&
              !std::is_copy_constructible_v<cleared<event>> &&
              !std::is_move_constructible_v<cleared<event>> && !std::is_copy_assignable_v<cleared<event>>);
static_assert(!std::is_constructible_v<cleared<event>, overt::cleared_head, event const&> &&
              !std::is_constructible_v<cleared<event>, event const&>);
static_assert(!std::is_convertible_v<cleared<event> const&, event const&>);
static_assert(!std::is_constructible_v<overt::recorded<event>, overt::recorded_head, event> &&
              !std::is_copy_constructible_v<overt::recorded<event>>);

} // namespace
