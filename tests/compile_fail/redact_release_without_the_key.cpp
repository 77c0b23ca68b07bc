// Releasing takes the stronger key.
// expect(g++): cannot convert 'const overt::v0::clearance' to 'const overt::v0::disclosure&'
// expect(clang): no known conversion from|no viable conversion|cannot bind to a value of unrelated type
// expect: clearance
#include <overt/event/key.hpp>
#include <overt/redact/verdict.hpp>

#if defined(CONTROL)
overt::verdict use(overt::key&, overt::disclosure const& key) { return overt::verdict::release(key); }
#else
overt::verdict use(overt::key&, overt::clearance const& key) { return overt::verdict::release(key); }
#endif
