#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <overt/redact/detect/secret_blocks.hpp>
#include <overt/redact/detect/secret_token.hpp>
#include <overt/redact/detect/secret_triggers.hpp>

namespace overt::inline v0::detect {

namespace detail::secrets {

/// Goes through the text in blocks of 64 bytes and calls `on_token(begin, end)` for each run of at least 16
/// letters, digits, - and _, `on_trigger(at)` for each = and : and what else begins something, and
/// `on_block(from, size, block)` first. The first two return where the search goes on: what lies before is
/// not looked at again.
template <class OnBlock, class OnToken, class OnTrigger>
constexpr void each_place(std::string_view text, OnBlock&& on_block, OnToken&& on_token,
                          OnTrigger&& on_trigger) {
  std::size_t resume = 0; // what was found ends here
  std::size_t run = 0;    // token characters right before this block
  for (std::size_t from = 0; from < text.size(); from += 64) {
    auto const size = std::min<std::size_t>(64, text.size() - from);
    auto const here = block_at(text, from, size);
    on_block(from, size, here);
    // Bit i of `long_runs`: 16 token characters from i on, all in this block.
    auto long_runs = here.tokens & here.tokens >> 1;
    long_runs &= long_runs >> 2;
    long_runs &= long_runs >> 4;
    long_runs &= long_runs >> 8;
    auto const head = static_cast<std::size_t>(std::countr_one(here.tokens));
    auto const crosses = run != 0 && run < shortest_token && head != 0 && run + head >= shortest_token;
    // Only where a run begins; those that began in the block before were seen there.
    auto begins = long_runs & ~(here.tokens << 1);
    begins &= run != 0 ? ~std::uint64_t{1} : ~std::uint64_t{0};
    auto events = begins | here.triggers;
    if (crosses) [[unlikely]] {
      auto const begin = from - run;
      if (begin >= resume) {
        resume = std::max(resume, on_token(begin, run_end(text, from, base64url)));
      }
    }
    while (events != 0) [[unlikely]] {
      auto const bit = static_cast<std::size_t>(std::countr_zero(events));
      auto const place = from + bit;
      events &= events - 1;
      if (place < resume) {
        continue;
      }
      if ((begins >> bit & 1) != 0) {
        resume = std::max(resume, on_token(place, run_end(text, place, base64url)));
      }
      if ((here.triggers >> bit & 1) != 0 && place >= resume) {
        resume = std::max(resume, on_trigger(place));
      }
    }
    auto const tail = static_cast<std::size_t>(std::countl_one(here.tokens << (64 - size)));
    run = tail == size ? run + tail : tail;
  }
}

} // namespace detail::secrets

/// Finds keys of known providers, tokens, private keys, passwords and credentials in `folded`: text in which
/// look-alikes of other scripts have already been replaced by ASCII. Calls `found(begin, end, entity, score,
/// rule)` with half-open ranges of bytes; they may overlap, and some score less than 0.5. `rule` names the
/// kind: "jwt", "github_token", "password"; docs/secrets_detected.md lists them. Allocates nothing, throws
/// nothing of its own, and takes time in proportion to the text, whatever is in it.
///
///     detect::scan_secrets(text, [&](std::size_t begin, std::size_t end, entity type, float score, literal
///     rule) {…});
template <class Found>
constexpr void scan_secrets(std::string_view folded, Found&& found) {
  detail::secrets::judged_until judged;
  detail::secrets::each_place(
      folded, [](std::size_t, std::size_t, detail::secrets::block const&) {},
      [&](std::size_t begin, std::size_t end) {
        return detail::secrets::inspect_token(folded, begin, end, found);
      },
      [&](std::size_t place) { return detail::secrets::inspect_trigger(folded, place, judged, found); });
}

} // namespace overt::inline v0::detect
