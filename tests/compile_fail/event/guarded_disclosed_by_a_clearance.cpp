// The weak key does not disclose.
// expect(g++): cannot convert 'const overt::v0::clearance' to 'const overt::v0::disclosure&'
// expect(clang): no viable conversion|reference to type 'const disclosure' could not bind
#include <overt/event/guarded.hpp>

#if defined(CONTROL)
void let_out(overt::guarded_text& field, overt::disclosure const& key) { field.disclose(key); }
#else
void let_out(overt::guarded_text& field, overt::clearance const& key) { field.disclose(key); }
#endif
