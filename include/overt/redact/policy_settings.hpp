#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/consent/terms.hpp>
#include <overt/redact/detect/detectors.hpp>
#include <overt/redact/only.hpp>
#include <overt/redact/pointer_thinned.hpp>
#include <overt/redact/pseudonym_key.hpp>
#include <overt/redact/secrets.hpp>

namespace overt::inline v0::redact {

// How much of each kind of thing leaves, each from the least to the most.

enum class typing_detail : std::uint8_t { withheld, amount, cleared, raw };
constexpr auto enumerators(typing_detail) {
  return std::array<std::string_view, 4>{"withheld", "amount", "cleared", "raw"};
}

enum class names_detail : std::uint8_t { withheld, labels, pseudonyms, raw };
constexpr auto enumerators(names_detail) {
  return std::array<std::string_view, 4>{"withheld", "labels", "pseudonyms", "raw"};
}

enum class titles_detail : std::uint8_t { withheld, templates, raw };
constexpr auto enumerators(titles_detail) {
  return std::array<std::string_view, 3>{"withheld", "templates", "raw"};
}

enum class pages_detail : std::uint8_t { withheld, routes, raw };
constexpr auto enumerators(pages_detail) {
  return std::array<std::string_view, 3>{"withheld", "routes", "raw"};
}

enum class pointer_detail : std::uint8_t { targets, thinned, paths };
constexpr auto enumerators(pointer_detail) {
  return std::array<std::string_view, 3>{"targets", "thinned", "paths"};
}

/// What stays to be seen in pictures; secrets and what was not agreed to never do.
enum class pictures_detail : std::uint8_t {
  withheld,  ///< no pictures
  layout,    ///< no text, no images
  labels,    ///< what controls are called, where every word of it is one of interfaces
  searched,  ///< texts in which nothing personal is found
  everything ///< and images
};
constexpr auto enumerators(pictures_detail) {
  return std::array<std::string_view, 5>{"withheld", "layout", "labels", "searched", "everything"};
}

enum class policy_preset : std::uint8_t { strict, balanced, research };
constexpr auto enumerators(policy_preset) {
  return std::array<std::string_view, 3>{"strict", "balanced", "research"};
}

/// What a policy file says: a preset, and what differs from it. The members are those of the file
/// (docs/formats.md); `chain_from` makes a chain of them.
struct policy_settings {
  policy_preset preset = policy_preset::strict; ///< what the others are compared with
  only scope{};

  typing_detail text = typing_detail::amount;
  unobserved_fields unobserved = unobserved_fields::withhold;
  names_detail names = names_detail::withheld;
  std::vector<std::string> labels{}; ///< names that leave as they are, beside those of programs
  pseudonym_key key{};               ///< for `names_detail::pseudonyms`
  titles_detail titles = titles_detail::withheld;
  std::vector<std::string> title_templates{};
  pages_detail pages = pages_detail::withheld;
  std::vector<std::string> page_parts{}; ///< parts of addresses that leave as they are
  pointer_detail pointer = pointer_detail::targets;
  std::uint32_t pointer_hz = pointer_thinned{}.max_hz;
  std::uint32_t pointer_grid_px = pointer_thinned{}.grid_px;
  pictures_detail pictures = pictures_detail::withheld; ///< in every preset: they are asked for by name
  consent::key_timing times = consent::key_timing::segment_5s;
  bool shortcuts = true;
  bool navigation_keys = true;
  bool structure = true;
  bool hide_file_paths = false;
  detect::detectors detectors = detect::all();
  bool verify = true;
};

/// What a preset says, for the same scope.
[[nodiscard]] inline policy_settings settings_of(policy_preset preset, only scope = {}) {
  policy_settings made{.preset = preset, .scope = std::move(scope)};
  switch (preset) {
  case policy_preset::strict: break;
  case policy_preset::balanced:
    made.text = typing_detail::cleared;
    made.names = names_detail::labels;
    made.pages = pages_detail::routes;
    break;
  case policy_preset::research:
    made.text = typing_detail::raw;
    made.unobserved = unobserved_fields::accept;
    made.names = names_detail::raw;
    made.titles = titles_detail::raw;
    made.pages = pages_detail::raw;
    made.pointer = pointer_detail::paths;
    made.times = consent::key_timing::raw;
    made.verify = false;
    break;
  }
  return made;
}

/// What stays to be seen in pictures under a preset, where pictures are wanted.
[[nodiscard]] constexpr pictures_detail pictures_of(policy_preset preset) noexcept {
  switch (preset) {
  case policy_preset::strict: return pictures_detail::labels;
  case policy_preset::balanced: return pictures_detail::searched;
  case policy_preset::research: return pictures_detail::everything;
  }
  return pictures_detail::layout;
}

/// What looks at names and addresses: never less than everything, whatever was switched off for text.
[[nodiscard]] inline detect::detectors full_detectors(detect::detectors which) {
  which.types = detect::all().types;
  which.threshold_percent = std::min(which.threshold_percent, detect::all().threshold_percent);
  return which;
}

} // namespace overt::inline v0::redact
