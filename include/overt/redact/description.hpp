#pragma once

#include <algorithm>
#include <concepts>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <overt/event/enumerators.hpp>
#include <overt/event/field.hpp>
#include <overt/event/payload.hpp>

namespace overt::inline v0::redact {

namespace detail {

/// The name of a type as the compiler spells it, without scopes: the name of a policy that gives none. The
/// same under g++ and clang.
template <class Type>
[[nodiscard]] constexpr std::string_view type_name() {
#if defined(_MSC_VER) && !defined(__clang__)
  std::string_view text{__FUNCSIG__};
  text.remove_suffix(text.size() - text.rfind('>'));
  text.remove_prefix(text.find("type_name<") + 10);
#else
  std::string_view text{__PRETTY_FUNCTION__};
  text.remove_prefix(text.find("Type = ") + 7);
  text.remove_suffix(text.size() - text.find_first_of(";]"));
#endif
  auto const scope = text.substr(0, text.find('<')).rfind("::");
  return scope == std::string_view::npos ? text : text.substr(scope + 2);
}

inline void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (char const letter : text) {
    auto const byte = static_cast<unsigned char>(letter);
    if (letter == '"' || letter == '\\') {
      out += '\\';
      out += letter;
    } else if (byte < 0x20) {
      constexpr std::string_view digits = "0123456789abcdef";
      constexpr std::string_view shorts = "btnvfr"; // \b \t \n (no \v) \f \r, 8 to 13
      if (byte >= 8 && byte <= 13 && byte != 11) {
        out += '\\';
        out += shorts[byte - 8u];
      } else {
        out += "\\u00";
        out += digits[byte >> 4];
        out += digits[byte & 15];
      }
    } else {
      out += letter;
    }
  }
  out += '"';
}

template <class Value>
void append_json(std::string& out, Value const& value) {
  if constexpr (std::same_as<Value, bool>) {
    out += value ? "true" : "false";
  } else if constexpr (named_enum<Value>) {
    append_json_string(out, name_of(value));
  } else if constexpr (std::integral<Value>) {
    out += std::to_string(value);
  } else if constexpr (std::convertible_to<Value const&, std::string_view>) {
    append_json_string(out, value);
  } else {
    static_assert(std::ranges::range<Value const&>,
                  "overt: a parameter of a policy is a number, a name, a text or a list of these");
    out += '[';
    bool first = true;
    for (auto const& element : value) {
      out += first ? "" : ",";
      first = false;
      append_json(out, element);
    }
    out += ']';
  }
}

} // namespace detail

/// What a policy is called in digests and in `redaction` events.
template <class Policy>
[[nodiscard]] constexpr std::string_view policy_name() {
  if constexpr (requires { Policy::name; }) {
    return Policy::name;
  } else {
    return detail::type_name<Policy>();
  }
}

/// A policy's own description, canonical JSON (RFC 8785: members sorted, no white space): its name and every
/// parameter. Parameters are listed in `fields()`, as a payload's members are; a policy that holds data and
/// lists none does not compile, because two that behave differently would have the same digest.
template <class Policy>
[[nodiscard]] std::string describe(Policy const& policy) {
  if constexpr (requires {
                  { policy.describe() } -> std::convertible_to<std::string>;
                }) {
    return policy.describe();
  } else {
    static_assert(
        std::is_empty_v<Policy> || described<Policy>,
        "overt: a policy with parameters lists them in fields(), so that they are part of its digest");
    if constexpr (described<Policy> && std::is_aggregate_v<Policy>) {
      static_assert(
          describes_every_member<Policy>,
          "overt: fields() of a policy must name every parameter, so that it is part of its digest");
    }
    std::vector<std::pair<std::string, std::string>> members;
    std::string value;
    detail::append_json_string(value, policy_name<Policy>());
    members.emplace_back("policy", std::move(value));
    if constexpr (described<Policy>) {
      for_each_field(policy, [&](auto const& description, auto const& parameter) {
        std::string text;
        detail::append_json(text, parameter);
        members.emplace_back(std::string{description.name}, std::move(text));
      });
    }
    std::sort(members.begin(), members.end());
    std::string out = "{";
    for (auto const& [key, text] : members) {
      out += out.size() > 1 ? "," : "";
      detail::append_json_string(out, key);
      out += ':' + text;
    }
    return out + '}';
  }
}

} // namespace overt::inline v0::redact
