// What a program on a Linux desktop uses to know elements and secret fields: overt::atspi alone.

#include <cstdio>

#include <overt/capture/atspi/context.hpp>
#include <overt/overt.hpp>

int main() {
  overt::capture::port<overt::event> port;
  overt::capture::atspi::context backend{{.session_bus = "unix:path=/nonexistent"}};
  auto const opened = backend.open(port);
  std::puts(opened ? "there is an accessibility bus where none can be" : opened.error().message.c_str());
  return opened ? 1 : 0;
}
