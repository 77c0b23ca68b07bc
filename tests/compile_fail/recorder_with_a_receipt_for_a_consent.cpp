// expect: no viable constructor or deduction guide|class template argument deduction failed|no matching function for call to
// expect: recorder
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
  overt::consent::receipt terms = agreed.terms();
  overt::recorder const rec{terms, lamp, backend{}, policy(), my_sink{}};
#endif
}
