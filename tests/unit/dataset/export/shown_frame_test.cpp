#include <overt/dataset/export/shown_frame.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/episodes.hpp>

using overt::dataset::episode;
using overt::dataset::frame_shown;
using overt::dataset::skip_reason;
using overt_test::click;
using overt_test::done;
using overt_test::frame_of;

TEST_CASE("a step shows the last picture from before it") {
  episode of;
  of.frames = {frame_of(2, 500), frame_of(5, 900), frame_of(12, 1200)};
  CHECK(frame_shown(of, done(click(5, 5), 10, 1000)).frame == &of.frames[1]);
  CHECK(frame_shown(of, done(click(5, 5), 1, 100)).why == skip_reason::no_picture);
}

TEST_CASE("C1: with two monitors a step shows the one where it happened") {
  episode of;
  of.frames = {frame_of(2, 500, {-100, 0, 100, 80}), frame_of(5, 900)};
  CHECK(frame_shown(of, done(click(5, 5), 10, 1000)).frame == &of.frames[1]);
  CHECK(frame_shown(of, done(click(-5, 5), 10, 1000)).frame == &of.frames[0]);
  auto const beside = frame_shown(of, done(click(-200, 5), 10, 1000));
  CHECK(beside.frame == nullptr);
  CHECK(beside.why == skip_reason::off_image);
}

TEST_CASE("C4: a picture of another topology does not show a point of this one") {
  episode of;
  of.displays = {{.epoch = 1, .monitors = {{.bounds = {0, 0, 80, 60}}}}};
  of.frames = {frame_of(2, 500)};
  auto what = click(5, 5);
  what.at.display_epoch = 1;
  CHECK(frame_shown(of, done(what, 10, 1000)).why == skip_reason::off_image);
  of.frames.push_back(frame_of(3, 600, {0, 0, 80, 60}));
  CHECK(frame_shown(of, done(what, 10, 1000)).frame == &of.frames[1]);
}

TEST_CASE("a picture that is not as large as what it covers is none") {
  episode of;
  of.frames = {frame_of(2, 500)};
  of.frames[0].size.width = 96;
  CHECK(frame_shown(of, done(click(5, 5), 10, 1000)).why == skip_reason::no_picture);
}
