#pragma once

#include <array>
#include <string_view>
#include <utility>

namespace overt::inline v0::sink {

/// The MCAP topic of a payload, by its name: those that viewers group together share their first word. A
/// payload of a program's own has its name as its topic.
[[nodiscard]] constexpr std::string_view topic_of(std::string_view payload) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 9> named{{
      {"key", "keyboard"},
      {"text", "keyboard/text"},
      {"pointer_move", "mouse/move"},
      {"pointer_delta", "mouse/raw"},
      {"button", "mouse/button"},
      {"scroll", "mouse/scroll"},
      {"ui_action", "ui"},
      {"focus", "window"},
      {"frame", "screen"},
  }};
  for (auto const& [name, topic] : named) {
    if (name == payload) {
      return topic;
    }
  }
  return payload == "consent_change" ? std::string_view{"consent"} : payload;
}

/// Where packed rows stand (see `packed`), and the contexts that they name by number.
inline constexpr std::string_view stream_topic = "stream";
inline constexpr std::string_view context_topic = "context";

} // namespace overt::inline v0::sink
