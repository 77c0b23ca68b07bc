#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/detail/secure_memory.hpp>
#include <overt/detail/utf8.hpp>
#include <overt/event/amount.hpp>
#include <overt/event/arena_string.hpp>
#include <overt/event/text.hpp>
#include <overt/event/timestamp.hpp>
#include <overt/redact/edit/marked_text.hpp>

namespace overt::inline v0::redact {

namespace detail {

/// Where a stretch of one mark, or of none, that begins at `from` ends.
[[nodiscard]] inline std::size_t end_of_stretch(marked_text const& text, std::size_t from) noexcept {
  auto to = from + 1;
  while (to < text.size() && text.mark_at(to) == text.mark_at(from)) {
    ++to;
  }
  return to;
}

/// Whether there is nothing beside entities but white space and signs.
[[nodiscard]] inline bool is_bare(marked_text const& text) noexcept {
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const one = text[i];
    bool const letter = (one >= U'0' && one <= U'9') || (one >= U'A' && one <= U'Z') ||
                        (one >= U'a' && one <= U'z') || one >= 0x80;
    if (!text.mark_at(i).any() && letter) {
      return false;
    }
  }
  return true;
}

} // namespace detail

/// What is known of a text beside its characters.
struct text_facts {
  text_source source = text_source::typed;
  timestamp began{};
  std::int64_t took_ns = 0;
  std::uint64_t follows = 0; ///< as `text::follows`
};

/// A text of which nothing but roughly how much it was may leave.
[[nodiscard]] inline text withheld_text(text_facts const& facts, std::size_t characters, text_doubt why) {
  return text{.source = facts.source,
              .outcome = text_outcome::withheld,
              .doubt = why,
              .size = guarded<amount>{bucket_of(characters)},
              .began = facts.began,
              .follows = facts.follows};
}

/// What may leave of `from`: the characters without a mark, and a placeholder like "{CARD}" for each stretch
/// with one. What a placeholder stands for, its size and its place are in `entities`, so that a person who
/// types
/// "{CARD}" is not mistaken for one. The value arrives withheld, as all content does.
[[nodiscard]] inline text write_template(marked_text const& from, text_facts const& facts) {
  std::array<char, marked_text::capacity + 32> bytes; // not filled: only what is written is read
  std::size_t length = 0;
  std::uint32_t characters = 0;
  bool full = false;
  std::vector<text_entity> entities;
  auto const put = [&](std::string_view what) {
    full = full || length + what.size() > bytes.size();
    for (std::size_t i = 0; i < what.size() && !full; ++i) {
      bytes[length++] = what[i];
    }
  };
  for (std::size_t i = 0; i < from.size();) {
    auto const end = detail::end_of_stretch(from, i);
    if (auto const known = from.mark_at(i); known.any()) {
      auto const begin = characters;
      put("{");
      put(known.name().view());
      put("}");
      characters += static_cast<std::uint32_t>(known.name().view().size() + 2);
      entities.push_back({.type = known.name(),
                          .size = bucket_of(end - i),
                          .begin = guarded<std::uint32_t>{begin},
                          .end = guarded<std::uint32_t>{characters}});
    } else {
      for (auto at = i; at < end; ++at) {
        std::array<char, 4> encoded{};
        put({encoded.data(), v0::detail::encode_utf8(from[at], encoded.data())});
        ++characters;
      }
    }
    i = end;
  }
  if (full) { // many small entities in a long text
    v0::detail::wipe(bytes.data(), length);
    return withheld_text(facts, from.size(), text_doubt::too_long);
  }
  auto const outcome = entities.empty()        ? text_outcome::cleared
                       : detail::is_bare(from) ? text_outcome::entity
                                               : text_outcome::mixed;
  text made{.source = facts.source,
            .length = guarded<std::uint32_t>{static_cast<std::uint32_t>(from.size())},
            .outcome = outcome,
            .size = guarded<amount>{bucket_of(from.size())},
            .value = guarded_text{arena_string{std::string_view{bytes.data(), length}}},
            .began = facts.began,
            .follows = facts.follows,
            .entities = std::move(entities)};
  v0::detail::wipe(bytes.data(), length);
  return made;
}

} // namespace overt::inline v0::redact
