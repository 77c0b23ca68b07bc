// expect: deleted (function|constructor|copy constructor)
// expect: basic_event
#include <utility>

#include <overt/event/event.hpp>

overt::event twice(overt::event& one) {
#if defined(CONTROL)
  return overt::event{std::move(one)};
#else
  return overt::event{one};
#endif
}
