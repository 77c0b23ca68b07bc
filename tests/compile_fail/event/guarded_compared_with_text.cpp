// expect: deleted function|deleted operator
// expect: operator ?'?==
// expect: guarded.hpp:
#include <string_view>

#include <overt/event/guarded.hpp>

bool is_it(overt::guarded_text const& field, std::string_view guess) {
#if defined(CONTROL)
  return field.disclosed() != nullptr && field.disclosed()->view() == guess;
#else
  return field == guess;
#endif
}
