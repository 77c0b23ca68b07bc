#include <overt/capture/atspi/edit_tracker.hpp>

#include <cstdint>
#include <optional>
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
    focus(path);
    wait(50);
  }
  void type(std::string const& path, std::string const& what) {
    for (char const c : what) {
      key(c == ' ' ? key_use::space : key_use::enters);
      program.objects[path].text += c;
    }
  }
  void leave() {
    wait(50);
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
    d.program.objects["name"].text.clear();
    d.key(key_use::enter);
    REQUIRE(d.out.texts.size() == 1);
    CHECK(d.out.texts[0].value == std::nullopt);
    CHECK(d.out.texts[0].length == std::nullopt);
    CHECK(d.out.texts[0].edits == 2u);
    d.wait(200); // the next message in the same field
    d.type("name", "cd");
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
  d.focus("secret");
  for (int i = 0; i < 8; ++i) {
    d.key(key_use::enters);
  }
  d.hint(hint_kind::key_down, key_use::tab);
  d.focus("city");
  d.wait(50);
  d.type("city", "Rome");
  d.leave();
  REQUIRE(d.out.texts.size() == 1);
  CHECK(d.out.texts[0].in == "city");
  CHECK(d.out.texts[0].edits == 4u);
  CHECK(d.out.texts[0].made_of.front() > 17);
}

TEST_CASE("edit_tracker: the first keys come before the notice of the focus") {
  edits_desk d;
  d.enter("name");
  d.type("name", "Ann");
  d.hint(hint_kind::key_down, key_use::tab);
  d.key(key_use::enters);
  d.program.objects["city"].text = "R";
  d.focus("city");
  d.wait(50);
  REQUIRE(d.out.texts.size() == 1);
  CHECK(d.out.texts[0].edits == 3u);
  d.leave();
  REQUIRE(d.out.texts.size() == 2);
  CHECK(d.out.texts[1].in == "city");
  CHECK(d.out.texts[1].value == "R");
  CHECK(d.out.texts[1].edits == 1u);
}

TEST_CASE("edit_tracker: Tab or a click that leads nowhere") {
  edits_desk d;
  d.enter("notes");
  d.type("notes", "a");
  d.hint(hint_kind::button_down);
  d.type("notes", "b");
  d.wait(1000);
  d.type("notes", "c");
  d.leave();
  REQUIRE(d.out.texts.size() == 1);
  CHECK(d.out.texts[0].edits == 3u);
}

TEST_CASE("edit_tracker: what cannot be read is not told") {
  edits_desk d;
  d.enter("name");
  d.type("name", "Ann");
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

} // namespace
