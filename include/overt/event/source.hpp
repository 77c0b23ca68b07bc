#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <overt/event/enumerators.hpp>
#include <overt/event/field.hpp>
#include <overt/event/literal.hpp>
#include <overt/event/payload.hpp>

namespace overt::inline v0 {

/// What a source of events can see.
enum class capability : std::uint32_t {
  none = 0,
  keys = 1u << 0,
  characters = 1u << 1, ///< through layouts, dead keys and Compose
  pointer = 1u << 2,
  pointer_delta = 1u << 3,
  buttons = 1u << 4,
  scroll = 1u << 5,
  devices = 1u << 6,
  injected = 1u << 7, ///< tells input made by programs from input made by people
  application = 1u << 8,
  title = 1u << 9,
  origin = 1u << 10,
  elements = 1u << 11,
  secret_fields = 1u << 12,
  display = 1u << 13,
  frames = 1u << 14,
  clipboard = 1u << 15,
  input_methods = 1u << 16,
};

constexpr auto flags(capability) {
  return std::array<std::string_view, 17>{
      "keys",          "characters", "pointer",     "pointer_delta", "buttons",      "scroll",
      "devices",       "injected",   "application", "title",         "origin",       "elements",
      "secret_fields", "display",    "frames",      "clipboard",     "input_methods"};
}

enum class source_state : std::uint8_t { opened, degraded, lost, closed };

constexpr auto enumerators(source_state) {
  return std::array<std::string_view, 4>{"opened", "degraded", "lost", "closed"};
}

/// The life of a source of events: what it can see, what it cannot, and when that changed.
struct source {
  literal backend{};
  source_state state = source_state::opened;
  capability can_see = capability::none;
  capability cannot_see = capability::none; ///< what a backend of its kind could see elsewhere, but not here
  literal reason{};                         ///< why it changed; empty when it opened

  static constexpr std::string_view name = "source";
  static constexpr auto lane = input_lane::none;
  static constexpr auto fields() {
    return overt::fields(field("backend", &source::backend), field("state", &source::state),
                         field("can_see", &source::can_see), field("cannot_see", &source::cannot_see),
                         field("reason", &source::reason));
  }
};

} // namespace overt::inline v0
