// expect(g++): is private within this context
// expect(clang): private constructor
#include <overt/event/event.hpp>
#include <overt/redact/cleared.hpp>

#if defined(CONTROL)
void use(overt::cleared<overt::event> const& what) { static_cast<void>(what.head()); }
#else
void use(overt::event const& raw) {
  overt::cleared<overt::event> const what{overt::cleared_head{}, raw};
  static_cast<void>(what.head());
}
#endif
