#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include <overt/event/literal.hpp>
#include <overt/redact/detect/entity.hpp>
#include <overt/redact/detect/secrets.hpp>
#include <overt/redact/detect/seed_phrase.hpp>
#include <overt/redact/detect/wallets.hpp>

namespace overt::inline v0::detect {

namespace detail {

/// Looks at a run of token characters as an address, and as a token where it is none. A key of several parts
/// may hold what looks like an address ("send 123456789:AA…"): what reaches beyond the run is told all the
/// same. Returns where the search goes on.
template <class Found>
constexpr std::size_t inspect_run(std::string_view text, std::size_t begin, std::size_t end, Found&& found) {
  auto const on = wallets::inspect_wallet(text, begin, end, found);
  if (on == begin) {
    return secrets::inspect_token(text, begin, end, found);
  }
  auto const stands_alone =
      (begin == 0 || secrets::is_space(text[begin - 1])) && secrets::is_space(secrets::at(text, end));
  if (stands_alone) {
    return on;
  }
  auto const further = secrets::inspect_token(
      text, begin, end, [&](std::size_t first, std::size_t last, entity type, float score, literal rule) {
        if (first < begin || last > end) {
          found(first, last, type, score, rule);
        }
      });
  return std::max(on, further);
}

} // namespace detail

/// What scan_secrets(), scan_wallets() and scan_seed_phrases() find, in one pass over `folded`: a run that is
/// an address is not reported as a random token again.
template <class Found, class OnBlock>
constexpr void scan_secret_kinds(std::string_view folded, Found&& found, OnBlock&& on_block) {
  detail::seeds::far_words words;
  detail::secrets::judged_until judged;
  detail::secrets::each_place(
      folded,
      [&](std::size_t from, std::size_t size, detail::secrets::block const& here) {
        words.next(folded, from, size, here.letters, found);
        on_block(from, here);
      },
      [&](std::size_t begin, std::size_t end) { return detail::inspect_run(folded, begin, end, found); },
      [&](std::size_t place) { return detail::secrets::inspect_trigger(folded, place, judged, found); });
  words.finish(folded, found);
}

template <class Found>
constexpr void scan_secret_kinds(std::string_view folded, Found&& found) {
  scan_secret_kinds(folded, found, [](std::size_t, detail::secrets::block const&) {});
}

} // namespace overt::inline v0::detect
