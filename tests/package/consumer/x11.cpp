#include <xcb/xcb.h>
#include <xkbcommon/xkbcommon.h>

#include <cstdlib>

#include <overt/event/key.hpp>

int main() {
  // Links both libraries; needs no display.
  xkb_context* const context = xkb_context_new(XKB_CONTEXT_NO_FLAGS);
  bool const made = context != nullptr;
  xkb_context_unref(context);
  char* host = nullptr;
  int display = 0;
  int screen = 0;
  int const parsed = xcb_parse_display("somewhere:7.1", &host, &display, &screen);
  std::free(host);
  return made && parsed != 0 && display == 7 ? 0 : 1;
}
