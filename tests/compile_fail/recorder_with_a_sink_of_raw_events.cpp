// expect: overt: sink::sink_for<Sink, Event> does not hold
#include <overt/overt.hpp>

#include <overt_test/session.hpp>

namespace {

using backend = overt_test::scripted<>;
auto policy() { return overt::redact::strict({"editor"}); }
struct my_sink {
  template <class Event>
  void write(overt::cleared<Event> const&) {}
};
struct raw_too : my_sink {
  using my_sink::write;
  void write(overt::event const&) {}
};
} // namespace

void use(overt::consent::active_consent& agreed, overt_test::fake_indicator& lamp) {
#if defined(CONTROL)
  overt::recorder const rec{agreed, lamp, backend{}, policy(), my_sink{}};
#else
  overt::recorder const rec{agreed, lamp, backend{}, policy(), raw_too{}};
#endif
}
