#include <overt/capture/x11/client_in_frame.hpp>

#include <vector>

#include <overt_test/catch.hpp>

using overt::capture::x11::client_among;
using overt::capture::x11::framed_window;

TEST_CASE("a frame is for the one client in it that can be seen") {
  using windows = std::vector<framed_window>;
  CHECK(client_among(windows{}) == 0U);
  CHECK(client_among(windows{{1, true, false}, {2, true, true}, {3, true, false}}) == 2U);
  CHECK(client_among(windows{{1, false, true}, {2, true, true}}) == 2U); // a tab behind it
  CHECK(client_among(windows{{1, false, true}}) == 0U);
  CHECK_FALSE(client_among(windows{{1, true, true}, {2, true, true}}));
}
