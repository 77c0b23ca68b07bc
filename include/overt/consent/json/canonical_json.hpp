#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <nlohmann/json.hpp>

#include <overt/detail/utf8.hpp>

namespace overt::inline v0::consent {

namespace detail {

/// A number as ECMAScript writes it: the shortest digits that are read back as the same double.
[[nodiscard]] inline std::optional<std::string> canonical_number(double number) {
  if (!std::isfinite(number)) {
    return std::nullopt;
  }
  if (number == 0) {
    return "0"; // a negative zero, too
  }
  std::array<char, 32> room{};
  auto const [end, error] =
      std::to_chars(room.data(), room.data() + room.size(), std::abs(number), std::chars_format::scientific);
  if (error != std::errc{}) {
    return std::nullopt;
  }
  std::string_view const text{room.data(), static_cast<std::size_t>(end - room.data())};
  auto const e = text.find('e');
  std::string digits;
  std::copy_if(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(e), std::back_inserter(digits),
               [](char c) { return c != '.'; });
  auto exponent = text.substr(e + 1);
  exponent.remove_prefix(exponent.starts_with('+') ? 1 : 0);
  int power = 0;
  std::from_chars(exponent.data(), exponent.data() + exponent.size(), power);
  auto const count = static_cast<int>(digits.size());
  auto const point = power + 1; // where the decimal point stands in the digits
  std::string made = number < 0 ? "-" : "";
  if (count <= point && point <= 21) {
    return made + digits + std::string(static_cast<std::size_t>(point - count), '0');
  }
  if (0 < point && point <= 21) {
    return made + digits.substr(0, static_cast<std::size_t>(point)) + '.' +
           digits.substr(static_cast<std::size_t>(point));
  }
  if (-6 < point && point <= 0) {
    return made + "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  }
  return made + digits.substr(0, 1) + (count > 1 ? "." + digits.substr(1) : "") + (power < 0 ? "e-" : "e+") +
         std::to_string(std::abs(power));
}

/// False for bytes that are not UTF-8.
[[nodiscard]] inline bool append_canonical(std::string& to, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  to += '"';
  while (!text.empty()) {
    auto const [character, size] = overt::detail::decode_utf8(text);
    if (size == 0) {
      return false;
    }
    switch (character) {
    case '"': to += "\\\""; break;
    case '\\': to += "\\\\"; break;
    case '\b': to += "\\b"; break;
    case '\t': to += "\\t"; break;
    case '\n': to += "\\n"; break;
    case '\f': to += "\\f"; break;
    case '\r': to += "\\r"; break;
    default:
      if (character < 0x20) {
        to.append("\\u00").append(1, hex[character >> 4]).append(1, hex[character & 15]);
      } else {
        to += text.substr(0, size);
      }
    }
    text.remove_prefix(size);
  }
  to += '"';
  return true;
}

/// Whether one name stands before another: by their UTF-16 code units. That is the order of their bytes,
/// except that U+E000 to U+FFFF (which begin with EE or EF) stand after what needs surrogates.
[[nodiscard]] inline bool before_in_utf16(std::string_view a, std::string_view b) {
  auto const rank = [](char c) {
    auto const byte = static_cast<unsigned char>(c);
    return byte == 0xee || byte == 0xef ? byte + 0x10 : static_cast<int>(byte);
  };
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [&](char x, char y) { return rank(x) < rank(y); });
}

template <class Json>
[[nodiscard]] bool append_canonical_value(std::string& to, Json const& value) {
  if (value.is_object()) {
    std::vector<typename Json::const_iterator> members;
    for (auto each = value.begin(); each != value.end(); ++each) {
      members.push_back(each);
    }
    std::sort(members.begin(), members.end(),
              [](auto const& a, auto const& b) { return before_in_utf16(a.key(), b.key()); });
    to += '{';
    bool first = true;
    for (auto const& each : members) {
      to += first ? "" : ",";
      first = false;
      if (!append_canonical(to, each.key())) {
        return false;
      }
      to += ':';
      if (!append_canonical_value(to, each.value())) {
        return false;
      }
    }
    to += '}';
    return true;
  }
  if (value.is_array()) {
    to += '[';
    bool first = true;
    for (auto const& each : value) {
      to += first ? "" : ",";
      first = false;
      if (!append_canonical_value(to, each)) {
        return false;
      }
    }
    to += ']';
    return true;
  }
  if (value.is_string()) {
    return append_canonical(to, value.template get_ref<std::string const&>());
  }
  if (value.is_number()) { // all are doubles there, also those that look like large integers
    auto const text = canonical_number(value.template get<double>());
    to += text.value_or("");
    return text.has_value();
  }
  if (value.is_boolean() || value.is_null()) {
    to += value.is_null() ? "null" : value.template get<bool>() ? "true" : "false";
    return true;
  }
  return false; // binary, discarded
}

} // namespace detail

/// The one text of a JSON value (RFC 8785): no blanks, members in the order of their UTF-16 code units,
/// strings and numbers as ECMAScript writes them. What is signed is this, so that a file may be laid out in
/// any way. Nothing for what has no such text: infinities, strings that are not UTF-8. Recursive: for
/// documents whose nesting was looked at before.
template <class Json>
[[nodiscard]] std::optional<std::string> canonical_json(Json const& value) {
  std::string made;
  if (!detail::append_canonical_value(made, value)) {
    return std::nullopt;
  }
  return made;
}

} // namespace overt::inline v0::consent
