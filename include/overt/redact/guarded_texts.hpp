#pragma once

#include <concepts>
#include <cstddef>
#include <string_view>

#include <overt/event/amount.hpp>
#include <overt/event/guarded.hpp>
#include <overt/event/payload.hpp>
#include <overt/event/text.hpp>

namespace overt::inline v0::redact {

/// Calls `use(guarded_text&)` for every text in a payload or a context, also those in lists and records
/// within it: for policies that look at text wherever it stands.
template <class Value, class Use>
void each_guarded_text(Value& value, Use&& use) {
  if constexpr (std::same_as<Value, guarded_text>) {
    use(value);
  } else if constexpr (v0::detail::is_vector<Value>) {
    for (auto& element : value) {
      each_guarded_text(element, use);
    }
  } else if constexpr (v0::detail::is_optional<Value>) {
    if (value) {
      each_guarded_text(*value, use);
    }
  } else if constexpr (described<Value>) {
    for_each_field(value, [&](auto const&, auto& member) { each_guarded_text(member, use); });
  }
}

/// A text that a policy changed no longer is what `text` says of it: something stands in it for something
/// else, and where its placeholders are is not known any more.
inline void mark_as_changed(text& what, clearance const& key) noexcept {
  if (what.outcome == text_outcome::cleared || what.outcome == text_outcome::unjudged) {
    what.outcome = text_outcome::mixed;
  }
  what.length.deny(key);
  for (auto& one : what.entities) {
    one.begin.deny(key);
    one.end.deny(key);
  }
}

/// How many characters a text has, in buckets, for notes to the audit.
[[nodiscard]] constexpr amount size_of(std::string_view text) noexcept {
  std::size_t characters = 0;
  for (char const byte : text) {
    characters += (static_cast<unsigned char>(byte) & 0xc0) != 0x80 ? 1 : 0;
  }
  return bucket_of(characters);
}

} // namespace overt::inline v0::redact
