#include <overt/redact/edit/edit_paths.hpp>

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <overt_test/catch.hpp>

namespace {

using overt::redact::edit_kind;
using overt::redact::edit_op;
using overt::redact::edit_paths;
using overt::redact::edit_text;

struct session {
  std::u32string characters;
  std::vector<edit_op> steps;

  session& type(std::u32string_view what) {
    for (auto const one : what) {
      steps.push_back(
          {.kind = edit_kind::insert, .character = static_cast<std::uint16_t>(characters.size())});
      characters += one;
    }
    return *this;
  }
  session& press(edit_kind kind, int times = 1) {
    steps.insert(steps.end(), static_cast<std::size_t>(times), edit_op{.kind = kind});
    return *this;
  }
  std::u32string shown(edit_text const& text) const {
    std::u32string all;
    for (std::size_t i = 0; i < text.size(); ++i) {
      all += characters[text[i]];
    }
    return all;
  }

  /// Every state on the ways that lead to `end`; empty when there is none.
  std::set<std::u32string> states(std::u32string_view end) const {
    edit_paths paths;
    std::set<std::u32string> seen;
    bool const resolved = paths.resolve(
        steps, [&](std::uint16_t number) { return characters[number]; },
        [&](edit_text const& text) { return shown(text) == end; },
        [&](edit_text const& text) { seen.insert(shown(text)); }, [](edit_text const&) {});
    return resolved ? seen : std::set<std::u32string>{};
  }
};

} // namespace

TEST_CASE("a click is resolved by where the text ended up", "[redact][edit]") {
  auto const states =
      session{}.type(U"one three").press(edit_kind::place).type(U"two ").states(U"one two three");
  CHECK(states.count(U"one t") == 1);
  CHECK(states.count(U"one tthree") == 1);
  CHECK(states.count(U"tone three") == 0);
  CHECK(session{}.type(U"ab").press(edit_kind::place).type(U"x").states(U"aby").empty());
}

TEST_CASE("undo goes back to a state that there was", "[redact][edit]") {
  auto const states = session{}.type(U"first words").press(edit_kind::undo).type(U"x").states(U"firstx");
  CHECK(states.count(U"first words") == 1);
  CHECK(session{}.type(U"first").press(edit_kind::undo, 5).states(U"fir").count(U"fir") == 1);
  CHECK(session{}.type(U"first").press(edit_kind::undo).states(U"never").empty());
}

TEST_CASE("undo goes back to between erasing a selection and typing", "[redact][edit]") {
  auto const states =
      session{}.type(U"abc").press(edit_kind::select_all).type(U"x").press(edit_kind::undo).states(U"");
  CHECK(states.count(U"x") == 1);
}

TEST_CASE("words are tried as each toolkit cuts them", "[redact][edit]") {
  auto const steps = session{}.type(U"one two.").press(edit_kind::erase_word_left);
  CHECK_FALSE(steps.states(U"one two").empty()); // Qt: the sign is a word
  CHECK_FALSE(steps.states(U"one ").empty());    // Pango
  CHECK(steps.states(U"one").empty());
}

TEST_CASE("what would take too long stays unresolved", "[redact][edit]") {
  session many;
  many.type(std::u32string(200, U'a'));
  for (int i = 0; i < 10; ++i) {
    many.press(edit_kind::place).type(U"b");
  }
  CHECK(many.states(std::u32string(210, U'c')).empty());
}
