#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include <overt/dataset/action.hpp>
#include <overt/dataset/episode.hpp>
#include <overt/dataset/play/replay_options.hpp>
#include <overt/dataset/play/typed_symbols.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::dataset {

/// The text to write for an action; nothing when it was withheld and nobody supplies it.
[[nodiscard]] inline std::optional<std::string> text_to_write(action const& what, std::size_t number,
                                                              replay_options const& options) {
  auto const* const text = what.get_if<text_action>();
  if (text != nullptr && text->value && text->placeholders.empty() && what.flaw != action_flaw::cut) {
    return text->value;
  }
  return options.fill ? options.fill(what, number) : std::nullopt;
}

/// Whether an act that the program told, and whose input is not in the trace, can be done by pointing at its
/// element.
[[nodiscard]] inline bool is_pointable(action const& what) {
  return !what.meant.empty() && what.meant.front().act != ui_act::set_value &&
         !is_empty(what.meant.front().bounds);
}

namespace detail {

/// Why an action cannot be done again; nothing when it can.
[[nodiscard]] inline std::optional<std::string> obstacle(action const& what, std::size_t number,
                                                         replay_options const& options) {
  if (what.get_if<text_action>() != nullptr) {
    auto const text = text_to_write(what, number, options);
    if (!text) {
      return "its text was withheld, and nothing supplies it";
    }
    return symbols_of_text(*text) ? std::nullopt : std::optional<std::string>{"no keys write its text"};
  }
  auto const* const key = what.get_if<key_action>();
  if (key != nullptr && !key->symbol) {
    return "which key it was was withheld";
  }
  if (what.flaw == action_flaw::cut || what.flaw == action_flaw::no_press) {
    return "a part of it was withheld or lost";
  }
  if (what.flaw == action_flaw::no_release && what.get_if<drag_action>() != nullptr) {
    return "where it ended was withheld or lost";
  }
  return std::nullopt;
}

} // namespace detail

/// Whether all of an episode can be played: refused before anything is, because nothing is invented in its
/// place.
[[nodiscard]] inline result<void> check_playable(episode const& what, replay_options const& options) {
  if (!(options.speed > 0.0)) {
    return failure{error_code::misuse, "A replay has a speed above 0."};
  }
  for (std::size_t i = 0; i < what.actions.size(); ++i) {
    if (auto why = detail::obstacle(what.actions[i], i, options)) {
      return failure{error_code::unsupported,
                     "Action " + std::to_string(i + 1) + " (" + std::string{name_of(what.actions[i].what)} +
                         ") cannot be done again: " + *why + ". Nothing was played."};
    }
  }
  return {};
}

} // namespace overt::inline v0::dataset
