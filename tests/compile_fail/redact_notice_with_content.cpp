// What the recorder says itself passes no policy, so it has no content.
// expect: overt: a notice has no guarded content
#include <overt/event/event.hpp>
#include <overt/redact/pipeline.hpp>

using small = overt::basic_event<overt::marker, overt::gap, overt::redaction>;
struct nowhere {
  void write(overt::cleared<small> const&) {}
};
using chain = overt::redact::chain<overt::redact::only, overt::redact::secrets>;
void use(overt::redact::pipeline<small, chain, nowhere>& out) {
#if defined(CONTROL)
  out.notice({}, 0, overt::gap{});
#else
  out.notice({}, 0, overt::marker{});
#endif
}
