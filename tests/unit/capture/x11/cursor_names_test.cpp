#include <overt/capture/x11/cursor_names.hpp>

#include <overt_test/catch.hpp>

using overt::cursor_shape;
using overt::capture::x11::shape_named;

TEST_CASE("cursors are known by the names of the core font and of CSS") {
  STATIC_REQUIRE(shape_named("left_ptr") == cursor_shape::arrow);
  CHECK(shape_named("default") == cursor_shape::arrow);
  CHECK(shape_named("xterm") == cursor_shape::text);
  CHECK(shape_named("text") == cursor_shape::text);
  CHECK(shape_named("hand2") == cursor_shape::hand);
  CHECK(shape_named("pointer") == cursor_shape::hand);
  CHECK(shape_named("watch") == cursor_shape::wait);
  CHECK(shape_named("crosshair") == cursor_shape::crosshair);
  CHECK(shape_named("fleur") == cursor_shape::move);
  CHECK(shape_named("nwse-resize") == cursor_shape::resize);
  CHECK(shape_named("bottom_right_corner") == cursor_shape::resize);
  CHECK(shape_named("not-allowed") == cursor_shape::forbidden);
  CHECK(shape_named("") == cursor_shape::other);
  CHECK(shape_named("Left_Ptr") == cursor_shape::other);
}
