#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

#include <overt/consent/plain/english.hpp>
#include <overt/consent/plain/german.hpp>
#include <overt/consent/plain/language.hpp>
#include <overt/consent/plain/sentence.hpp>

namespace overt::inline v0::consent {

namespace detail {
inline constexpr std::array<sentence_table const*, language_count> sentences_of{&english_sentences,
                                                                                &german_sentences};
}

/// The words of one sentence.
[[nodiscard]] constexpr std::string_view words_of(language in, sentence which) noexcept {
  return (*detail::sentences_of[static_cast<std::size_t>(in)])[static_cast<std::size_t>(which)].words;
}

/// The same with the places filled in. What is filled in is taken as it is, also where it looks like a place.
[[nodiscard]] inline std::string worded_as(language in, sentence which,
                                           std::initializer_list<std::string_view> filled) {
  std::string made;
  auto rest = words_of(in, which);
  while (!rest.empty()) {
    auto const index = rest.size() >= 3 && rest[0] == '{' && rest[2] == '}'
                           ? static_cast<std::size_t>(static_cast<unsigned char>(rest[1]) - '0')
                           : filled.size();
    if (index < filled.size()) {
      made += *(filled.begin() + index);
      rest.remove_prefix(3);
    } else {
      made += rest.front();
      rest.remove_prefix(1);
    }
  }
  return made;
}

} // namespace overt::inline v0::consent
