// A failure that nobody looks at is a silent one.
// expect: (ignoring return|nodiscard|-Wunused-result|ignoring returned value)
#include <overt/event/result.hpp>

overt::result<void> attempt();

bool use() {
#if defined(CONTROL)
  return attempt().has_value();
#else
  attempt();
  return true;
#endif
}
