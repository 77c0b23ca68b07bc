#include <overt/dataset/atspi/element_at_point.hpp>

#include "fake_bus.hpp"
#include <overt_test/catch.hpp>

using overt::capture::atspi::bus;
using overt::dataset::atspi::connection;
using overt::dataset::atspi::element_at_point;

TEST_CASE("what nobody says is at a point is not known", "[dataset][atspi]") {
  overt_test::fake_bus there;
  connection on{there.connect()};
  overt::dataset::seen_window const window{.process = overt_test::fake_bus::its_process,
                                           .bounds = {0, 0, 100, 100}};
  CHECK(element_at_point(on, window, {50, 50}, bus::now() + 1'000'000) == nullptr);
  CHECK(on.is_open());
}
