#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include <overt/redact/detect/scan.hpp>

#include "canaries.hpp"
#include "carrier_words.hpp"
#include "options.hpp"

namespace leaks {

/// Words that say what stands behind them. One kind of thing is not to be half hidden because a word for
/// another stands before it ("send" before a key, a part of which looks like an address).
inline constexpr auto telling_words = std::to_array<std::string_view>(
    {"send",     "wallet", "address", "account", "token",    "key",  "session",
     "password", "secret", "phone",   "bank",    "login",    "user", "bearer",
     "my",       "bot",    "mail",    "host",    "passport", "born", "insurance"});

[[nodiscard]] inline std::string words_before(random_numbers& any) {
  std::string made;
  for (auto count = any.between(1, 3); count > 0; --count) {
    made += std::string{any.chance(50) ? any.pick(telling_words) : any.pick(carriers)} + " ";
  }
  return made;
}

/// Whether the detectors find every canary that stands whole in a sentence, before anything is edited: where
/// they do, a leak of a script is a fault of what comes behind them. 0: not four characters of any are left.
inline int find_whole_canaries(options const& given) {
  auto const my_data = make_my_data(given.seed);
  auto const looks_for = overt::detect::with_my_data(overt::detect::all(), my_data);
  std::array<std::uint64_t, canary_kinds> missed{};
  for (auto index = given.from; index < given.from + given.scripts; ++index) {
    random_numbers any{given.seed, index};
    auto const kind = index % canary_kinds;
    auto const planted = make_canary(any, static_cast<canary_kind>(kind), my_data);
    auto const words = words_before(any);
    auto text = words + planted.whole() + (any.chance(50) ? " before noon" : "");
    overt::detect::findings found;
    overt::detect::scan(looks_for, text, found);
    auto const begin = words.size() + planted.before.size();
    auto masked = text;
    for (auto const& one : found.spans()) {
      std::fill(masked.begin() + static_cast<std::ptrdiff_t>(one.begin),
                masked.begin() + static_cast<std::ptrdiff_t>(one.end), '\1');
    }
    std::size_t longest = 0;
    for (auto const& secret : planted.secret) {
      std::size_t in_a_row = 0;
      auto const from = text.find(secret, begin);
      for (auto at = from; at < from + secret.size(); ++at) {
        in_a_row = masked[at] == '\1' ? 0 : in_a_row + 1;
        longest = std::max(longest, in_a_row);
      }
    }
    if (longest >= std::min<std::size_t>(4, planted.text.size()) && ++missed[kind] <= 2) {
      std::printf("%s: %s\n", canary_names[kind].data(), text.c_str());
    }
  }
  std::uint64_t all = 0;
  for (auto const one : missed) {
    all += one;
  }
  std::printf("%llu canaries, %llu not found where they stand whole\n",
              static_cast<unsigned long long>(given.scripts), static_cast<unsigned long long>(all));
  return all == 0 ? 0 : 1;
}

} // namespace leaks
