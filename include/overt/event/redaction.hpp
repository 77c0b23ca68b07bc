#pragma once

#include <string_view>

#include <overt/event/amount.hpp>
#include <overt/event/audit_notes.hpp>
#include <overt/event/field.hpp>
#include <overt/event/literal.hpp>
#include <overt/event/payload.hpp>
#include <overt/event/withheld.hpp>

namespace overt::inline v0 {

/// A rule took something out: which rule, what class of thing, how much roughly. Never what it was.
struct redaction {
  literal rule{};   ///< the policy's name; empty when nothing disclosed it
  literal of{};     ///< the payload's name
  literal entity{}; ///< what it was recognised as, "CARD"; empty for whole events
  redaction_action action = redaction_action::withheld;
  withheld_reason reason = withheld_reason::not_disclosed;
  amount how_many = amount::under_ten; ///< events, or characters of an entity

  static constexpr std::string_view name = "redaction";
  static constexpr auto lane = input_lane::none;
  static constexpr auto fields() {
    return overt::fields(field("rule", &redaction::rule), field("of", &redaction::of),
                         field("entity", &redaction::entity), field("action", &redaction::action),
                         field("reason", &redaction::reason), field("how_many", &redaction::how_many));
  }
};

} // namespace overt::inline v0
