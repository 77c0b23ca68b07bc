#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/event/event.hpp>
#include <overt/event/recorded.hpp>

#include <overt_test/disclosed.hpp>
#include <overt_test/events.hpp>

namespace overt_test {

/// A trace as a reader gives it, put together event by event: `after` lets time pass, the others add an event
/// and give its number.
class recorded_trace {
public:
  using event_type = overt::recorded<overt::event>;

  recorded_trace& after(std::int64_t ns) {
    now += ns;
    return *this;
  }

  template <class Payload>
  std::uint64_t add(Payload payload) {
    overt::recorded_head head{.sequence = next, .time = {now}};
    if (application) {
      head.where.emplace(
          overt::context{.application = disclosed_text_of(*application), .title = disclosed_text_of(title)});
    }
    events.push_back(overt::detail::recording::make<overt::event>(
        std::move(head), overt::event{overt::event_header{}, std::move(payload)}));
    return next++;
  }

  std::uint64_t move(std::int32_t x, std::int32_t y) {
    return add(overt::pointer_move{.at = {.x = x, .y = y}});
  }
  std::uint64_t press(std::int32_t x, std::int32_t y, std::uint8_t clicks = 1,
                      overt::button_name which = overt::button_name::left, std::uint8_t number = 1) {
    return add(overt::button{
        .which = which, .number = number, .clicks = clicks, .held = held, .at = {.x = x, .y = y}});
  }
  std::uint64_t release(std::int32_t x, std::int32_t y, overt::button_name which = overt::button_name::left,
                        std::uint8_t number = 1) {
    return add(overt::button{.phase = overt::button_phase::release,
                             .which = which,
                             .number = number,
                             .held = held,
                             .at = {.x = x, .y = y}});
  }
  std::uint64_t click(std::int32_t x, std::int32_t y, std::uint8_t clicks = 1) {
    auto const pressed = press(x, y, clicks);
    after(ms).release(x, y);
    return pressed;
  }
  std::uint64_t turn(std::int32_t dy, std::int32_t x = 0, std::int32_t y = 0, std::int32_t dx = 0) {
    return add(overt::scroll{.dx_v120 = dx, .dy_v120 = dy, .held = held, .at = {.x = x, .y = y}});
  }

  /// A key whose meaning is in the trace. `enters`: null where that was withheld.
  std::uint64_t key(overt::key_phase phase, overt::key_class kind, std::uint32_t keysym,
                    char const* enters = "") {
    bool const withheld = enters == nullptr || phase == overt::key_phase::release;
    return add(overt::key{.phase = phase,
                          .kind = kind,
                          .held = held,
                          .symbol = keysym == 0 ? overt::guarded<overt::key_symbol>{}
                                                : disclosed(overt::key_symbol{keysym}),
                          .entered = withheld ? overt::guarded<overt::entered_text>{}
                                              : disclosed(*overt::entered_text::from(enters))});
  }
  std::uint64_t down(overt::key_class kind, std::uint32_t keysym, char const* enters = "") {
    return key(overt::key_phase::press, kind, keysym, enters);
  }
  std::uint64_t again(overt::key_class kind, std::uint32_t keysym, char const* enters = "") {
    return key(overt::key_phase::repeat, kind, keysym, enters);
  }
  std::uint64_t up(overt::key_class kind, std::uint32_t keysym) {
    return key(overt::key_phase::release, kind, keysym);
  }
  std::uint64_t tap(overt::key_class kind, std::uint32_t keysym, char const* enters = "") {
    auto const pressed = down(kind, keysym, enters);
    after(ms).up(kind, keysym);
    return pressed;
  }
  /// Letters, one after the other; the number of the first press.
  std::uint64_t type(std::string_view letters) {
    auto const first = next;
    for (char const letter : letters) {
      char const entered[] = {letter, '\0'};
      tap(letter == ' ' ? overt::key_class::punctuation : overt::key_class::letter,
          static_cast<unsigned char>(letter), entered);
      after(ms);
    }
    return first;
  }
  std::uint64_t enter() { return tap(overt::key_class::enter, 0xff0d, "\r"); }
  std::uint64_t modifier(overt::key_phase phase, std::uint32_t keysym) {
    return key(phase, overt::key_class::modifier, keysym);
  }

  std::uint64_t lost(overt::literal of = {},
                     overt::withheld_reason reason = overt::withheld_reason::no_room) {
    return add(overt::gap{.reason = reason, .of = of});
  }

  std::uint64_t picture(overt::frame_reason reason, std::int64_t grabbed,
                        overt::frame_state state = overt::frame_state::taken, bool withheld = false) {
    return add(overt::frame{.reason = reason,
                            .state = state,
                            .grabbed = {grabbed},
                            .covers = {0, 0, 100, 80},
                            .picture = withheld ? overt::guarded_picture{}
                                                : disclosed(overt::screen_picture::elsewhere({100, 80}))});
  }

  std::vector<event_type> events{};
  std::uint64_t next = 1;
  std::int64_t now = 0;
  overt::modifiers held = overt::modifiers::none;
  std::optional<std::string> application = "editor";
  std::string title{};
};

} // namespace overt_test
