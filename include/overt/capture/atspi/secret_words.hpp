#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include <overt/capture/atspi/folded_text.hpp>
#include <overt/capture/atspi/secret_words_english.hpp>
#include <overt/capture/atspi/secret_words_european.hpp>
#include <overt/capture/atspi/secret_words_of_other_scripts.hpp>

namespace overt::inline v0::capture::atspi {

namespace detail {

/// Lists one behind the other.
template <std::size_t... Counts>
[[nodiscard]] consteval auto joined_phrases(std::array<phrase, Counts> const&... lists) {
  std::array<phrase, (Counts + ...)> all{};
  auto next = all.begin();
  ((next = std::ranges::copy(lists, next).out), ...);
  return all;
}

// Words for passwords, numbers and codes that prove who someone is, numbers of cards, keys, and what is asked
// instead of a password. Folded (see folded_text.hpp). What is ambiguous stands here too: a field taken for
// a secret is a line less in a trace, a secret taken for a field is a secret in a trace.
inline constexpr auto secret_phrases =
    in_order(joined_phrases(secret_words_english, secret_words_european, secret_words_of_other_scripts));

} // namespace detail

/// Whether a label, a name, an id or a class says that its field takes a secret, in any of twelve languages
/// (English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Russian, Turkish, Japanese, Chinese
/// in both scripts) and, for the commonest words, in some more. Any text may be given. Allocates nothing.
[[nodiscard]] constexpr bool names_a_secret(std::string_view text) noexcept {
  return behind_any(detail::secret_phrases, text).data() != nullptr;
}

static_assert(names_a_secret("newPassword2") && names_a_secret("card-number") && !names_a_secret("shipping"));

} // namespace overt::inline v0::capture::atspi
