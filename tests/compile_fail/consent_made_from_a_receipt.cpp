// expect(g++): is private within this context
// expect(clang): private constructor
#include <utility>

#include <overt/consent/active_consent.hpp>

#if defined(CONTROL)
overt::consent::active_consent use(overt::consent::active_consent& agreed) { return std::move(agreed); }
#else
overt::consent::active_consent use(overt::consent::receipt terms) {
  return overt::consent::active_consent{std::move(terms), overt::timestamp{}};
}
#endif
