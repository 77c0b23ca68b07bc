#include <overt/redact/edit/field_edit.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <overt/event/arena_string.hpp>

#include <overt_test/catch.hpp>

namespace {

using overt::redact::edit_kind;
using overt::redact::edit_verdict;

struct field {
  std::unique_ptr<overt::redact::field_edit> edit = std::make_unique<overt::redact::field_edit>();
  overt::redact::edit_paths paths;
  std::unique_ptr<overt::redact::marked_text> text = std::make_unique<overt::redact::marked_text>();
  overt::detect::detectors detectors = overt::detect::all();

  field& type(std::string_view what) {
    edit->enter(what, detectors);
    return *this;
  }
  field& press(edit_kind kind, int times = 1) {
    for (; times > 0; --times) {
      edit->take({.kind = kind}, detectors);
    }
    return *this;
  }
  edit_verdict finish(std::optional<std::string_view> value = std::nullopt) {
    return edit->finish(value, detectors, paths, *text);
  }
  /// The text, with "#" for each character that is marked.
  std::string shown() const {
    std::string all;
    for (std::size_t i = 0; i < text->size(); ++i) {
      all += text->mark_at(i).any() ? '#' : static_cast<char>((*text)[i]);
    }
    return all;
  }
};

} // namespace

TEST_CASE("a character is marked if it was ever part of something", "[redact][edit]") {
  field now;
  now.type("to a.qzvex@mailbox.example");
  CHECK(now.finish() == edit_verdict::certain);
  CHECK(now.shown() == "to #######################");
  field before;
  before.type("a.qzvex@mailbox.example").press(edit_kind::erase_left, 17);
  CHECK(before.finish() == edit_verdict::certain);
  CHECK(before.shown() == "######");
}

TEST_CASE("the program's value is compared, searched and cut to what was typed", "[redact][edit]") {
  field within;
  CHECK(within.type("cde").finish("ab cde fg") == edit_verdict::certain);
  CHECK(within.shown() == "cde");
  field other;
  CHECK(other.type("cde").finish("ab cdx fg") == edit_verdict::disagreed);
  field joined; // half of it stood there before
  CHECK(joined.type("vex@mailbox.example").finish("a.qz vex@mailbox.example") == edit_verdict::certain);
  CHECK(joined.shown() == "###################");
  field whole;
  CHECK(whole.type("cde").press(edit_kind::home).type("x").finish("ab xcde") == edit_verdict::disagreed);
  field broken;
  CHECK(broken.type("cde").finish("\xff") == edit_verdict::too_long);
}

TEST_CASE("typographic quotes are no disagreement", "[redact][edit]") {
  field quoted;
  CHECK(quoted.type("a \"b\"").finish("a “b”") == edit_verdict::certain);
}

TEST_CASE("what is not certain needs the program's value", "[redact][edit]") {
  for (auto const kind : {edit_kind::undo, edit_kind::unknown}) {
    field guesses;
    guesses.type("abc").press(kind).type("d");
    CHECK(guesses.finish() == edit_verdict::unresolved);
  }
  field trailing;
  trailing.type("abc").press(edit_kind::place);
  CHECK(trailing.finish() == edit_verdict::certain); // it went elsewhere, or nowhere
}

TEST_CASE("D4 a missed key needs the program's value", "[redact][edit]") {
  field missed;
  missed.type("abc");
  missed.edit->needs_value();
  CHECK(missed.finish() == edit_verdict::unresolved);
  CHECK(missed.finish("abc") == edit_verdict::certain);
  CHECK(missed.finish("abxc") == edit_verdict::disagreed);
}

TEST_CASE("it is bounded", "[redact][edit]") {
  field full;
  for (int i = 0; i < 450; ++i) {
    full.type("lorem ips ");
  }
  CHECK(full.finish() == edit_verdict::too_long);
}

TEST_CASE("L46 nothing stays when it is cleared", "[redact][edit]") {
  auto made = std::make_unique<overt::redact::field_edit>();
  made->enter("qzvexil", overt::detect::all());
  auto const holds = [&] {
    std::string_view const bytes{reinterpret_cast<char const*>(made.get()), sizeof *made};
    return bytes.find(std::string_view{"q\0\0\0z\0\0\0v", 9}) != std::string_view::npos;
  };
  CHECK(holds());
  made->clear();
  CHECK_FALSE(holds());
}

TEST_CASE("a capital where a sentence begins is no disagreement, elsewhere it is", "[redact][edit]") {
  field sentence;
  CHECK(sentence.type("hello. well").finish("Hello. Well") == edit_verdict::certain);
  CHECK(sentence.shown() == "Hello. Well");
  field word;
  CHECK(word.type("hello well").finish("hello Well") == edit_verdict::disagreed);
  field lower;
  CHECK(lower.type("Hello").finish("hello") == edit_verdict::disagreed);
}

TEST_CASE("a field that could not be searched does not spoil the next one", "[redact][edit]") {
  field used;
  auto const broken = [] {
    auto which = overt::detect::all();
    which.recognisers =
        std::make_shared<std::vector<overt::detect::recogniser> const>(std::vector{overt::detect::recogniser{
            "broken", [](std::string_view, overt::detect::findings&) { return false; }}});
    return which;
  }();
  used.edit->enter("abc", broken);
  CHECK(used.finish() == edit_verdict::unsearched);
  used.edit->clear();
  CHECK(used.type("abc").finish() == edit_verdict::certain);
}

TEST_CASE("an empty paste has no place in what the program says", "[redact][edit]") {
  field pasted;
  pasted.press(edit_kind::paste).type("abc");
  CHECK(pasted.finish("abc") == edit_verdict::certain);
  CHECK(pasted.shown() == "#abc");
}

TEST_CASE("L3 text that may have been dragged is withheld, whatever the program says",
          "[redact][edit][leak]") {
  field moved; // the second half was put behind the first with the mouse, and back
  moved.type("87636214864539 57").press(edit_kind::select).press(edit_kind::place);
  moved.edit->drag(moved.detectors);
  CHECK(moved.finish("87636214864539 57") == edit_verdict::unresolved);
  field chosen; // a word was chosen with the mouse, and typed over
  chosen.type("one two").press(edit_kind::place);
  chosen.edit->drag(chosen.detectors);
  chosen.type("three");
  CHECK(chosen.finish("one three") == edit_verdict::certain);
}

TEST_CASE("L4 a dead key puts in what comes of it, and needs the program where nothing does",
          "[redact][edit][leak]") {
  field made;
  made.type("caf").edit->wait_for_more();
  CHECK(made.type("é").finish() == edit_verdict::certain);
  field given_up; // toolkits do not agree what is left of it
  given_up.type("caf").edit->wait_for_more();
  given_up.edit->enter("x", given_up.detectors, true);
  CHECK(given_up.finish() == edit_verdict::unresolved);
  CHECK(given_up.finish("cafx") == edit_verdict::certain);
  field taken_back;
  taken_back.type("caf").edit->wait_for_more();
  taken_back.press(edit_kind::erase_left);
  CHECK(taken_back.finish() == edit_verdict::unresolved);
  field waiting;
  waiting.type("caf").edit->wait_for_more();
  CHECK(waiting.finish() == edit_verdict::unresolved);
}

TEST_CASE("L4 only what was put in one after the other can be compared with what a method made",
          "[redact][edit][leak]") {
  field plain;
  CHECK(plain.type("nihao ").edit->only_put_in());
  CHECK_FALSE(plain.press(edit_kind::erase_left).edit->only_put_in());
  field moved;
  CHECK_FALSE(moved.type("nihao ").press(edit_kind::left).edit->only_put_in());
  field pasted;
  CHECK_FALSE(pasted.type("nihao ").press(edit_kind::paste).edit->only_put_in());
  field missed;
  missed.type("nihao ").edit->needs_value();
  CHECK_FALSE(missed.edit->only_put_in());
}

TEST_CASE("L5 the caret inside of something pasted is not known", "[redact][edit][leak]") {
  field inside; // "di" and half a list of words, the caret in its middle
  inside.type("di").press(edit_kind::paste).press(edit_kind::word_left, 2).type("x");
  CHECK(inside.finish("dizzy lixzard") == edit_verdict::unresolved);
  field around;
  around.type("see ").press(edit_kind::paste).type(" now").press(edit_kind::home).type("we ");
  CHECK(around.finish("we see 4539 now") == edit_verdict::certain);
}

TEST_CASE("L5 the line break of Enter does not hide what was pasted around it", "[redact][edit][leak]") {
  field joined;
  joined.type("q.zv").press(edit_kind::paste).type(" now");
  CHECK(joined.finish("q.zvex@mail\nbox.example now") == edit_verdict::certain);
  CHECK(joined.shown().starts_with("####"));
}

TEST_CASE("L4 undo after a click into the text is not resolved", "[redact][edit][leak]") {
  field both;
  both.type("one three").press(edit_kind::place).type("two ").press(edit_kind::undo).type("2 ");
  CHECK(both.finish("one 2 three") == edit_verdict::unresolved);
  field undone;
  undone.type("one three").press(edit_kind::undo).type("two");
  CHECK(undone.finish("one two") == edit_verdict::certain);
}
