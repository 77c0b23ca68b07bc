// expect: overt: redact::policy_chain<Chain> does not hold
#include <overt/overt.hpp>

#include <overt_test/session.hpp>

namespace {

using backend = overt_test::scripted<>;
auto policy() { return overt::redact::strict({"editor"}); }
struct my_sink {
  template <class Event>
  void write(overt::cleared<Event> const&) {}
};

} // namespace

void use(overt::consent::active_consent& agreed, overt_test::fake_indicator& lamp) {
#if defined(CONTROL)
  overt::recorder const rec{agreed, lamp, backend{}, policy(), my_sink{}};
#else
  overt::recorder const rec{agreed, lamp, backend{}, overt::redact::only{} | overt::redact::shortcuts{},
                            my_sink{}};
#endif
}
