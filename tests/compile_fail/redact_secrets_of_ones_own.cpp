// expect: overt: redact::secrets\{\} comes right after the scope
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
struct secrets : redact::secrets {};
#if defined(CONTROL)
void use() { make(redact::only{} | redact::secrets{} | secrets{}); }
#else
void use() { make(redact::only{} | secrets{}); }
#endif
