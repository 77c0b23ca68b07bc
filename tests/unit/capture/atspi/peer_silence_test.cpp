#include <overt/capture/atspi/peer_silence.hpp>

#include <cstdint>

#include <overt_test/catch.hpp>

using namespace overt::capture::atspi;
using overt::timestamp;

namespace {

constexpr std::int64_t ms = 1'000'000;

} // namespace

TEST_CASE("a program that said nothing in time is left alone for longer each time", "[atspi][peer_silence]") {
  peer_silence peers;
  CHECK(peers.may_ask(":1.5", timestamp{0}));
  std::int64_t at = 0;
  for (auto const pause : {200, 400, 800, 1600, 2000, 2000}) {
    CHECK(peers.may_ask(":1.5", timestamp{at}));
    peers.asked(":1.5");
    peers.asked(":1.5");
    auto const now = at + 150 * ms;
    peers.settled(":1.5");
    peers.settled(":1.5");
    // Two questions that were sent together count once.
    peers.timed_out(":1.5", timestamp{at}, timestamp{now});
    peers.timed_out(":1.5", timestamp{at}, timestamp{now});
    CHECK_FALSE(peers.may_ask(":1.5", timestamp{now + pause * ms - 1}));
    CHECK(peers.may_ask(":1.6", timestamp{now}));
    at = now + pause * ms;
  }
}

TEST_CASE("anything that a program says ends its silence", "[atspi][peer_silence]") {
  peer_silence peers;
  peers.asked(":1.5");
  peers.settled(":1.5");
  peers.timed_out(":1.5", timestamp{0}, timestamp{150 * ms});
  CHECK_FALSE(peers.may_ask(":1.5", timestamp{160 * ms}));
  peers.heard(":1.6");
  CHECK_FALSE(peers.may_ask(":1.5", timestamp{160 * ms}));
  peers.heard(":1.5");
  CHECK(peers.may_ask(":1.5", timestamp{160 * ms}));
  // The next silence begins with a short pause again.
  peers.asked(":1.5");
  peers.timed_out(":1.5", timestamp{200 * ms}, timestamp{350 * ms});
  CHECK(peers.may_ask(":1.5", timestamp{550 * ms}));
}

TEST_CASE("one program cannot have all the questions that may be under way", "[atspi][peer_silence]") {
  peer_silence peers;
  for (std::size_t i = 0; i < peer_silence::most_open; ++i) {
    CHECK(peers.may_ask(":1.5", timestamp{0}));
    peers.asked(":1.5");
  }
  CHECK_FALSE(peers.may_ask(":1.5", timestamp{0}));
  CHECK(peers.may_ask(":1.6", timestamp{0}));
  peers.settled(":1.5");
  CHECK(peers.may_ask(":1.5", timestamp{0}));
}
