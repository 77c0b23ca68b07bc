#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <overt/event/basic_event.hpp>
#include <overt/event/key.hpp>
#include <overt/event/pointer_delta.hpp>
#include <overt/event/pointer_move.hpp>
#include <overt/event/ui_action.hpp>

/// What a user of the library would write: a payload of their own and an event that carries it.
namespace overt_test {

enum class ticket_priority : std::uint8_t { low, high };
constexpr auto enumerators(ticket_priority) { return std::array<std::string_view, 2>{"low", "high"}; }

struct ticket_opened {
  std::uint32_t number = 0;
  ticket_priority priority = ticket_priority::low;
  overt::guarded_text title{};

  static constexpr std::string_view name = "ticket_opened";
  static constexpr auto fields() {
    return overt::fields(overt::field("number", &ticket_opened::number),
                         overt::field("priority", &ticket_opened::priority),
                         overt::field("title", &ticket_opened::title));
  }
};

using ticket_event = overt::basic_event<overt::key, overt::pointer_move, overt::pointer_delta,
                                        overt::ui_action, ticket_opened>;

inline overt::guarded_text guarded_of(std::string_view text) {
  return overt::guarded_text{overt::arena_string{text}};
}

} // namespace overt_test
