#include <overt/capture/atspi/connect.hpp>

int main() { return overt::capture::atspi::connect_to("unix:path=/nonexistent") == nullptr ? 0 : 1; }
