#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/consent/grants.hpp>
#include <overt/consent/plain/language.hpp>
#include <overt/consent/plain/sentence.hpp>
#include <overt/consent/plain/wording.hpp>
#include <overt/consent/preset.hpp>
#include <overt/consent/purpose.hpp>
#include <overt/consent/terms.hpp>

namespace overt::inline v0::consent::detail {

/// What a notice and a receipt both say, from wherever it comes.
struct plain_terms {
  std::vector<std::string> responsible{};
  std::string publisher{}; ///< of the policy; empty when nobody signed it
  std::string publisher_key{};
  std::vector<purpose> purposes{};
  std::vector<std::string> apps{};
  std::vector<std::string> sites{};
  consent::grants granted = grants::none;
  consent::grants denied = grants::none; ///< what was asked for and the preset took away
  std::vector<std::string> recorded{};   ///< the policy's own words; empty: the grants' words
  std::vector<std::string> not_recorded{};
  std::uint32_t pointer_max_hz = 0;
  std::uint32_t pointer_grid_px = 0;
  consent::never never = never::nothing;
  std::int32_t retention_days = 0;
  std::vector<std::string> storage{};
  std::vector<std::pair<std::string, std::string>> readers{}; ///< names and keys
  std::string impact_assessment{};
  std::string collective_agreement{};
  std::string review_board{};
  jurisdiction_preset preset = jurisdiction_preset::strict;
};

/// Lines and points of a text in one language. What comes from a record loses its control characters: it must
/// not be able to look like a line of ours.
class plain_text {
public:
  explicit plain_text(language in) : in_{in} {}

  void blank() { text_ += '\n'; }
  void say(sentence which, std::initializer_list<std::string_view> filled = {}) { line("", which, filled); }
  void item(sentence which, std::initializer_list<std::string_view> filled = {}) {
    line("  - ", which, filled);
  }
  void item(std::string_view words) { text_.append("  - ").append(tame(words)).append("\n"); }

  [[nodiscard]] language in() const noexcept { return in_; }
  [[nodiscard]] std::string words(sentence which, std::initializer_list<std::string_view> filled = {}) const {
    std::vector<std::string> tamed;
    for (auto const each : filled) {
      tamed.push_back(tame(each));
    }
    tamed.resize(3);
    return filled.size() == 0 ? std::string{words_of(in_, which)}
                              : worded_as(in_, which, {tamed[0], tamed[1], tamed[2]});
  }
  [[nodiscard]] std::string take() && { return std::move(text_); }

private:
  static std::string tame(std::string_view words) {
    std::string made{words};
    std::replace_if(
        made.begin(), made.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7f; },
        ' ');
    return made;
  }
  void line(std::string_view before, sentence which, std::initializer_list<std::string_view> filled) {
    text_.append(before).append(words(which, filled)).append("\n");
  }

  language in_;
  std::string text_;
};

[[nodiscard]] inline std::string days_in_words(plain_text const& text, std::int32_t days) {
  return days == 1 ? text.words(sentence::one_day) : text.words(sentence::days, {std::to_string(days)});
}

/// What is recorded at most under these grants.
inline void say_grants(plain_text& text, plain_terms const& terms) {
  constexpr std::array kinds{std::pair{grants::key_semantic, sentence::kind_text},
                             std::pair{grants::key_shape, sentence::kind_shape},
                             std::pair{grants::pointer_click, sentence::kind_click},
                             std::pair{grants::scroll, sentence::kind_scroll},
                             std::pair{grants::ui_element, sentence::kind_element},
                             std::pair{grants::window_focus, sentence::kind_window},
                             std::pair{grants::key_raw, sentence::kind_raw},
                             std::pair{grants::raw_timing, sentence::kind_times}};
  for (auto const& [kind, words] : kinds) {
    if (has_all(terms.granted, kind)) {
      text.item(words);
    }
  }
  if (has_all(terms.granted, grants::pointer_path)) {
    text.item(sentence::kind_path,
              {std::to_string(terms.pointer_max_hz), std::to_string(std::max(terms.pointer_grid_px, 1u))});
  }
}

inline void say_never(plain_text& text, plain_terms const& terms) {
  constexpr std::array words{sentence::never_passwords, sentence::never_private,  sentence::never_clipboard,
                             sentence::never_sound,     sentence::never_camera,   sentence::never_messages,
                             sentence::never_managers,  sentence::never_elsewhere};
  static_assert(words.size() == flags(consent::never{}).size());
  text.say(sentence::never);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if ((static_cast<unsigned>(terms.never) >> i & 1u) != 0) {
      bool const guessed = i == 0 && has_all(terms.granted, grants::key_raw);
      text.item(guessed ? sentence::never_passwords_guessed : words[i]);
    }
  }
  if (!has_all(terms.granted, grants::screenshot)) {
    text.item(sentence::never_pictures);
  }
}

inline void say_purposes(plain_text& text, plain_terms const& terms) {
  text.say(sentence::purposes);
  constexpr std::array words{sentence::purpose_train, sentence::purpose_evaluate, sentence::purpose_research,
                             sentence::purpose_own};
  static_assert(words.size() == enumerators(purpose{}).size());
  for (auto const each : terms.purposes) {
    text.item(words.at(static_cast<std::size_t>(each)));
  }
  text.say(sentence::never_assessed);
}

inline void say_scope(plain_text& text, plain_terms const& terms) {
  text.say(sentence::scope);
  for (auto const* list : {&terms.apps, &terms.sites}) {
    for (auto const& each : *list) {
      text.item(each);
    }
  }
  if (terms.apps.empty() && terms.sites.empty()) {
    text.item(sentence::scope_empty);
  }
}

/// What happens with recordings afterwards, and on what the person can rely.
inline void say_keeping(plain_text& text, plain_terms const& terms) {
  text.say(sentence::kept, {days_in_words(text, terms.retention_days)});
  for (auto const& each : terms.storage) {
    if (each == "local:device") {
      text.item(sentence::stored_here);
    } else {
      text.item(each);
    }
  }
  text.blank();
  if (!terms.readers.empty()) {
    text.say(sentence::readers);
    for (auto const& [name, key] : terms.readers) {
      text.item(sentence::reader, {name, key});
    }
    text.blank();
  }
  auto const reference = [&](sentence which, std::string const& what) {
    if (!what.empty()) {
      text.say(which, {what});
    }
  };
  reference(sentence::impact, terms.impact_assessment);
  reference(sentence::agreement, terms.collective_agreement);
  reference(sentence::board, terms.review_board);
  auto const rules = rules_of(terms.preset);
  if (rules.needs_review) {
    text.say(sentence::review);
  }
  if (rules.no_person_aggregates) {
    text.say(sentence::no_aggregates);
  }
}

/// Everything from who is responsible to how long it is kept.
inline void say_terms(plain_text& text, plain_terms const& terms) {
  text.say(sentence::responsible);
  for (auto const& each : terms.responsible) {
    if (!each.empty()) {
      text.item(each);
    }
  }
  if (!terms.publisher_key.empty()) {
    text.say(sentence::published, {terms.publisher, terms.publisher_key});
  }
  text.blank();
  say_purposes(text, terms);
  text.blank();
  say_scope(text, terms);
  text.blank();
  text.say(sentence::kinds);
  for (auto const& each : terms.recorded) {
    text.item(each);
  }
  if (terms.recorded.empty()) {
    say_grants(text, terms);
  }
  if (has_all(terms.granted, grants::screenshot)) {
    text.item(sentence::kind_picture);
  }
  if (terms.granted == grants::none) {
    text.item(sentence::kind_none);
  }
  text.blank();
  if (!terms.not_recorded.empty()) {
    text.say(sentence::stays);
    for (auto const& each : terms.not_recorded) {
      text.item(each);
    }
    text.blank();
  }
  if (terms.denied != grants::none) {
    text.say(sentence::denied, {name_of(terms.preset), list_of(terms.denied)});
    text.blank();
  }
  if (has_all(terms.granted, grants::key_raw)) {
    text.say(sentence::raw_warning);
    text.blank();
  }
  say_never(text, terms);
  text.blank();
  say_keeping(text, terms);
}

} // namespace overt::inline v0::consent::detail
