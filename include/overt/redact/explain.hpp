#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/consent/grants.hpp>
#include <overt/redact/chain_settings.hpp>
#include <overt/redact/explain_kinds.hpp>
#include <overt/redact/explain_words.hpp>
#include <overt/redact/policy_changes.hpp>

namespace overt::inline v0::redact {

/// What a policy lets out and what it keeps back, for the person who is recorded: plain words, no content.
struct explanation {
  std::vector<explained> kinds{};
  std::vector<std::string> places{};     ///< applications and sites
  std::string looked_at{};               ///< where detectors look; empty when they look nowhere
  std::vector<std::string> looked_for{}; ///< what detectors look for there
  std::vector<std::string> own{};        ///< policies of the program's own, which are not explained
  std::vector<std::string> receipt{};    ///< what a receipt has to name
  policy_preset preset = policy_preset::strict;
  std::vector<policy_change> changes{}; ///< from that preset
};

namespace detail {

/// Where detectors look. Names and kinds of pages are judged by them also without the second look.
[[nodiscard]] inline std::string explain_looking(policy_settings const& all) {
  bool const names = all.names == names_detail::labels || all.names == names_detail::pseudonyms;
  auto const raw = all.text == typing_detail::raw
                       ? std::string{" (not in single keys, which say the same one after the other)"}
                       : std::string{};
  return all.verify                           ? "in every text before it leaves" + raw
         : all.text == typing_detail::cleared ? "in what you type, and in nothing else"
         : names || all.pages == pages_detail::routes
             ? "in names of elements and in addresses, and in nothing else"
             : std::string{};
}

/// What detectors look for, and how.
[[nodiscard]] inline std::vector<std::string> explain_detectors(policy_settings const& all) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < detect::entity_count; ++i) {
    auto const type = static_cast<detect::entity>(i);
    bool const empty_list = type == detect::entity::my_data && !all.detectors.my_data;
    bool const no_patterns = type == detect::entity::pattern && !all.detectors.recognisers;
    if (!all.detectors.looks_for(type) || empty_list || no_patterns) {
      continue;
    }
    auto line = std::string{name_of(type)} + ": " + std::string{words_for(type)};
    if (type == detect::entity::my_data) {
      line += " (entries: " + std::to_string(all.detectors.my_data->size()) + ")";
    }
    lines.push_back(std::move(line));
  }
  if (all.detectors.threshold_percent != detect::all().threshold_percent) {
    lines.push_back(std::string{all.detectors.threshold_percent > detect::all().threshold_percent
                                    ? "Only what is more certain than usual counts"
                                    : "What is less certain than usual counts as well"} +
                    " (threshold " + std::to_string(all.detectors.threshold_percent) + " %)");
  }
  return lines;
}

/// What a receipt has to name for a chain.
[[nodiscard]] inline std::vector<std::string> explain_receipt(consent::grants needs,
                                                              policy_settings const& all) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < flags(consent::grants{}).size(); ++i) {
    auto const one = static_cast<consent::grants>(1u << i);
    if (has_all(needs, one)) {
      lines.push_back(std::string{flags(one)[i]} + ": " + std::string{words_for(one)});
    }
  }
  if (all.times != consent::key_timing::none && all.times != consent::key_timing::raw) {
    bool const seconds = all.times == consent::key_timing::segment_1s;
    lines.push_back(std::string{"keystroke_timing: "} + (seconds ? "segment_1s" : "segment_5s") +
                    " or finer");
  }
  if (all.pointer == pointer_detail::thinned) {
    lines.push_back("pointer_max_hz: " + std::to_string(all.pointer_hz) + " or more; pointer_grid_px: " +
                    std::to_string(std::max(all.pointer_grid_px, 1u)) + " or less");
  } else if (all.pointer == pointer_detail::paths) {
    lines.emplace_back("pointer_max_hz: 1000 or more; pointer_grid_px: 0 or 1");
  }
  return lines;
}

} // namespace detail

/// Explains a chain, from a file or written in code. `preset`: what it is compared with.
///
///     std::cout << overt::redact::text_of(overt::redact::explain(policy));
template <class... Policies>
[[nodiscard]] explanation explain(chain<Policies...> const& policies,
                                  policy_preset preset = policy_preset::strict) {
  auto const [all, own] = read_chain(policies);
  explanation made{.own = own, .preset = preset};
  for (auto const* const list : {&all.scope.applications, &all.scope.origins}) {
    made.places.insert(made.places.end(), list->begin(), list->end());
  }
  made.kinds = {
      detail::explain_text(all),
      detail::explain_keys(all),
      detail::explain_shortcuts(all),
      detail::explain_navigation(all),
      detail::explain_structure(all),
      detail::explain_names(all),
      detail::explain_titles(all),
      detail::explain_pages(all),
      detail::explain_pointer(all),
      detail::explain_pictures(all),
      detail::explain_times(all),
      {"Paths of files", {}, all.hide_file_paths ? "where your files are, wherever a text says so" : ""},
      {"The clipboard",
       {},
       all.text == typing_detail::raw ? "what you copied and did not paste" : "what you copied"},
      detail::explain_secret_fields(all),
      {"Everything else",
       {},
       "sound and camera; private windows of browsers; every other application "
       "and site"}};
  made.looked_at = detail::explain_looking(all);
  made.looked_for = detail::explain_detectors(all);
  made.receipt = detail::explain_receipt(needs_of(policies), all);
  made.changes = changes_between(settings_of(preset), all);
  return made;
}

} // namespace overt::inline v0::redact
