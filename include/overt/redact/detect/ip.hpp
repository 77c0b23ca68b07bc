#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include <overt/redact/detect/context.hpp>
#include <overt/redact/detect/entity.hpp>

namespace overt::inline v0::detect {

namespace detail {

/// An address of version 4 that begins at `at`; `end` is `at` when there is none.
struct quad {
  std::size_t end = 0;
  std::array<unsigned, 4> octets{};
};

/// RFC 3986, 3.2.2 (IPv4address): four numbers from 0 to 255 without leading zeros.
[[nodiscard]] constexpr quad quad_at(std::string_view text, std::size_t at) noexcept {
  quad result{at};
  auto next = at;
  for (std::size_t i = 0; i < 4; ++i) {
    if (i > 0 && byte_at(text, next++) != '.') {
      return {at};
    }
    auto const first = next;
    unsigned value = 0;
    while (next < text.size() && next - first < 4 && is_digit(text[next])) {
      value = value * 10 + static_cast<unsigned>(text[next++] - '0');
    }
    if (next == first || next - first > 3 || value > 255 || (text[first] == '0' && next - first > 1)) {
      return {at};
    }
    result.octets[i] = value;
  }
  result.end = next;
  return result;
}

/// An IPv4 address that begins at `at`, a digit. Returns where it ends, or `at`.
template <class Found>
std::size_t ipv4_at(std::string_view text, std::size_t at, surroundings& around, Found&& found) {
  auto const before = byte_before(text, at);
  if (is_attached(before) || (before == '.' && at >= 2 && is_attached(text[at - 2]))) {
    return at;
  }
  auto const four = quad_at(text, at);
  auto const after = byte_at(text, four.end);
  if (four.end == at || is_attached(after) || (after == '.' && is_attached(byte_at(text, four.end + 1)))) {
    return at;
  }
  // Addresses that are the same everywhere say nothing of a person.
  auto const nobody = four.octets[0] == 127 || four.octets == std::array<unsigned, 4>{} ||
                      four.octets == std::array<unsigned, 4>{255, 255, 255, 255};
  auto const small =
      std::all_of(four.octets.begin(), four.octets.end(), [](unsigned octet) { return octet < 20; });
  auto score = nobody ? 0.2f : small ? 0.5f : 0.8f;
  if (!nobody) {
    auto const host = around.distance(about::network, at, four.end);
    auto const other = around.distance_before(about::version, at);
    if (other < host) {
      score -= other <= 12 ? 0.4f : 0.2f;
    } else if (host != surroundings::nowhere) {
      score += 0.2f;
    }
  }
  found(at, four.end, entity::ip, score, "ipv4");
  return four.end;
}

/// Whether all of `word` is an IPv6 address (RFC 4291, 2.2), and what it looks like.
struct colons {
  bool valid = false;
  std::size_t groups = 0;
  bool shortened = false;
  bool digit = false;
  bool four = false; ///< a group of four, or an IPv4 address at the end
};

[[nodiscard]] constexpr colons judge_ipv6(std::string_view word) noexcept {
  colons result;
  for (std::size_t at = 0; at < word.size();) {
    if (word[at] == ':') {
      if (byte_at(word, at + 1) == ':') {
        if (result.shortened) {
          return {};
        }
        result.shortened = true;
        at += 2;
        continue;
      }
      if (at == 0 || at + 1 == word.size()) {
        return {};
      }
      ++at;
      continue;
    }
    auto const first = at;
    while (at < word.size() && is_hex(word[at])) {
      result.digit = result.digit || is_digit(word[at]);
      ++at;
    }
    if (byte_at(word, at) == '.') {
      auto const four = quad_at(word, first);
      if (four.end != word.size() || first == 0) {
        return {};
      }
      result.groups += 2;
      result.four = true;
      at = word.size();
      break;
    }
    if (at == first || at - first > 4) {
      return {};
    }
    result.four = result.four || at - first == 4;
    ++result.groups;
  }
  result.valid = result.shortened ? result.groups <= 7 : result.groups == 8;
  return result;
}

/// The IPv6 address around the colon at `at`, of which nothing before `floor` is part. Returns where to go
/// on.
template <class Found>
std::size_t ipv6_at(std::string_view text, std::size_t at, std::size_t floor, surroundings& around,
                    Found&& found) {
  constexpr std::size_t longest = 45;
  auto begin = at;
  while (begin > floor && at - begin <= 4 && is_hex(text[begin - 1])) {
    --begin;
  }
  auto end = at;
  while (end < text.size() && (is_hex(text[end]) || text[end] == ':' || text[end] == '.')) {
    ++end;
  }
  auto const next = end;
  // The dot or colon that ends a sentence.
  while (end > begin &&
         (text[end - 1] == '.' || (text[end - 1] == ':' && byte_before(text, end - 1) != ':'))) {
    --end;
  }
  auto const before = byte_before(text, begin);
  if (end - begin > longest || end - begin < 3 || is_attached(before) || before == ':' ||
      is_attached(byte_at(text, end))) {
    return next;
  }
  auto const says = judge_ipv6(text.substr(begin, end - begin));
  if (!says.valid) {
    return next;
  }
  float score = 0.3f;
  if (!says.shortened || (says.digit && says.four)) {
    score = 0.8f;
  } else if (says.digit && says.groups >= 3) {
    score = 0.6f;
  } else if (says.groups <= 1) {
    score = 0.2f; // "::", "::1"
  }
  if (score >= 0.3f && score < 0.8f && around.near(about::network, begin, end)) {
    score += 0.3f;
  }
  if (byte_at(text, end) == '%') { // RFC 4007: a zone
    auto zone = end + 1;
    while (zone < text.size() && zone - end <= 16 && (is_attached(text[zone]) || text[zone] == '-')) {
      ++zone;
    }
    end = zone > end + 1 ? zone : end;
  }
  found(begin, end, entity::ip, score, "ipv6");
  return std::max(next, end);
}

} // namespace detail

/// IPv4 addresses: `N\.N\.N\.N` with N = `(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])`, where
/// before it stands nothing or one of `[^0-9A-Za-z_]`, and not one of `[0-9A-Za-z_]` and then '.';
/// after it stands nothing or one of `[^0-9A-Za-z_]`, and not '.' and then one of `[0-9A-Za-z_]`.
/// Words for versions lower the score; 127.0.0.0/8, 0.0.0.0 and 255.255.255.255 are nobody's.
template <class Found>
void scan_ipv4(std::string_view folded, Found&& found) {
  detail::surroundings around{folded};
  for (std::size_t at = 0; at < folded.size();) {
    auto const end = detail::is_digit(folded[at]) ? detail::ipv4_at(folded, at, around, found) : at;
    at = end > at ? end : at + 1;
  }
}

/// IPv6 addresses (RFC 4291, 2.2; RFC 4007 for zones), with an IPv4 address at the end or not. "std::byte",
/// "12:34:56" and the like are none.
template <class Found>
void scan_ipv6(std::string_view folded, Found&& found) {
  detail::surroundings around{folded};
  std::size_t floor = 0;
  for (auto at = folded.find(':'); at != std::string_view::npos; at = folded.find(':', floor)) {
    floor = detail::ipv6_at(folded, at, floor, around, found);
  }
}

} // namespace overt::inline v0::detect
