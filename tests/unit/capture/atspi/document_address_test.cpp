#include <overt/capture/atspi/document_address.hpp>

#include "silent_bus.hpp"
#include <overt_test/catch.hpp>

TEST_CASE("a document that does not say its address has none", "[atspi][document_address]") {
  overt_test::silent_bus there;
  int told = 0;
  overt::capture::atspi::read_address(there.on(), {":1.7", "/page"}, [&](overt::arena_string const& address) {
    ++told;
    CHECK(address.view().empty());
  });
  CHECK(told == 0);
  there.give_up();
  CHECK(told == 1);
}
