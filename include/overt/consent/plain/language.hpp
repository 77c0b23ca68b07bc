#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <overt/event/enumerators.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

/// A language that the library can ask in and explain a consent in. Another one is a table of sentences.
enum class language : std::uint8_t { english, german };

constexpr auto enumerators(language) { return std::array<std::string_view, 2>{"en", "de"}; }

inline constexpr std::size_t language_count = enumerators(language{}).size();

/// The language of a tag: "de" and "de-AT" are German. Errors: `unsupported`, for one that nobody has written
/// the sentences of: nobody is asked in a language that was not theirs without a word.
[[nodiscard]] inline result<language> language_named(std::string_view tag) {
  auto found = language::english;
  if (value_named(tag.substr(0, tag.find('-')), found)) {
    return found;
  }
  std::string known;
  for (auto const name : enumerators(found)) {
    known += (known.empty() ? "" : ", ") + std::string{name};
  }
  return failure{error_code::unsupported,
                 "there is no plain text of a consent in this language. There is: " + known +
                     ". Choose one that the person reads well, or add its sentences."};
}

} // namespace overt::inline v0::consent
