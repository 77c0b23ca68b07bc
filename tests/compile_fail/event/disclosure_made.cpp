// expect(g++): 'overt::v0::disclosure::disclosure\(.*audit_notes\*\)' is private
// expect(clang): private constructor
#include <overt/event/clearance.hpp>

#if defined(CONTROL)
void use(overt::disclosure const& key) { static_cast<void>(key); }
#else
void use() {
  overt::disclosure const key{nullptr};
  static_cast<void>(key);
}
#endif
