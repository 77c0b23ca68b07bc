#include <overt/dataset/reduction/held_modifiers.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/reduced.hpp>

using namespace overt_test;
using overt::key_class;
using overt::key_phase;
using overt::modifiers;

TEST_CASE("a modifier whose symbol was withheld is known by what was in force when it came up") {
  auto const alone = [](modifiers at_release) {
    recorded_trace trace;
    trace.modifier(key_phase::press, 0);
    trace.held = at_release;
    trace.modifier(key_phase::release, 0);
    return reduced_in_short(trace);
  };
  CHECK(alone(modifiers::super) == "key");
  CHECK(alone(modifiers::shift) == " -modifier -modifier");
  CHECK(alone(modifiers::none) == " -modifier -modifier");
}

TEST_CASE("a modifier that repeats is one") {
  recorded_trace trace;
  trace.modifier(key_phase::press, 0xffe3);
  trace.held = modifiers::control;
  trace.modifier(key_phase::repeat, 0xffe3);
  trace.tap(key_class::letter, 's');
  trace.modifier(key_phase::repeat, 0xffe3);
  trace.modifier(key_phase::release, 0xffe3);
  trace.modifier(key_phase::repeat, 0xffe3); // of nothing
  CHECK(reduced_in_short(trace) == "key(+s) -no_press");
}

TEST_CASE("a modifier that was held while others were pressed without it did nothing") {
  recorded_trace trace;
  trace.modifier(key_phase::press, 0xffe9);
  trace.click(1, 1);
  trace.modifier(key_phase::release, 0xffe9);
  CHECK(reduced_in_short(trace) == "click -modifier -modifier");
}

TEST_CASE("modifiers alone, together: the last has what was held with it") {
  recorded_trace trace;
  trace.modifier(key_phase::press, 0xffe3);
  trace.held = modifiers::control;
  trace.modifier(key_phase::press, 0xffeb);
  trace.held = modifiers::control | modifiers::super;
  trace.modifier(key_phase::release, 0xffeb);
  trace.held = modifiers::control;
  trace.modifier(key_phase::release, 0xffe3);
  CHECK(reduced_in_short(trace) == "key(+Super_L)");
}
