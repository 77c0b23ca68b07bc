#pragma once

#include <cstddef>
#include <string_view>

#include <overt/redact/detect/entity.hpp>
#include <overt/redact/detect/letters.hpp>

namespace overt::inline v0::detect {

namespace detail {

inline constexpr std::size_t longest_local_part = 64; // RFC 5321, 4.5.3.1
inline constexpr std::size_t longest_label = 63;

[[nodiscard]] constexpr bool is_domain_byte(char byte) noexcept {
  return is_any(byte, is_a_digit | is_a_letter | is_not_ascii) || byte == '-';
}

/// Where the local part that ends at `at` begins; `at` when there is none. Not before `floor`.
[[nodiscard]] constexpr std::size_t local_part_begin(std::string_view text, std::size_t at,
                                                     std::size_t floor) noexcept {
  auto begin = at;
  while (begin > floor && at - begin < longest_local_part &&
         is_any(text[begin - 1], is_a_digit | is_a_letter | is_local_part | is_not_ascii)) {
    --begin;
  }
  while (begin < at && !is_any(text[begin], is_a_digit | is_a_letter | is_not_ascii) && text[begin] != '_') {
    ++begin; // a quote, a bullet, the dots of an ellipsis
  }
  return byte_before(text, at) == '.' ? at : begin;
}

/// Where the domain that begins at `at` ends, and what is known of it.
struct domain {
  std::size_t end = 0;       ///< the same as `at` when there is none
  std::size_t top_level = 0; ///< where its last label begins
};

[[nodiscard]] constexpr domain domain_at(std::string_view text, std::size_t at) noexcept {
  domain result{at, at};
  std::size_t labels = 0;
  for (auto label = at; label < text.size();) {
    auto end = label;
    while (end < text.size() && end - label < longest_label && is_domain_byte(text[end])) {
      ++end;
    }
    auto last = end;
    while (last > label && text[last - 1] == '-') {
      --last;
    }
    if (last == label || text[label] == '-') {
      break;
    }
    ++labels;
    bool name = is_any(text[label], is_a_letter | is_not_ascii);
    for (auto i = label; i < last && name; ++i) {
      // Letters only, or the form that other scripts take in ASCII.
      name = is_any(text[i], is_a_letter | is_not_ascii) ||
             (to_lower(text[label]) == 'x' && to_lower(byte_at(text, label + 1)) == 'n' && last - label > 4);
    }
    if (labels > 1 && name && last - label >= 2) {
      result = {last, label};
    }
    if (last != end || byte_at(text, end) != '.') {
      break;
    }
    label = end + 1;
  }
  return result;
}

/// "icon@2x.png" is a picture for dense screens.
[[nodiscard]] constexpr bool is_picture_scale(std::string_view domain) noexcept {
  return domain.size() > 3 && is_digit(domain[0]) && domain[1] == 'x' &&
         (domain[2] == '.' || domain[2] == '~');
}

/// The address around an '@', of which nothing before `floor` is part.
template <class Found>
std::size_t email_at(std::string_view text, std::size_t at, std::size_t floor, Found&& found) {
  auto const begin = local_part_begin(text, at, floor);
  if (begin == at) {
    return at + 1;
  }
  auto const host = domain_at(text, at + 1);
  if (host.end == at + 1) {
    return at + 1;
  }
  auto score = 1.0f;
  if (is_picture_scale(text.substr(at + 1, host.end - at - 1))) {
    score = 0.2f;
  } else if (text.substr(begin, at - begin) == "git" && byte_at(text, host.end) == ':') {
    score = 0.3f; // git@example.com:group/project.git
  }
  found(begin, host.end, entity::email, score, "email");
  return host.end;
}

/// A word for '@' in brackets that begins at `at`: "(at)", "[ at ]", "{at}", "<at>", "(@)". 0 when it is
/// none.
[[nodiscard]] constexpr std::size_t bracketed(std::string_view text, std::size_t at,
                                              std::string_view word) noexcept {
  constexpr std::string_view open = "([{<";
  constexpr std::string_view closed = ")]}>";
  auto const kind = open.find(byte_at(text, at));
  if (kind == std::string_view::npos) {
    return 0;
  }
  auto next = at + 1;
  next += byte_at(text, next) == ' ' ? 1 : 0;
  for (auto const letter : word) {
    if (to_lower(byte_at(text, next++)) != letter) {
      return 0;
    }
  }
  next += byte_at(text, next) == ' ' ? 1 : 0;
  return byte_at(text, next) == closed[kind] ? next + 1 - at : 0;
}

/// A separator of a written-out domain: ".", " dot ", "(dot)", " (dot) ". 0 when there is none.
[[nodiscard]] constexpr std::size_t written_dot(std::string_view text, std::size_t at) noexcept {
  if (byte_at(text, at) == '.') {
    return 1;
  }
  auto next = at;
  next += byte_at(text, next) == ' ' ? 1 : 0;
  if (auto const size = bracketed(text, next, "dot"); size != 0) {
    next += size;
    next += byte_at(text, next) == ' ' ? 1 : 0;
    return next - at;
  }
  if (next == at) {
    return 0;
  }
  auto const word = text.substr(next, 4);
  return word.size() == 4 && to_lower(word[0]) == 'd' && to_lower(word[1]) == 'o' &&
                 to_lower(word[2]) == 't' && word[3] == ' '
             ? next + 4 - at
             : 0;
}

/// An address whose '@' is written out and stands at `at` (with its spaces), `size` bytes long. `spoken`:
/// without brackets, where the domain needs a written "dot" as well.
template <class Found>
std::size_t written_email(std::string_view text, std::size_t at, std::size_t size, bool spoken,
                          Found&& found) {
  auto begin = local_part_begin(text, at, 0);
  if (begin == at) {
    return at + 1;
  }
  // "john dot smith at …": words before a written dot belong to it.
  for (int words = 0; words < 4; ++words) {
    std::size_t dot = 0;
    for (std::size_t back = 1; back <= 8 && back <= begin && dot == 0; ++back) {
      if (auto const length = written_dot(text, begin - back); length == back && length > 1) {
        dot = back;
      }
    }
    if (dot == 0) {
      break;
    }
    auto const earlier = local_part_begin(text, begin - dot, 0);
    if (earlier == begin - dot) {
      break;
    }
    begin = earlier;
  }
  auto end = at + size;
  std::size_t labels = 0;
  bool written = false;
  bool name = false;
  std::size_t last = end;
  for (;;) {
    auto const label = end;
    name = true;
    while (end < text.size() && end - label <= longest_label && is_domain_byte(text[end])) {
      name = name && is_any(text[end], is_a_letter | is_not_ascii);
      ++end;
    }
    if (end == label || end - label > longest_label) {
      break;
    }
    ++labels;
    name = name && end - label >= 2;
    last = end;
    auto const dot = written_dot(text, end);
    if (dot == 0 || labels == 8 || !is_domain_byte(byte_at(text, end + dot))) {
      break;
    }
    written = written || dot > 1;
    end += dot;
  }
  if (labels < 2 || !name || (spoken && !written)) {
    return at + 1;
  }
  found(begin, last, entity::email, spoken ? 0.7f : 0.9f, "email_written_out");
  return last;
}

/// At an opening bracket: "john (at) example.com".
template <class Found>
std::size_t bracketed_email(std::string_view text, std::size_t at, Found&& found) {
  auto size = bracketed(text, at, "at");
  size = size != 0 ? size : bracketed(text, at, "@");
  if (size == 0) {
    return at + 1;
  }
  auto const begin = at > 0 && text[at - 1] == ' ' ? at - 1 : at;
  auto end = at + size;
  end += byte_at(text, end) == ' ' ? 1 : 0;
  auto const next = written_email(text, begin, end - begin, false, found);
  return next > at ? next : at + 1;
}

/// At the 'd' of " dot ": "john at example dot com". Looks back over one label for the word "at".
template <class Found>
void spoken_email(std::string_view text, std::size_t dot, Found&& found) {
  if (dot < 6 || text[dot - 1] != ' ' || byte_at(text, dot + 3) != ' ') {
    return;
  }
  auto label = dot - 1;
  while (label > 0 && dot - label <= longest_label &&
         (is_domain_byte(text[label - 1]) || text[label - 1] == '.')) {
    --label;
  }
  if (label < 4 || label == dot - 1 || text[label - 1] != ' ' || to_lower(text[label - 2]) != 't' ||
      to_lower(text[label - 3]) != 'a' || text[label - 4] != ' ') {
    return;
  }
  written_email(text, label - 4, 4, true, found);
}

} // namespace detail

/// E-mail addresses, by RFC 5321 and 6531 without quoted local parts and without addresses of numbers. A byte
/// over 127 counts as a letter.
///
///     local  = [A-Za-z0-9_] [A-Za-z0-9!#$%&'*+^_~.-]{0,63}, no '.' right before the '@'; of a longer
///              stretch its last 64 bytes, from the first of them that may begin it
///     domain = label ('.' label)* '.' top
///     label  = [A-Za-z0-9] ([A-Za-z0-9-]{0,61} [A-Za-z0-9])?, as long as it goes; what follows the 63rd
///              byte is no part of it, and then nothing more of the domain
///     top    = a label of two letters or more and nothing else, or one that begins with "xn" and has at
///              least five bytes
///
/// What stands before and after does not matter; of a domain the longest part that ends with a `top` counts.
/// Two addresses never share a byte: the local part of the second begins after the domain of the first.
template <class Found>
void scan_email(std::string_view folded, Found&& found) {
  std::size_t floor = 0;
  for (auto at = folded.find('@'); at != std::string_view::npos; at = folded.find('@', at)) {
    auto const next = detail::email_at(folded, at, floor, found);
    floor = next;
    at = next;
  }
}

/// Addresses that are written out: "(at)", "[at]", "{at}", "<at>" with or without spaces, then "." or " dot "
/// or "(dot)"; and "name at label dot label" where both are words.
template <class Found>
void scan_written_email(std::string_view folded, Found&& found) {
  for (std::size_t at = 0; at < folded.size();) {
    auto const byte = folded[at];
    if (byte == '(' || byte == '[' || byte == '{' || byte == '<') {
      at = detail::bracketed_email(folded, at, found);
      continue;
    }
    if (detail::to_lower(byte) == 'd' && folded.size() - at > 4 && detail::to_lower(folded[at + 1]) == 'o' &&
        detail::to_lower(folded[at + 2]) == 't') {
      detail::spoken_email(folded, at, found);
    }
    ++at;
  }
}

} // namespace overt::inline v0::detect
