// expect: overt: this payload is not in the event's list of payloads
#include <overt/capture/port.hpp>
#include <overt/event/key.hpp>
#include <overt/event/pointer_move.hpp>

using only_keys = overt::basic_event<overt::key>;

void push(overt::capture::port<only_keys>& port) {
#if defined(CONTROL)
  port.push({}, {}, overt::key{});
#else
  port.push({}, {}, overt::pointer_move{});
#endif
}
