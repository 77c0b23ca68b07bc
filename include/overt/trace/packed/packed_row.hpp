#pragma once

#include <overt/event/basic_event.hpp>
#include <overt/sink/packed/row_head.hpp>

namespace overt::inline v0::trace {

/// An event that was read from a row or a batch. `head.context` is the number of its place, 0 for none; the
/// event's own header has its time and source and no context.
template <any_event Event>
struct packed_row {
  sink::packed::row_head head{};
  Event what;
};

} // namespace overt::inline v0::trace
