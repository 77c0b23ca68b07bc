#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include <overt/redact/detect/entity.hpp>
#include <overt/redact/detect/provider_keys.hpp>
#include <overt/redact/detect/secret_label.hpp>
#include <overt/redact/detect/secret_private_key.hpp>
#include <overt/redact/detect/secret_value.hpp>

namespace overt::inline v0::detect::detail::secrets {

/// How sure a value of this kind under this name is a secret; 0.5 and more: it is one.
[[nodiscard]] constexpr float score_of(label const& name, value_kind kind, std::size_t size,
                                       bool quoted) noexcept {
  if (kind == value_kind::nothing || (name.about && !(name.client && name.provider))) {
    auto const drawn = kind == value_kind::random || kind == value_kind::drawn_letters;
    if (name.another && name.noun == word::secret && !name.digest &&
        (drawn || (kind == value_kind::mixed && size >= 12))) {
      return 0.6F; // "next token": whatever it is for, nobody reads it
    }
    return kind == value_kind::random && !name.digest ? 0.4F : 0.2F;
  }
  switch (name.noun) {
  case word::password:
  case word::phrase:
    switch (kind) {
    case value_kind::one_word: return quoted ? 0.7F : 0.55F;
    case value_kind::words: return name.noun == word::phrase ? 0.7F : 0.3F;
    case value_kind::digits: return size >= 4 ? 0.7F : 0.3F;
    default: return 0.8F;
    }
  case word::pass:
    switch (kind) {
    case value_kind::one_word: return quoted ? 0.55F : 0.35F;
    case value_kind::words: return 0.2F;
    case value_kind::digits: return size >= 6 ? 0.55F : 0.2F;
    default: return size >= 5 ? 0.7F : 0.4F;
    }
  case word::secret:
  case word::authorization:
  case word::code:
  case word::key:
    if (name.noun == word::key && !name.qualified) {
      return kind == value_kind::random && size >= 20 ? 0.55F : 0.2F;
    }
    if (name.noun == word::code && !name.provider) {
      return 0.2F;
    }
    switch (kind) {
    case value_kind::one_word: return quoted && size >= 12 && name.noun == word::secret ? 0.45F : 0.3F;
    case value_kind::words: return 0.2F;
    case value_kind::digits: return name.qualified && size >= 8 ? 0.5F : 0.3F;
    case value_kind::mixed: return size >= 8 ? 0.7F : quoted ? 0.45F : 0.3F;
    case value_kind::drawn_letters: return name.digest ? 0.4F : 0.65F;
    case value_kind::digest: return name.digest ? 0.4F : 0.7F;
    case value_kind::uuid: return name.digest ? 0.4F : 0.6F;
    default: return 0.8F;
    }
  default: break;
  }
  if (name.provider && !name.digest) {
    switch (kind) {
    case value_kind::random: return 0.65F;
    case value_kind::mixed: return name.client && size >= 12 ? 0.5F : 0.1F;
    case value_kind::digest: return 0.6F;
    case value_kind::uuid: return 0.5F;
    case value_kind::digits: return name.client && size >= 12 ? 0.5F : 0.1F;
    default: break;
    }
  }
  return 0.1F;
}

[[nodiscard]] constexpr literal rule_of(label const& name) noexcept {
  switch (name.noun) {
  case word::password:
  case word::phrase:
  case word::pass: return "password";
  case word::authorization: return "authorization";
  case word::key: return "api_key";
  default: break;
  }
  return name.provider ? literal{"provider_secret"} : literal{"generic_secret"};
}

/// Where the last long value ended that was no secret, and how little its name said. What is in it is judged
/// once more under a name that says more only ("hash: password=…"): text that is made of nothing but names
/// would be read again and again.
struct judged_until {
  std::size_t place = 0;
  int doubt = 0;
};

/// How little a name says of its value: 0 for a password, 1 for another secret, 2 for what is no secret
/// mostly.
[[nodiscard]] constexpr int doubt_of(label const& name) noexcept {
  if (name.about || name.digest || !is_noun(name.noun)) {
    return 2;
  }
  return is_password(name.noun) ? 0 : name.noun <= word::authorization ? 1 : 2;
}

/// At a value in which a private key begins ("password: -----BEGIN PRIVATE KEY-----…"): a value ends at its
/// first space, a key does not. Returns where the search goes on, `value.begin` where there is none.
template <class Found>
constexpr std::size_t take_private_key(std::string_view text, value_range const& value, Found&& found) {
  auto const armour = piece(text, value.begin, value.end - value.begin).find("-----");
  if (armour == std::string_view::npos) {
    return value.begin;
  }
  auto const begin = value.begin + armour;
  auto const end = private_key_end(text, begin);
  if (end == begin) {
    return value.begin;
  }
  found(value.begin, end, entity::secret, 1.0F, literal{"private_key"});
  return end;
}

/// Looks at `text` from `from` on as the value of `name`, and says what is found. Returns where the search
/// goes on: the end of what was found, or `from`.
template <class Found>
constexpr std::size_t take_value(std::string_view text, label const& name, std::size_t from, value_ends ends,
                                 judged_until& judged, Found&& found) {
  if (from < judged.place && doubt_of(name) >= judged.doubt) {
    return from;
  }
  auto value = value_at(text, from, ends);
  if (name.noun == word::phrase && !value.quoted) { // to the end of the sentence
    while (value.end < text.size() && value.end - value.begin < glance && !is_line_break(text[value.end]) &&
           text[value.end] != '.' && text[value.end] != '"') {
      ++value.end;
    }
  }
  if (name.noun == word::authorization) {
    // "Bearer abc": the scheme is no secret.
    auto const gap = text.find(' ', value.begin);
    if (gap < value.begin + 20 && run_end(text, value.begin, letters | digit | dashes, 20) == gap) {
      auto const credential = value_at(text, gap + 1, ends_at_space, longest_value);
      auto const end =
          value.quoted ? std::max(value_at(text, from, ends, longest_value).end, gap + 1) : credential.end;
      auto const kind = kind_of_value(piece(text, gap + 1, end - gap - 1), true);
      constexpr std::string_view templates = "<{[$%*";
      auto const is_template = templates.find(at(text, gap + 1)) != templates.npos;
      if (kind != value_kind::nothing && end - gap > 6 && !is_template) {
        found(gap + 1, end, entity::secret, 1.0F, literal{"authorization"});
        return end;
      }
      return from;
    }
  }
  if (value.end - value.begin < 3 && value.begin < value.end && is_password(name.noun)) {
    // "a;b9x": what ends a value in programs stands too early for one.
    auto const end = whole_end(text, value, ends);
    value.end = looks_of(piece(text, value.begin, end - value.begin)).digits != 0 ? end : value.end;
  }
  auto const content = piece(text, value.begin, value.end - value.begin);
  if (value.call) {
    return from;
  }
  if (auto const key = key_at(text, value.begin); key.score >= 0.5F) { // its kind says more
    auto end = key.end;
    if (content.find(' ') == content.npos) {
      value = value.cut ? value_at(text, from, ends, longest_value) : value;
      end = std::max(whole_end(text, value, ends), key.end);
    }
    found(value.begin, end, entity::secret, key.score, key.rule);
    return end;
  }
  if (name.noun == word::key && !name.qualified && !name.about && content.size() < 20) {
    return from; // "key: value" is said of too much
  }
  auto const kind = kind_of_value(content, value.quoted);
  auto const score = score_of(name, kind, content.size(), value.quoted);
  if (score >= 0.5F && value.cut) {
    value = value_at(text, from, ends, longest_value);
  }
  if (score >= 0.5F && name.noun != word::phrase) {
    value.end = whole_end(text, value, ends);
  }
  if (score >= 0.5F) {
    if (auto const end = take_private_key(text, value, found); end != value.begin) {
      return end;
    }
  }
  if (score >= 0.3F) {
    found(value.begin, value.end, entity::secret, score, rule_of(name));
  }
  if (score < 0.5F && value.end - value.begin >= 24) {
    judged = {value.end, doubt_of(name)};
  }
  return score >= 0.5F ? value.end : from;
}

} // namespace overt::inline v0::detect::detail::secrets
