#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include <overt/redact/detect/entity.hpp>
#include <overt/redact/detect/provider_keys.hpp>
#include <overt/redact/detect/secret_assignment.hpp>
#include <overt/redact/detect/secret_label.hpp>
#include <overt/redact/detect/secret_looks.hpp>
#include <overt/redact/detect/secret_numbered.hpp>
#include <overt/redact/detect/secret_text.hpp>

namespace overt::inline v0::detect::detail::secrets {

/// The shortest run of letters, digits, - and _ that is looked at for its own sake.
inline constexpr std::size_t shortest_token = 16;

/// The end of a JSON Web Token (RFC 7519; RFC 7516 has five parts) at `from`: the first part is the base64url
/// of an object, since "eyJ" decodes to {" and "ewog" and "ewo" to { and a line break. `from` where there is
/// none.
[[nodiscard]] constexpr std::size_t jwt_end(std::string_view text, std::size_t from) noexcept {
  if (!piece(text, from).starts_with("eyJ") && !piece(text, from).starts_with("ewo")) {
    return from;
  }
  auto end = run_end(text, from, base64url);
  if (end - from < 12) {
    return from;
  }
  for (int part = 1; part < 5 && at(text, end) == '.'; ++part) {
    auto const next = run_end(text, end + 1, base64url);
    if (part == 1 && next - end < 3) {
      return from;
    }
    end = next;
    if (part == 1 && at(text, end) != '.') {
      return end; // somebody is still typing the third
    }
  }
  return piece(text, from, end - from).find('.') != text.npos ? end : from;
}

/// Where the key begins that the run of token characters from `begin` may be a part of: "SG.abc" is one key,
/// and so is base64 with its + and /.
[[nodiscard]] constexpr std::size_t wide_begin(std::string_view text, std::size_t begin) noexcept {
  auto const joins = [](char c) { return c == '.' || c == '+' || c == '/' || c == '~'; };
  if (begin == 0 || !joins(text[begin - 1])) {
    return begin;
  }
  auto const stop = begin > 40 ? begin - 40 : 0;
  auto wide = begin;
  while (wide > stop && (is(text[wide - 1], base64url) || joins(text[wide - 1]))) {
    --wide;
  }
  return wide;
}

/// Kinds whose shape is more than a prefix: Telegram's and Discord's bots, Google's refresh tokens, Azure's
/// client secrets, OAuth client ids of nobody's interest left out.
[[nodiscard]] constexpr shaped shaped_token(std::string_view text, std::size_t begin,
                                            std::size_t end) noexcept {
  auto const size = end - begin;
  auto const before = begin > 0 ? text[begin - 1] : ' ';
  if (before == ':') {
    if (auto const one = numbered_token(text, begin - 1); one.score > 0) {
      return one;
    }
  }
  // developers.google.com/identity/protocols/oauth2: refresh tokens begin with 1//.
  if (before == '/' && size >= 40 && text[begin] == '0' && stands_before(text, begin, "1//")) {
    return {begin - 3, end, 1.0F, "google_refresh_token"};
  }
  // discord.com/developers/docs/reference: the bot's number in base64, 6 characters, 27 or more.
  if (at(text, end) == '.' && size >= 23 && size <= 28 &&
      (text[begin] == 'M' || text[begin] == 'N' || text[begin] == 'O')) {
    auto const second = run_end(text, end + 1, base64url, 8);
    auto const third = second + 1 < text.size() ? run_end(text, second + 1, base64url, 60) : second;
    if (second - end == 7 && at(text, second) == '.' && third - second >= 28) {
      return {begin, third, 1.0F, "discord_bot_token"};
    }
  }
  // learn.microsoft.com/entra: a client secret is 3 characters, a digit, Q~ and 31 to 34 more.
  if (at(text, end) == '~' || before == '~') {
    auto const tilde = before == '~' ? begin - 1 : end;
    if (tilde >= 5 && text[tilde - 1] == 'Q' && is(text[tilde - 2], digit)) {
      auto const from = run_begin(text, tilde, dotted, 5);
      auto last = tilde + 1;
      while (last < text.size() && last - tilde < 40 && (is(text[last], dotted) || text[last] == '~')) {
        ++last;
      }
      if (last - tilde >= 29) {
        return {from, last, 1.0F, "azure_client_secret"};
      }
    }
  }
  // developer.hashicorp.com/terraform: 14 characters, .atlasv1., 60 to 70.
  if (before == '.' && size >= 50 && stands_before(text, begin, ".atlasv1.")) {
    return {run_begin(text, begin - 9, alnum, 20), end, 1.0F, "terraform_token"};
  }
  // mailchimp.com/developer: 32 hex digits and the data centre.
  if (size >= 36 && size <= 38 && piece(text, begin + 32, 3) == "-us" &&
      run_end(text, begin, hex_low, 32) == begin + 32 && run_end(text, begin + 35, digit) == end) {
    return {begin, end, 1.0F, "mailchimp_key"};
  }
  // docs.newrelic.com: a license key ends in NRAL.
  if (size >= 38 && size <= 44 && piece(text, end - 4, 4) == "NRAL") {
    return {begin, end, 1.0F, "new_relic_license_key"};
  }
  // platform.openai.com: the middle of keys of the older kind says OpenAI in base64.
  if (size >= 40 && piece(text, begin, size).find("T3BlbkFJ") != text.npos) {
    return {begin, end, 1.0F, "openai_key"};
  }
  // support.maxmind.com: 6 characters, 29, mmk.
  if (size == 40 && piece(text, end - 4, 4) == "_mmk") {
    return {begin, end, 1.0F, "maxmind_license_key"};
  }
  return {};
}

[[nodiscard]] constexpr float bare_score(std::string_view text, std::size_t begin, std::size_t end,
                                         looks const& seen) noexcept {
  auto const size = end - begin;
  if (size < 20 || size > 128 || seen.digits < 2 || !is_random(seen) || seen.hex == seen.size) {
    return 0;
  }
  auto const before = begin > 0 ? text[begin - 1] : ' ';
  auto const after = at(text, end);
  auto const token = piece(text, begin, size);
  auto const path = before == '/' || before == '\\' || before == '.' || after == '/' || before == '+' ||
                    after == '+' || before == '%' || after == '%' ||
                    (after == '.' && is(at(text, end + 1), letters));
  // Names that compilers and tools make; digests with their kind before them; public keys; embedded files.
  auto const known = token.starts_with("_Z") || token.starts_with("sha") || token.starts_with("AAAA") ||
                     token.starts_with("h1") || token.starts_with("0x") ||
                     stands_before(text, begin, "base64,") || before == '#' || before == '@';
  // Names hold words: six small letters in a row. Those of programs join their words with _ and -.
  if (path || known || seen.longest > 5 || seen.marks * 8 > seen.size) {
    return 0.3F;
  }
  if (seen.small < 2 || seen.capitals < 2) {
    return 0.4F;
  }
  return seen.changes * 50 < seen.size * 19 || entropy_of(token) < 3.5F ? 0.4F
         : seen.marks == 0                                              ? 0.6F
                                                                        : 0.5F;
}

/// Looks at a whole run of token characters (at least `shortest_token` of them). Returns where the search
/// goes on: the end of what was found, or `begin`.
template <class Found>
constexpr std::size_t inspect_token(std::string_view text, std::size_t begin, std::size_t end,
                                    Found&& found) {
  // Cards, phones and the words of a headline: nothing here begins with so many digits, or without any.
  if (is(text[begin], digit) && run_end(text, begin, digit, end - begin) == end) {
    return begin;
  }
  if (auto const one = shaped_token(text, begin, end); one.score > 0) {
    found(one.begin, one.end, entity::secret, one.score, one.rule);
    return std::max(one.end, end);
  }
  // A key, with what may stand before it without a break: "%3D" of an address, "\n" of a string, "my_".
  auto const wide = wide_begin(text, begin);
  auto key = key_at(text, wide);
  auto key_begin = wide;
  auto const edge = wide > 0 ? text[wide - 1] : ' ';
  auto const other = std::min(end, edge == '%' ? wide + 2 : edge == '\\' ? wide + 1 : begin);
  if (key.score < 0.5F && other != wide && other < end) {
    if (auto const second = key_at(text, other); second.score > key.score) {
      key = second;
      key_begin = other;
    }
  }
  for (auto i = begin; key.score < 0.5F && i < end && i - begin < 24; ++i) {
    if ((text[i] == '-' || text[i] == '_') && end - i > shortest_token) {
      if (auto const inner = key_at(text, i + 1, true); inner.score >= 0.6F) {
        key = inner;
        key_begin = i + 1;
      }
    }
  }
  if (key.score >= 0.5F && key.prefix_is != distinct::beside) {
    found(key_begin, std::max(key.end, std::min(end, key.end + 8)), entity::secret, key.score, key.rule);
    return std::max(key.end, end);
  }
  if (auto const last = jwt_end(text, other); last != other) {
    found(other, last, entity::secret, 1.0F, literal{"jwt"});
    return last;
  }
  auto const token = piece(text, begin, end - begin);
  auto const seen = looks_of(token);
  if (!is_random(seen) || is_filler(token)) {
    return begin;
  }
  auto const scheme = stands_before(text, begin, "bearer ") || stands_before(text, begin, "basic ") ||
                      stands_before(text, begin, "token ");
  if (scheme && !stands_before(text, begin, " token ")) {
    auto const last = run_end(text, end, dotted | base64_marks);
    found(begin, last, entity::secret, 1.0F, literal{"authorization"});
    return last;
  }
  // What is said of it on the line before.
  auto name_end = begin;
  while (name_end > 0 && begin - name_end < 6 && !is(text[name_end - 1], letters) &&
         !is_line_break(text[name_end - 1])) {
    --name_end;
  }
  auto const name = label_before(text, name_end, true, 80);
  auto score = key.score >= 0.5F || key.prefix_is == distinct::likely ? key.score : 0.0F;
  if (key.rule != literal{} && !name.about && (is_noun(name.noun) || name.provider)) {
    found(wide, std::max(key.end, end), entity::secret, 0.8F, key.rule);
    return std::max(key.end, end);
  }
  auto rule = literal{"random_token"};
  auto const uuid = is_uuid(token);
  auto const plain = uuid || seen.hex == seen.size;
  if ((is_noun(name.noun) || name.provider) && !name.about && !name.digest &&
      (name.noun != word::key || name.qualified || !plain)) {
    auto const by_noun = name.noun <= word::authorization && name.noun != word::other;
    score = std::max(score, by_noun || name.qualified ? (uuid ? 0.5F : 0.65F) : plain ? 0.35F : 0.5F);
    rule = rule_of(name);
  } else if (!name.digest) {
    score = std::max(score, bare_score(text, begin, end, seen));
  }
  if (score >= 0.3F) {
    auto const last = score >= 0.5F ? run_end(text, end, base64_marks | base64url) : end;
    found(begin, last, entity::secret, score, rule);
    return last;
  }
  return begin;
}

} // namespace overt::inline v0::detect::detail::secrets
