// expect: overt: a policy returns void or verdict
#include <utility>

#include <overt/event/event.hpp>
#include <overt/redact/pipeline.hpp>

using small = overt::basic_event<overt::key, overt::gap, overt::redaction>;
struct nowhere {
  void write(overt::cleared<small> const&) {}
};
struct mine {
#if defined(CONTROL)
  overt::verdict operator()(overt::key&, overt::clearance const&) const { return overt::verdict::pass(); }
#else
  bool operator()(overt::key&, overt::clearance const&) const { return true; }
#endif
};
using chain = overt::redact::chain<overt::redact::only, overt::redact::secrets, mine>;
void use(overt::redact::pipeline<small, chain, nowhere>& out, small&& what) { out.push(std::move(what)); }
