#include <overt/capture/atspi/element_reader.hpp>

#include <memory>

#include "silent_bus.hpp"
#include <overt_test/catch.hpp>

using namespace overt::capture::atspi;

TEST_CASE("an element that says nothing is none, and each reading is answered once",
          "[atspi][element_reader]") {
  overt_test::silent_bus there;
  programs known{there.on()};
  element_reader reader{there.on(), known};
  int none = 0;
  reader.read({":1.7", "/a"}, [&](element const* what) { none += what == nullptr ? 1 : 100; });
  reader.read_shared({":1.7", "/b"},
                     [&](std::shared_ptr<element const> const& what) { none += what == nullptr ? 1 : 100; });
  reader.read({}, [&](element const* what) { none += what == nullptr ? 1 : 100; });
  reader.read_text({":1.7", "/a"},
                   [&](overt::arena_string const* text) { none += text == nullptr ? 1 : 100; });
  CHECK(none == 0); // never from within a call
  there.give_up();
  CHECK(none == 4);
}
