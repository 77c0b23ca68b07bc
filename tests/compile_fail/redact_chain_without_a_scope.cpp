// expect: overt: a chain begins with a scope
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
void use() { make(redact::only{} | redact::secrets{} | redact::shortcuts{}); }
#else
void use() { make(redact::chain<redact::shortcuts>{}); }
#endif
