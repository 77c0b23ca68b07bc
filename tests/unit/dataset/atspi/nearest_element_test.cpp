#include <overt/dataset/atspi/nearest_element.hpp>

#include "fake_bus.hpp"
#include <overt_test/catch.hpp>

using overt::capture::atspi::bus;
using overt::dataset::atspi::connection;
using overt::dataset::atspi::nearest_element;

TEST_CASE("a program that is not on the bus has no elements", "[dataset][atspi]") {
  overt_test::fake_bus there;
  connection on{there.connect()};
  overt::dataset::meaning wanted;
  wanted.role = overt::ui_role::button;
  wanted.label = "Send";
  CHECK_FALSE(nearest_element(on, wanted, 1, bus::now() + 1'000'000));
  CHECK(on.is_open());
}
