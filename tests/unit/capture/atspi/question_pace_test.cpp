#include <overt/capture/atspi/question_pace.hpp>

#include <cstdint>

#include <overt_test/catch.hpp>

using overt::timestamp;
using overt::capture::atspi::question_pace;

TEST_CASE("without input nothing is asked", "[atspi][question_pace]") {
  question_pace const pace;
  CHECK_FALSE(pace.due(timestamp{1'000'000'000}));
  CHECK(pace.next() == timestamp{INT64_MAX});
}

TEST_CASE("input is asked about at once, one question at a time, and until it is long over",
          "[atspi][question_pace]") {
  question_pace pace;
  timestamp const pressed{10'000'000'000};
  pace.input(pressed);
  auto now = pressed;
  int questions = 0;
  timestamp last{};
  while (now - pressed < 2'000'000'000) {
    if (pace.due(now)) {
      pace.asked(now);
      CHECK_FALSE(pace.due(now + 50'000'000));
      last = now;
      now = now + 1'000'000;
      pace.answered();
      ++questions;
    }
    now = now + 1'000'000;
  }
  CHECK(last - pressed > question_pace::long_enough_ns);
  CHECK(last - pressed < question_pace::long_enough_ns + 50'000'000);
  CHECK(questions > 15);
  CHECK(questions < 60);
}

TEST_CASE("input that comes while a question is under way is asked about again", "[atspi][question_pace]") {
  question_pace pace;
  pace.input(timestamp{10'000'000'000});
  pace.asked(timestamp{10'000'000'000});
  pace.input(timestamp{10'100'000'000});
  pace.answered();
  CHECK(pace.due(timestamp{10'100'000'000}));
}

TEST_CASE("news makes the next question due", "[atspi][question_pace]") {
  question_pace pace;
  pace.input(timestamp{10'000'000'000});
  pace.asked(timestamp{10'200'000'000});
  pace.answered();
  CHECK_FALSE(pace.due(timestamp{10'202'000'000}));
  pace.hurry();
  CHECK(pace.due(timestamp{10'202'000'000}));
}
