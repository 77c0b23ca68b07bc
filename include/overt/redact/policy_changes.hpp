#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/consent/grants.hpp>
#include <overt/redact/policy_settings.hpp>

namespace overt::inline v0::redact {

/// One way in which a policy differs from another. A looser one has to be named in the receipt: by grants, or
/// by its `keystroke_timing` and `pointer_…` members.
struct policy_change {
  std::string member{}; ///< of the policy file
  std::string from{};
  std::string to{};
  bool looser = false;
  consent::grants needs = consent::grants::none; ///< of a looser one
};

namespace detail {

using consent::grants;

[[nodiscard]] constexpr grants needs_of_level(typing_detail level) noexcept {
  return level == typing_detail::raw ? grants::key_semantic | grants::key_raw : grants::key_semantic;
}
[[nodiscard]] constexpr grants needs_of_level(unobserved_fields) noexcept { return grants::key_raw; }
[[nodiscard]] constexpr grants needs_of_level(names_detail) noexcept { return grants::ui_element; }
[[nodiscard]] constexpr grants needs_of_level(titles_detail level) noexcept {
  return level == titles_detail::raw ? grants::window_focus | grants::key_raw : grants::window_focus;
}
[[nodiscard]] constexpr grants needs_of_level(pages_detail level) noexcept {
  return level == pages_detail::raw ? grants::window_focus | grants::key_raw : grants::window_focus;
}
[[nodiscard]] constexpr grants needs_of_level(pointer_detail) noexcept { return grants::pointer_path; }
[[nodiscard]] constexpr grants needs_of_level(pictures_detail level) noexcept {
  return level >= pictures_detail::searched ? grants::screenshot | grants::ui_element : grants::screenshot;
}

/// How fine times are. Of resampled ones only the segment of five seconds is true.
[[nodiscard]] constexpr int fineness_of(consent::key_timing how) noexcept {
  switch (how) {
  case consent::key_timing::none: return 0;
  case consent::key_timing::resampled: return 1;
  case consent::key_timing::segment_5s: return 2;
  case consent::key_timing::segment_1s: return 3;
  case consent::key_timing::raw: break;
  }
  return 4;
}

/// Collects the differences of two settings.
class change_list {
public:
  explicit change_list(std::vector<policy_change>& into) : into_{into} {}

  template <named_enum Level>
  void level(std::string_view member, Level from, Level to) {
    if (from != to) {
      add(member, std::string{name_of(from)}, std::string{name_of(to)}, to > from, needs_of_level(to));
    }
  }

  void number(std::string_view member, std::uint64_t from, std::uint64_t to, bool looser, grants needs) {
    if (from != to) {
      add(member, std::to_string(from), std::to_string(to), looser, needs);
    }
  }

  void flag(std::string_view member, bool from, bool to, bool on_is_looser, grants needs) {
    if (from != to) {
      add(member, from ? "true" : "false", to ? "true" : "false", to == on_is_looser, needs);
    }
  }

  /// What is let out by name: an entry more is looser.
  void list(std::string_view member, std::vector<std::string> const& from, std::vector<std::string> const& to,
            grants needs) {
    for (auto const* const one : {&from, &to}) {
      auto const& other = one == &from ? to : from;
      for (auto const& entry : *one) {
        if (std::find(other.begin(), other.end(), entry) == other.end()) {
          bool const added = one == &to;
          add(member, added ? "" : '"' + entry + '"', added ? '"' + entry + '"' : "", added, needs);
        }
      }
    }
  }

  void add(std::string_view member, std::string from, std::string to, bool looser, grants needs) {
    into_.push_back(
        {std::string{member}, std::move(from), std::move(to), looser, looser ? needs : grants::none});
  }

private:
  std::vector<policy_change>& into_;
};

inline void add_detector_changes(change_list& changes, detect::detectors const& from,
                                 detect::detectors const& to) {
  for (std::size_t i = 0; i < detect::entity_count; ++i) {
    auto const type = static_cast<detect::entity>(i);
    if (from.looks_for(type) != to.looks_for(type)) {
      bool const gone = !to.looks_for(type);
      auto const name = std::string{name_of(type)};
      changes.add("detectors.off", gone ? "" : name, gone ? name : "", gone, grants::key_raw);
    }
  }
  // As watchful as usual, and without a list, needs nothing.
  changes.number("detectors.threshold", from.threshold_percent, to.threshold_percent,
                 to.threshold_percent > from.threshold_percent,
                 to.threshold_percent > detect::all().threshold_percent ? grants::key_raw : grants::none);
  auto const size = [](detect::detectors const& one) { return one.my_data ? one.my_data->size() : 0; };
  changes.number("my_data", size(from), size(to), size(to) < size(from), grants::none);
}

} // namespace detail

/// How `to` differs from `from`, in the order of the members. Scopes are not compared.
[[nodiscard]] inline std::vector<policy_change> changes_between(policy_settings const& from,
                                                                policy_settings const& to) {
  using consent::grants;
  std::vector<policy_change> found;
  detail::change_list changes{found};
  changes.level("text", from.text, to.text);
  changes.level("unobserved_fields", from.unobserved, to.unobserved);
  changes.level("names", from.names, to.names);
  changes.list("labels", from.labels, to.labels, grants::ui_element);
  changes.level("titles", from.titles, to.titles);
  changes.list("titles", from.title_templates, to.title_templates, grants::window_focus);
  changes.level("pages", from.pages, to.pages);
  changes.list("page_parts", from.page_parts, to.page_parts, grants::window_focus);
  changes.level("pointer", from.pointer, to.pointer);
  if (to.pointer == pointer_detail::thinned) {
    changes.number("pointer_hz", from.pointer_hz, to.pointer_hz, to.pointer_hz > from.pointer_hz,
                   grants::pointer_path);
    changes.number("pointer_grid_px", from.pointer_grid_px, to.pointer_grid_px,
                   to.pointer_grid_px < from.pointer_grid_px, grants::pointer_path);
  }
  changes.level("pictures", from.pictures, to.pictures);
  if (from.times != to.times) {
    changes.add("times", std::string{name_of(from.times)}, std::string{name_of(to.times)},
                detail::fineness_of(to.times) > detail::fineness_of(from.times),
                to.times == consent::key_timing::raw ? grants::raw_timing : grants::none);
  }
  changes.flag("shortcuts", from.shortcuts, to.shortcuts, true, grants::key_semantic);
  changes.flag("navigation_keys", from.navigation_keys, to.navigation_keys, true, grants::key_semantic);
  changes.flag("structure", from.structure, to.structure, true,
               grants::pointer_click | grants::scroll | grants::window_focus);
  changes.flag("hide_file_paths", from.hide_file_paths, to.hide_file_paths, false, grants::none);
  detail::add_detector_changes(changes, from.detectors, to.detectors);
  changes.flag("verify", from.verify, to.verify, false, grants::key_raw);
  return found;
}

} // namespace overt::inline v0::redact
