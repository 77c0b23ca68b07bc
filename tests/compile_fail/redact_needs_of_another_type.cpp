// A need that nobody understands would not be asked of the receipt.
// expect: overt: needs of a policy is a consent::grants
#include <overt/event/key.hpp>
#include <overt/redact/chain.hpp>
#include <overt/redact/only.hpp>
#include <overt/redact/secrets.hpp>

struct mine {
#if defined(CONTROL)
  static constexpr auto needs = overt::consent::grants::key_raw;
#else
  static constexpr unsigned needs = 256;
#endif
  void operator()(overt::key&, overt::clearance const&) const {}
};
auto use() { return needs_of(overt::redact::only{} | overt::redact::secrets{} | mine{}); }
