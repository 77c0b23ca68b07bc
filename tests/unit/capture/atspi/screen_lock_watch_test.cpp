#include <overt/capture/atspi/screen_lock_watch.hpp>

#include <cstdint>
#include <string>

#include <overt_test/catch.hpp>

using overt::timestamp;
using overt::capture::atspi::screen_lock_watch;

// With services on buses of its own: tests/desktop/screen_lock.cpp.
TEST_CASE("without any bus the screen is not locked, which is told once", "[atspi][lock]") {
  std::string const nowhere = "unix:path=/nonexistent/bus";
  int told = 0;
  bool takes = false;
  screen_lock_watch watch{nowhere, nowhere, [&](timestamp, bool locked) {
                            CHECK_FALSE(locked);
                            ++told;
                            return takes;
                          }};
  timestamp const now{1'000'000'000};
  watch.tick(now);
  watch.tick(now + 1);
  CHECK(told == 2); // it could not be taken
  takes = true;
  watch.tick(now + 2);
  watch.tick(now + 3);
  CHECK(told == 3);
  CHECK(watch.descriptors()[0].fd == -1);
  CHECK(watch.descriptors()[1].fd == -1);
  // Then it is only looked whether there is a bus by now.
  CHECK(watch.next_wakeup() == now + screen_lock_watch::connect_again_ns);
}
