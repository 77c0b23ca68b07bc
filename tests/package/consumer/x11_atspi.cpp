#include <overt/capture/atspi/connect.hpp>
#include <overt/capture/x11/connection.hpp>

int main() {
  overt::capture::x11::connection const desktop{"unix:/nonexistent:7"};
  auto const elements = overt::capture::atspi::connect_to("unix:path=/nonexistent");
  return !desktop.usable() && elements == nullptr ? 0 : 1;
}
