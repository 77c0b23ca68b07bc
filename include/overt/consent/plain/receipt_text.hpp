#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <overt/consent/plain/language.hpp>
#include <overt/consent/plain/sentence.hpp>
#include <overt/consent/plain/terms_text.hpp>
#include <overt/consent/preset.hpp>
#include <overt/consent/receipt.hpp>
#include <overt/consent/standing.hpp>
#include <overt/detail/base64.hpp>
#include <overt/detail/iso8601.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

/// What was found out about the signature of a receipt.
enum class signature_found : std::uint8_t {
  none,    ///< there is no signature
  fits,    ///< of the person here
  other,   ///< of another key than that of the person here
  unknown, ///< there is no key to compare it with
  forged,  ///< it does not fit what is signed
};

namespace detail {

[[nodiscard]] inline plain_terms plain_terms_of(receipt const& terms) {
  plain_terms made{.purposes = terms.purposes,
                   .apps = terms.apps,
                   .sites = terms.sites,
                   .granted = terms.grants,
                   .denied = terms.denied_by_preset,
                   .pointer_max_hz = terms.pointer_max_hz,
                   .pointer_grid_px = terms.pointer_grid_px,
                   .never = terms.never,
                   .retention_days = terms.retention_days,
                   .storage = terms.storage,
                   .impact_assessment = terms.impact_assessment,
                   .collective_agreement = terms.collective_agreement,
                   .review_board = terms.review_board,
                   .preset = terms.preset};
  for (auto const& each : terms.parties) {
    if (each.role == policy_publisher) {
      made.publisher = each.name;
      made.publisher_key = each.id;
    } else if (each.kind == party_kind::controller) {
      for (auto const* line : {each.name.empty() ? &each.id : &each.name, &each.address, &each.contact}) {
        made.responsible.push_back(*line);
      }
    }
  }
  for (auto const& each : terms.recipients) {
    auto const who = std::find_if(terms.parties.begin(), terms.parties.end(),
                                  [&](party const& one) { return one.id == each.party; });
    made.readers.emplace_back(who == terms.parties.end() || who->name.empty() ? each.party : who->name,
                              overt::detail::key_to_base64(each.public_key));
  }
  return made;
}

inline void say_standing(plain_text& text, receipt const& terms, std::int64_t wall_ns) {
  constexpr std::array words{sentence::now_holds,     sentence::now_not_answered, sentence::now_refused,
                             sentence::now_withdrawn, sentence::now_expired,      sentence::now_invalidated,
                             sentence::now_not_begun};
  static_assert(words.size() == enumerators(standing{}).size());
  auto const now = standing_at(terms, wall_ns);
  auto const time = overt::detail::format_date_time(now == standing::not_begun ? terms.granted_wall_ns
                                                                               : terms.expires_wall_ns);
  text.say(words.at(static_cast<std::size_t>(now)), {time});
}

inline void say_history(plain_text& text, receipt const& terms) {
  constexpr std::array words{sentence::step_requested,  sentence::step_given,     sentence::step_refused,
                             sentence::step_renewed,    sentence::step_withdrawn, sentence::step_expired,
                             sentence::step_invalidated};
  static_assert(words.size() == enumerators(consent_event{}).size());
  text.say(sentence::history);
  for (auto const& each : terms.history) {
    text.item(
        words.at(static_cast<std::size_t>(each.what)),
        {overt::detail::format_date_time(each.wall_ns), overt::detail::format_date_time(each.until_wall_ns)});
  }
}

} // namespace detail

/// A consent as the person should read it, in the language it was given in or another: where it stands at
/// this moment, everything that it says, its history and what was found out about its signature.
/// Errors: `unsupported`, for a language whose sentences nobody wrote.
[[nodiscard]] inline result<std::string> receipt_text(receipt const& terms, std::int64_t wall_ns,
                                                      signature_found signature,
                                                      std::string_view in_language = {}) {
  auto const in = language_named(in_language.empty() ? std::string_view{terms.language} : in_language);
  if (!in) {
    return in.error();
  }
  detail::plain_text text{*in};
  text.say(sentence::receipt);
  detail::say_standing(text, terms, wall_ns);
  constexpr std::array words{sentence::not_signed, sentence::signed_here, sentence::signed_other,
                             sentence::signed_unknown, sentence::forged};
  text.say(words.at(static_cast<std::size_t>(signature)), {terms.signature.key_id});
  text.blank();
  detail::say_terms(text, detail::plain_terms_of(terms));
  text.say(sentence::indicator);
  text.say(sentence::withdrawing);
  text.say(sentence::rights);
  text.blank();
  detail::say_history(text, terms);
  text.blank();
  text.say(sentence::record, {terms.record_id, terms.principal});
  text.say(sentence::bound, {terms.policy_digest, terms.notice_sha256});
  if (terms.previous_sha256.find_first_not_of('0') != std::string::npos) {
    text.say(sentence::renews, {terms.previous_sha256});
  }
  text.say(sentence::rules, {name_of(terms.preset), terms.jurisdiction});
  return std::move(text).take();
}

} // namespace overt::inline v0::consent
