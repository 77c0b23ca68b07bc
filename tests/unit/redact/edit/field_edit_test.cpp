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
