#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include <overt/consent/plain/language.hpp>
#include <overt/consent/plain/sentence.hpp>
#include <overt/consent/plain/terms_text.hpp>
#include <overt/consent/preset.hpp>
#include <overt/consent/receipt_request.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

namespace detail {
[[nodiscard]] inline plain_terms plain_terms_of(receipt_request const& asked) {
  auto const granted = asked.granted();
  plain_terms made{
      .responsible = {asked.responsible.name.empty() ? asked.responsible.id : asked.responsible.name,
                      asked.responsible.address, asked.responsible.contact},
      .publisher = asked.policy_published_by.publisher,
      .publisher_key = asked.policy_published_by.key_id,
      .purposes = asked.purposes,
      .apps = asked.apps,
      .sites = asked.sites,
      .granted = granted,
      .denied = asked.grants & rules_of(asked.preset).denied,
      .not_recorded = asked.not_recorded,
      .pointer_max_hz = asked.pointer_max_hz,
      .pointer_grid_px = asked.pointer_grid_px,
      .never = asked.never,
      .retention_days = std::min(asked.retention_days, rules_of(asked.preset).retention_days),
      .storage = asked.storage_locations,
      .impact_assessment = asked.impact_assessment,
      .collective_agreement = asked.collective_agreement,
      .review_board = asked.review_board,
      .preset = asked.preset};
  // What a policy says of itself is more exact than its grants, and holds if all of them are granted.
  if (without(asked.grants, granted) == grants::none) {
    made.recorded = asked.recorded;
  }
  for (auto const& each : asked.readers) {
    made.readers.emplace_back(each.name, each.public_key);
  }
  return made;
}
} // namespace detail

/// What will and will not be recorded, in the plain language of the person (`asked.language`), for them to
/// read before they are asked. Its SHA-256 goes into the receipt.
/// Errors: `unsupported`, for a language whose sentences nobody wrote.
[[nodiscard]] inline result<std::string> notice_text(receipt_request const& asked) {
  auto const in = language_named(asked.language);
  if (!in) {
    return in.error();
  }
  detail::plain_text text{*in};
  text.say(sentence::asked);
  text.blank();
  detail::say_terms(text, detail::plain_terms_of(asked));
  text.say(sentence::indicator);
  text.say(sentence::ends,
           {asked.months == 1 ? text.words(sentence::after_one_month)
                              : text.words(sentence::after_months, {std::to_string(asked.months)})});
  text.say(sentence::rights);
  text.say(sentence::may_refuse);
  return std::move(text).take();
}

} // namespace overt::inline v0::consent
