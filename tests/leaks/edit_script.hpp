#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "canaries.hpp"
#include "canary_entry.hpp"
#include "carrier_words.hpp"
#include "field_visits.hpp"
#include "random_edits.hpp"
#include "typist.hpp"

namespace leaks {

/// What became of a script.
struct script_result {
  bool held_canary = false; ///< the field had all of it, in one piece, after some step
  std::size_t way = 0;      ///< how the canary came in, see `ways`
  std::string final_text{}; ///< what stood there in the end
  std::string log{};
};

/// A random script around one canary: words before and after it, the canary by one of many ways, edits that
/// may leave all of it, parts of it or nothing, and one of the ways in which people leave a field. What it
/// does next depends on the editor's state and on random numbers only, so seed and index make it again.
class edit_script {
public:
  edit_script(typist& who, canary const& what)
      : who_{who}, what_{what}, any_{who.any()}, field_{who.field()}, visits_{who} {
    who_.after_step = [this](stroke const*) { look(); };
    who_.after_enter = [this] { visits_.tell_at_enter(); };
  }
  edit_script(edit_script const&) = delete;
  edit_script& operator=(edit_script const&) = delete;
  ~edit_script() {
    who_.after_step = {};
    who_.after_enter = {};
  }

  [[nodiscard]] script_result run(bool keep_log) {
    if (keep_log) {
      who_.keep_log(result_.log);
    }
    field_.clear();
    field_.set_clipboard("");
    if (any_.chance(8)) {
      who_.program_sets(carrier_words(any_, 2, " "));
    }
    visits_.enter();
    if (any_.chance(70)) {
      who_.type(carrier_words(any_, any_.between(1, 5)) + " ");
    }
    who_.type(what_.before);
    result_.way = canary_entry{who_, what_, visits_}.put_in();
    if (any_.chance(60)) {
      finish_line(who_);
      who_.type(" " + carrier_words(any_, any_.between(1, 4)));
    }
    for (auto edits = visits_.completed() ? 0 : any_.below(6); edits > 0; --edits) {
      random_edit(who_);
    }
    visits_.leave();
    if (!visits_.over() && !visits_.completed() && any_.chance(30)) {
      if (visits_.away()) {
        visits_.come_back();
      }
      for (auto edits = any_.between(1, 3); edits > 0; --edits) {
        random_edit(who_);
      }
      visits_.leave();
    }
    auto const last = field_.text();
    result_.final_text = last.empty() ? visits_.taken() : last;
    return result_;
  }

private:
  /// Nothing can know a canary that is part of a longer word.
  void look() {
    if (result_.held_canary) {
      return;
    }
    auto const text = narrowed(field_.text());
    auto const whole = what_.whole();
    auto const is_word = [&text](std::size_t at) {
      bool const accented = at < text.size() && (static_cast<unsigned char>(text[at]) & 0xe0u) == 0xc0u;
      bool const ends_accented =
          at > 0 && at < text.size() && (static_cast<unsigned char>(text[at - 1]) & 0xe0u) == 0xc0u;
      return at < text.size() &&
             (base62.find(text[at]) != std::string_view::npos || accented || ends_accented);
    };
    for (auto at = text.find(whole); at != std::string::npos; at = text.find(whole, at + 1)) {
      result_.held_canary = result_.held_canary || (!is_word(at - 1) && !is_word(at + whole.size()));
    }
  }

  typist& who_;
  canary const& what_;
  random_numbers& any_;
  editor& field_;
  field_visits visits_;
  script_result result_{};
};

} // namespace leaks
