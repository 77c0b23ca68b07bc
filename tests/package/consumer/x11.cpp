#include <xcb/composite.h>
#include <xcb/damage.h>
#include <xcb/randr.h>
#include <xcb/res.h>
#include <xcb/shm.h>
#include <xcb/xcb.h>
#include <xcb/xfixes.h>
#include <xcb/xinput.h>
#include <xcb/xtest.h>
#include <xkbcommon/xkbcommon-x11.h>
#include <xkbcommon/xkbcommon.h>

#include <overt/capture/x11/connection.hpp>
#include <overt/capture/x11/xkb_protocol.hpp>

int main() {
  overt::capture::x11::connection const nowhere{"unix:/nonexistent:7"};
  if (nowhere.usable()) {
    return 1;
  }
  // One symbol of each library is enough to see that all of them are linked.
  for (auto* const extension : {&xcb_composite_id, &xcb_damage_id, &xcb_randr_id, &xcb_res_id, &xcb_shm_id,
                                &xcb_xfixes_id, &xcb_input_id, &xcb_test_id, &xcb_xkb_id}) {
    if (nowhere.opcode_of(extension) != 0) {
      return 1;
    }
  }
  auto* volatile keyboard_of = &xkb_x11_get_core_keyboard_device_id;
  xkb_context* const context = xkb_context_new(XKB_CONTEXT_NO_FLAGS);
  bool const made = context != nullptr && keyboard_of != nullptr;
  xkb_context_unref(context);
  return made ? 0 : 1;
}
