#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/redact/policy_settings.hpp>

/// Policies at random, and each way to make one stricter, for properties that hold for all of them.
namespace overt_test {

using random = std::mt19937_64;

template <class Enum>
[[nodiscard]] Enum any_of(random& from) {
  return static_cast<Enum>(from() % enumerators(Enum{}).size());
}

[[nodiscard]] inline std::vector<std::string> any_names(random& from, std::string_view kind) {
  std::vector<std::string> made;
  for (auto count = from() % 3; count > 0; --count) {
    made.push_back(std::string{kind} + std::to_string(count));
  }
  return made;
}

/// Settings as a file could say them: what has no effect is as it is by default.
[[nodiscard]] inline overt::redact::policy_settings any_settings(random& from) {
  namespace redact = overt::redact;
  auto made =
      redact::settings_of(any_of<redact::policy_preset>(from), redact::only{"editor", "https://a.example"});
  auto const sometimes = [&] { return from() % 3 == 0; };
  auto const coin = [&] { return from() % 2 == 0; };
  if (sometimes()) {
    made.text = any_of<redact::typing_detail>(from);
  }
  if (made.text != redact::typing_detail::raw) {
    made.unobserved = redact::unobserved_fields::withhold;
  }
  if (sometimes()) {
    made.unobserved = any_of<redact::unobserved_fields>(from);
  }
  if (sometimes()) {
    auto const level = any_of<redact::names_detail>(from);
    made.names = level == redact::names_detail::pseudonyms ? redact::names_detail::labels : level;
  }
  if (made.names == redact::names_detail::labels) {
    made.labels = any_names(from, "Label ");
  }
  if (sometimes()) {
    made.titles = any_of<redact::titles_detail>(from);
  }
  if (made.titles == redact::titles_detail::templates) {
    made.title_templates = any_names(from, "* - Program ");
    made.title_templates.emplace_back("Save As");
  }
  if (sometimes()) {
    made.pages = any_of<redact::pages_detail>(from);
  }
  if (made.pages == redact::pages_detail::routes) {
    made.page_parts = any_names(from, "part");
  }
  if (sometimes()) {
    made.pointer = any_of<redact::pointer_detail>(from);
  }
  if (made.pointer == redact::pointer_detail::thinned && coin()) {
    made.pointer_hz = static_cast<std::uint32_t>(1 + from() % 20);
    made.pointer_grid_px = static_cast<std::uint32_t>(1 + from() % 64);
  }
  if (sometimes()) {
    made.times = any_of<overt::consent::key_timing>(from);
  }
  for (auto* const member :
       {&made.shortcuts, &made.navigation_keys, &made.structure, &made.verify, &made.hide_file_paths}) {
    if (sometimes()) {
      *member = coin();
    }
  }
  if (sometimes()) {
    made.detectors.types &= static_cast<std::uint32_t>(from());
  }
  if (sometimes()) {
    made.detectors.threshold_percent = static_cast<std::uint32_t>(1 + from() % 100);
  }
  if (sometimes()) {
    made.detectors = overt::detect::with_my_data(made.detectors, {"Erika Mustermann", "0123 456789"});
  }
  return made;
}

/// The same settings with one member stricter; false when it is as strict as it can be.
inline constexpr std::size_t ways_to_tighten = 18;
[[nodiscard]] inline bool tighten(overt::redact::policy_settings& all, std::size_t way) {
  namespace redact = overt::redact;
  using overt::consent::key_timing;
  auto const lower = [](auto& level) {
    using type = std::remove_reference_t<decltype(level)>;
    bool const can = static_cast<int>(level) > 0;
    level = can ? static_cast<type>(static_cast<int>(level) - 1) : level;
    return can;
  };
  auto const set = [](auto& member, auto value) { return std::exchange(member, value) != value; };
  auto const drop = [](std::vector<std::string>& list) {
    bool const can = !list.empty();
    if (can) {
      list.pop_back();
    }
    return can;
  };
  switch (way) {
  case 0: return lower(all.text);
  case 1: return lower(all.unobserved);
  case 2:
    all.labels = all.names == redact::names_detail::labels ? std::vector<std::string>{} : all.labels;
    return set(all.names, redact::names_detail::withheld);
  case 3: return drop(all.labels);
  case 4: all.title_templates.clear(); return set(all.titles, redact::titles_detail::withheld);
  case 5: return all.title_templates.size() > 1 && drop(all.title_templates);
  case 6: all.page_parts.clear(); return lower(all.pages);
  case 7: return drop(all.page_parts);
  case 8: return lower(all.pointer);
  case 9:
    return all.pointer == redact::pointer_detail::thinned &&
           set(all.pointer_hz, 1u + (all.pointer_hz - 1) / 2);
  case 10:
    return all.pointer == redact::pointer_detail::thinned &&
           set(all.pointer_grid_px, all.pointer_grid_px + 1);
  case 11: {
    constexpr std::array order{key_timing::none, key_timing::resampled, key_timing::segment_5s,
                               key_timing::segment_1s, key_timing::raw};
    for (std::size_t i = 1; i < order.size(); ++i) {
      if (all.times == order[i]) {
        return set(all.times, order[i - 1]);
      }
    }
    return false;
  }
  case 12: return set(all.shortcuts, false);
  case 13: return set(all.navigation_keys, false);
  case 14: return set(all.structure, false);
  case 15: return set(all.verify, true);
  case 16: return set(all.detectors.types, overt::detect::all().types);
  case 17: return set(all.detectors.threshold_percent, all.detectors.threshold_percent / 2 + 1);
  default: return false;
  }
}

} // namespace overt_test
