// Where the pointer is and how far it went are different things.
// expect(g++): invalid initialization of reference of type 'const overt::v0::pointer_delta&' from expression of type 'overt::v0::pointer_move'|could not convert
// expect(clang): no (viable|known) conversion from '(overt::)?pointer_move'|no matching function
// expect: pointer_delta
#include <cstdint>

#include <overt/event/pointer_delta.hpp>
#include <overt/event/pointer_move.hpp>

std::int32_t distance(overt::pointer_delta const& delta) { return delta.dx + delta.dy; }

std::int32_t use() {
#if defined(CONTROL)
  return distance(overt::pointer_delta{});
#else
  return distance(overt::pointer_move{});
#endif
}
