#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <overt/detail/secure_memory.hpp>
#include <overt/detail/utf8.hpp>
#include <overt/event/guarded.hpp>
#include <overt/redact/sensitive_memory.hpp>

namespace overt::inline v0::redact {

/// Masks each stretch of `what` that repeats something personal. A text that is no UTF-8, too long (4,096
/// bytes) or repeats in more than 64 places is denied.
inline void mask_repetitions(sensitive_memory const& seen, guarded_text& what, clearance const& look) {
  constexpr std::size_t longest = 4096;
  auto const all = what.look(look).view();
  std::array<char32_t, longest> characters; // not filled: only what is written is read
  std::array<std::uint16_t, longest + 1> bytes;
  std::size_t size = 0;
  bool readable = all.size() <= longest;
  for (std::size_t at = 0; at < all.size() && readable;) {
    auto const one = v0::detail::decode_utf8(all.substr(at));
    readable = one.size != 0;
    characters[size] = static_cast<char32_t>(one.character);
    bytes[size++] = static_cast<std::uint16_t>(at);
    at += one.size;
  }
  if (!readable) {
    what.deny(look);
    return look.note({}, redaction_action::withheld, bucket_of(all.size()));
  }
  bytes[size] = static_cast<std::uint16_t>(all.size());
  std::array<byte_range, 64> ranges{};
  std::size_t count = 0;
  bool full = false;
  seen.find({characters.data(), size}, [&](std::size_t begin, std::size_t end) {
    byte_range const found{bytes[begin], bytes[end]};
    if (count > 0 && found.begin <= ranges[count - 1].end) {
      ranges[count - 1].end = std::max(ranges[count - 1].end, found.end);
    } else if (count < ranges.size()) {
      ranges[count++] = found;
    } else {
      full = true;
    }
  });
  v0::detail::wipe(characters.data(), size * sizeof(char32_t));
  if (full) {
    what.deny(look);
    return look.note("REPEATED", redaction_action::withheld, bucket_of(size));
  }
  for (std::size_t i = 0; i < count; ++i) {
    look.note("REPEATED", redaction_action::masked, bucket_of(ranges[i].end - ranges[i].begin));
  }
  what.mask(look, std::span{ranges}.first(count));
}

} // namespace overt::inline v0::redact
