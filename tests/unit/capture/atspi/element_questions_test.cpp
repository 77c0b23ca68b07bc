#include <overt/capture/atspi/element_questions.hpp>

#include <memory>

#include "silent_bus.hpp"
#include <overt_test/catch.hpp>

using namespace overt::capture::atspi;

TEST_CASE("a reading is answered once, when its last question is closed", "[atspi][element_questions]") {
  overt_test::silent_bus there;
  int answered = 0;
  element_questions ask{there.on(), [&](shared_reading const&) { ++answered; }};
  auto const into = std::make_shared<element_reading>();
  into->open = 3;
  ask.close(into);
  ask.close(into);
  CHECK(answered == 0);
  ask.close(into);
  CHECK(answered == 1);
}

TEST_CASE("what was not said in time makes a reading bad", "[atspi][element_questions]") {
  overt_test::silent_bus there;
  int answered = 0;
  int used = 0;
  element_questions ask{there.on(), [&](shared_reading const&) { ++answered; }};
  auto const into = std::make_shared<element_reading>();
  object_id const somebody{":1.7", "/a"};
  ask.get(into, somebody, "Name", [&](element_reading&, reply const&) { ++used; });
  ask.call(into, somebody, accessible_interface, "GetRole", [&](element_reading&, reply const& came) {
    ++used;
    CHECK(came.timed_out);
  });
  CHECK(into->open == 2);
  CHECK(answered == 0); // never from within a call
  there.give_up();
  CHECK(used == 2);
  CHECK(answered == 1);
  CHECK_FALSE(into->good);
}
