#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <overt/event/field.hpp>
#include <overt/event/guarded.hpp>
#include <overt/event/payload.hpp>

namespace overt::inline v0 {

/// What is known of the field that input goes to. Only `plain` and `none` were looked at and found harmless.
enum class field_kind : std::uint8_t {
  unobserved, ///< no source that could tell was running
  unknown,    ///< a source was running and could not tell: treated as secret
  none,       ///< the focus is on something that takes no text
  plain,
  secret,
};

constexpr auto enumerators(field_kind) {
  return std::array<std::string_view, 5>{"unobserved", "unknown", "none", "plain", "secret"};
}

/// Where something happened. Immutable once a backend has handed it over; every pipeline clears a copy of its
/// own.
///
/// Two contexts are the same place only if they are the same object: backends make a new one when anything in
/// it changes.
struct context {
  guarded_text
      application{};    ///< what the process is (see docs/guide.md, "Applications"), not what it calls itself
  guarded_text title{}; ///< of the window
  guarded_text origin{}; ///< of a page: scheme, host and port
  guarded_text page{};   ///< the rest of its address
  field_kind field = field_kind::unobserved;

  static constexpr auto fields() {
    return overt::fields(overt::field("application", &context::application),
                         overt::field("title", &context::title), overt::field("origin", &context::origin),
                         overt::field("page", &context::page), overt::field("field", &context::field));
  }
};

static_assert(holds_no_plain_text<context> && describes_every_member<context>);

} // namespace overt::inline v0
