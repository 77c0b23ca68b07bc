#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <overt/consent/controls.hpp>
#include <overt/event/result.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::consent {

// What is said on a control socket: one line there, one line back.
//
//     pause                        ok <tab> paused
//     pause 600                    ok <tab> paused <tab> 600
//     resume                       ok <tab> recording
//     exempt application mousepad  ok <tab> recording <tab> <tab> mousepad
//     exempt site example.org      ok <tab> recording <tab> <tab> mousepad <tab> https://example.org
//     status                       ok <tab> paused <tab> 587 <tab> mousepad ...
//     anything else                error <tab> a sentence
//
// After "ok" come the state, the seconds left of a pause, and what is exempt.

/// The longest line, either way.
inline constexpr std::size_t longest_control_line = 4096;

/// What a recorder says about itself.
struct control_answer {
  std::string state{};                        ///< "recording", "paused", "stopping" or "ended"
  std::optional<std::int64_t> seconds_left{}; ///< of a pause that ends by itself
  std::vector<std::string> exempt{};          ///< applications and sites
};

namespace detail {

/// As much of the state as fits into a line.
[[nodiscard]] inline std::string control_line_of(control_state const& state, timestamp now) {
  std::string line{"ok\t"};
  line += state.ended ? "ended" : state.stopping ? "stopping" : state.paused ? "paused" : "recording";
  line += '\t';
  if (state.paused && state.until) {
    auto const left = *state.until - now;
    line += std::to_string(left <= 0 ? 0 : (left + 999'999'999) / 1'000'000'000);
  }
  for (auto const* const list : {&state.exempt.applications(), &state.exempt.sites()}) {
    for (auto const& each : *list) {
      if (line.size() + 1 + each.size() < longest_control_line) {
        line += '\t';
        line += each;
      }
    }
  }
  return line;
}

[[nodiscard]] inline std::string control_error(std::string_view sentence) {
  return "error\t" + std::string{sentence};
}

} // namespace detail

/// Does what a line asks for, and gives the line to answer, both without their ends. `now`: on the session's
/// clock. A line that asks for nothing known does nothing.
[[nodiscard]] inline std::string answer_control(std::string_view line, controls const& hand, timestamp now) {
  auto const asks = [&](std::string_view word) {
    bool const so = line.starts_with(word);
    line.remove_prefix(so ? word.size() : 0);
    return so;
  };
  result<void> done;
  if (line == "pause") {
    hand.pause();
  } else if (line == "resume") {
    hand.resume();
  } else if (asks("pause ")) {
    std::int64_t seconds = 0;
    auto const read = std::from_chars(line.data(), line.data() + line.size(), seconds);
    if (read.ec != std::errc{} || read.ptr != line.data() + line.size() || seconds <= 0 ||
        seconds > 366 * 86'400) {
      return detail::control_error("A pause has from one second to a year. Nothing was changed.");
    }
    hand.pause_for(seconds * 1'000'000'000);
  } else if (asks("exempt application ")) {
    done = hand.exempt_application(line);
  } else if (asks("exempt site ")) {
    done = hand.exempt_site(line);
  } else if (line != "status") {
    return detail::control_error("This recorder knows: pause, resume, exempt, status. Nothing was changed.");
  }
  return done ? detail::control_line_of(hand.state(), now) : detail::control_error(done.error().message);
}

/// What a recorder answered. Errors: what it refused (`misuse`); `invalid_input` when it is no answer.
[[nodiscard]] inline result<control_answer> read_control_answer(std::string_view line) {
  std::vector<std::string_view> parts;
  for (;;) {
    auto const tab = line.find('\t');
    parts.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) {
      break;
    }
    line.remove_prefix(tab + 1);
  }
  if (parts[0] == "error" && parts.size() == 2) {
    return failure{error_code::misuse, std::string{parts[1]}};
  }
  if (parts[0] != "ok" || parts.size() < 3) {
    return failure{error_code::invalid_input, "A recorder gave an answer that is none."};
  }
  control_answer made{.state = std::string{parts[1]}};
  std::int64_t seconds = 0;
  if (std::from_chars(parts[2].data(), parts[2].data() + parts[2].size(), seconds).ec == std::errc{}) {
    made.seconds_left = seconds;
  }
  for (std::size_t i = 3; i < parts.size(); ++i) {
    made.exempt.emplace_back(parts[i]);
  }
  return made;
}

} // namespace overt::inline v0::consent
