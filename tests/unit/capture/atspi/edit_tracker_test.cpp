#include <overt/capture/atspi/edit_tracker.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <overt_test/catch.hpp>

#include "fake_desk.hpp"

namespace {

using namespace overt_test;
using overt::text_source;
using numbers = std::vector<std::uint64_t>;

struct edits_desk : desk<overt::capture::atspi::edit_tracker> {
  edits_desk() {
    add("frame", {.what = role::frame, .bounds = {0, 0, 800, 600}});
    for (auto const* const path : {"name", "city"}) {
      add(path, {.what = role::text,
                 .name = path,
                 .parent = "frame",
                 .interfaces = element::text | element::editable_text})
          .set(state::editable);
    }
    add("notes", {.what = role::text, .name = "Notes", .parent = "frame", .interfaces = element::text})
        .set(state::editable)
        .set(state::multi_line);
    add("secret",
        {.what = role::password_text, .parent = "frame", .interfaces = element::text, .text = "hunter2"})
        .set(state::editable);
    add("shell", {.what = role::terminal, .parent = "frame", .interfaces = element::text})
        .set(state::editable);
    add("save", {.what = role::push_button, .name = "Save", .parent = "frame"});
    add("item", {.what = role::menu_item, .name = "Paste", .parent = "frame"});
  }
  void enter(std::string const& path) {
    has_focus(path);
    focus(path);
    wait(50);
  }
  void type(std::string const& path, std::string const& what) {
    for (char const c : what) {
      key(c == ' ' ? key_use::space : key_use::enters);
      program.objects[path].text += c;
    }
  }
  void has_focus(std::string const& path) {
    for (auto& [each, one] : program.objects) {
      one.set(state::focused, each == path);
    }
  }
  void leave() {
    wait(150);
    has_focus("save");
    focus("save");
    wait(100);
  }
};

TEST_CASE("edit_tracker: one text for a field, when it is left") {
  edits_desk d;
  d.enter("name");
  d.type("name", "Ann Lee");
  d.wait(5000);
  CHECK(d.out.texts.empty());
  CHECK(d.program.texts_read == 1); // when the focus came; not while the person types
  d.leave();
  CHECK(d.program.texts_read == 2);
  REQUIRE(d.out.texts.size() == 1);
  auto const& told = d.out.texts[0];
  CHECK(told.in == "name");
  CHECK(told.source == text_source::typed);
  CHECK(told.value == "Ann Lee");
  CHECK(told.length == 7u);
  CHECK(told.edits == 7u);
  CHECK(told.made_of == numbers{1, 7});
}

TEST_CASE("edit_tracker: what stood there before belongs to the value, and characters are counted") {
  edits_desk d;
  d.program.objects["name"].text = "Jos";
  d.enter("name");
  d.key(key_use::enters);
  d.program.objects["name"].text = "Jos\xc3\xa9";
  d.leave();
  REQUIRE(d.out.texts.size() == 1);
  CHECK(d.out.texts[0].value == "Jos\xc3\xa9");
  CHECK(d.out.texts[0].length == 4u);
  CHECK(d.out.texts[0].edits == 1u);
}

TEST_CASE("edit_tracker: nothing is told of a field that stayed the same") {
  edits_desk d;
  d.program.objects["name"].text = "Ann";
  d.enter("name");
  SECTION("nothing was pressed") {
    d.leave();
    CHECK(d.program.texts_read == 2);
  }
  SECTION("typed and taken back") {
    d.key(key_use::enters);
    d.key(key_use::erases);
    d.leave();
  }
  SECTION("only moved about") {
    d.key(key_use::arrow);
    d.key(key_use::copy);
    d.leave();
  }
  CHECK(d.out.texts.empty());
}

TEST_CASE("edit_tracker: Enter in a field of one line ends it") {
  edits_desk d;
  d.enter("name");
  d.type("name", "ls");
  SECTION("and what stands there is read at once") {
    d.wait(150);
    d.hint(hint_kind::key_down, key_use::enter);
    REQUIRE(d.out.texts.size() == 1);
    CHECK(d.out.texts[0].value == "ls");
    CHECK(d.out.texts[0].edits == 2u);
    CHECK(d.out.texts[0].made_of == numbers{1, 3});
    d.wait(200);
    d.leave();
    CHECK(d.out.texts.size() == 1);
  }
  SECTION("the program has emptied it already") {
    d.wait(150);
    d.program.objects["name"].text.clear();
    d.key(key_use::enter);
    REQUIRE(d.out.texts.size() == 1);
    CHECK(d.out.texts[0].value == std::nullopt);
    CHECK(d.out.texts[0].length == std::nullopt);
    CHECK(d.out.texts[0].edits == 2u);
    d.wait(600); // the next message in the same field
    d.type("name", "cd");
    d.wait(150);
    d.key(key_use::enter);
    REQUIRE(d.out.texts.size() == 2);
    CHECK(d.out.texts[1].value == "cd");
    CHECK(d.out.texts[1].edits == 2u);
  }
}

TEST_CASE("edit_tracker: Enter in a field of many lines is one of its characters") {
  edits_desk d;
  d.enter("notes");
  d.type("notes", "a");
  d.key(key_use::enter);
  d.program.objects["notes"].text += "\n";
  d.type("notes", "b");
  d.leave();
  REQUIRE(d.out.texts.size() == 1);
  CHECK(d.out.texts[0].value == "a\nb");
  CHECK(d.out.texts[0].edits == 3u);
}

TEST_CASE("edit_tracker: where a text came from") {
  edits_desk d;
  d.enter("name");
  auto& field = d.program.objects["name"];
  SECTION("pasted") {
    d.key(key_use::paste);
    field.text = "pasted";
    d.leave();
    REQUIRE(d.out.texts.size() == 1);
    CHECK(d.out.texts[0].source == text_source::pasted);
  }
  SECTION("pasted by a key that both trackers were told of") {
    d.key(key_use::paste);
    d.tracker.pasted_by_menu(d.now() + -5 * one_ms);
    field.text = "pasted";
    d.leave();
    REQUIRE(d.out.texts.size() == 1);
    CHECK(d.out.texts[0].edits == 1u);
  }
  SECTION("pasted from a menu, which has the focus for a while") {
    d.focus("item");
    d.tracker.pasted_by_menu(d.now());
    field.text = "pasted";
    d.focus("name");
    d.leave();
    REQUIRE(d.out.texts.size() == 1);
    CHECK(d.out.texts[0].source == text_source::pasted);
  }
  SECTION("pasted and typed") {
    d.key(key_use::paste);
    field.text = "pasted";
    d.type("name", "!");
    d.leave();
    REQUIRE(d.out.texts.size() == 1);
    CHECK(d.out.texts[0].source == text_source::typed);
  }
  SECTION("composed: an input method says so") {
    d.tracker.input_method_active(true);
    d.type("name", "ni");
    d.tracker.input_method_active(false);
    field.text = "\xe4\xbd\xa0";
    d.leave();
    REQUIRE(d.out.texts.size() == 1);
    CHECK(d.out.texts[0].source == text_source::composed);
    CHECK(d.out.texts[0].length == 1u);
  }
  SECTION("composed: keys that by themselves enter nothing") {
    d.key(key_use::other);
    d.key(key_use::other);
    field.text = "\xc3\xa9";
    d.leave();
    REQUIRE(d.out.texts.size() == 1);
    CHECK(d.out.texts[0].source == text_source::composed);
  }
  SECTION("filled by a program") {
    d.wait(2000);
    field.text = "Main Street 1"; // no signal is listened to that would tell of it
    d.leave();
    REQUIRE(d.out.texts.size() == 1);
    CHECK(d.out.texts[0].source == text_source::filled);
    CHECK(d.out.texts[0].edits == 0u);
  }
  SECTION("erased") {
    d.focus("save");
    field.text = "x";
    d.enter("name");
    d.key(key_use::erases);
    field.text.clear();
    d.leave();
    REQUIRE(d.out.texts.size() == 1);
    CHECK(d.out.texts[0].value == "");
    CHECK(d.out.texts[0].length == 0u);
  }
}

TEST_CASE("edit_tracker: a secret field is never read and never told of") {
  edits_desk d;
  SECTION("by its role") {
    d.enter("secret");
    d.key(key_use::enters);
    d.key(key_use::paste);
    d.key(key_use::enter);
    d.leave();
    CHECK(d.program.texts_read == 0);
  }
  SECTION("it turns out secret while it is edited") {
    d.enter("name");
    d.type("name", "hunter2");
    d.secrets = {"name"};
    d.leave();
    CHECK(d.program.texts_read == 1);
  }
  SECTION("it turns out secret while it is read for the last time") {
    d.enter("name");
    d.type("name", "hunter2");
    d.answers = false;
    d.leave();
    d.tracker.turned_secret({d.program.bus, "name"});
    d.answers = true;
    d.answer();
  }
  SECTION("the tracker is told") {
    d.enter("name");
    d.type("name", "hunter2");
    d.tracker.turned_secret({d.program.bus, "name"});
    d.leave();
  }
  SECTION("the focus comes again, with another role") {
    d.enter("name");
    d.type("name", "hunter2");
    d.program.objects["name"].what = role::password_text;
    d.focus("name");
    d.program.objects["name"].what = role::text;
    d.leave();
  }
  SECTION("a terminal") {
    d.enter("shell");
    d.type("shell", "ls");
    d.leave();
    CHECK(d.program.texts_read == 0);
  }
  CHECK(d.out.texts.empty());
}

TEST_CASE("edit_tracker: keys of a secret field are not counted for the next") {
  edits_desk d;
  d.enter("name");
  d.hint(hint_kind::key_down, key_use::tab);
  for (int i = 0; i < 8; ++i) {
    d.key(key_use::enters); // before the notice that a password field has the focus
    d.focus("name");        // which is read again until then
  }
  d.tell(tracked_change::focused, "secret");
  d.focus("secret");
  for (int i = 0; i < 8; ++i) {
    d.key(key_use::enters);
  }
  d.hint(hint_kind::key_down, key_use::tab);
  d.has_focus("city");
  d.focus("city");
  d.wait(50);
  d.type("city", "Rome");
  d.leave();
  REQUIRE(d.out.texts.size() == 1);
  CHECK(d.out.texts[0].in == "city");
  CHECK(d.out.texts[0].edits == 4u);
  CHECK(d.out.texts[0].made_of.front() > 17);
}

TEST_CASE("edit_tracker: a secret that follows at once takes nothing from the field before it") {
  edits_desk d;
  d.enter("name");
  d.type("name", "Ann");
  d.wait(150);
  d.hint(hint_kind::key_down, key_use::tab);
  d.has_focus("secret");
  for (int i = 0; i < 8; ++i) {
    d.key(key_use::enters);
  }
  d.tell(tracked_change::focused, "secret");
  d.wait(20);
  d.focus("secret");
  REQUIRE(d.out.texts.size() == 1);
  CHECK(d.out.texts[0].edits == 3u);
  CHECK(d.out.texts[0].made_of == numbers{1, 3});
}

TEST_CASE("edit_tracker: the first keys come before the notice of the focus") {
  edits_desk d;
  d.enter("name");
  d.type("name", "Ann");
  d.wait(150);
  d.hint(hint_kind::key_down, key_use::tab);
  d.key(key_use::enters);
  d.program.objects["city"].text = "R";
  d.has_focus("city");
  d.focus("city");
  d.wait(50);
  REQUIRE(d.out.texts.size() == 1);
  CHECK(d.out.texts[0].edits == 3u);
  d.leave();
  REQUIRE(d.out.texts.size() == 2);
  CHECK(d.out.texts[1].in == "city");
  CHECK(d.out.texts[1].value == "R");
  CHECK(d.out.texts[1].edits == std::nullopt); // nobody can say that it went there
}

TEST_CASE("edit_tracker: Tab or a click that leads nowhere") {
  edits_desk d;
  d.enter("notes");
  d.type("notes", "a");
  d.wait(150);
  d.hint(hint_kind::button_down);
  SECTION("what is typed after a while counts") {
    d.wait(1200);
    d.type("notes", "bc");
    d.leave();
    REQUIRE(d.out.texts.size() == 1);
    CHECK(d.out.texts[0].edits == 3u);
  }
  SECTION("until then it may have gone elsewhere") {
    d.type("notes", "b");
    d.wait(1200);
    d.type("notes", "c");
    d.leave();
    REQUIRE(d.out.texts.size() == 1);
    CHECK(d.out.texts[0].edits == std::nullopt);
    CHECK(d.out.texts[0].made_of == numbers{1, 4});
    CHECK(d.out.texts[0].value == "abc");
  }
}

TEST_CASE("edit_tracker: what cannot be read is not told") {
  edits_desk d;
  d.enter("name");
  d.type("name", "Ann");
  d.wait(150);
  SECTION("gone") { d.program.objects.erase("name"); }
  SECTION("too long") { d.program.objects["name"].text.assign(5000, 'x'); }
  SECTION("no text") { d.program.objects["name"].text = "\xff\xfe"; }
  d.leave();
  REQUIRE(d.out.texts.size() == 1);
  CHECK(d.out.texts[0].value == std::nullopt);
  CHECK(d.out.texts[0].length == std::nullopt);
  CHECK(d.out.texts[0].edits == 3u);
}

TEST_CASE("edit_tracker: ten minutes are the most") {
  edits_desk d;
  d.enter("notes");
  d.type("notes", "a");
  d.wait(601'000);
  REQUIRE(d.out.texts.size() == 1);
  CHECK(d.out.texts[0].value == "a");
  d.type("notes", "b");
  d.leave();
  REQUIRE(d.out.texts.size() == 2);
  CHECK(d.out.texts[1].value == "ab");
  CHECK(d.out.texts[1].edits == 1u);
}

TEST_CASE("edit_tracker: keys of another program do not count") {
  edits_desk d;
  d.enter("name");
  d.process = 99;
  d.key(key_use::enters);
  d.key(key_use::enter);
  d.leave();
  CHECK(d.out.texts.empty());
}

TEST_CASE("edit_tracker: the focus goes to no element that can be read") {
  edits_desk d;
  d.enter("name");
  d.type("name", "Ann");
  d.focus("");
  REQUIRE(d.out.texts.size() == 1);
}

TEST_CASE("edit_tracker: answers after its end are ignored") {
  fake_reader program;
  collected out;
  program.objects["name"] = {.what = role::text, .interfaces = element::text, .text = "x"};
  program.objects["name"].set(state::editable);
  {
    overt::capture::atspi::edit_tracker<fake_reader, collected> tracker{program, out,
                                                                        [](element const&) { return false; }};
    auto const field = program.make("name", {1});
    tracker.focus_changed(&field);
    tracker.hint({.what = hint_kind::key_down, .time = {2}, .event = 1, .use = key_use::enters});
    tracker.focus_changed(nullptr);
  }
  program.answer();
  CHECK(out.texts.empty());
}

/// Name, then a secret field, then City: with an order of notices, answers and moves that is drawn. What is
/// told of it, without the numbers of the keys of the secret, which no text may be made of.
struct drawn_session {
  std::mt19937 random;
  edits_desk d;
  std::string focused = "name";
  std::int64_t at_ms = 0;
  std::int64_t handled = 0;
  std::multimap<std::int64_t, std::function<void()>> later;

  explicit drawn_session(unsigned seed) : random{seed} { d.answers = false; }

  std::int64_t draw(std::int64_t from, std::int64_t to) {
    return from + static_cast<std::int64_t>(random() % static_cast<std::uint32_t>(to - from + 1));
  }
  void until(std::int64_t ms) {
    while (at_ms < ms) {
      ++at_ms;
      d.wait(1);
      while (!later.empty() && later.begin()->first <= at_ms) {
        auto const next = later.extract(later.begin());
        next.mapped()();
      }
      if (draw(0, 9) == 0) {
        d.program.answer();
      }
    }
  }
  /// The focus moves. A program that is slow gets to what moved it only after a while, and has not moved it
  /// until then for who asks. It tells of it later, and of what was between perhaps never.
  void go(std::string const& path, std::int64_t slow = 0) {
    focused = path;
    handled = std::max(handled, at_ms + draw(0, slow));
    later.emplace(handled, [this, path] { d.has_focus(path); });
    auto const heard = handled + draw(0, 120);
    later.emplace(
        heard, [this, path] { d.tracker.signal({tracked_change::focused, {d.program.bus, path}, d.now()}); });
    later.emplace(heard + draw(1, 30), [this, path] {
      if (d.program.objects[path].states >> static_cast<unsigned>(state::focused) & 1) {
        auto const now = d.program.make(path, d.now());
        d.tracker.focus_changed(&now);
      }
    });
    if (draw(0, 2) == 0) {
      later.emplace(at_ms + draw(0, 200), [this] { // the field before is read again
        if (d.program.objects["name"].states >> static_cast<unsigned>(state::focused) & 1) {
          auto const now = d.program.make("name", d.now());
          d.tracker.focus_changed(&now);
        }
      });
    }
  }
  void press(std::uint64_t number, key_use use) {
    input_hint const given{
        .what = hint_kind::key_down, .time = d.now(), .event = number, .process = its_process, .use = use};
    d.tracker.hint(given);
    if (use == key_use::enters) {
      d.program.objects[focused].text += 'x';
    }
  }
  /// From one moment to another, whatever its length.
  void secret(unsigned length, std::int64_t takes) {
    auto const began = at_ms;
    for (unsigned i = 0; i < length; ++i) {
      press(7000 + i, key_use::enters);
      until(began + takes * std::min(i + 1, length - 1) / (length - 1));
    }
  }

  std::vector<std::string> run(unsigned length) {
    d.program.objects["secret"].text.clear();
    go("name");
    until(400);
    for (std::uint64_t i = 1; i <= 5; ++i) {
      press(i, key_use::enters);
      until(at_ms + draw(1, 60));
    }
    until(at_ms + draw(0, 200));
    auto const way = draw(0, 3);
    if (way == 0) {
      press(10, key_use::tab);
    } else if (way == 1) {
      press(10, key_use::enter);
    } else if (way == 2) {
      d.tracker.hint({.what = hint_kind::button_down, .time = d.now(), .event = 10, .process = its_process});
    } // or the program moves it by itself
    go("secret", way == 1 ? 250 : way < 3 ? 600 : 25);
    until(at_ms + draw(0, 100));
    secret(length, draw(20, 700));
    until(at_ms + draw(0, 100));
    auto const leaves = draw(0, 2);
    if (leaves == 0) {
      press(11, key_use::tab);
    } else if (leaves == 1) {
      press(11, key_use::enter);
    }
    go("city", leaves == 1 ? 250 : leaves == 0 ? 600 : 25);
    until(at_ms + draw(0, 200));
    for (std::uint64_t i = 20; i <= 23; ++i) {
      press(i, key_use::enters);
      until(at_ms + draw(1, 60));
    }
    until(at_ms + draw(0, 300));
    go("save");
    until(at_ms + 2000);
    d.program.answer();
    std::vector<std::string> told;
    for (auto const& one : d.out.texts) {
      auto line = one.in + " " + std::to_string(static_cast<int>(one.source)) + " " +
                  std::to_string(one.length.value_or(999)) + " " + std::to_string(one.edits.value_or(999)) +
                  " " + one.value.value_or("?");
      for (auto const number : one.made_of) {
        line += " " + std::to_string(number);
      }
      told.push_back(line);
    }
    return told;
  }
};

TEST_CASE("edit_tracker: what is told never depends on how long a secret is") {
  std::size_t counted = 0;
  for (unsigned seed = 1; seed <= 1000; ++seed) {
    INFO("seed " << seed);
    auto const small = drawn_session{seed}.run(8);
    auto const large = drawn_session{seed}.run(20);
    REQUIRE(small == large);
    for (auto const& line : small) {
      counted += line.starts_with("name") && line.find(" 5 ") != std::string::npos ? 1 : 0;
      REQUIRE(line.find(" 70") == std::string::npos); // no key of the secret
    }
  }
  CHECK(counted > 50); // and the test saw something
}

} // namespace
