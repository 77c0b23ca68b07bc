#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <overt/detail/json_text.hpp>
#include <overt/event/event.hpp>
#include <overt/event/recorded.hpp>
#include <overt/redact/only.hpp>
#include <overt/redact/pipeline.hpp>
#include <overt/redact/secrets.hpp>
#include <overt/redact/unverified.hpp>
#include <overt/sink/event_json.hpp>
#include <overt/sink/session_info.hpp>

#include <overt_test/events.hpp>

/// Events whose content is derived from their number, written through a pipeline, and known again in every
/// member when they are read back.
namespace overt_test {

/// Lets out everything but what keys enter, so that keys are packed, and exact times.
struct known_release {
  static constexpr std::string_view name = "known_release";
  [[nodiscard]] std::int64_t time_grid_ns() const { return 0; }

  overt::verdict operator()(overt::context& where, overt::disclosure const& unlock) const {
    where.application.disclose(unlock);
    where.title.disclose(unlock);
    return overt::verdict::pass();
  }
  overt::verdict operator()(overt::text& what, overt::disclosure const& unlock) const {
    what.length.disclose(unlock);
    what.edits.disclose(unlock);
    what.value.disclose(unlock);
    return overt::verdict::release(unlock);
  }
  overt::verdict operator()(overt::ui_action& what, overt::disclosure const& unlock) const {
    what.label.disclose(unlock);
    what.before.disclose(unlock);
    what.after.disclose(unlock);
    for (auto& step : what.path) {
      step.label.disclose(unlock);
    }
    return overt::verdict::release(unlock);
  }
  template <class Payload>
    requires(overt::payload<Payload> && !std::same_as<Payload, overt::text> &&
             !std::same_as<Payload, overt::ui_action>)
  overt::verdict operator()(Payload&, overt::disclosure const& unlock) const {
    return overt::verdict::release(unlock);
  }
};

[[nodiscard]] inline auto known_chain() {
  return overt::redact::only{"editor", "browser", "terminal"} | overt::redact::secrets{} | known_release{} |
         overt::redact::unverified{};
}

/// When the event of this number happened: 8 ms after the one before.
[[nodiscard]] inline std::int64_t known_time(std::uint64_t number) noexcept {
  return static_cast<std::int64_t>(number) * 8 * ms;
}

/// Gives the numbers 1, 2, 3, … to a sink as events that are derived from them.
template <class Sink>
class known_source {
public:
  explicit known_source(Sink& to) : out_{known_chain(), to, {}} {
    constexpr std::array<std::string_view, 3> applications{"editor", "browser", "terminal"};
    for (std::size_t i = 0; i < places_.size(); ++i) {
      auto const title = "window " + std::to_string(i);
      places_[i] = place({.application = applications[i % applications.size()], .title = title});
    }
  }

  /// Gives the next one and returns its number. More than 8 places, so that each has to be told again.
  std::uint64_t push() {
    auto const number = out_.sequence() + 1;
    auto const random = mixed(number);
    auto const& where = places_[number / 37 % places_.size()];
    auto const time = known_time(number);
    auto const small = static_cast<std::int32_t>(random % 2001) - 1000;
    switch (number % 16) {
    case 0: give(time, where, ui_action_of(number)); break;
    case 1: give(time, where, text_of(number)); break;
    case 2:
      give(time, where,
           overt::button{.number = static_cast<std::uint8_t>(random), .at = {.x = small, .y = 2 - small}});
      break;
    case 3:
    case 4:
    case 5: give(time, where, typed(static_cast<char>('a' + random % 26))); break;
    case 6: give(time, where, overt::scroll{.dx_v120 = small, .dy_v120 = 120}); break;
    case 7: give(time, where, overt::pointer_delta{.dx = small, .dy = -small}); break;
    default: give(time, where, move(static_cast<std::int32_t>(random >> 32), small)); break;
    }
    return out_.sequence();
  }

  [[nodiscard]] std::uint64_t sequence() const noexcept { return out_.sequence(); }
  void finish() { out_.finish(); }

private:
  /// A step of the generator "splitmix64" (Steele, Lea, Flood, Fast Splittable Pseudorandom Number
  /// Generators, 2014).
  [[nodiscard]] static std::uint64_t mixed(std::uint64_t number) noexcept {
    auto value = number * 0x9e3779b97f4a7c15u;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
    return value ^ (value >> 31);
  }

  [[nodiscard]] static std::string words_of(std::uint64_t number, std::string_view what) {
    std::string words{what};
    auto random = mixed(number);
    for (auto count = random % 6; count > 0; --count, random = mixed(random)) {
      words += ' ' + std::to_string(random % 100'000);
    }
    return words;
  }

  [[nodiscard]] static overt::text text_of(std::uint64_t number) {
    auto const words = words_of(number, "typed");
    return overt::text{.length = overt::guarded<std::uint32_t>{static_cast<std::uint32_t>(words.size())},
                       .edits = overt::guarded<std::uint32_t>{static_cast<std::uint32_t>(number % 9)},
                       .value = guarded_of(words),
                       .began = {known_time(number) - ms},
                       .made_of = {number}};
  }

  [[nodiscard]] static overt::ui_action ui_action_of(std::uint64_t number) {
    overt::ui_action made{.role = overt::ui_role::menu_item,
                          .label = guarded_of(words_of(number, "item")),
                          .before = guarded_of("Red \"\\\u00e9"),
                          .after = guarded_of(words_of(number + 1, "value")),
                          .bounds = {static_cast<std::int32_t>(number % 2000), 20, 300, 40}};
    made.path.push_back({overt::ui_role::window, guarded_of("main")});
    made.path.push_back({overt::ui_role::menu, guarded_of(words_of(number + 2, "menu"))});
    return made;
  }

  template <class Payload>
  void give(std::int64_t time, overt::context_ptr const& where, Payload payload) {
    out_.push(happened(time, where, std::move(payload)));
  }

  std::array<overt::context_ptr, 12> places_{};
  overt::redact::pipeline<overt::event, decltype(known_chain()), Sink> out_;
};

/// What each number has to look like, as JSON. Asked in ascending order.
class known_lines {
public:
  known_lines() : source_{last_} {}
  known_lines(known_lines const&) = delete;
  known_lines& operator=(known_lines const&) = delete;

  [[nodiscard]] std::string_view of(std::uint64_t number) {
    while (source_.sequence() < number) {
      source_.push();
    }
    return last_.line.view();
  }

private:
  struct last_line {
    template <overt::any_event Event>
    void write(overt::cleared<Event> const& what) {
      line.clear();
      overt::sink::append_event(line, what);
    }
    overt::detail::json_text line{};
  };
  last_line last_{};
  known_source<last_line> source_;
};

/// What a reader gave, compared with what was written.
struct known_found {
  std::uint64_t events = 0; ///< of those that were written; the gaps that the sink made are not
  std::uint64_t first = 0;
  std::uint64_t last = 0;  ///< the last number that an event had or a gap told
  std::uint64_t wrong = 0; ///< others, or the right ones in a wrong order
  std::uint64_t told_gaps = 0;
  std::uint64_t told_lost = 0; ///< events that they count
  bool complete = false;
  overt::failure error{}; ///< why reading stopped before the end, if it did
  bool failed = false;

  [[nodiscard]] std::uint64_t told() const noexcept { return events + told_lost; }
};

/// Looks at each event that `trace` gives (`next()`, `complete()`), until its end or an error.
template <class Trace>
[[nodiscard]] known_found compare_with_known(Trace& trace) {
  known_found found;
  known_lines known;
  overt::detail::json_text line;
  for (;;) {
    auto next = trace.next();
    if (!next) {
      found.failed = true;
      found.error = next.error();
      break;
    }
    if (!*next) {
      break;
    }
    auto const& event = **next;
    auto const number = event.head().sequence;
    auto const* const told = event.template get_if<overt::gap>();
    if (told != nullptr) {
      bool const ours = overt::took_numbers(told->reason) && told->count && number > found.last;
      found.wrong += ours ? 0 : 1;
      ++found.told_gaps;
      found.told_lost += ours ? *told->count : 0;
      found.last = number;
      continue;
    }
    line.clear();
    overt::sink::append_event(line, event);
    found.wrong += number <= found.last || line.view() != known.of(number) ? 1 : 0;
    found.first = found.first == 0 ? number : found.first;
    found.last = number;
    ++found.events;
  }
  found.complete = trace.complete();
  return found;
}

[[nodiscard]] inline overt::session_info known_session() {
  overt::session_info info;
  info.receipt_id = "known";
  info.policy = "{\"chain\":[]}";
  info.anchor =
      overt::clock_anchor{.monotonic = {0}, .wall_ns = 1'700'000'000'000'000'000, .uncertainty_ns = 50};
  return info;
}

} // namespace overt_test
