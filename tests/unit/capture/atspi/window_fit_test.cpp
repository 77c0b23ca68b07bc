#include <overt/capture/atspi/window_fit.hpp>

#include <overt_test/catch.hpp>

using namespace overt::capture::atspi;
using overt::rectangle;

TEST_CASE("a window fits with the frame around it, and with its shadow left out") {
  rectangle const window{100, 100, 800, 600};
  CHECK(fits_window(window, window, false));
  CHECK(fits_window({95, 76, 810, 629}, window, false));   // with a frame
  CHECK(fits_window({126, 123, 748, 548}, window, false)); // without the shadow
  CHECK_FALSE(fits_window({100, 200, 800, 600}, window, false));
  CHECK_FALSE(fits_window({100, 100, 400, 300}, window, false));
  CHECK_FALSE(fits_window({}, window, false));
  CHECK(fits_window({0, 0, 780, 580}, window, true));
  CHECK_FALSE(fits_window({0, 0, 500, 580}, window, true));
}

TEST_CASE("a scaled rectangle covers every pixel that it has a part of") {
  CHECK(scaled({3, 5, 7, 9}, whole_scale) == rectangle{3, 5, 7, 9});
  CHECK(scaled({3, 5, 7, 9}, 120) == rectangle{6, 10, 14, 18});
  CHECK(scaled({3, 5, 7, 9}, 75) == rectangle{3, 6, 10, 12});
  CHECK(scaled({-3, -5, 7, 9}, 75) == rectangle{-4, -7, 9, 12});
  CHECK(scaled({3, 5, 7, 9}, 30) == rectangle{1, 2, 4, 5});
  rectangle const box{-17, 33, 101, 57};
  for (auto const scale : {75, 90, 120, 180}) {
    auto const large = scaled(box, scale);
    auto const back = scaled(large, whole_scale * whole_scale / scale);
    CHECK(overt::clipped(box, back) == box);
  }
}

TEST_CASE("a program that counts in logical pixels is scaled, and one that fits at no scale is not") {
  rectangle const window{200, 100, 1016, 600};
  CHECK(scale_of_window(window, window) == 60);
  CHECK(scale_of_window({100, 50, 508, 300}, window) == 120);
  CHECK(scale_of_window({160, 80, 813, 480}, window) == 75);
  CHECK_FALSE(scale_of_window({100, 50, 300, 300}, window));
  CHECK_FALSE(scale_of_window({400, 200, 1016, 600}, window)); // it was moved meanwhile
}

TEST_CASE("a page lies in its window, or is scaled until it does") {
  rectangle const window{200, 100, 1016, 600};
  CHECK(scale_of_page({208, 274, 1000, 418}, window) == 60);
  CHECK(scale_of_page({416, 548, 2000, 836}, window) == 30);
  CHECK_FALSE(scale_of_page({0, 0, 90, 50}, window));
}

TEST_CASE("a popup is understood when what shows goes from edge to edge") {
  rectangle const popup{320, 192, 304, 355};
  CHECK(covers_popup({320, 197, 304, 345}, popup));
  CHECK_FALSE(covers_popup({320, 197, 304, 200}, popup)); // the lower half is not told of
  CHECK_FALSE(covers_popup({}, popup));
}

TEST_CASE("an empty rectangle adds nothing to another") {
  CHECK(around_both({}, {1, 2, 3, 4}) == rectangle{1, 2, 3, 4});
  CHECK(around_both({1, 2, 3, 4}, {10, 20, 0, 5}) == rectangle{1, 2, 3, 4});
  CHECK(around_both({1, 2, 3, 4}, {10, 1, 2, 2}) == rectangle{1, 1, 11, 5});
}
