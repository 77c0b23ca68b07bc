#include <overt/consent/control_words.hpp>

#include <string>
#include <vector>

#include <overt/consent/controls_follower.hpp>
#include <overt_test/catch.hpp>

using namespace overt::consent;
using overt::timestamp;

namespace {
constexpr std::int64_t second = 1'000'000'000;
std::string answer(std::string_view line, controls const& hand, timestamp now = {}) {
  return answer_control(line, hand, now);
}
} // namespace

TEST_CASE("G15 each line does what it says", "[consent][control]") {
  controls const hand;
  controls_follower recorder{hand};
  CHECK(answer("status", hand) == "ok\trecording\t");
  CHECK(answer("pause", hand) == "ok\tpaused\t");
  CHECK(hand.paused());
  CHECK(answer("resume", hand) == "ok\trecording\t");
  CHECK_FALSE(hand.paused());
  CHECK(answer("pause 600", hand) == "ok\tpaused\t"); // the recorder has not looked yet
  static_cast<void>(recorder.follow({5 * second}));
  CHECK(answer("status", hand, {6 * second + 1}) == "ok\tpaused\t599");
  CHECK(answer("status", hand, {9'999 * second}) == "ok\tpaused\t0");
  CHECK(answer("exempt application mousepad", hand, {5 * second}) == "ok\tpaused\t600\tmousepad");
  CHECK(answer("resume", hand) == "ok\trecording\t\tmousepad");
  CHECK(answer("exempt site https://a.example/x", hand) == "ok\trecording\t\tmousepad\thttps://a.example");
  hand.stop();
  CHECK(answer("status", hand).starts_with("ok\tstopping\t"));
}

TEST_CASE("what is not understood changes nothing", "[consent][control]") {
  controls const hand;
  for (auto const* line : {"", "PAUSE", "pause ", "pause 0", "pause -1", "pause 1.5", "pause 99999999999",
                           "pause 5 ", " pause", "resume now", "exempt", "exempt application ",
                           "exempt site *", "exempt application a\tb", "hide", "stop"}) {
    CAPTURE(line);
    CHECK(answer(line, hand).starts_with("error\t"));
    CHECK_FALSE(hand.paused());
    CHECK(hand.state().exempt.empty());
    CHECK_FALSE(hand.state().stopping);
  }
}

TEST_CASE("answers can be read, and what is none is refused", "[consent][control]") {
  auto const paused = read_control_answer("ok\tpaused\t587\tmousepad\thttps://a.example");
  REQUIRE(paused);
  CHECK(paused->state == "paused");
  CHECK(paused->seconds_left == 587);
  CHECK(paused->exempt == std::vector<std::string>{"mousepad", "https://a.example"});
  auto const recording = read_control_answer("ok\trecording\t");
  REQUIRE(recording);
  CHECK_FALSE(recording->seconds_left);
  CHECK(recording->exempt.empty());
  auto const refused = read_control_answer("error\tNo.");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == "No.");
  CHECK(refused.error().code == overt::error_code::misuse);
  for (auto const* wrong : {"", "ok", "ok\tpaused", "no\tpaused\t1"}) {
    CHECK_FALSE(read_control_answer(wrong));
  }
}

TEST_CASE("a line has an end, however much was exempted", "[consent][control]") {
  controls const hand;
  for (int i = 0; i < 200; ++i) {
    REQUIRE(hand.exempt_application(std::string(200, 'a') + std::to_string(i)));
  }
  CHECK(answer("status", hand).size() <= longest_control_line);
}
