#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <string_view>

#include <overt/consent/grants.hpp>
#include <overt/event/key.hpp>
#include <overt/event/payload.hpp>
#include <overt/event/text.hpp>
#include <overt/redact/policy.hpp>
#include <overt/redact/typing.hpp>

namespace overt::inline v0::redact {

/// What to do with typing when no source is running that could tell a secret field from another.
enum class unobserved_fields : std::uint8_t {
  withhold, ///< the default: nothing that a key enters leaves
  accept,   ///< for research where the participant knows that passwords are recorded; the receipt names
            ///< `key.raw`
};

constexpr auto enumerators(unobserved_fields) {
  return std::array<std::string_view, 2>{"withhold", "accept"};
}

/// Secret fields. Comes second in every chain.
///
/// In a field that is secret, or that a source looked at and could not judge, nothing that the keyboard does
/// leaves: no key, no modifier, no count. In a field that nobody observed, or where the focus is on no field,
/// what keys enter is denied for good (no later policy can disclose it), and what does not enter text
/// (shortcuts, arrows) is left to the policies that follow.
struct secrets {
  redact::unobserved_fields unobserved = redact::unobserved_fields::withhold;

  static constexpr std::string_view name = "secrets";
  static constexpr auto fields() { return overt::fields(field("unobserved_fields", &secrets::unobserved)); }

  [[nodiscard]] consent::grants needs() const {
    return unobserved == unobserved_fields::accept ? consent::grants::key_raw : consent::grants{};
  }

  template <class Payload>
    requires(lane_of<Payload>() != input_lane::none)
  [[nodiscard]] verdict operator()(Payload& what, context const& where, clearance const& key) const {
    switch (where.field) {
    case field_kind::secret: return verdict::withhold(withheld_reason::secret_field);
    case field_kind::unknown: return verdict::withhold(withheld_reason::unknown_field);
    case field_kind::unobserved:
      return unobserved == unobserved_fields::accept ? verdict::pass() : deny_typing(what, key);
    case field_kind::none: // what is typed where no field is went to something that nobody understood
      return unobserved == unobserved_fields::accept ? verdict::pass() : deny_typing(what, key);
    case field_kind::plain: return verdict::pass();
    }
    return verdict::withhold(withheld_reason::unknown_field);
  }

private:
  template <class Payload>
  [[nodiscard]] static verdict deny_typing(Payload& what, clearance const& key) {
    if constexpr (std::same_as<Payload, overt::key>) {
      if (is_typing(what)) {
        what.usage.deny(key);
        what.symbol.deny(key);
        what.entered.deny(key);
      }
    } else if constexpr (std::same_as<Payload, overt::text>) {
      what.length.deny(key);
      what.edits.deny(key);
      what.value.deny(key);
    }
    return verdict::pass();
  }
};

} // namespace overt::inline v0::redact
