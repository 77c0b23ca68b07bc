#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include <overt/redact/detect/entity.hpp>
#include <overt/redact/detect/secret_assignment.hpp>
#include <overt/redact/detect/secret_label.hpp>
#include <overt/redact/detect/secret_looks.hpp>
#include <overt/redact/detect/secret_text.hpp>
#include <overt/redact/detect/secret_value.hpp>

namespace overt::inline v0::detect::detail::secrets {

/// An address that is a secret as a whole: who knows it may post there.
struct secret_address {
  std::string_view host_and_path{}; ///< in small letters; the host may have more before it
  std::size_t least = 0;            ///< characters behind it
  literal rule{};
};
inline constexpr auto secret_addresses = std::to_array<secret_address>({
    {"hooks.slack.com/services/", 30, "slack_webhook"},
    {"hooks.slack.com/workflows/", 30, "slack_webhook"},
    {"hooks.slack.com/triggers/", 30, "slack_webhook"},
    {"discord.com/api/webhooks/", 60, "discord_webhook"},
    {"discordapp.com/api/webhooks/", 60, "discord_webhook"},
    {"hooks.zapier.com/hooks/catch/", 10, "zapier_webhook"},
    {"webhook.office.com/webhookb2/", 60, "teams_webhook"},
    {"outlook.office.com/webhook/", 60, "teams_webhook"},
    {"maker.ifttt.com/trigger/", 20, "ifttt_webhook"},
    {"open.feishu.cn/open-apis/bot/v2/hook/", 30, "feishu_webhook"},
    {"open.larksuite.com/open-apis/bot/v2/hook/", 30, "feishu_webhook"},
    {"hooks.airtable.com/workflows/", 20, "airtable_webhook"},
    {"hc-ping.com/", 20, "healthchecks_address"},
    {"hook.eu1.make.com/", 20, "make_webhook"},
    {"hook.us1.make.com/", 20, "make_webhook"},
});

/// The name and the password in the authority that begins at `from` ("user:pass@host"): where they end, or
/// `from` where there are none. A password may hold a / or ? that should have been escaped.
[[nodiscard]] constexpr std::size_t credentials_end(std::string_view text, std::size_t from) noexcept {
  auto const limit = std::min(text.size(), from + 256);
  std::size_t last_at = from;
  std::size_t colon = from;
  bool beyond = false; // after the first / ? or #
  for (auto i = from; i < limit; ++i) {
    auto const c = text[i];
    if (is_space(c) || is_quote(c) || c == '<' || c == '>' || c == '\\') {
      break;
    }
    if (c == ':' && i + 2 < text.size() && text[i + 1] == '/' && text[i + 2] == '/') {
      break; // another address
    }
    if (c == '/' || c == '?' || c == '#') {
      // "host:8080/…" has no credentials; "user:pa/ss@host" has.
      auto const port = colon != from && run_end(text, colon + 1, digit) == i;
      if (last_at != from || colon == from || port) {
        break;
      }
      beyond = true;
    } else if (c == ':' && colon == from && !beyond) {
      colon = i;
    } else if (c == '@') {
      last_at = i;
      if (beyond) {
        break;
      }
    }
  }
  if (last_at == from) {
    return from;
  }
  if (colon == from && at(text, from) != ':') {
    // No password: "git@host" is a name, "<token>@host" is not.
    auto const name = piece(text, from, last_at - from);
    auto const seen = looks_of(name);
    return name.size() >= 16 && (is_random(seen) || is_digest(seen, name.size()) || is_uuid(name)) ? last_at
                                                                                                   : from;
  }
  auto const first = at(text, from) == ':' ? from : colon;
  auto const password = piece(text, first + 1, last_at - first - 1);
  auto const placeholder = password.empty() || password.front() == '$' || password.front() == '{' ||
                           password.front() == '<' || password.front() == '%';
  return placeholder && !(password.size() > 2 && password.front() == '%' && is(password[1], hex) &&
                          is(password[2], hex))
             ? from
             : last_at;
}

/// From the colon of "://" on. Returns where the search goes on.
template <class Found>
constexpr std::size_t inspect_address(std::string_view text, std::size_t colon, Found&& found) {
  auto const from = colon + 3;
  if (auto const end = credentials_end(text, from); end != from) {
    found(from, end, entity::secret, 1.0F, literal{"url_credentials"});
    return end;
  }
  auto const host = run_end(text, from, dotted, 64);
  if (at(text, host) != '/') {
    return colon;
  }
  for (auto const& one : secret_addresses) {
    auto const slash = one.host_and_path.find('/');
    if (!stands_before(text, host, piece(one.host_and_path, 0, slash)) ||
        !stands_at(text, host, piece(one.host_and_path, slash))) {
      continue;
    }
    auto const begin = host + one.host_and_path.size() - slash;
    auto end = begin;
    while (end < text.size() && end - begin < 400 && !is_space(text[end]) && !is_quote(text[end]) &&
           text[end] != '<' && text[end] != '>' && text[end] != ')') {
      ++end;
    }
    if (end - begin >= one.least) {
      auto const filler = is_filler(piece(text, begin, end - begin));
      found(begin, end, entity::secret, filler ? 0.4F : 1.0F, one.rule);
      return end;
    }
  }
  return colon;
}

/// The value of a parameter in an address, when `equals` is the = of one: "?token=", "&X-Amz-Signature=".
/// Returns where the search goes on; `equals` where it is none, or not one with a secret's name.
template <class Found>
constexpr std::size_t inspect_parameter(std::string_view text, std::size_t equals, Found&& found) {
  auto const begin = run_begin(text, equals, dotted, 40);
  auto const mark = begin > 0 ? text[begin - 1] : ' ';
  if (begin == equals || (mark != '?' && mark != '&' && mark != ';' && mark != '#')) {
    return equals;
  }
  auto const name = label_before(piece(text, 0, equals), equals, false, equals - begin);
  if (!is_noun(name.noun) || name.noun == word::authorization || name.about) {
    return equals;
  }
  auto const first = equals + 1;
  auto const stops = [](char c) {
    return is_space(c) || is_quote(c) || c == '&' || c == '#' || c == ';' || c == '<' || c == '>' ||
           c == ')' || c == ']' || c == '}' || c == '\\';
  };
  auto end = first;
  while (end < text.size() && end - first < longest_value && !stops(text[end])) {
    ++end;
  }
  auto const value = piece(text, first, end - first);
  auto const kind = kind_of_value(value, true);
  auto const weak = name.noun == word::code || (name.noun == word::key && !name.qualified);
  auto const enough = weak ? value.size() >= 6 && kind != value_kind::one_word &&
                                 (kind != value_kind::digits || value.size() > 8)
                           : value.size() >= 4 || (name.noun <= word::pass && value.size() >= 3);
  if (kind == value_kind::nothing || !enough) {
    return equals;
  }
  auto const in_address = mark != ';';
  found(first, end, entity::secret,
        weak                                        ? 0.8F
        : in_address || name.noun == word::password ? 1.0F
                                                    : 0.8F,
        in_address ? literal{"url_parameter"} : literal{"connection_string"});
  return end;
}

} // namespace overt::inline v0::detect::detail::secrets
