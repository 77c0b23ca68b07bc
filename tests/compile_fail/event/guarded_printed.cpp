// expect: deleted function|deleted operator
// expect: operator ?'?<<
#include <iostream>

#include <overt/event/guarded.hpp>

void print(overt::guarded_text const& field) {
#if defined(CONTROL)
  std::cout << static_cast<int>(field.state());
#else
  std::cout << field;
#endif
}
