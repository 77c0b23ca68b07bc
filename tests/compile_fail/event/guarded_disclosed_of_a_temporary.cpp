// The pointer would dangle.
// expect: deleted
// expect: disclosed
#include <overt/event/guarded.hpp>

overt::guarded_text made();

bool is_disclosed() {
#if defined(CONTROL)
  auto const field = made();
  return field.disclosed() != nullptr;
#else
  return made().disclosed() != nullptr;
#endif
}
