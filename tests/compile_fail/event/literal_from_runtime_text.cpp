// A name in a trace is written in a program's source; what a person typed cannot become one.
// expect(g++): not a constant expression
// expect(clang): call to consteval function 'overt::literal::literal' is not a constant expression
#include <string>

#include <overt/event/literal.hpp>

overt::literal name_for(std::string const& typed) {
#if defined(CONTROL)
  return typed.empty() ? overt::literal{"nothing"} : overt::literal{"something"};
#else
  return overt::literal{typed.c_str()};
#endif
}
