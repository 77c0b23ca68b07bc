// Two policies that behave differently must not have the same digest.
// expect: overt: a policy with parameters lists them in fields\(\)
#include <string>

#include <overt/event/key.hpp>
#include <overt/redact/description.hpp>
#include <overt/redact/policy.hpp>

struct mine {
#if defined(CONTROL)
  int limit = 3;
  static constexpr auto fields() { return overt::fields(overt::field("limit", &mine::limit)); }
  void operator()(overt::key&, overt::clearance const&) const {}
#else
  int limit = 3;
  void operator()(overt::key&, overt::clearance const&) const {}
#endif
};
std::string use() { return overt::redact::describe(mine{}); }
