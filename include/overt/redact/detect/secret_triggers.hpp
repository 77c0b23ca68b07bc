#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include <overt/redact/detect/entity.hpp>
#include <overt/redact/detect/secret_assignment.hpp>
#include <overt/redact/detect/secret_label.hpp>
#include <overt/redact/detect/secret_numbered.hpp>
#include <overt/redact/detect/secret_private_key.hpp>
#include <overt/redact/detect/secret_text.hpp>
#include <overt/redact/detect/secret_url.hpp>
#include <overt/redact/detect/secret_value.hpp>

namespace overt::inline v0::detect::detail::secrets {

/// What ends a value that is not quoted: a password may hold more than a token.
[[nodiscard]] constexpr value_ends ends_of(label const& name) noexcept {
  return name.noun >= word::password && name.noun <= word::pass
             ? value_ends{ends_at_space | ends_at_tag | ends_at_next}
             : value_ends{15};
}

[[nodiscard]] constexpr std::size_t skip_spaces(std::string_view text, std::size_t from,
                                                std::size_t most = 16) noexcept {
  auto const stop = std::min(text.size(), from + most);
  while (from < stop && (text[from] == ' ' || text[from] == '\t')) {
    ++from;
  }
  return from;
}

[[nodiscard]] constexpr std::size_t skip_back(std::string_view text, std::size_t end) noexcept {
  for (int skipped = 0; end > 0 && skipped < 8 && text[end - 1] == ' '; ++skipped) {
    --end;
  }
  return end;
}

/// Where the name ends that an operator at `sign` belongs to: before spaces, quotes and closing brackets
/// ("env['KEY'] =", "key\": "). `sign` where there is none.
[[nodiscard]] constexpr std::size_t name_end(std::string_view text, std::size_t sign) noexcept {
  auto end = sign;
  for (int skipped = 0; end > 0 && skipped < 8; ++skipped) {
    auto const c = text[end - 1];
    if (c != ' ' && c != '\t' && !is_quote(c) && c != ']' && c != ')' && c != '[' && c != '?' && c != '\\' &&
        c != '*') {
      break;
    }
    --end;
  }
  return end > 0 && (is(text[end - 1], alnum) || text[end - 1] == '_' ||
                     static_cast<unsigned char>(text[end - 1]) >= 128)
             ? end
             : sign;
}

/// "user:password" behind -u or --user, as curl takes it.
template <class Found>
constexpr std::size_t inspect_user_option(std::string_view text, std::size_t colon, Found&& found) {
  if (is_space(at(text, colon + 1))) {
    return colon;
  }
  auto const user = run_begin(text, colon, dotted, 64);
  auto const open = user > 0 && is_quote(text[user - 1]) ? user - 1 : user;
  auto const before = fold(at(text, open - 1));
  if (user == colon || (before != ' ' && before != 'u') ||
      !(stands_before(text, open, " -u ") || stands_before(text, open, "--user ") ||
        stands_before(text, open, " -u"))) {
    return colon;
  }
  auto const value = value_at(text, colon + 1, ends_at_space, longest_value);
  auto const size = value.end - value.begin;
  if (size < 3 || text[value.begin] == '$' || text[value.begin] == '<') {
    return colon;
  }
  found(user, value.end, entity::secret, 1.0F, literal{"url_credentials"});
  return value.end;
}

/// "10:30": the commonest colon between two things without a space, and no name of a value.
[[nodiscard]] constexpr bool is_time_of_day(std::string_view text, std::size_t colon) noexcept {
  auto const hour = run_begin(text, colon, digit, 3);
  auto const end = run_end(text, colon + 1, digit, 3);
  return colon - hour - 1 < 2 && end - colon == 3 && !is(at(text, hour - 1), alnum | dashes) &&
         !is(at(text, end), alnum | dashes);
}

/// At a : or =. Returns where the search goes on, `sign` where nothing is there.
template <class Found>
constexpr std::size_t inspect_sign(std::string_view text, std::size_t sign, judged_until& judged,
                                   Found&& found) {
  auto const c = text[sign];
  auto const next = at(text, sign + 1);
  auto from = sign + 1;
  auto end = sign;
  auto comparison = false;
  if (c == ':') {
    if (next == '/' && at(text, sign + 2) == '/') {
      return inspect_address(text, sign, found);
    }
    if (next == ':' || next == '=' || (sign > 0 && text[sign - 1] == ':')) {
      return sign;
    }
    if (is_time_of_day(text, sign)) {
      return sign;
    }
    if (auto const one = numbered_token(text, sign); one.score > 0) {
      found(one.begin, one.end, entity::secret, one.score, one.rule);
      return one.end;
    }
    // database.docs.oracle.com: jdbc:oracle:thin:user/password@host
    if (stands_before(text, sign, "oracle:thin")) {
      auto const slash = run_end(text, sign + 1, base64url, 40);
      auto const host = piece(text, 0, std::min(text.size(), slash + 80)).find('@', slash);
      if (at(text, slash) == '/' && slash > sign + 1 && host != text.npos && host > slash + 1) {
        found(sign + 1, host, entity::secret, 1.0F, literal{"url_credentials"});
        return host;
      }
    }
    if (auto const on = inspect_user_option(text, sign, found); on != sign) {
      return on;
    }
    auto const version = at(text, sign - 1);
    if ((version == '2' || version == '3') && stands_before(text, sign - 1, "putty-user-key-file-")) {
      auto const last = putty_key_end(text, sign);
      found(sign - 21, last, entity::secret, 1.0F, literal{"private_key"});
      return last;
    }
  } else {
    if (auto const on = inspect_parameter(text, sign, found); on != sign) {
      return on;
    }
    if (next == '=') {
      return sign; // the second of == decides
    }
    if (sign > 0 && (text[sign - 1] == '=' || text[sign - 1] == '!')) {
      comparison = true;
    }
    while (end > 0 && sign - end < 3 &&
           (text[end - 1] == '=' || text[end - 1] == '!' || text[end - 1] == ':' || text[end - 1] == '?' ||
            text[end - 1] == '+')) {
      --end;
    }
    from += next == '>' ? 1 : 0; // => of Ruby and PHP
  }
  auto const stop = name_end(text, end);
  if (stop == end && (end == 0 || !(is(text[end - 1], alnum) || text[end - 1] == '_' ||
                                    static_cast<unsigned char>(text[end - 1]) >= 128))) {
    return sign;
  }
  auto name = label_before(text, stop, c == ':' || stop == end || text[stop] == ' ', 48);
  if (!is_noun(name.noun) && !name.provider && c == '=') {
    // "password: str = …": the type stands between.
    auto const type = skip_back(text, name.begin);
    if (type > 0 && text[type - 1] == ':') {
      name = label_before(text, name_end(text, type - 1), false, 48);
    } else if (stands_before(text, stop, "value")) {
      // <add key="password" value="…"/>, name="token" value="…"
      auto const before = skip_back(text, stop - 5);
      if (before > 0 && is_quote(text[before - 1])) {
        name = label_before(text, before - 1, false, 48);
      }
    }
  }
  if (!is_noun(name.noun) && !name.provider) {
    return sign;
  }
  from = skip_spaces(text, from);
  if (c == ':' && is_line_break(at(text, from)) && name.noun <= word::pass) {
    from = skip_spaces(text, from + 1); // the value on the next line
    from = is_line_break(at(text, from)) ? from + 1 : from;
  }
  if (comparison && !is_quote(at(text, from))) {
    return sign;
  }
  auto const on = take_value(text, name, from, ends_of(name), judged, found);
  return on == from ? sign : on;
}

/// At the first letters of "password", "passphrase", "pw": what is said of it without a sign. Returns where
/// the search goes on, `from` where nothing is there.
template <class Found>
constexpr std::size_t inspect_word(std::string_view text, std::size_t from, judged_until& judged,
                                   Found&& found) {
  auto const end = run_end(text, from, base64url, 40);
  auto const next = at(text, end);
  if (end - from < 2 || end - from >= 40 || next == '=' || next == ':' || next == '.') {
    return from;
  }
  auto const name =
      label_before(text, end, false, std::min<std::size_t>(48, end - run_begin(text, from, base64url, 40)));
  if (name.noun < word::password || name.noun > word::pass || name.about) {
    return from;
  }
  auto value_from = end;
  if (next == '>') {
    // <password>…</password>
    value_from = end + 1;
  } else if (next == '(' || is_quote(next)) {
    // set_password("…"), define('PASSWORD', '…'), env["PASSWORD"], "…"
    value_from = skip_spaces(text, end + 1, 4);
    if (is_quote(next) && at(text, value_from) == ',') {
      value_from = skip_spaces(text, value_from + 1, 4);
    } else if (next != '(') {
      return from;
    }
    if (!is_quote(at(text, value_from))) {
      return from;
    }
  } else if (next == ' ' || next == '\t') {
    value_from = skip_spaces(text, end);
    if (at(text, value_from) == '=' || at(text, value_from) == ':') {
      return from;
    }
    // "password for the router is …"
    if (stands_at(text, value_from, "for ") || stands_at(text, value_from, "of ") ||
        stands_at(text, value_from, "to ")) {
      auto const rest = piece(text, value_from, 40);
      auto const said_at = rest.find(" is ");
      if (said_at != rest.npos && piece(rest, 0, said_at).find_first_of(".,;:\n") == rest.npos) {
        value_from += said_at + 1;
      }
    }
    constexpr auto verbs = std::to_array<std::string_view>(
        {"is ", "was ", "ist ", "es ", "est ", "war ", "lautet ", "e ", "to ", "as "});
    auto const* const verb = std::find_if(
        verbs.begin(), verbs.end(), [&](std::string_view one) { return stands_at(text, value_from, one); });
    auto const option = from >= 2 && stands_before(text, run_begin(text, from, base64url, 24) + 2, "--");
    auto const said = verb != verbs.end() && (name.noun != word::pass || *verb == "is " || *verb == "was ");
    if (said) {
      value_from = skip_spaces(text, value_from + verb->size());
    }
    auto const value = value_at(text, value_from, ends_at_space | ends_at_tag);
    auto const content = piece(text, value.begin, value.end - value.begin);
    if (!said && !option && !value.quoted && run_end(content, 0, letters) == content.size()) {
      return from; // "password field": the commonest case, and nothing
    }
    if (value.call || content.starts_with("--") || key_at(text, value.begin).score >= 0.5F) {
      return from;
    }
    if (auto const last = take_private_key(text, value, found); last != value.begin) {
      return last;
    }
    auto const kind = kind_of_value(content, value.quoted);
    auto score = 0.0F;
    auto const after = at(text, value.end);
    auto const ends = is_line_break(after) || after == '.' || after == '!' || after == ',' || (value.quoted);
    auto const strong = name.noun != word::pass;
    switch (kind) {
    case value_kind::nothing:
    case value_kind::words: break;
    case value_kind::one_word:
      score = option || (value.quoted && strong) ? 0.6F
              : said && ends && strong && content.size() >= 5 && !content.ends_with("ed") &&
                      !content.ends_with("ing") && !content.ends_with("le") && !content.ends_with("ly")
                  ? 0.5F
                  : 0.2F;
      break;
    case value_kind::digits: score = (option || (said && strong)) && content.size() >= 4 ? 0.7F : 0.3F; break;
    default:
      score = option || said ? 0.8F
              : strong && content.size() >= 6 && looks_of(content).digits + looks_of(content).marks > 1 &&
                      content.find('/') == content.npos
                  ? 0.6F
                  : 0.3F;
      break;
    }
    auto last = value.end;
    if (score >= 0.5F) {
      constexpr auto value_end_kinds = value_ends{ends_at_space | ends_at_tag};
      last = whole_end(text, value.cut ? value_at(text, value_from, value_end_kinds, longest_value) : value,
                       value_end_kinds);
    }
    if (score >= 0.3F) {
      found(value.begin, last, entity::secret, score, literal{"password"});
    }
    return score >= 0.5F ? last : from;
  } else {
    return from;
  }
  auto const on = take_value(text, name, value_from, ends_at_space | ends_at_tag, judged, found);
  return on == value_from ? from : on;
}

/// At any trigger. Returns where the search goes on, `at` where nothing was found.
template <class Found>
constexpr std::size_t inspect_trigger(std::string_view text, std::size_t from, judged_until& judged,
                                      Found&& found) {
  switch (text[from]) {
  case ':':
  case '=': return inspect_sign(text, from, judged, found);
  case '-': {
    if (from > 0 && text[from - 1] == '-') {
      return from;
    }
    auto const end = private_key_end(text, from);
    if (end != from) {
      found(from, end, entity::secret, 1.0F, literal{"private_key"});
    }
    return end;
  }
  default: return inspect_word(text, from, judged, found);
  }
}

} // namespace overt::inline v0::detect::detail::secrets
