// Comparing with a guess would tell whether the guess is right.
// expect: deleted function|deleted operator
// expect: operator ?'?==
// expect: guarded.hpp:
#include <overt/event/guarded.hpp>

bool is_it(overt::guarded_text const& field, overt::guarded_text const& guess) {
#if defined(CONTROL)
  return field.state() == guess.state();
#else
  return field == guess;
#endif
}
