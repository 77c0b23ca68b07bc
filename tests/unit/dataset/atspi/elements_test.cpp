#include <overt/dataset/atspi/elements.hpp>

#include <overt/dataset/play/replay_parts.hpp>

#include "fake_bus.hpp"
#include <overt_test/catch.hpp>

using namespace overt::dataset;

static_assert(element_view<atspi::elements>);

TEST_CASE("of a window of which nobody knows whose it is, nothing is known", "[dataset][atspi]") {
  overt_test::fake_bus there;
  atspi::elements elements{atspi::connection{there.connect()}};
  meaning wanted;
  wanted.label = "Send";
  CHECK_FALSE(elements.find(wanted, seen_window{}, {50, 50}));
  CHECK_FALSE(elements.focused(0));
  elements.settle(0, 1'000'000'000'000); // nobody is asked, so nobody is waited for
}

TEST_CASE("without a session bus there are no elements", "[dataset][atspi]") {
  CHECK_FALSE(atspi::elements::open("unix:abstract=overt-nobody-listens-here"));
}
