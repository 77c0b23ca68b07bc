#include <overt/dataset/atspi/element_match.hpp>

#include "made_up_element.hpp"
#include <overt_test/catch.hpp>

using namespace overt::dataset;
using overt::ui_act;
using overt::ui_role;
using overt_test::made_up_element;
using role = overt::capture::atspi::accessible_role;
using state = overt::capture::atspi::accessible_state;

TEST_CASE("an element is the one that has the role and the label", "[dataset][atspi]") {
  meaning wanted;
  wanted.role = ui_role::button;
  wanted.label = "Send";
  wanted.bounds = {1, 2, 3, 4};
  CHECK(atspi::is_wanted(made_up_element(role::push_button, "Send", {90, 90, 40, 20}), wanted));
  CHECK_FALSE(atspi::is_wanted(made_up_element(role::push_button, "Cancel", {1, 2, 3, 4}), wanted));
  CHECK_FALSE(atspi::is_wanted(made_up_element(role::check_box, "Send", {1, 2, 3, 4}), wanted));
}

TEST_CASE("one without a label has to be where it was, as far as that is told", "[dataset][atspi]") {
  meaning wanted;
  wanted.role = ui_role::button;
  wanted.bounds = {1, 2, 3, 4};
  CHECK(atspi::is_wanted(made_up_element(role::push_button, "Send", {1, 2, 3, 4}), wanted));
  CHECK_FALSE(atspi::is_wanted(made_up_element(role::push_button, "Send", {2, 2, 3, 4}), wanted));
  wanted.bounds = {};
  CHECK(atspi::is_wanted(made_up_element(role::push_button, "Send", {2, 2, 3, 4}), wanted));
}

TEST_CASE("the value of an element is the one that the act changes", "[dataset][atspi]") {
  auto what = made_up_element(role::check_box, "Bold", {1, 2, 3, 4});
  CHECK(atspi::described(what, ui_act::toggle).value == "off");
  CHECK(atspi::described(what, ui_act::expand).value == "collapsed");
  CHECK(atspi::described(what, ui_act::activate).value.empty());
  overt_test::set(what, state::checked);
  overt_test::set(what, state::expanded);
  CHECK(atspi::described(what, ui_act::toggle).value == "on");
  CHECK(atspi::described(what, ui_act::expand).value == "expanded");
  what.value = overt::arena_string{"12"};
  CHECK(atspi::described(what, ui_act::set_value).value == "12");
  CHECK(atspi::described(what, ui_act::set_value).bounds == what.bounds);
}

TEST_CASE("toolkits say in one of two ways that an element takes something", "[dataset][atspi]") {
  CHECK_FALSE(atspi::described(made_up_element(role::push_button, "Send", {}), ui_act::activate).enabled);
  for (auto const each : {state::enabled, state::sensitive}) {
    auto what = made_up_element(role::push_button, "Send", {});
    overt_test::set(what, each);
    CHECK(atspi::described(what, ui_act::activate).enabled);
  }
}
