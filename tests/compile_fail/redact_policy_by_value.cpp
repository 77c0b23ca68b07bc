// expect: overt: policy_for<Policy, Event> does not hold
// expect: policy_for
#include <overt/event/event.hpp>
#include <overt/redact/pipeline.hpp>
#include <overt/redact/presets.hpp>

using small = overt::basic_event<overt::key, overt::text, overt::gap, overt::redaction>;
struct nowhere {
  void write(overt::cleared<small> const&) {}
};
template <class Chain>
void make(Chain const& chain) {
  nowhere sink;
  overt::redact::pipeline<small, Chain, nowhere> const out{chain, sink, {}};
}

namespace redact = overt::redact;

#if defined(CONTROL)
struct mine {
  void operator()(overt::key&, overt::clearance const&) const {}
};
void use() { make(redact::only{} | redact::secrets{} | mine{}); }
#else
struct mine {
  void operator()(overt::key, overt::clearance const&) const {}
};
void use() { make(redact::only{} | redact::secrets{} | mine{}); }
#endif
