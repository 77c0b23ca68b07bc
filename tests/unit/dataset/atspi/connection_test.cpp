#include <overt/dataset/atspi/connection.hpp>

#include <cstdint>
#include <utility>

#include "fake_bus.hpp"
#include <overt_test/catch.hpp>

using overt::timestamp;
using overt::capture::atspi::bus;
using overt::dataset::atspi::connection;
using overt_test::fake_bus;

namespace {

constexpr timestamp never{INT64_MAX};
constexpr timestamp long_ago{1};

} // namespace

TEST_CASE("a program is known once it has said what it is", "[dataset][atspi]") {
  fake_bus there;
  connection on{there.connect()};
  CHECK_FALSE(on.learn(fake_bus::its_process, long_ago));
  CHECK_FALSE(on.learn(0, never)); // a window of which nobody knows whose it is
  REQUIRE(on.wait_for(
      [&] {
        there.answer();
        return on.learn(fake_bus::its_process, long_ago);
      },
      never));
  connection moved{std::move(on)};
  CHECK(moved.learn(fake_bus::its_process, long_ago));
  CHECK_FALSE(moved.learn(fake_bus::its_process + 1, long_ago));
}

TEST_CASE("nothing is waited for after the deadline", "[dataset][atspi]") {
  fake_bus there;
  connection on{there.connect()};
  CHECK_FALSE(on.wait_for([] { return false; }, bus::now() + 1'000'000));
  CHECK(on.wait_for([] { return true; }, long_ago)); // that needs no waiting
  CHECK(on.is_open());
}

TEST_CASE("a bus that has gone is not waited for", "[dataset][atspi]") {
  fake_bus there;
  connection on{there.connect()};
  bool gone = false;
  CHECK_FALSE(on.wait_for(
      [&] {
        there.answer();
        if (there.asked > 0 && !std::exchange(gone, true)) {
          there.hang_up();
        }
        return false;
      },
      never));
  CHECK_FALSE(on.is_open());
  CHECK_FALSE(on.learn(fake_bus::its_process, never));
  CHECK_FALSE(on.wait_for([] { return false; }, never));
}
