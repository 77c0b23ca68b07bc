#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/consent/plain/language.hpp>
#include <overt/consent/plain/sentence.hpp>
#include <overt/consent/plain/terms_text.hpp>
#include <overt/consent/receipt_changes.hpp>

namespace overt::inline v0::consent {

/// A difference of two policies, as a program tells it: a member of the policy, what it was, what it is.
struct policy_difference {
  std::string member{};
  std::string from{};
  std::string to{};
  bool looser = false;
};

/// What is known of the policies when a consent is renewed.
struct policy_differences {
  bool known = false; ///< whether the old policy is there to compare with
  std::vector<policy_difference> all{};
};

namespace detail {

inline void say_change(plain_text& text, std::string_view field, std::string const& from,
                       std::string const& to, direction way) {
  auto const which = from.empty() ? sentence::added : to.empty() ? sentence::left_out : sentence::replaced;
  constexpr std::array ways{sentence::tighter, sentence::looser, sentence::other_way};
  text.item(text.words(which, {field, from.empty() ? to : from, to}) + " (" +
            text.words(ways.at(static_cast<std::size_t>(way))) + ')');
}

} // namespace detail

/// What is different since the person agreed before, in plain words: what is looser first, and a last line
/// that says how it is altogether.
[[nodiscard]] inline std::string changes_text(language in, std::vector<receipt_change> changes,
                                              policy_differences const& policies) {
  constexpr std::array fields{
      sentence::field_purposes,  sentence::field_applications, sentence::field_sites,
      sentence::field_kinds,     sentence::field_screenshots,  sentence::field_never,
      sentence::field_times,     sentence::field_hz,           sentence::field_grid,
      sentence::field_retention, sentence::field_days,         sentence::field_recipients,
      sentence::field_storage,   sentence::field_parties,      sentence::field_preset,
      sentence::field_domain,    sentence::field_references,   sentence::field_policy};
  static_assert(fields.size() == enumerators(receipt_field{}).size());
  detail::plain_text text{in};
  std::stable_sort(changes.begin(), changes.end(), [](auto const& a, auto const& b) {
    return a.way == direction::looser && b.way != direction::looser;
  });
  bool looser = false;
  bool tighter = false;
  bool other_policy = false;
  text.say(sentence::changes);
  for (auto const& each : changes) {
    looser = looser || each.way == direction::looser;
    tighter = tighter || each.way == direction::tighter;
    if (each.field == receipt_field::policy) {
      other_policy = true; // its digest says nothing to a person
      continue;
    }
    detail::say_change(text, words_of(in, fields.at(static_cast<std::size_t>(each.field))), each.from,
                       each.to, each.way);
  }
  if (other_policy && !policies.known) {
    text.say(sentence::policy_unknown);
  } else if (!policies.all.empty()) {
    text.say(sentence::policy_changes);
    for (auto const& each : policies.all) {
      looser = looser || each.looser;
      tighter = tighter || !each.looser;
      detail::say_change(text, each.member, each.from, each.to,
                         each.looser ? direction::looser : direction::tighter);
    }
  }
  if (changes.empty() && policies.all.empty()) {
    text.item(sentence::changes_none);
  }
  if (!other_policy || policies.known || looser) { // what an unknown policy did cannot be added up
    text.say(looser && tighter ? sentence::all_mixed
             : looser          ? sentence::all_looser
             : tighter         ? sentence::all_tighter
                               : sentence::all_same);
  }
  return std::move(text).take();
}

} // namespace overt::inline v0::consent
