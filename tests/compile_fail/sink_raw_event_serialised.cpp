// Only cleared and recorded events can be written as JSON.
// expect: no matching function for call to .*append_event
#include <overt/event/event.hpp>
#include <overt/sink/event_json.hpp>

#if defined(CONTROL)
void use(overt::detail::json_text& out, overt::cleared<overt::event> const& what) {
#else
void use(overt::detail::json_text& out, overt::event const& what) {
#endif
  overt::sink::append_event(out, what);
}
