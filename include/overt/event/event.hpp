#pragma once

#include <overt/event/basic_event.hpp>
#include <overt/event/button.hpp>
#include <overt/event/clipboard.hpp>
#include <overt/event/consent_change.hpp>
#include <overt/event/display.hpp>
#include <overt/event/focus.hpp>
#include <overt/event/frame.hpp>
#include <overt/event/gap.hpp>
#include <overt/event/key.hpp>
#include <overt/event/marker.hpp>
#include <overt/event/pointer_delta.hpp>
#include <overt/event/pointer_move.hpp>
#include <overt/event/redaction.hpp>
#include <overt/event/scroll.hpp>
#include <overt/event/source.hpp>
#include <overt/event/text.hpp>
#include <overt/event/ui_action.hpp>

namespace overt::inline v0 {

/// The event of the backends that come with the library.
using event = basic_event<key, text, pointer_move, pointer_delta, button, scroll, ui_action, clipboard, focus,
                          display, frame, marker, gap, source, consent_change, redaction>;

} // namespace overt::inline v0
