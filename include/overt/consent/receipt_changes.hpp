#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/consent/receipt.hpp>
#include <overt/consent/terms.hpp>
#include <overt/detail/base64.hpp>
#include <overt/detail/iso8601.hpp>

namespace overt::inline v0::consent {

/// What of two receipts can differ in what it permits.
enum class receipt_field : std::uint8_t {
  purposes,
  applications,
  sites,
  kinds,
  screenshots,
  never,
  keystroke_timing,
  pointer_hz,
  pointer_grid,
  retention,
  duration,
  recipients,
  storage,
  parties,
  preset,
  pseudonym_domain,
  references,
  policy,
};

constexpr auto enumerators(receipt_field) {
  return std::array<std::string_view, 18>{
      "purposes",   "applications",     "sites",      "kinds",    "screenshots", "never",   "timing",
      "pointer_hz", "pointer_grid",     "retention",  "duration", "recipients",  "storage", "parties",
      "preset",     "pseudonym_domain", "references", "policy"};
}

enum class direction : std::uint8_t { tighter, looser, other };

/// One way in which a receipt differs from another. `from` and `to` are empty where something came or went.
struct receipt_change {
  receipt_field field = receipt_field::purposes;
  std::string from{};
  std::string to{};
  direction way = direction::other;

  friend bool operator==(receipt_change const&, receipt_change const&) = default;
};

namespace detail {

/// How fine times are. Of resampled ones only the segment of five seconds is true.
[[nodiscard]] constexpr int fineness_of(key_timing how) noexcept {
  constexpr std::array order{key_timing::none, key_timing::resampled, key_timing::segment_5s,
                             key_timing::segment_1s, key_timing::raw};
  return static_cast<int>(std::find(order.begin(), order.end(), how) - order.begin());
}

/// How much of a window is in a picture: a region is less than all of it.
[[nodiscard]] constexpr int extent_of(screenshot_mode mode) noexcept {
  switch (mode) {
  case screenshot_mode::none: return 0;
  case screenshot_mode::allowlisted_region_masked: return 1;
  case screenshot_mode::allowlisted_window_masked: break;
  }
  return 2;
}

class receipt_comparison {
public:
  explicit receipt_comparison(std::vector<receipt_change>& into) : into_{into} {}

  /// Lists in which more is looser (or, of what is never recorded, tighter).
  void lists(receipt_field field, std::vector<std::string> const& from, std::vector<std::string> const& to,
             direction of_more = direction::looser) {
    auto const of_less = of_more == direction::looser    ? direction::tighter
                         : of_more == direction::tighter ? direction::looser
                                                         : direction::other;
    auto const has = [](std::vector<std::string> const& all, std::string const& one) {
      return std::find(all.begin(), all.end(), one) != all.end();
    };
    for (auto const& each : to) {
      if (!has(from, each)) {
        add(field, "", each, of_more);
      }
    }
    for (auto const& each : from) {
      if (!has(to, each)) {
        add(field, each, "", of_less);
      }
    }
  }

  void levels(receipt_field field, std::string from, std::string to, bool looser) {
    if (from != to) {
      add(field, std::move(from), std::move(to), looser ? direction::looser : direction::tighter);
    }
  }
  void texts(receipt_field field, std::string from, std::string to) {
    if (from != to) {
      add(field, std::move(from), std::move(to), direction::other);
    }
  }

private:
  void add(receipt_field field, std::string from, std::string to, direction way) {
    into_.push_back({.field = field, .from = std::move(from), .to = std::move(to), .way = way});
  }

  std::vector<receipt_change>& into_;
};

template <class Flags>
[[nodiscard]] std::vector<std::string> names_of(Flags set) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < flags(set).size(); ++i) {
    if ((static_cast<std::uint32_t>(set) >> i & 1u) != 0) {
      names.emplace_back(flags(set)[i]);
    }
  }
  return names;
}

template <class Each, class Words>
[[nodiscard]] std::vector<std::string> listed(std::vector<Each> const& all, Words words) {
  std::vector<std::string> made;
  std::transform(all.begin(), all.end(), std::back_inserter(made), words);
  return made;
}

} // namespace detail

/// How what `to` permits differs from what `from` permits, field by field, each marked as looser, tighter or
/// neither. That they are of other times, records and keys is no difference.
[[nodiscard]] inline std::vector<receipt_change> changes_between(receipt const& from, receipt const& to) {
  using enum receipt_field;
  std::vector<receipt_change> found;
  detail::receipt_comparison compare{found};
  auto const purpose_names = [](receipt const& one) {
    return detail::listed(one.purposes, [](purpose each) { return std::string{name_of(each)}; });
  };
  compare.lists(purposes, purpose_names(from), purpose_names(to));
  compare.lists(applications, from.apps, to.apps);
  compare.lists(sites, from.sites, to.sites);
  compare.lists(kinds, detail::names_of(from.grants), detail::names_of(to.grants));
  compare.levels(screenshots, std::string{name_of(from.screenshots)}, std::string{name_of(to.screenshots)},
                 detail::extent_of(to.screenshots) > detail::extent_of(from.screenshots));
  compare.lists(receipt_field::never, detail::names_of(from.never), detail::names_of(to.never),
                direction::tighter);
  compare.levels(keystroke_timing, std::string{name_of(from.keystroke_timing)},
                 std::string{name_of(to.keystroke_timing)},
                 detail::fineness_of(to.keystroke_timing) > detail::fineness_of(from.keystroke_timing));
  compare.levels(pointer_hz, std::to_string(from.pointer_max_hz), std::to_string(to.pointer_max_hz),
                 to.pointer_max_hz > from.pointer_max_hz);
  compare.levels(pointer_grid, std::to_string(std::max(from.pointer_grid_px, 1u)),
                 std::to_string(std::max(to.pointer_grid_px, 1u)), to.pointer_grid_px < from.pointer_grid_px);
  compare.levels(retention, std::to_string(from.retention_days), std::to_string(to.retention_days),
                 to.retention_days > from.retention_days);
  auto const days = [](receipt const& one) {
    return (one.expires_wall_ns - one.granted_wall_ns) / overt::detail::iso::day_ns;
  };
  compare.levels(duration, std::to_string(days(from)), std::to_string(days(to)), days(to) > days(from));
  auto const recipient_names = [](receipt const& one) {
    return detail::listed(one.recipients, [](recipient const& each) {
      return each.party + ' ' + overt::detail::key_to_base64(each.public_key);
    });
  };
  compare.lists(recipients, recipient_names(from), recipient_names(to));
  compare.lists(storage, from.storage, to.storage);
  auto const party_names = [](receipt const& one) {
    return detail::listed(one.parties, [](party const& each) {
      return std::string{name_of(each.kind)} + ' ' + (each.name.empty() ? each.id : each.name) +
             (each.role.empty() ? "" : " (" + each.role + ' ' + each.id + ')');
    });
  };
  compare.lists(parties, party_names(from), party_names(to), direction::other);
  compare.texts(receipt_field::preset, std::string{name_of(from.preset)}, std::string{name_of(to.preset)});
  compare.texts(pseudonym_domain, from.pseudonym_domain, to.pseudonym_domain);
  compare.texts(references, from.impact_assessment, to.impact_assessment);
  compare.texts(references, from.collective_agreement, to.collective_agreement);
  compare.texts(references, from.review_board, to.review_board);
  compare.texts(policy, from.policy_digest, to.policy_digest);
  return found;
}

} // namespace overt::inline v0::consent
