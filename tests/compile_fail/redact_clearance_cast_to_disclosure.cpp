// expect(g++): private within this context|is private|no matching function|cannot convert
// expect(clang): private|no matching con(version|structor)|invalid
// expect: disclosure
#include <overt/event/text.hpp>
#include <overt/redact/policy.hpp>

struct lets_out {
#if defined(CONTROL)
  void operator()(overt::text& what, overt::disclosure const& key) const { what.value.disclose(key); }
#else
  void operator()(overt::text& what, overt::clearance const&) const {
    what.value.disclose(overt::disclosure{});
  }
#endif
};
