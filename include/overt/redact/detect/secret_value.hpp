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

/// Whether a value from `begin` to `end` is the call of a function: a bracket that closes on the line or that
/// a quote, a space or nothing follows, behind a name. A password may hold one as well.
[[nodiscard]] constexpr bool is_call(std::string_view text, std::size_t begin, std::size_t end) noexcept {
  auto const value = piece(text, begin, end - begin);
  auto const open = value.find('(');
  if (open == value.npos) {
    return at(text, end) == '(';
  }
  if (open == 0 || piece(value, 1, open - 1).find_first_of("@#!$%^~") == value.npos) {
    auto const next = at(text, begin + open + 1);
    auto const rest = piece(text, begin + open, glance);
    auto const close = std::min(rest.find(')'), rest.find('\n'));
    return open == 0 || is_space(next) || is_quote(next) || at(rest, close) == ')';
  }
  return false;
}

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
  auto const call = is_call(text, begin, end);
  auto const cut = end == limit && end < text.size();
  constexpr std::string_view closing = ".,;:)]}>\\";
  while (end > begin && closing.find(text[end - 1]) != closing.npos) {
    --end;
  }
  return {begin, end, false, call, cut};
}

/// Where the run without a blank ends that `value` begins. What a person pastes may hold a character that
/// ends a value in programs; not where the next name (";Server=", "&page="), a tag or the rest of a program
/// (").get") follows it. `ends` are those the value was read with.
[[nodiscard]] constexpr std::size_t whole_end(std::string_view text, value_range const& value,
                                              value_ends ends) noexcept {
  auto const belongs = [](char c) { return is(c, dotted) || static_cast<unsigned char>(c) >= 128; };
  auto const limit = std::min(text.size(), value.begin + longest_value);
  auto end = value.end;
  while (!value.quoted && end < limit) {
    auto next = end;
    while (next < limit && next - end < 8 && !is_space(text[next]) &&
           (text[next] == '.' || !belongs(text[next]))) {
      ++next;
    }
    auto const between = piece(text, end, next - end);
    auto word_end = next;
    while (word_end < limit && belongs(text[word_end])) {
      ++word_end;
    }
    while (word_end > next && text[word_end - 1] == '.') {
      --word_end;
    }
    auto const programs = (ends & ends_at_close) != 0 ? std::string_view{",|>\"'`<)]}\\"} : "\"'`<)]}\\";
    auto const closes = between.find_first_of(programs) != between.npos &&
                        (between.size() > 1 || between.find_first_of(",|>\\") != between.npos);
    auto const after = at(text, word_end);
    constexpr std::string_view begins = "=:(>";
    auto const tag = between == "<" && after == '/';
    // "User Id=": a name of two words.
    auto const second = after == ' ' ? run_end(text, word_end + 1, alnum, 24) : word_end;
    if (word_end == next || closes || tag || begins.find(after) != begins.npos || at(text, second) == '=') {
      break;
    }
    end = word_end;
  }
  return end;
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
  word_table table{};
  add_words(table, no_values);
  return table;
}
inline constexpr auto no_value_words = make_no_values();

[[nodiscard]] constexpr bool is_no_value(std::string_view text) noexcept {
  return kind_in(no_value_words, text) != word::other;
}

/// What the value of a secret may be.
enum class value_kind : std::uint8_t {
  nothing, ///< too short, a word of a program, another name, a placeholder
  one_word,
  words,         ///< several, with spaces
  drawn_letters, ///< without digits, in an order that words do not have
  digits,
  mixed,
  random, ///< looks drawn by lot
  digest, ///< hex, as long as a digest
  uuid,
};

/// "db_password", "authToken": the name of such a value rather than one. Two or three letters that would be a
/// word for one ("pw", "key") stand by chance in many a secret; they count where the rest looks like a name.
[[nodiscard]] constexpr bool is_named(std::string_view value, looks const& seen) noexcept {
  auto const name = label_before(value, value.size(), false);
  if (!is_noun(name.noun)) {
    return false;
  }
  return name.noun_end - name.noun_begin > 3 || seen.small == 0 || seen.capitals == 0 ||
         (name.noun_end == value.size() && seen.changes < 2);
}

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
                      value.find_first_not_of("uUlL", digits_end) == value.npos;
  if ((!quoted && open != value.npos && open > 2 && run_end(value, 0, base64url | dot) == open) ||
      (sign && run_end(value, 1, letters | dashes) == value.size()) ||
      (!quoted && value.ends_with("_t") && seen.capitals == 0) || number) {
    return true;
  }
  auto const name = std::all_of(value.begin(), value.end(),
                                [](char c) { return is(c, base64url | dot) || c == ':' || c == '>'; });
  if (!name || is_random(seen)) {
    return false;
  }
  auto const dots = value.find("::") != value.npos || value.find("->") != value.npos ||
                    (!quoted && value.find('.') != value.npos && seen.digits == 0);
  return dots || (seen.digits == 0 && is_named(value, seen));
}

[[nodiscard]] constexpr value_kind kind_of_value(std::string_view value, bool quoted) noexcept {
  if (value.size() < 3 || is_no_value(value) || is_noun(kind_of(value))) {
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
  auto const scattered = is_scattered(piece(value, 0, judged_size));
  // Base64 with - and _ in it may look like a name for these, but changes too often.
  auto const changes_often =
      (seen.size >= 12 && seen.changes * 4 >= seen.size) || is_random(looks_of(piece(value, 0, 16)));
  if (!quoted && !scattered && !changes_often && seen.marks > 1 &&
      run_end(value, 0, base64url) == value.size() && (seen.longest > 2 || seen.small == 0)) {
    return value_kind::one_word; // a_name_2
  }
  if (seen.digits == 0 && seen.marks == 0) {
    auto const changing =
        seen.small != 0 && seen.capitals > 2 && seen.changes * 4 >= seen.size && seen.size >= 16;
    return changing ? value_kind::random : scattered ? value_kind::drawn_letters : value_kind::one_word;
  }
  if (seen.digits == 0 && seen.small + seen.capitals + seen.marks == seen.size) {
    // "some-name_or/path": letters with the marks of names and paths only.
    auto const plain = std::all_of(value.begin(), value.end(), [](char c) {
      return is(c, letters | dashes | dot) || c == '/' || c == '\\' || c == ':';
    });
    return scattered ? value_kind::drawn_letters : plain ? value_kind::one_word : value_kind::mixed;
  }
  return value_kind::mixed;
}

} // namespace overt::inline v0::detect::detail::secrets
