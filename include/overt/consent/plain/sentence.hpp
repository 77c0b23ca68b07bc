#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace overt::inline v0::consent {

/// The sentences of which a notice, a receipt and a question are put together. "{0}", "{1}" and "{2}" stand
/// for what is filled in. Each language has all of them, in this order, or it does not compile.
enum class sentence : std::uint8_t {
  asked,
  responsible,
  published,
  purposes,
  purpose_train,
  purpose_evaluate,
  purpose_research,
  purpose_own,
  never_assessed,
  scope,
  scope_empty,
  kinds,
  kind_text,
  kind_shape,
  kind_click,
  kind_scroll,
  kind_element,
  kind_window,
  kind_raw,
  kind_times,
  kind_path,
  kind_picture,
  kind_none,
  stays,
  denied,
  raw_warning,
  never,
  never_passwords,
  never_passwords_guessed,
  never_private,
  never_clipboard,
  never_sound,
  never_camera,
  never_messages,
  never_managers,
  never_elsewhere,
  never_pictures,
  one_day,
  days,
  kept,
  stored_here,
  readers,
  reader,
  impact,
  agreement,
  board,
  review,
  no_aggregates,
  indicator,
  after_one_month,
  after_months,
  ends,
  withdrawing,
  rights,
  may_refuse,
  question,
  yes,
  no,
  agreed,
  refused,
  withdrawn,
  keys_destroyed,
  not_sealed,
  receipt,
  now_holds,
  now_not_answered,
  now_refused,
  now_withdrawn,
  now_expired,
  now_invalidated,
  now_not_begun,
  history,
  step_requested,
  step_given,
  step_refused,
  step_renewed,
  step_withdrawn,
  step_expired,
  step_invalidated,
  signed_here,
  not_signed,
  signed_other,
  signed_unknown,
  forged,
  bound,
  renews,
  record,
  rules,
  changes,
  changes_none,
  policy_unknown,
  policy_changes,
  added,
  left_out,
  replaced,
  looser,
  tighter,
  other_way,
  all_looser,
  all_tighter,
  all_mixed,
  all_same,
  field_purposes,
  field_applications,
  field_sites,
  field_kinds,
  field_screenshots,
  field_never,
  field_times,
  field_hz,
  field_grid,
  field_retention,
  field_days,
  field_recipients,
  field_storage,
  field_parties,
  field_preset,
  field_domain,
  field_references,
  field_policy,
};

inline constexpr std::size_t sentence_count = static_cast<std::size_t>(sentence::field_policy) + 1;

/// A sentence and its words in one language.
struct worded {
  sentence which{};
  std::string_view words{};
};

using sentence_table = std::array<worded, sentence_count>;

/// Whether nothing is missing, empty or out of order.
[[nodiscard]] constexpr bool is_complete(sentence_table const& table) noexcept {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table[i].which != static_cast<sentence>(i) || table[i].words.empty()) {
      return false;
    }
  }
  return true;
}

} // namespace overt::inline v0::consent
