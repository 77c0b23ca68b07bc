// Two copies would be two places to wipe.
// expect: deleted (function|constructor)
// expect: guarded
#include <utility>

#include <overt/event/guarded.hpp>

overt::guarded_text twice(overt::guarded_text& field) {
#if defined(CONTROL)
  return overt::guarded_text{std::move(field)};
#else
  return overt::guarded_text{field};
#endif
}
