#include <overt/dataset/atspi/nearest_match.hpp>

#include <cstdint>

#include "made_up_element.hpp"
#include <overt_test/catch.hpp>

using namespace overt::dataset;
using overt::rectangle;
using overt_test::made_up_element;
using role = overt::capture::atspi::accessible_role;

namespace {

meaning send_button() {
  meaning made;
  made.role = overt::ui_role::button;
  made.label = "Send";
  made.bounds = {100, 100, 40, 20};
  return made;
}

} // namespace

TEST_CASE("of several that are called so it is the nearest, whatever their order", "[dataset][atspi]") {
  auto const wanted = send_button();
  atspi::nearest_match nearest{wanted};
  nearest.offer(made_up_element(role::push_button, "Send", {400, 100, 40, 20}));
  nearest.offer(made_up_element(role::push_button, "Send", {110, 90, 40, 20}));
  nearest.offer(made_up_element(role::push_button, "Send", {100, 200, 40, 20}));
  nearest.offer(made_up_element(role::push_button, "Cancel", {100, 100, 40, 20}));
  REQUIRE(nearest.best());
  CHECK(nearest.best()->bounds == rectangle{110, 90, 40, 20});
  CHECK_FALSE(nearest.is_exact());
  nearest.offer(made_up_element(role::push_button, "Send", {100, 100, 50, 30}));
  CHECK(nearest.is_exact());
  CHECK(nearest.best()->bounds == rectangle{100, 100, 50, 30});
}

TEST_CASE("what is called otherwise is never the nearest", "[dataset][atspi]") {
  auto const wanted = send_button();
  atspi::nearest_match nearest{wanted};
  nearest.offer(made_up_element(role::push_button, "Cancel", {100, 100, 40, 20}));
  CHECK_FALSE(nearest.best());
  CHECK_FALSE(nearest.is_exact());
}

TEST_CASE("places that make no sense are far away", "[dataset][atspi]") {
  auto wanted = send_button();
  wanted.bounds = {INT32_MIN, INT32_MIN, 40, 20};
  atspi::nearest_match nearest{wanted};
  nearest.offer(made_up_element(role::push_button, "Send", {INT32_MAX, INT32_MAX, 40, 20}));
  CHECK(nearest.best());
  CHECK_FALSE(nearest.is_exact());
}
