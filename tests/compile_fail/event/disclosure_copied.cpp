// expect: deleted (function|constructor)
// expect: disclosure
#include <overt/event/clearance.hpp>

void use(overt::disclosure const& key) {
#if defined(CONTROL)
  auto const& copy = key;
#else
  auto const copy = key;
#endif
  static_cast<void>(copy);
}
