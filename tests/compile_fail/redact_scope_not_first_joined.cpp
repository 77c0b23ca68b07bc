// expect: no match for .operator\||constraints not satisfied
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
auto use() { return redact::only{} | redact::secrets{}; }
#else
auto use() { return redact::secrets{} | redact::only{}; }
#endif
