#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/detail/json_text.hpp>
#include <overt/event/event.hpp>
#include <overt/sink/event_json.hpp>

namespace overt::inline v0::sink {

/// How an event is told.
enum class phrase_kind : std::uint8_t {
  silent, ///< says nothing that another event does not say
  line,
  typing, ///< a piece of a run of typing: `text` is what was entered
  moving, ///< a point of a path: `text` is where
};

struct phrase {
  phrase_kind kind = phrase_kind::silent;
  std::string text{};
};

/// Text without control characters, which a terminal would obey.
[[nodiscard]] inline std::string printable(std::string_view text) {
  std::string shown;
  for (char const letter : text) {
    auto const byte = static_cast<unsigned char>(letter);
    shown += byte < 0x20 || byte == 0x7f ? std::string{"·"} : std::string{letter};
  }
  return shown;
}

namespace detail {

[[nodiscard]] inline std::string at_text(screen_point at) {
  return std::to_string(at.x) + "," + std::to_string(at.y);
}

/// "control+shift+"; locks and AltGr are left out, they are no part of what was meant.
[[nodiscard]] inline std::string held_text(modifiers held) {
  std::string text;
  constexpr auto names = flags(modifiers{});
  constexpr std::size_t meant = 4; // shift, control, alt, super
  for (std::size_t i : {1u, 2u, 3u, 0u}) {
    if (i < meant && (static_cast<unsigned>(held) >> i & 1u) != 0) {
      text += std::string{names[i]} + "+";
    }
  }
  return text;
}

[[nodiscard]] inline std::string quoted(guarded_text const& content) {
  auto const* const text = content.disclosed();
  return text == nullptr ? std::string{"(withheld)"} : "\"" + printable(text->view()) + "\"";
}

} // namespace detail

/// A payload of somebody's own: its name and what was disclosed, as JSON.
template <class Payload>
[[nodiscard]] phrase phrase_of(Payload const& what) {
  v0::detail::json_text json;
  detail::append_value(json, what);
  return {phrase_kind::line, std::string{Payload::name} + " " + printable(json.view())};
}

[[nodiscard]] inline phrase phrase_of(frame const& what) {
  auto const count = [](std::size_t number, std::string_view one) {
    return std::to_string(number) + ' ' + std::string{one} + (number == 1 ? "" : "s");
  };
  std::string reason{name_of(what.reason)};
  std::replace(reason.begin(), reason.end(), '_', ' ');
  auto const why = " (" + reason + ")";
  if (what.state != frame_state::taken) {
    return {phrase_kind::line, "no picture" + why + ": " + std::string{name_of(what.state)}};
  }
  return {phrase_kind::line,
          (what.picture.disclosed() == nullptr ? "a picture that is withheld" : "a picture") + why + ": " +
              count(what.shown.size(), "window") + ", " + count(what.masked.size(), "part") + " filled"};
}

[[nodiscard]] inline phrase phrase_of(key const& what) {
  if (what.phase == key_phase::release || what.kind == key_class::modifier || what.kind == key_class::dead) {
    return {};
  }
  auto const* const entered = what.entered.disclosed();
  if (entered != nullptr && !entered->empty()) {
    return {phrase_kind::typing, std::string{entered->view()}};
  }
  auto const* const symbol = what.symbol.disclosed();
  auto const which = symbol == nullptr ? std::string{"a key"} : std::string{name_of(*symbol).view()};
  return {phrase_kind::line, "presses " + detail::held_text(what.held) + printable(which)};
}

namespace detail {

[[nodiscard]] constexpr std::string_view amount_text(amount how_many) noexcept {
  constexpr std::string_view amounts[] = {"under 10", "10 or more", "100 or more", "1,000 or more"};
  return amounts[static_cast<unsigned>(how_many) & 3u];
}

[[nodiscard]] constexpr std::string_view doubt_text(text_doubt why) noexcept {
  switch (why) {
  case text_doubt::none: return "";
  case text_doubt::by_policy: return "the policy tells how much, not what";
  case text_doubt::disagreed: return "the program says something else stands there";
  case text_doubt::unresolved: return "only the program could tell what became of it";
  case text_doubt::too_long: return "too long";
  case text_doubt::too_slow: return "it took over ten minutes";
  case text_doubt::not_typed: return "it was not typed";
  case text_doubt::interrupted: return "something in between was withheld";
  case text_doubt::unsearched: return "a detector could not look at it";
  }
  return "";
}

} // namespace detail

[[nodiscard]] inline phrase phrase_of(text const& what) {
  auto said = std::string{name_of(what.source)} + ": ";
  if (what.value.disclosed() != nullptr || what.outcome == text_outcome::unjudged) {
    return {phrase_kind::line, said + detail::quoted(what.value)};
  }
  if (auto const* const size = what.size.disclosed(); size != nullptr) {
    said += std::string{detail::amount_text(*size)} + " characters, ";
  }
  return {phrase_kind::line, said + "withheld (" + std::string{detail::doubt_text(what.doubt)} + ")"};
}

[[nodiscard]] inline phrase phrase_of(pointer_move const& what) {
  return {phrase_kind::moving, detail::at_text(what.at)};
}
[[nodiscard]] inline phrase phrase_of(pointer_delta const&) { return {}; }

[[nodiscard]] inline phrase phrase_of(button const& what) {
  auto const which = what.which == button_name::other ? "button " + std::to_string(what.number)
                                                      : std::string{name_of(what.which)};
  auto const times = what.clicks == 2  ? std::string{" twice"}
                     : what.clicks > 2 ? " " + std::to_string(what.clicks) + " times"
                                       : std::string{};
  auto const verb = what.phase == button_phase::press ? "presses " : "releases ";
  return {phrase_kind::line,
          verb + detail::held_text(what.held) + which + times + " at " + detail::at_text(what.at)};
}

[[nodiscard]] inline phrase phrase_of(scroll const& what) {
  std::string said = "scrolls";
  if (what.dy_v120 != 0) {
    said +=
        std::string{what.dy_v120 > 0 ? " down " : " up "} + std::to_string(std::abs(what.dy_v120)) + "/120";
  }
  if (what.dx_v120 != 0) {
    said += std::string{what.dx_v120 > 0 ? " right " : " left "} + std::to_string(std::abs(what.dx_v120)) +
            "/120";
  }
  return {phrase_kind::line, said + " at " + detail::at_text(what.at)};
}

namespace detail {

/// "File > Export > " for what a person would name on the way to an element: menus and menu items. The last
/// step is the element itself.
[[nodiscard]] inline std::string way_text(std::vector<ui_step> const& path) {
  std::string way;
  for (auto const& step : std::span{path}.first(path.empty() ? 0 : path.size() - 1)) {
    if (auto const* const label = step.label.disclosed();
        label != nullptr && !label->view().empty() &&
        (step.role == ui_role::menu || step.role == ui_role::menu_item)) {
      way += printable(label->view()) + " > ";
    }
  }
  return way;
}

[[nodiscard]] constexpr std::string_view verb_of(ui_act act) noexcept {
  switch (act) {
  case ui_act::activate: return "activates";
  case ui_act::select: return "selects";
  case ui_act::toggle: return "switches";
  case ui_act::expand: return "expands";
  case ui_act::open_menu: return "opens";
  case ui_act::set_value: return "sets";
  }
  return "acts on";
}

} // namespace detail

[[nodiscard]] inline phrase phrase_of(ui_action const& what) {
  std::string role{name_of(what.role)};
  std::replace(role.begin(), role.end(), '_', ' ');
  auto said = std::string{detail::verb_of(what.act)} + " " + role + " " + detail::way_text(what.path) +
              detail::quoted(what.label);
  if (what.before.disclosed() != nullptr || what.after.disclosed() != nullptr) {
    said += " from " + detail::quoted(what.before) + " to " + detail::quoted(what.after);
  }
  return {phrase_kind::line, std::move(said)};
}

[[nodiscard]] inline phrase phrase_of(clipboard const& what) {
  switch (what.operation) {
  case clipboard_operation::copy: return {phrase_kind::line, "copies"};
  case clipboard_operation::cut: return {phrase_kind::line, "cuts"};
  case clipboard_operation::paste: return {phrase_kind::line, "pastes"};
  }
  return {phrase_kind::line, "uses the clipboard"};
}

[[nodiscard]] inline phrase phrase_of(focus const& what) {
  return {phrase_kind::line, "a " + std::string{name_of(what.target)} + " gets the focus"};
}

[[nodiscard]] inline phrase phrase_of(display const& what) {
  std::string said = "the screen is";
  for (auto const& each : what.monitors) {
    said += " " + std::to_string(each.bounds.width) + "x" + std::to_string(each.bounds.height) + " at " +
            std::to_string(each.bounds.x) + "," + std::to_string(each.bounds.y);
  }
  return {phrase_kind::line, std::move(said)};
}

[[nodiscard]] inline phrase phrase_of(gap const& what) {
  std::string_view why;
  switch (what.reason) {
  case withheld_reason::outside_scope: why = "outside what was agreed to"; break;
  case withheld_reason::secret_field: why = "a secret field"; break;
  case withheld_reason::unknown_field: why = "a field that nothing could vouch for"; break;
  case withheld_reason::unconfirmed: why = "nothing confirmed where it went"; break;
  case withheld_reason::stale_context: why = "it went somewhere else than it seemed"; break;
  case withheld_reason::no_context: why = "nobody said where it went"; break;
  case withheld_reason::consent_ended: why = "the consent had ended"; break;
  case withheld_reason::indicator_lost: why = "nobody could see that recording was on"; break;
  case withheld_reason::screen_locked: why = "the screen was locked"; break;
  case withheld_reason::paused: why = "the person had paused"; break;
  case withheld_reason::erased: return {phrase_kind::line, "--- erased by the person"};
  default: why = name_of(what.reason); break;
  }
  auto said = "--- not recorded: " + std::string{why};
  if (what.count) {
    said += " (" + std::to_string(*what.count) + " " + std::string{what.of.view()} + ")";
  }
  return {phrase_kind::line, std::move(said)};
}

[[nodiscard]] inline phrase phrase_of(redaction const& what) {
  auto const amount = std::string{detail::amount_text(what.how_many)};
  if (!what.entity.view().empty()) {
    return {phrase_kind::line, "--- " + std::string{name_of(what.action)} + ": " +
                                   std::string{what.entity.view()} + " in " + std::string{what.of.view()} +
                                   ", " + amount + " characters (by " + std::string{what.rule.view()} + ")"};
  }
  auto said = "--- withheld: " + std::string{what.of.view()} + ", " + amount;
  said += what.reason == withheld_reason::not_disclosed
              ? std::string{" (no policy disclosed it)"}
              : " (" + std::string{name_of(what.reason)} + " by " + std::string{what.rule.view()} + ")";
  return {phrase_kind::line, std::move(said)};
}

[[nodiscard]] inline phrase phrase_of(marker const& what) {
  switch (what.kind) {
  case marker_kind::task_start:
    return {phrase_kind::line, "begins the task " + detail::quoted(what.instruction)};
  case marker_kind::task_end:
    return {phrase_kind::line, "ends the task" + (what.outcome == task_outcome::unsaid
                                                      ? std::string{}
                                                      : ": " + std::string{name_of(what.outcome)})};
  case marker_kind::note: break;
  }
  return {phrase_kind::line, "a note: " + detail::quoted(what.instruction)};
}

[[nodiscard]] inline phrase phrase_of(source const& what) {
  auto said = "source " + std::string{what.backend.view()} + " " + std::string{name_of(what.state)};
  auto const listed = [](capability which) {
    std::string names;
    for (std::size_t i = 0; i < flags(capability{}).size(); ++i) {
      if ((static_cast<std::uint32_t>(which) >> i & 1u) != 0) {
        names += (names.empty() ? "" : ", ") + std::string{flags(capability{})[i]};
      }
    }
    std::replace(names.begin(), names.end(), '_', ' ');
    return names;
  };
  if (what.state == source_state::opened) {
    said += ", sees " + (what.can_see == capability::none ? std::string{"nothing"} : listed(what.can_see));
    said += what.cannot_see == capability::none ? std::string{} : ", cannot see " + listed(what.cannot_see);
  }
  if (!what.reason.view().empty()) {
    said += ": " + std::string{what.reason.view()};
  }
  return {phrase_kind::line, std::move(said)};
}

[[nodiscard]] inline phrase phrase_of(consent_change const& what) {
  switch (what.state) {
  case consent_state::active: return {phrase_kind::line, "recording starts, with consent"};
  case consent_state::paused: return {phrase_kind::line, "the person pauses the recording"};
  case consent_state::resumed: return {phrase_kind::line, "the recording goes on"};
  case consent_state::narrowed: return {phrase_kind::line, "the person exempts an application or a site"};
  default: return {phrase_kind::line, "recording ends: " + std::string{name_of(what.state)}};
  }
}

} // namespace overt::inline v0::sink
