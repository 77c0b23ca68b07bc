#include <overt/dataset/x11/attended.hpp>

#include <overt_test/catch.hpp>

using overt::dataset::x11::is_nobodys_device;

TEST_CASE("only devices that no hand can touch are nobody's") {
  CHECK(is_nobodys_device("Virtual core XTEST pointer"));
  CHECK(is_nobodys_device("Virtual core XTEST keyboard"));
  CHECK(is_nobodys_device("Xvfb mouse"));
  CHECK(is_nobodys_device("Xvfb keyboard"));
  CHECK_FALSE(is_nobodys_device("AT Translated Set 2 keyboard"));
  CHECK_FALSE(is_nobodys_device("TigerVNC pointer"));
  CHECK_FALSE(is_nobodys_device("Xephyr virtual mouse"));
  CHECK_FALSE(is_nobodys_device("xwayland-pointer:14"));
  CHECK_FALSE(is_nobodys_device(""));
}
