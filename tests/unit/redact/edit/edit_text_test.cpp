#include <overt/redact/edit/edit_text.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

namespace {

using overt::redact::edit_effect;
using overt::redact::edit_kind;
using overt::redact::edit_op;
using overt::redact::edit_text;
using overt::redact::word_rule;

/// A text with its characters.
struct editor {
  std::unique_ptr<edit_text> text = std::make_unique<edit_text>();
  std::u32string characters;

  auto at() const {
    return [this](std::uint16_t number) { return characters[number]; };
  }
  editor& type(std::u32string_view what) {
    for (auto const one : what) {
      characters += one;
      auto const number = static_cast<std::uint16_t>(characters.size() - 1);
      CHECK(text->apply({.kind = edit_kind::insert, .character = number}, word_rule::qt, at()) ==
            edit_effect::changed);
    }
    return *this;
  }
  editor& press(edit_kind kind, int times = 1, bool extend = false) {
    for (; times > 0; --times) {
      static_cast<void>(text->apply({.kind = kind, .extend = extend}, word_rule::qt, at()));
    }
    return *this;
  }
  std::u32string shown() const {
    std::u32string all;
    for (std::size_t i = 0; i < text->size(); ++i) {
      all += characters[(*text)[i]];
    }
    return all;
  }
};

} // namespace

TEST_CASE("typing, moving and erasing", "[redact][edit]") {
  CHECK(editor{}.type(U"abc").press(edit_kind::left).type(U"x").shown() == U"abxc");
  CHECK(editor{}.type(U"abc").press(edit_kind::erase_left, 2).shown() == U"a");
  CHECK(editor{}.type(U"abc").press(edit_kind::home).press(edit_kind::erase_right).shown() == U"bc");
  CHECK(editor{}.type(U"abc").press(edit_kind::home).type(U"x").press(edit_kind::end).type(U"y").shown() ==
        U"xabcy");
  CHECK(editor{}.press(edit_kind::erase_left).press(edit_kind::erase_right).shown().empty());
}

TEST_CASE("selections are typed over, cut and left", "[redact][edit]") {
  CHECK(editor{}.type(U"abcd").press(edit_kind::left, 2, true).type(U"x").shown() == U"abx");
  CHECK(editor{}.type(U"abcd").press(edit_kind::select_all).type(U"x").shown() == U"x");
  CHECK(editor{}.type(U"abcd").press(edit_kind::left, 2, true).press(edit_kind::cut).shown() == U"ab");
  CHECK(editor{}.type(U"abcd").press(edit_kind::left, 2, true).press(edit_kind::left).type(U"x").shown() ==
        U"abxcd");
  CHECK(editor{}.type(U"abcd").press(edit_kind::left, 2, true).press(edit_kind::right).type(U"x").shown() ==
        U"abcdx");
  CHECK(editor{}.type(U"abcd").press(edit_kind::home, 1, true).press(edit_kind::erase_left).shown().empty());
  CHECK(editor{}.type(U"abcd").press(edit_kind::cut).shown() == U"abcd"); // nothing is selected
}

TEST_CASE("words", "[redact][edit]") {
  CHECK(editor{}.type(U"one two").press(edit_kind::erase_word_left).shown() == U"one ");
  CHECK(editor{}.type(U"one two").press(edit_kind::home).press(edit_kind::erase_word_right).shown() ==
        U"two");
  editor differs;
  differs.type(U"one two.");
  CHECK(differs.text->depends_on_rule({.kind = edit_kind::erase_word_left}, differs.at()));
  editor same;
  same.type(U"one two");
  CHECK_FALSE(same.text->depends_on_rule({.kind = edit_kind::erase_word_left}, same.at()));
}

TEST_CASE("a step beyond the edge is right only if nothing else is there", "[redact][edit]") {
  CHECK_FALSE(editor{}.type(U"abc").press(edit_kind::left, 2).text->assumes_whole());
  CHECK(editor{}.type(U"abc").press(edit_kind::left, 4).text->assumes_whole());
  CHECK(editor{}.type(U"abc").press(edit_kind::right).text->assumes_whole());
  CHECK(editor{}.type(U"abc").press(edit_kind::home).text->assumes_whole());
  CHECK(editor{}.type(U"abc").press(edit_kind::select_all).text->assumes_whole());
  CHECK_FALSE(editor{}.press(edit_kind::end).type(U"abc").text->assumes_whole());
}

TEST_CASE("what only the program can tell is a choice", "[redact][edit]") {
  edit_text text;
  auto const none = [](std::uint16_t) { return U'a'; };
  for (auto const kind : {edit_kind::undo, edit_kind::place, edit_kind::select}) {
    CHECK(text.apply({.kind = kind}, word_rule::qt, none) == edit_effect::choice);
  }
}

TEST_CASE("random steps agree with a text that is edited as one string", "[redact][edit]") {
  std::mt19937 random{7};
  for (int round = 0; round < 2000; ++round) {
    editor ours;
    std::u32string theirs;
    std::size_t caret = 0;
    std::size_t anchor = 0;
    for (int step = 0; step < 40; ++step) {
      auto const from = [&] { return std::min(caret, anchor); };
      auto const to = [&] { return std::max(caret, anchor); };
      auto const erase_selected = [&] {
        bool const any = caret != anchor;
        theirs.erase(from(), to() - from());
        caret = anchor = from();
        return any;
      };
      bool const extend = random() % 3 == 0;
      switch (random() % 6) {
      case 0:
      case 1: {
        auto const letter = static_cast<char32_t>(U'a' + random() % 26);
        erase_selected();
        theirs.insert(caret, 1, letter);
        anchor = ++caret;
        ours.type({&letter, 1});
        break;
      }
      case 2:
        if (!erase_selected() && caret > 0) {
          theirs.erase(--caret, 1);
          anchor = caret;
        }
        ours.press(edit_kind::erase_left);
        break;
      case 3:
        if (!erase_selected() && caret < theirs.size()) {
          theirs.erase(caret, 1);
        }
        ours.press(edit_kind::erase_right);
        break;
      case 4:
        if (!extend && caret != anchor) {
          caret = from();
        } else if (caret > 0) {
          --caret;
        }
        anchor = extend ? anchor : caret;
        ours.press(edit_kind::left, 1, extend);
        break;
      default:
        if (!extend && caret != anchor) {
          caret = to();
        } else if (caret < theirs.size()) {
          ++caret;
        }
        anchor = extend ? anchor : caret;
        ours.press(edit_kind::right, 1, extend);
        break;
      }
      REQUIRE(ours.shown() == theirs);
      REQUIRE(ours.text->caret() == caret);
    }
  }
}

TEST_CASE("where words end in scripts without spaces only the program can tell", "[redact][edit]") {
  auto const depends = [](std::u32string_view what) {
    editor one;
    one.type(what);
    return one.text->depends_on_rule({.kind = edit_kind::word_left}, one.at());
  };
  CHECK_FALSE(depends(U"one two"));
  CHECK_FALSE(depends(U"café über"));
  CHECK_FALSE(depends(U"доброе утро"));
  CHECK(depends(U"今天 会议"));
  CHECK(depends(U"ｗｉｄｅ　４５"));
}

TEST_CASE("L5 a step into something that was pasted leads nobody knows where", "[redact][edit][leak]") {
  editor one; // "ab_cd": the middle was pasted
  one.type(U"ab");
  one.characters += U'\0';
  static_cast<void>(one.text->apply({.kind = edit_kind::paste, .character = 2}, word_rule::qt, one.at()));
  auto const depends = [&](edit_kind kind) { return one.text->depends_on_rule({.kind = kind}, one.at()); };
  CHECK(depends(edit_kind::left));
  CHECK(depends(edit_kind::erase_left));
  CHECK(depends(edit_kind::word_left));
  CHECK(depends(edit_kind::erase_word_left));
  CHECK_FALSE(depends(edit_kind::right));
  CHECK_FALSE(depends(edit_kind::home));
  one.type(U" cd");
  CHECK_FALSE(depends(edit_kind::left));
  CHECK_FALSE(depends(edit_kind::erase_left));
  one.press(edit_kind::home).press(edit_kind::right, 2);
  CHECK(depends(edit_kind::right));
  CHECK(depends(edit_kind::erase_right));
  CHECK(depends(edit_kind::word_right));
  one.press(edit_kind::select_all);
  CHECK_FALSE(depends(edit_kind::erase_right));
  CHECK_FALSE(depends(edit_kind::erase_word_left));
}
