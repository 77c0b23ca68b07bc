// A policy that asks for the weak key cannot disclose with it.
// expect: cannot convert|no viable conversion|invalid initialization
// expect: clearance
#include <overt/event/text.hpp>
#include <overt/redact/policy.hpp>

struct lets_out {
#if defined(CONTROL)
  void operator()(overt::text& what, overt::disclosure const& key) const { what.value.disclose(key); }
#else
  void operator()(overt::text& what, overt::clearance const& key) const { what.value.disclose(key); }
#endif
};
