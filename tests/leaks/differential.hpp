#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <overt/detail/utf8.hpp>
#include <overt/redact/edit/edit_op.hpp>
#include <overt/redact/edit/edit_text.hpp>
#include <overt/redact/edit/word_bounds.hpp>
#include <overt_test/keys.hpp>

#include "canaries.hpp"
#include "edit_script.hpp"
#include "options.hpp"

namespace leaks {

/// The library's edit model beside an editor that is not ours. After a step that only the program can know (a
/// click, undo, a paste), the model is told what the editor has; after all others the two must have the same
/// text, caret and selection.
class shadow {
public:
  explicit shadow(editor const& field) : field_{field} { follow(); }

  /// True: the same. `what`: null for a step that was no key.
  bool step(stroke const* what) {
    if (what == nullptr) {
      undoing_ = false;
      follow();
      return true;
    }
    auto const meant = overt_test::with_clearance([&](overt::clearance const& look) {
      return overt::redact::meaning_of(typing_session::key_of(*what, overt::key_phase::press), look);
    });
    using overt::redact::edit_kind;
    auto op = meant.op;
    // What QLineEdit 5.15 has selected after undoing is not always what it says, up to the caret behind the
    // end.
    undoing_ = undoing_ || op.kind == edit_kind::undo;
    bool const known = meant.effect == overt::redact::key_effect::edits && op.kind != edit_kind::paste &&
                       op.kind != edit_kind::unknown;
    if (what->is_waiting) {
      return true; // it makes a later character
    }
    if (op.kind == edit_kind::insert) {
      op.character = what->made.empty()
                         ? static_cast<std::uint16_t>(static_cast<unsigned char>(what->character))
                         : numbers_of(what->made).front();
    }
    auto const at = [](std::uint16_t number) { return static_cast<char32_t>(number); };
    // Where words end in Chinese, and among wide forms, the model leaves to the program.
    bool const unclear = has_unclear_words() && model_.depends_on_rule(op, at);
    bool const lines =
        text().find('\n') != std::string::npos || field_.text().find('\n') != std::string::npos;
    if (!known || unclear ||
        model_.apply(op, overt::redact::word_rule::qt, at) == overt::redact::edit_effect::choice) {
      follow();
      return true;
    }
    if (undoing_ || lines) {
      follow(); // of lines the model knows nothing
      return true;
    }
    ++compared_;
    bool const same = text() == field_.text() && model_.caret() == field_.caret();
    if (!same) {
      told_ = "the model has \"" + text() + "\" and the caret at " + std::to_string(model_.caret()) +
              ", the editor \"" + field_.text() + "\" and " + std::to_string(field_.caret());
      follow();
    }
    return same;
  }

  [[nodiscard]] std::uint64_t compared() const noexcept { return compared_; }
  [[nodiscard]] std::string const& told() const noexcept { return told_; }

private:
  [[nodiscard]] std::string text() const {
    std::string made;
    for (std::size_t i = 0; i < model_.size(); ++i) {
      std::array<char, 4> bytes{};
      made.append(bytes.data(), overt::detail::encode_utf8(model_[i], bytes.data()));
    }
    return made;
  }

  [[nodiscard]] bool has_unclear_words() const {
    bool unclear = false;
    for (std::size_t i = 0; i < model_.size(); ++i) {
      unclear = unclear || !overt::redact::detail::has_clear_word_class(model_[i]);
    }
    return unclear;
  }

  /// Characters are numbered by themselves; none is beyond the first 65,536.
  [[nodiscard]] static std::vector<std::uint16_t> numbers_of(std::string_view text) {
    std::vector<std::uint16_t> numbers;
    while (!text.empty()) {
      auto const one = overt::detail::decode_utf8(text);
      numbers.push_back(static_cast<std::uint16_t>(one.character));
      text.remove_prefix(std::max<std::size_t>(one.size, 1));
    }
    return numbers;
  }

  void follow() {
    model_.restore(numbers_of(field_.text()), field_.caret());
    auto const begin = field_.selection_begin();
    auto const end = field_.selection_end();
    field_.caret() == begin ? model_.select(end, begin) : model_.select(begin, end);
  }

  editor const& field_;
  overt::redact::edit_text model_;
  bool undoing_ = false;
  std::uint64_t compared_ = 0;
  std::string told_{};
};

/// 0: the same in every step.
inline int compare_models(options const& given) {
  auto const field = make_editor(given.editor);
  if (field == nullptr) {
    return 2;
  }
  rhythm beats{given.data};
  auto const my_data = make_my_data(given.seed);
  std::uint64_t steps = 0;
  std::uint64_t wrong = 0;
  for (auto index = given.from; index < given.from + given.scripts; ++index) {
    random_numbers any{given.seed, index};
    auto const planted = make_canary(any, static_cast<canary_kind>(index % canary_kinds), my_data);
    silent_session session{beats, any};
    typist who{*field, session, any};
    who.pauses = false;
    field->clear();
    auto const model = std::make_unique<shadow>(*field);
    who.watch = [&](stroke const* what) {
      if (!model->step(what) && ++wrong <= 10) {
        std::printf("script %llu, %s: %s\n", static_cast<unsigned long long>(index),
                    typist::name_of(*what).c_str(), model->told().c_str());
      }
    };
    auto const done = edit_script{who, planted}.run(given.verbose);
    if (given.verbose) {
      std::printf("%s\n", done.log.c_str());
    }
    steps += model->compared();
  }
  std::printf("%llu scripts, %llu steps compared, %llu differ\n",
              static_cast<unsigned long long>(given.scripts), static_cast<unsigned long long>(steps),
              static_cast<unsigned long long>(wrong));
  return wrong == 0 && steps > 0 ? 0 : 1;
}

} // namespace leaks
