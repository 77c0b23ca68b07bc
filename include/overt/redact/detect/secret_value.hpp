#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <overt/redact/detect/secret_label.hpp>
#include <overt/redact/detect/secret_looks.hpp>
#include <overt/redact/detect/secret_text.hpp>
#include <overt/redact/detect/secret_words.hpp>

namespace overt::inline v0::detect::detail::secrets {

/// Where a value stands, without its quotes.
struct value_range {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool quoted = false;
  bool call = false; ///< a bracket follows: the name of a function, not a value
  bool cut = false;  ///< it goes on; the limit was reached
};

// A glance is enough to judge a value; only one that counts is read to its end, and then not looked at again.
// So hostile text is read a bounded number of times.
inline constexpr std::size_t glance = 80;
inline constexpr std::size_t judged_size = 48;
inline constexpr std::size_t longest_value = 4096;

/// What ends a value that is not quoted, besides spaces and quotes.
using value_ends = std::uint8_t;
inline constexpr value_ends ends_at_space = 1;
inline constexpr value_ends ends_at_tag = 2;   ///< <
inline constexpr value_ends ends_at_next = 4;  ///< ; of a connection string
inline constexpr value_ends ends_at_close = 8; ///< the brackets and commas of programs

[[nodiscard]] constexpr std::array<value_ends, 256> make_value_ends() noexcept {
  std::array<value_ends, 256> ends{};
  for (auto const c : std::string_view{" \t\n\r\v\f\"'`"}) {
    ends[static_cast<unsigned char>(c)] = ends_at_space;
  }
  ends['<'] = ends_at_tag;
  ends[';'] = ends_at_next;
  for (auto const c : std::string_view{">&,)]}|"}) {
    ends[static_cast<unsigned char>(c)] = ends_at_close;
  }
  return ends;
}
inline constexpr auto all_value_ends = make_value_ends();

/// Reads the value at `from`: in quotes up to the same quote (\" counts as a quote that a string of a program
/// holds), otherwise up to a space or a quote, without the punctuation that ends a sentence.
[[nodiscard]] constexpr value_range value_at(std::string_view text, std::size_t from, value_ends ends,
                                             std::size_t most = glance) noexcept {
  auto const escaped = at(text, from) == '\\' && is_quote(at(text, from + 1));
  auto const open = from + (escaped ? 1 : 0);
  auto const prefixed = (at(text, open) == 'b' || at(text, open) == 'r' || at(text, open) == 'f' ||
                         at(text, open) == 'L' || at(text, open) == '@') &&
                        is_quote(at(text, open + 1));
  auto const first = open + (prefixed ? 1 : 0);
  auto const limit = std::min(text.size(), first + most);
  if (is_quote(at(text, first))) {
    auto const quote = text[first];
    auto begin = first + 1;
    while (begin < limit && begin < first + 3 && text[begin] == quote &&
           text[begin + 1 < text.size() ? begin + 1 : begin] == quote) {
      ++begin; // """ of Python
    }
    for (auto i = begin; i < limit && !is_line_break(text[i]); ++i) {
      if (text[i] == '\\' && !(escaped && at(text, i + 1) == quote)) {
        ++i;
      } else if (text[i] == quote || (escaped && text[i] == '\\')) {
        return {begin, i, true, false, false};
      }
    }
    if (limit < text.size() && limit > begin && !is_line_break(text[limit])) {
      auto const rest = piece(text, begin, limit - begin);
      if (rest.find('\n') == rest.npos) {
        return {begin, limit, true, false, true};
      }
    }
    // The quote is never closed: somebody is still typing. What is there counts.
  }
  auto const begin = is_quote(at(text, first)) ? first + 1 : first;
  auto end = begin;
  while (end < limit && (all_value_ends[static_cast<unsigned char>(text[end])] & ends) == 0) {
    ++end;
  }
  auto const call = at(text, end) == '(' || piece(text, begin, end - begin).find('(') != text.npos;
  auto const cut = end == limit && end < text.size();
  constexpr std::string_view closing = ".,;:)]}>\\";
  while (end > begin && closing.find(text[end - 1]) != closing.npos) {
    --end;
  }
  return {begin, end, false, call, cut};
}

// What stands for a value in programs, forms and sentences.
inline constexpr word_list no_values{
    word::neutral,
    "none null nil true false undefined optional string str text int integer number float double bool "
    "boolean char bytes object any void self this req request res response config settings process os "
    "env args opts options props params data user username email admin ask hidden masked redacted "
    "enter your yes no on off and or for to in of with we i you it be as has have that if is was are "
    "were will must should can cannot not please do does did the a an required invalid incorrect wrong "
    "missing empty default unknown expired changed protected stored set unset disabled enabled correct "
    "case sensitive too also only needed already still never always now here there when which manager "
    "managers field fields input prompt example sample test function return new let const var async "
    "await from at by authentication authorization login auth type name mypassword yourpassword ok "
    "fail failed good bad weak strong between than using used "};
[[nodiscard]] constexpr word_table make_no_values() noexcept {
  word_table places{};
  add_words(places, no_values);
  return places;
}
inline constexpr auto no_value_words = make_no_values();

[[nodiscard]] constexpr bool is_no_value(std::string_view text) noexcept {
  return kind_in(no_value_words, text) != word::other;
}

/// What the value of a secret may be.
enum class value_kind : std::uint8_t {
  nothing, ///< too short, a word of a program, another name, a placeholder
  one_word,
  words, ///< several, with spaces
  digits,
  mixed,
  random, ///< looks drawn by lot
  digest, ///< hex, as long as a digest
  uuid,
};

/// A name in a program: user.password, my_token, self::secret, $VAR, {{ x }}.
[[nodiscard]] constexpr bool is_reference(std::string_view value, looks const& seen, bool quoted) noexcept {
  auto const first = value.front();
  auto const crypt = first == '$' && value.size() > 20 && value.find('$', 1) != value.npos;
  if ((first == '$' && !crypt && (quoted ? at(value, 1) == '{' || at(value, 1) == '(' : true)) ||
      ((first == '{' || first == '<' || first == '[' || first == '%' || first == '#') &&
       (at(value, 1) == first || at(value, 1) == '%' || at(value, 1) == '{' || value.back() == '}' ||
        value.back() == '>' || value.back() == ']' || !quoted))) {
    return true;
  }
  // items[1], @param, *pointer, uint32_t, 0xfade0cc0UL.
  auto const open = value.find('[');
  auto const sign = !quoted && (first == '@' || first == '*' || first == '&');
  auto const digits_end = run_end(value, 2, hex); // behind them perhaps "UL"
  auto const number = value.starts_with("0x") && value.size() <= 21 && value.size() - digits_end <= 3 &&
                      run_end(value, digits_end, letters) == value.size();
  if ((!quoted && open != value.npos && open > 2 && run_end(value, 0, base64url | dot) == open) ||
      (sign && run_end(value, 1, letters | dashes) == value.size()) || (!quoted && value.ends_with("_t")) ||
      number) {
    return true;
  }
  auto const name = std::all_of(value.begin(), value.end(),
                                [](char c) { return is(c, base64url | dot) || c == ':' || c == '>'; });
  if (!name || is_random(seen)) {
    return false;
  }
  auto const dots = value.find("::") != value.npos || value.find("->") != value.npos ||
                    (!quoted && value.find('.') != value.npos && seen.digits == 0);
  // "db_password", "authToken": the name of such a value rather than one.
  auto const named = seen.digits == 0 && is_noun(label_before(value, value.size(), false).noun);
  return dots || named;
}

[[nodiscard]] constexpr value_kind kind_of_value(std::string_view value, bool quoted) noexcept {
  if (value.size() < 3 || is_no_value(value)) {
    return value_kind::nothing;
  }
  auto const seen = looks_of(piece(value, 0, judged_size));
  if (seen.distinct == 1 || is_filler(piece(value, 0, judged_size)) ||
      is_reference(piece(value, 0, judged_size), seen, quoted)) {
    return value_kind::nothing;
  }
  // Numbers, dates, versions.
  if (seen.digits != 0 && seen.small + seen.capitals == 0 &&
      value.find_first_not_of("0123456789.-:/,_") == value.npos) {
    return value_kind::digits;
  }
  if (is_uuid(value)) {
    return value_kind::uuid;
  }
  if (seen.digits != 0 && seen.hex == seen.size && is_digest(looks_of(value), value.size())) {
    return value_kind::digest;
  }
  if (value.find(' ') != value.npos) {
    return value_kind::words;
  }
  if (is_random(seen) && seen.size >= 16) {
    return value_kind::random;
  }
  if (!quoted && seen.marks > 1 && run_end(value, 0, base64url) == value.size() &&
      (seen.longest > 2 || seen.small == 0)) {
    return value_kind::one_word; // a_name_2
  }
  if (seen.digits == 0 && seen.marks == 0) {
    auto const scattered =
        seen.small != 0 && seen.capitals > 2 && seen.changes * 4 >= seen.size && seen.size >= 16;
    return scattered ? value_kind::random : value_kind::one_word;
  }
  if (seen.digits == 0 && seen.small + seen.capitals + seen.marks == seen.size) {
    // "some-name_or/path": letters with the marks of names and paths only.
    auto const plain = std::all_of(value.begin(), value.end(), [](char c) {
      return is(c, letters | dashes | dot) || c == '/' || c == '\\' || c == ':';
    });
    return plain ? value_kind::one_word : value_kind::mixed;
  }
  return value_kind::mixed;
}

} // namespace overt::inline v0::detect::detail::secrets
