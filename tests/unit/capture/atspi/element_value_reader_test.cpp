#include <overt/capture/atspi/element_value_reader.hpp>

#include <cstdint>
#include <memory>

#include "silent_bus.hpp"
#include <overt_test/catch.hpp>

using namespace overt::capture::atspi;

namespace {

/// How many questions are asked about what such an element is set to.
int asked(accessible_role role, std::uint32_t interfaces, std::uint64_t states = 0) {
  overt_test::silent_bus there;
  programs known{there.on()};
  element_questions ask{there.on(), [](shared_reading const&) {}};
  element_value_reader values{ask, known};
  auto const into = std::make_shared<element_reading>();
  into->what.id = {":1.7", "/a"};
  into->what.role = static_cast<std::uint32_t>(role);
  into->what.interfaces = interfaces;
  into->what.states = states;
  values.ask_value(into);
  values.ask_row(into);
  auto const open = into->open;
  there.give_up();
  CHECK(into->open == 0);
  return open;
}

} // namespace

TEST_CASE("numbers and choices are asked for, what was typed is not", "[atspi][element_value_reader]") {
  constexpr auto everything = ~std::uint32_t{0};
  auto const editable = std::uint64_t{1} << static_cast<unsigned>(accessible_state::editable);
  CHECK(asked(accessible_role::slider, everything) == 1);
  CHECK(asked(accessible_role::spin_button, everything) == 1);
  CHECK(asked(accessible_role::slider, 0) == 0);
  CHECK(asked(accessible_role::combo_box, everything) == 1);
  CHECK(asked(accessible_role::combo_box, everything, editable) == 0);
  CHECK(asked(accessible_role::entry, everything, editable) == 0);
  CHECK(asked(accessible_role::text, everything, editable) == 0);
  CHECK(asked(accessible_role::password_text, everything, editable) == 0);
}
