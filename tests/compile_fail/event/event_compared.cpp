// expect: no match for 'operator=='|invalid operands to binary expression
// expect: event
#include <overt/event/event.hpp>

bool same(overt::event const& one, overt::event const& other) {
#if defined(CONTROL)
  return one.payload_index() == other.payload_index();
#else
  return one == other;
#endif
}
