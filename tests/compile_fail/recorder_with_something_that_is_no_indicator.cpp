// expect: overt: consent::indicator<Indicator> does not hold
// expect: indicator
#include <overt/overt.hpp>

#include <overt_test/session.hpp>

namespace {

using backend = overt_test::scripted<>;
auto policy() { return overt::redact::strict({"editor"}); }
struct my_sink {
  template <class Event>
  void write(overt::cleared<Event> const&) {}
};
struct invisible {
  [[maybe_unused]] static constexpr std::string_view name{"invisible"};
  void hide() {}
};
} // namespace

void use(overt::consent::active_consent& agreed, overt_test::fake_indicator& lamp) {
#if defined(CONTROL)
  overt::recorder const rec{agreed, lamp, backend{}, policy(), my_sink{}};
#else
  static_cast<void>(lamp);
  invisible nothing;
  overt::recorder const rec{agreed, nothing, backend{}, policy(), my_sink{}};
#endif
}
