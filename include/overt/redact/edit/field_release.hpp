#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include <overt/detail/secure_memory.hpp>
#include <overt/detail/utf8.hpp>
#include <overt/event/text.hpp>
#include <overt/redact/edit/composed_match.hpp>
#include <overt/redact/edit/edited_fields.hpp>
#include <overt/redact/edit/kept_back.hpp>
#include <overt/redact/edit/text_template.hpp>
#include <overt/redact/occasion.hpp>
#include <overt/redact/repetitions.hpp>

namespace overt::inline v0::redact {

/// How much of a text may leave.
enum class typed_value : std::uint8_t {
  amount,  ///< that something was typed, roughly how much and how long it took
  cleared, ///< and the text, with placeholders
};

constexpr auto enumerators(typed_value) { return std::array<std::string_view, 2>{"amount", "cleared"}; }

/// Decides what may leave of fields that were left.
struct field_release {
  detect::detectors const& detectors;
  typed_value tell;

  static constexpr literal rule{"typed_text"};
  /// How long a program has to say what stands there.
  static constexpr std::int64_t answer_ns = 3'000'000'000;
  static constexpr std::int64_t longest_ns = 600'000'000'000;
  static constexpr std::size_t longest_beginning = 64;

  /// Decides about all fields that are ready, those of one place together. `all`: about those too that still
  /// wait for the program to say what stands in them.
  void due(edited_fields& kept, timestamp now, bool all, disclosure const& unlock) const {
    kept.each([&](edited_field& one) {
      if (one.left && one.release == release_of::undecided && now - one.left_at > longest_ns) {
        one.release = release_of::abandoned; // nobody came back
      }
    });
    for (std::size_t i = 0; i < edited_fields::most_fields; ++i) { // each round decides about one place
      std::array<edited_field*, edited_fields::most_fields> group{};
      std::size_t const count = collect(kept, now, all, group, unlock);
      if (count == 0) {
        return;
      }
      decide(kept, std::span{group}.first(count), unlock);
    }
  }

  /// A text that a program tells by itself, of which no keys were seen.
  void told(edited_fields& kept, text const& what, std::optional<std::string_view> value, occasion const& at,
            bool missed, disclosure const& unlock) const {
    bool const by_hand = what.source == text_source::typed || what.source == text_source::composed;
    bool const known = !what.made_of.empty() && what.made_of.front() <= kept.decided_number;
    bool const late = kept.decided_number != 0 && by_hand &&
                      (known || (what.made_of.empty() && what.source == text_source::typed));
    if (late) {
      return; // it was told by its keys
    }
    text_facts const facts{what.source, at.head.time, 0};
    composed_text made{at.head.time, at.head.context, at.head.source, {}, {}};
    marked_text judged;
    auto doubt = !by_hand ? text_doubt::not_typed : missed ? text_doubt::interrupted : text_doubt::none;
    if (doubt == text_doubt::none && (!value || !judged.add_all(*value))) {
      doubt = text_doubt::unresolved;
    }
    if (doubt == text_doubt::none && !look_at(judged)) {
      doubt = text_doubt::unsearched;
    }
    auto const size = value ? value->size() : 0;
    if (doubt == text_doubt::none) {
      remember(kept, judged);
      write(made, judged, facts, unlock);
    } else {
      withhold(made, facts, size, doubt, unlock);
    }
    kept.ready.add(std::move(made));
  }

  /// Remembers what was found while it is being typed: it may show up in a title before the field is left.
  static void remember_found(edited_fields& kept, edited_field& one) {
    if (one.edit.found_more()) {
      one.edit.typed().each_found([&](std::u32string_view found, mark what) { remember(kept, found, what); });
    }
  }

private:
  /// The first place of which all fields are ready, in the order in which they were begun.
  [[nodiscard]] std::size_t collect(edited_fields& kept, timestamp now, bool all,
                                    std::array<edited_field*, edited_fields::most_fields>& group,
                                    clearance const& look) const {
    std::array<context const*, edited_fields::most_fields> waiting{};
    std::size_t waits = 0;
    kept.each([&](edited_field& one) {
      if (one.left && one.release != release_of::undecided && !all && !one.told_source &&
          now - one.left_at < answer_ns) {
        waiting[waits++] = &*one.where;
      }
    });
    std::size_t count = 0;
    kept.each([&](edited_field& one) {
      bool ready = one.left && one.release != release_of::undecided;
      for (std::size_t i = 0; i < waits; ++i) {
        ready = ready && !same_place(*waiting[i], *one.where, look);
      }
      if (ready && (count == 0 || same_place(*group[0]->where, *one.where, look))) {
        auto place = count++; // in the order in which they were begun
        for (; place > 0 && one.began < group[place - 1]->began; --place) {
          group[place] = group[place - 1];
        }
        group[place] = &one;
      }
    });
    return count;
  }

  void decide(edited_fields& kept, std::span<edited_field*> group, disclosure const& unlock) const {
    std::array<marked_text*, edited_fields::most_fields> texts{};
    std::size_t count = 0;
    auto& before = kept.before_in(group[0]->where, unlock);
    for (std::size_t i = 0; i < group.size(); ++i) {
      look_back(before, group.first(i), *group[i]);
      judge(*group[i], kept);
      if (group[i]->verdict == edit_verdict::certain) {
        texts[count++] = &group[i]->judged;
      }
    }
    bool const looked = before.judge(std::span{texts}.first(count), detectors);
    withhold_returned(group);
    // What cannot be judged together with what came after it is treated as left in the middle.
    bool const together = count == group.size();
    for (auto* const one : group) {
      kept.decided_number = std::max(kept.decided_number, one->last_number);
      if (one->verdict == edit_verdict::certain && looked) {
        keep_back_end(one->judged, together || one == group.back() ? one->release : release_of::abandoned);
      }
      one->edit.typed().each_found(
          [&](std::u32string_view found, mark what) { remember(kept, found, what); });
      remember(kept, one->judged);
    }
    for (auto* const one : group) {
      before.add(one->judged, one->release);
      repeat(kept, one->judged);
      if (one->edit.entered_any()) {
        emit(kept, *one, looked, unlock);
      }
      one->end();
    }
  }

  /// Joins what was typed with what was filled in before it, as it grew: it may be gone from there by now.
  /// Nothing that is found has more characters after the break than this.
  void look_back(joined_texts const& before, std::span<edited_field* const> earlier,
                 edited_field& one) const {
    bool looked = true;
    if (before.empty() && earlier.empty()) {
      return;
    }
    for (std::size_t length = 1; length <= longest_beginning && looked; ++length) {
      marked_text typed;
      one.edit.typed().add_to(typed, length < longest_beginning ? length : marked_text::capacity);
      if (length < longest_beginning && typed.size() < length) {
        continue; // it is shorter: the last round looks at all of it
      }
      looked = before.judge_typed(typed, detectors);
      for (auto* const each : earlier) {
        looked = looked && joined_texts::judge_pair(each->judged, typed, detectors);
      }
      for (std::size_t i = 0; i < typed.size(); ++i) {
        one.edit.mark_typed(i, typed.mark_at(i));
      }
    }
    one.interrupted = one.interrupted || !looked;
  }

  /// What was left and come back to, and could not be judged together with what came of it, does not leave.
  /// Nor does what may go on from something that nobody is certain of, where no program says what stands
  /// there.
  static void withhold_returned(std::span<edited_field* const> group) {
    for (std::size_t later = 1; later < group.size(); ++later) {
      for (std::size_t i = 0; i < later && group[later]->verdict != edit_verdict::certain; ++i) {
        auto const value = group[later]->heard();
        bool const elsewhere = value && !group[i]->judged.stands_in(*value);
        group[i]->interrupted = group[i]->interrupted || !elsewhere;
      }
      for (std::size_t i = 0; i < later && !group[later]->heard(); ++i) {
        group[later]->interrupted = group[later]->interrupted || group[i]->verdict != edit_verdict::certain;
      }
    }
  }

  /// Finds out what stands in the field in the end.
  void judge(edited_field& one, edited_fields& kept) const {
    bool const composed = one.told_source == text_source::composed;
    kept.input_method = kept.input_method || composed || (one.heard() && is_composed(*one.heard()));
    one.verdict = one.edit.finish(composed ? std::nullopt : one.heard(), detectors, kept.paths(), one.judged);
    if (!composed) {
      if (kept.input_method && !one.heard()) {
        one.verdict = edit_verdict::unresolved;
      }
      return;
    }
    // Its keys were those of an input method: what they made is what the program says.
    bool found = false;
    one.edit.typed().each_found([&](std::u32string_view, mark) { found = true; });
    one.judged.clear();
    auto const value = one.heard();
    // What was taken back on the way, or stood there before, the value does not tell apart.
    marked_text typed;
    one.edit.typed().add_to(typed);
    bool const known =
        one.edit.only_put_in() && value && one.judged.add_all(*value) && is_composed_of(typed, one.judged);
    one.verdict = found                         ? edit_verdict::disagreed
                  : !known                      ? edit_verdict::unresolved
                  : look_at_growing(one.judged) ? edit_verdict::certain
                                                : edit_verdict::unsearched;
  }

  /// Looks at a text as it grew, character by character.
  [[nodiscard]] bool look_at_growing(marked_text& what) const {
    marked_text grown;
    bool looked = true;
    for (std::size_t i = 0; i < what.size() && looked; ++i) {
      looked = grown.add(what[i]) &&
               grown.scan(detectors, [&](std::size_t begin, std::size_t end, detect::entity found) {
                 what.set_marks(begin, end, mark::of(found));
               });
    }
    return looked;
  }

  /// Whether a program says something that no key of a layout puts in: Hangul, kana, Chinese.
  [[nodiscard]] static bool is_composed(std::string_view value) noexcept {
    for (std::size_t i = 0; i < value.size();) {
      auto const one = v0::detail::decode_utf8(value.substr(i));
      if (one.size == 0 || (one.character >= 0x1100 && one.character < 0x1200) || one.character >= 0x2e80) {
        return one.size != 0;
      }
      i += one.size;
    }
    return false;
  }

  void emit(edited_fields& kept, edited_field& one, bool looked, disclosure const& unlock) const {
    text_facts const facts{one.told_source.value_or(text_source::typed), one.began, one.last - one.began,
                           one.follows};
    composed_text made{one.left_at, one.where, one.source, {}, {}};
    auto const doubt = one.interrupted                                      ? text_doubt::interrupted
                       : facts.took_ns > longest_ns                         ? text_doubt::too_slow
                       : one.told_source == text_source::filled             ? text_doubt::not_typed
                       : one.verdict == edit_verdict::disagreed             ? text_doubt::disagreed
                       : one.verdict == edit_verdict::unresolved            ? text_doubt::unresolved
                       : one.verdict == edit_verdict::too_long              ? text_doubt::too_long
                       : one.verdict == edit_verdict::unsearched || !looked ? text_doubt::unsearched
                                                                            : text_doubt::none;
    if (doubt != text_doubt::none) {
      withhold(made, facts, one.edit.steps(), doubt, unlock);
    } else if (one.judged.size() > 0) {
      write(made, one.judged, facts, unlock);
    } else {
      return; // all of it was taken back
    }
    kept.ready.add(std::move(made));
  }

  void write(composed_text& made, marked_text const& judged, text_facts const& facts,
             disclosure const& unlock) const {
    if (tell == typed_value::amount) {
      return withhold(made, facts, judged.size(), text_doubt::by_policy, unlock);
    }
    made.what.emplace(write_template(judged, facts));
    auto& what = *made.what;
    what.value.disclose(unlock);
    what.size.disclose(unlock);
    for (auto& entity : what.entities) {
      entity.begin.disclose(unlock);
      entity.end.disclose(unlock);
      made.notes.set_rule(rule);
      made.notes.add(entity.type, redaction_action::masked, entity.size);
    }
  }

  void withhold(composed_text& made, text_facts const& facts, std::size_t size, text_doubt why,
                disclosure const& unlock) const {
    made.what.emplace(withheld_text(facts, size, why));
    made.what->size.disclose(unlock);
    made.notes.set_rule(rule);
    made.notes.add({}, redaction_action::withheld, bucket_of(size));
  }

  [[nodiscard]] bool look_at(marked_text& what) const {
    return what.scan(detectors, [&](std::size_t begin, std::size_t end, detect::entity found) {
      what.set_marks(begin, end, mark::of(found));
    });
  }

  /// Of an address only what stands before the "@" is personal: "example" would be in many texts.
  static void remember(edited_fields& kept, std::u32string_view found, mark what) noexcept {
    if (what == mark::of(detect::entity::email)) {
      found = found.substr(0, found.find(U'@'));
    }
    kept.seen().add(found);
  }

  static void remember(edited_fields& kept, marked_text const& text) {
    std::array<char32_t, marked_text::capacity> characters; // not filled: only what is written is read
    for (std::size_t i = 0; i < text.size();) {
      auto const end = detail::end_of_stretch(text, i);
      if (text.mark_at(i).is_entity()) {
        for (auto at = i; at < end; ++at) {
          characters[at - i] = text[at];
        }
        remember(kept, std::u32string_view{characters.data(), end - i}, text.mark_at(i));
        v0::detail::wipe(characters.data(), (end - i) * sizeof(char32_t));
      }
      i = end;
    }
  }

  /// Marks what repeats something personal from another field.
  static void repeat(edited_fields& kept, marked_text& text) {
    std::array<char32_t, marked_text::capacity> characters;
    for (std::size_t i = 0; i < text.size(); ++i) {
      characters[i] = text[i];
    }
    kept.seen().find({characters.data(), text.size()}, [&](std::size_t begin, std::size_t end) {
      text.set_marks(begin, end, mark::kept_back());
    });
    v0::detail::wipe(characters.data(), text.size() * sizeof(char32_t));
  }
};

} // namespace overt::inline v0::redact
