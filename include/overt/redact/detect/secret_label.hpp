#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include <overt/redact/detect/secret_text.hpp>
#include <overt/redact/detect/secret_words.hpp>

namespace overt::inline v0::detect::detail::secrets {

/// What the words before a value call it.
struct label {
  word noun =
      word::other; ///< password, phrase, pass, secret, authorization, key, code; other where there is none
  bool qualified = false; ///< "api key", "private key"
  bool provider = false;  ///< names a company that gives out keys
  bool about = false;     ///< "password length", "public key": not the secret itself
  bool another = false;   ///< about, for the word before it alone: "next token", "public key"
  bool client = false;    ///< "client id"
  bool digest = false;    ///< "commit", "sha256"
  std::size_t begin = 0;  ///< where the last word that was read begins
  std::size_t noun_begin = 0;
  std::size_t noun_end = 0;
};

[[nodiscard]] constexpr bool is_noun(word kind) noexcept {
  return kind >= word::password && kind <= word::code;
}

[[nodiscard]] constexpr bool is_password(word kind) noexcept {
  return kind >= word::password && kind <= word::pass;
}

/// The word that ends at `end`: letters, as far as they belong together ("apiKey" and "API_KEY" are two).
[[nodiscard]] constexpr std::size_t word_begin(std::string_view text, std::size_t end) noexcept {
  auto begin = end;
  // Most words are small letters, and perhaps a capital before them.
  while (begin > 0 && end - begin <= longest_word && is(text[begin - 1], lower_hex | lower_rest)) {
    --begin;
  }
  if (begin != end) {
    return begin > 0 && end - begin <= longest_word && is(text[begin - 1], upper_hex | upper_rest) ? begin - 1
                                                                                                   : begin;
  }
  bool small = false;
  for (; begin > 0 && end - begin <= longest_word && is(text[begin - 1], letters); --begin) {
    auto const capital = is(text[begin - 1], upper_hex | upper_rest);
    if (capital && small) {
      return begin - 1;
    }
    if (!capital && !small && begin != end) {
      return begin;
    }
    small = !capital;
  }
  return begin;
}

// "password" where letters are others: Chinese (two words), Japanese, Korean (two words), Russian, and
// Russian after letters that look like Latin ones were replaced.
inline constexpr auto foreign_passwords = std::to_array<std::string_view>(
    {"\xe5\xaf\x86\xe7\xa0\x81", "\xe5\x8f\xa3\xe4\xbb\xa4",
     "\xe3\x83\x91\xe3\x82\xb9\xe3\x83\xaf\xe3\x83\xbc\xe3\x83\x89",
     "\xeb\xb9\x84\xeb\xb0\x80\xeb\xb2\x88\xed\x98\xb8", "\xec\x95\x94\xed\x98\xb8",
     "\xd0\xbf\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb\xd1\x8c", "\xd0\xbf\x61\x70\x6f\xd0\xbb\xd1\x8c"});

[[nodiscard]] constexpr bool ends_in_foreign_password(std::string_view text, std::size_t end) noexcept {
  return std::any_of(foreign_passwords.begin(), foreign_passwords.end(),
                     [&](std::string_view word) { return piece(text, 0, end).ends_with(word); });
}

/// Reads what stands before `end` as the name of a value: at most `reach` bytes and the last 5 words for the
/// noun, on one line, and not beyond what ends a name (another value, a bracket). `phrase`: words with spaces
/// between them belong to it.
[[nodiscard]] constexpr label label_before(std::string_view text, std::size_t end, bool phrase,
                                           std::size_t reach = 64) noexcept {
  label read{.begin = end};
  auto const stop = end > reach ? end - reach : 0;
  auto left = 0;
  if (end > 0 && static_cast<unsigned char>(text[end - 1]) >= 128 && ends_in_foreign_password(text, end)) {
    read.noun = word::password;
    return read;
  }
  for (int words = 0; words < (read.noun == word::other ? 5 : 8) && end > stop;) {
    auto const c = text[end - 1];
    if (!is(c, letters)) {
      auto const joins = c == '_' || c == '-' || c == '.' || is(c, digit) ||
                         static_cast<unsigned char>(c) >= 128 ||
                         (phrase && (c == ' ' || c == '\'' || c == '"' || c == '(' || c == ')'));
      if (!joins) {
        break;
      }
      --end;
      continue;
    }
    auto const begin = word_begin(text, end);
    auto const kind = kind_of(piece(text, begin, end - begin));
    ++words;
    read.begin = begin;
    if (!is_noun(read.noun)) {
      read.about = read.about || kind == word::behind;
      read.client =
          read.client || (words == 2 && stands_at(text, begin, "client") && stands_at(text, end + 1, "id"));
      if (is_noun(kind)) {
        read.noun = kind;
        read.noun_begin = begin;
        read.noun_end = end;
      }
    } else {
      ++left;
      // "token" in "key token", "secret" in "client secret key": the stronger of two.
      if (is_noun(kind) && kind < read.noun && left <= 2) {
        read.noun = kind;
      }
      read.qualified = read.qualified || (kind == word::qualifier && left <= 2);
      // A secret is one whatever stands before it: "next" says nothing of "next secret".
      if (kind == word::before && left == 1 && read.noun != word::password &&
          !stands_at(text, read.noun_begin, "secret")) {
        read.another = !read.about;
        read.about = true;
      }
    }
    read.provider = read.provider || kind == word::provider;
    read.digest = read.digest || kind == word::digest;
    end = begin;
  }
  read.qualified = read.qualified || read.provider;
  return read;
}

} // namespace overt::inline v0::detect::detail::secrets
