#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <overt/redact/edit/edit_op.hpp>
#include <overt/redact/edit/edit_text.hpp>

namespace overt::inline v0::redact {

/// Finds out what steps did that can lead to several places: a click, undo, words that toolkits cut
/// differently. Tries every way they can have gone, and keeps those at whose end stands what the program
/// says.
///
/// Depth-first, with a budget: what takes longer stays unresolved. Holds numbers of characters, no content.
/// Its memory is used again for the next session.
class edit_paths {
public:
  static constexpr std::size_t most_steps = 40'000;
  static constexpr std::size_t most_matches = 32;
  static constexpr std::size_t most_choices = 12;

  /// Whether all ways were tried, and some led there. `at(number)` is a character; `is_there(edit_text
  /// const&)` whether a text is what the program says; `revision(edit_text const&)` is called for every state
  /// on each way that led there, `arrived(edit_text const&)` at its end.
  template <class At, class IsThere, class Revision, class Arrived>
  [[nodiscard]] bool resolve(std::span<edit_op const> steps, At&& at, IsThere&& is_there, Revision&& revision,
                             Arrived&& arrived) {
    steps_ = steps;
    left_ = most_steps;
    matches_.clear();
    matched_ = 0;
    path_.clear();
    forget_states();
    bool const all = search(0, edit_text{}, at, is_there);
    if (!all || matched_ == 0) {
      return false;
    }
    std::size_t from = 0;
    for (std::size_t i = 0; i < matched_; ++i) { // each way, by its choices
      auto const length = matches_[from];
      follow(std::span{matches_}.subspan(from + 1, length), at, revision, arrived);
      from += length + 1;
    }
    return true;
  }

private:
  /// A text that there was: where its numbers stand in `numbers_`, the caret when it arose and when it was
  /// left.
  struct state {
    std::size_t offset = 0;
    std::uint16_t size = 0;
    std::uint16_t arose = 0;
    std::uint16_t caret = 0;
  };

  void forget_states() {
    numbers_.clear();
    states_.clear();
  }

  void keep_state(edit_text const& text) {
    state made{numbers_.size(), static_cast<std::uint16_t>(text.size()),
               static_cast<std::uint16_t>(text.caret()), static_cast<std::uint16_t>(text.caret())};
    for (std::size_t i = 0; i < text.size(); ++i) {
      numbers_.push_back(text[i]);
    }
    states_.push_back(made);
  }

  [[nodiscard]] std::span<std::uint16_t const> numbers_of(state const& of) const {
    return std::span{numbers_}.subspan(of.offset, of.size);
  }

  [[nodiscard]] bool same(state const& of, edit_text const& text) const {
    auto const numbers = numbers_of(of);
    for (std::size_t i = 0; i < numbers.size() && numbers.size() == text.size(); ++i) {
      if (numbers[i] != text[i]) {
        return false;
      }
    }
    return numbers.size() == text.size();
  }

  /// How many ways step `i` can go in `text`.
  template <class At>
  [[nodiscard]] std::size_t ways(std::size_t i, edit_text const& text, At&& at) const {
    switch (steps_[i].kind) {
    case edit_kind::undo: return states_.size() * 2;
    case edit_kind::place: return text.size() + 1;
    case edit_kind::select: return (text.size() + 1) * (text.size() + 1);
    default: return text.depends_on_rule(steps_[i], at) ? 2 : 1;
    }
  }

  /// Takes step `i` in way number `way`. False: that way is another's twin.
  template <class At>
  [[nodiscard]] bool take(std::size_t i, std::size_t way, edit_text& text, At&& at) {
    switch (steps_[i].kind) {
    case edit_kind::undo: {
      auto const& back = states_[way / 2];
      auto const caret = way % 2 == 0 ? back.caret : back.arose;
      if (way % 2 == 1 && back.caret == back.arose) {
        return false;
      }
      text.restore(numbers_of(back), caret);
      return true;
    }
    case edit_kind::place: text.place_caret(way); return true;
    case edit_kind::select: text.select(way / (text.size() + 1), way % (text.size() + 1)); return true;
    default: break;
    }
    auto const step = steps_[i];
    if ((step.kind == edit_kind::insert || step.kind == edit_kind::paste) && text.erase_selection()) {
      keep_state(text); // undo may come back to it
    }
    return text.apply(step, way == 0 ? word_rule::qt : word_rule::pango, at) != edit_effect::full;
  }

  /// Remembers where the text went; `undo` after `undo` is one step back, however many there are.
  void arrive(edit_text const& text) {
    if (states_.empty() || !same(states_.back(), text)) {
      keep_state(text);
    } else {
      states_.back().caret = static_cast<std::uint16_t>(text.caret());
    }
  }
  [[nodiscard]] bool repeats(std::size_t i) const {
    return i > 0 && steps_[i].kind == steps_[i - 1].kind &&
           (steps_[i].kind == edit_kind::undo || steps_[i].kind == edit_kind::place);
  }

  /// False when the budget is used up.
  template <class At, class IsThere>
  [[nodiscard]] bool search(std::size_t i, edit_text text, At&& at, IsThere&& is_there) {
    if (i == 0) {
      arrive(text);
    }
    for (; i < steps_.size(); ++i) {
      if (left_ == 0) {
        return false;
      }
      --left_;
      if (repeats(i)) {
        continue;
      }
      auto const count = ways(i, text, at);
      if (count > 1) {
        return search_each(i, count, text, at, is_there);
      }
      if (!take(i, 0, text, at)) {
        return true;
      }
      arrive(text);
    }
    if (is_there(text)) {
      if (matched_ == most_matches) {
        return false;
      }
      ++matched_;
      matches_.push_back(static_cast<std::uint32_t>(path_.size()));
      matches_.insert(matches_.end(), path_.begin(), path_.end());
    }
    return true;
  }

  template <class At, class IsThere>
  [[nodiscard]] bool search_each(std::size_t i, std::size_t count, edit_text const& text, At&& at,
                                 IsThere&& is_there) {
    if (path_.size() == most_choices) {
      return false;
    }
    auto const states = states_.size();
    auto const last = states_.back();
    for (std::size_t way = 0; way < count; ++way) {
      auto tried = text;
      if (take(i, way, tried, at)) {
        path_.push_back(static_cast<std::uint32_t>(way));
        arrive(tried);
        bool const all = search(i + 1, tried, at, is_there);
        path_.pop_back();
        if (!all) {
          return false;
        }
      }
      states_.resize(states);
      states_.back() = last;
      numbers_.resize(last.offset + last.size);
    }
    return true;
  }

  template <class At, class Revision, class Arrived>
  void follow(std::span<std::uint32_t const> choices, At&& at, Revision&& revision, Arrived&& arrived) {
    forget_states();
    edit_text text;
    arrive(text);
    std::size_t next = 0;
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      if (repeats(i)) {
        continue;
      }
      auto const way = ways(i, text, at) > 1 ? choices[next++] : 0;
      static_cast<void>(take(i, way, text, at));
      arrive(text);
      revision(text);
    }
    arrived(text);
  }

  std::span<edit_op const> steps_{};
  std::vector<std::uint16_t> numbers_;
  std::vector<state> states_;
  std::vector<std::uint32_t> path_;
  std::vector<std::uint32_t> matches_; ///< of each way that led there: how many choices, and which
  std::size_t matched_ = 0;
  std::size_t left_ = 0;
};

} // namespace overt::inline v0::redact
