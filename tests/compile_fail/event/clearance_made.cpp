// expect(g++): 'overt::v0::clearance::clearance\(.*audit_notes\*\)' is protected
// expect(clang): protected constructor
#include <overt/event/clearance.hpp>

#if defined(CONTROL)
void use(overt::clearance const& key) { static_cast<void>(key); }
#else
void use() {
  overt::clearance const key{nullptr};
  static_cast<void>(key);
}
#endif
