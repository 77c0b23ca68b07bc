#pragma once

#include <cstddef>
#include <string_view>

#include <overt/redact/detect/secrets.hpp>
#include <overt/redact/detect/seed_phrase.hpp>
#include <overt/redact/detect/wallets.hpp>

namespace overt::inline v0::detect {

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
      [&](std::size_t begin, std::size_t end) {
        auto const on = detail::wallets::inspect_wallet(folded, begin, end, found);
        return on != begin ? on : detail::secrets::inspect_token(folded, begin, end, found);
      },
      [&](std::size_t place) { return detail::secrets::inspect_trigger(folded, place, judged, found); });
  words.finish(folded, found);
}

template <class Found>
constexpr void scan_secret_kinds(std::string_view folded, Found&& found) {
  scan_secret_kinds(folded, found, [](std::size_t, detail::secrets::block const&) {});
}

} // namespace overt::inline v0::detect
