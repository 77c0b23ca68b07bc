#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "canaries.hpp"
#include "carriers.hpp"
#include "options.hpp"
#include "policies.hpp"
#include "text_records.hpp"
#include "typist.hpp"
#include "useful_sentences.hpp"

namespace leaks {

/// How a field is left.
enum class ending : std::uint8_t {
  enter,
  button, ///< a click on a button of the same window
  tab,    ///< to another field, and then such a button
  away,   ///< to another application, and never back: the last word is kept back, by design
};

/// Types `text` with slips that are taken back and some moving about, leaves, and tells what stands there
/// then.
inline void write_and_leave(typist& who, std::string_view text, ending how,
                            std::string const* wrong_value = nullptr) {
  auto& any = who.any();
  auto& session = who.session();
  auto const here = overt_test::place();
  auto const next = overt_test::place({.application = how == ending::away ? "notes" : "editor"});
  who.field().clear();
  session.go_to(here);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (any.chance(3)) {
      auto const slip = any.text("aeionrst", any.between(1, 2));
      who.type(slip);
      who.keys(typist::backspace, slip.size());
    }
    if (i > 4 && any.chance(1)) {
      who.keys(typist::left, 3);
      who.keys(typist::right, 3);
    }
    who.type(text.substr(i, 1));
  }
  if (any.chance(10)) {
    who.keys(typist::left, 2, overt::modifiers::control);
    who.keys(typist::end, 1);
  }
  if (how == ending::enter) {
    who.key({.keysym = typist::enter});
  } else if (how == ending::tab) {
    session.press({.keysym = typist::tab});
  } else {
    session.click();
  }
  auto const keys = session.keys_here();
  if (how == ending::button) {
    session.activate_button(here);
  } else if (how != ending::enter) {
    session.go_to(next);
  }
  session.wait(static_cast<std::int64_t>(any.between(50, 150)));
  session.tell_text(here, overt::text_source::typed,
                    wrong_value != nullptr ? *wrong_value : who.field().text(), keys);
  session.wait(500);
  if (how == ending::tab) {
    session.click();
    session.activate_button(next);
  }
  session.wait(2000);
  session.finish();
}

/// How much of what is not personal is disclosed. 0: at least 95 of a hundred characters, and what stands
/// around an entity.
template <class Chain>
int measure_usefulness(options const& given, Chain const& policies) {
  auto const field = make_editor(given.editor);
  if (field == nullptr) {
    return 2;
  }
  rhythm beats{given.data};
  std::uint64_t typed_in_all = 0;
  std::uint64_t disclosed_in_all = 0;
  std::uint64_t index = 0;
  // How often each is taken as is said in the last line: of ten texts four, two, three and one.
  constexpr std::array<char const*, 4> names{"Enter", "a button", "Tab, later a button",
                                             "another application"};
  constexpr std::array<std::uint64_t, 4> weights{4, 2, 3, 1};
  for (auto const how : {ending::enter, ending::button, ending::tab, ending::away}) {
    std::uint64_t typed = 0;
    std::uint64_t disclosed = 0;
    for (auto const sentence : useful_sentences) {
      random_numbers any{given.seed, ++index};
      piped_session<Chain> session{policies, beats, any};
      typist who{*field, session, any};
      write_and_leave(who, sentence, how);
      auto const texts = read_texts(session.output());
      auto const got = std::min(disclosed_characters(texts.values), sentence.size());
      typed += sentence.size();
      disclosed += got;
      if (given.verbose && got < sentence.size()) {
        std::printf("%s: %s\n  -> %s\n", names[static_cast<std::size_t>(how)], std::string{sentence}.c_str(),
                    texts.values.c_str());
      }
    }
    std::printf("%-20s %6llu characters typed, %6llu disclosed: %5.1f %%\n",
                names[static_cast<std::size_t>(how)], static_cast<unsigned long long>(typed),
                static_cast<unsigned long long>(disclosed),
                100.0 * static_cast<double>(disclosed) / static_cast<double>(typed));
    typed_in_all += typed * weights[static_cast<std::size_t>(how)];
    disclosed_in_all += disclosed * weights[static_cast<std::size_t>(how)];
  }
  std::size_t exact = 0;
  std::size_t mixed = 0;
  for (auto const sentence : mixed_sentences) {
    for (auto const kind :
         {canary_kind::email, canary_kind::iban, canary_kind::wallet_eth, canary_kind::ip_v6}) {
      random_numbers any{given.seed, ++index};
      auto const planted = make_canary(any, kind, {});
      constexpr std::array<std::string_view, canary_kinds> placeholders{
          "{EMAIL}", "", "", "{IBAN}", "", "", "", "", "{IP}", "", "", "", "", "", "", "", "", "{WALLET}"};
      auto const at = sentence.find('%');
      auto const fill = [&](std::string_view what) {
        return std::string{sentence.substr(0, at)} + std::string{what} + std::string{sentence.substr(at + 1)};
      };
      piped_session<Chain> session{policies, beats, any};
      typist who{*field, session, any};
      write_and_leave(who, fill(planted.text), ending::enter);
      auto const values = read_texts(session.output()).values;
      auto const wanted = fill(placeholders[static_cast<std::size_t>(kind)]) + "\n";
      ++mixed;
      exact += values == wanted ? 1 : 0;
      if (given.verbose && values != wanted) {
        std::printf("wanted %s   found %s\n", wanted.c_str(), values.c_str());
      }
    }
  }
  auto const share = 100.0 * static_cast<double>(disclosed_in_all) / static_cast<double>(typed_in_all);
  std::printf("in all, weighted 4:2:3:1, %5.1f %% disclosed; of %zu texts with something personal, %zu keep "
              "exactly what is around it\n",
              share, mixed, exact);
  return share >= 95.0 && exact == mixed ? 0 : 1;
}

/// A value of accessibility that is not what the keys made: the text must be withheld, and say so. The change
/// is inside the text, because what stands before and after it may have been there.
template <class Chain>
int give_wrong_values(options const& given, Chain const& policies) {
  auto const field = make_editor(given.editor);
  if (field == nullptr) {
    return 2;
  }
  rhythm beats{given.data};
  std::uint64_t right = 0;
  for (auto index = given.from; index < given.from + given.scripts; ++index) {
    random_numbers any{given.seed, index};
    std::string text;
    for (auto count = any.between(3, 7); count > 0; --count) {
      text += (text.empty() ? "" : " ") + std::string{any.pick(carriers)};
    }
    auto wrong = text;
    auto const at = any.between(2, text.size() - 3);
    switch (any.below(3)) {
    case 0: wrong[at] = wrong[at] == 'q' ? 'x' : 'q'; break;
    case 1: wrong.erase(at, 1); break;
    default: wrong.insert(at, 1, 'q'); break;
    }
    piped_session<Chain> session{policies, beats, any};
    typist who{*field, session, any};
    write_and_leave(who, text, static_cast<ending>(any.below(4)), &wrong);
    auto const texts = read_texts(session.output());
    bool const caught = texts.told >= 1 && texts.disagreed >= 1 && disclosed_characters(texts.values) == 0;
    right += caught ? 1 : 0;
    if (!caught && (given.verbose || index - right < 3)) {
      std::printf("script %llu: \"%s\", told \"%s\"\n%s", static_cast<unsigned long long>(index),
                  text.c_str(), wrong.c_str(), session.output().c_str());
    }
  }
  std::printf("%llu of %llu wrong values withheld the text as 'disagreed'\n",
              static_cast<unsigned long long>(right), static_cast<unsigned long long>(given.scripts));
  return right == given.scripts ? 0 : 1;
}

} // namespace leaks
