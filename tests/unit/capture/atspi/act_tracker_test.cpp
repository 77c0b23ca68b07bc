#include <overt/capture/atspi/act_tracker.hpp>

#include <optional>
#include <string>
#include <vector>

#include <overt_test/catch.hpp>

#include "fake_desk.hpp"

namespace {

using namespace overt_test;
using numbers = std::vector<std::uint64_t>;
using maybe = std::optional<std::string>;

struct acts_desk : desk<overt::capture::atspi::act_tracker> {
  acts_desk() {
    add("frame", {.what = role::frame, .name = "Report for Ann", .bounds = {0, 0, 800, 600}});
    add("box", {.what = role::filler, .bounds = {0, 20, 800, 580}, .parent = "frame"});
    add("save", {.what = role::push_button,
                 .name = "Save draft",
                 .bounds = {10, 100, 80, 20},
                 .parent = "box",
                 .index = 2});
    add("send",
        {.what = role::check_box, .name = "Send me a copy", .bounds = {10, 130, 200, 20}, .parent = "box"});
    add("bar", {.what = role::menu_bar, .bounds = {0, 0, 800, 20}, .parent = "frame"});
    add("file",
        {.what = role::menu, .name = "File", .bounds = {0, 0, 40, 20}, .parent = "bar", .children = 3});
    add("open", {.what = role::menu_item, .name = "Open", .bounds = {0, 20, 100, 20}, .parent = "file"});
    add("export",
        {.what = role::menu, .name = "Export", .bounds = {0, 40, 100, 20}, .parent = "file", .children = 2});
    add("picture", {.what = role::menu_item,
                    .name = "As picture",
                    .bounds = {100, 40, 100, 20},
                    .parent = "export",
                    .index = 4});
    add("colour", {.what = role::combo_box,
                   .name = "Blue",
                   .bounds = {10, 160, 100, 20},
                   .parent = "box",
                   .label = "Colour",
                   .value = "Blue"});
    add("red", {.what = role::menu_item, .name = "Red", .bounds = {10, 180, 100, 20}, .parent = "colour"});
    add("amount", {.what = role::slider,
                   .bounds = {10, 220, 200, 20},
                   .parent = "box",
                   .label = "Amount",
                   .value = "5",
                   .description = "5"});
    add("list", {.what = role::list_box, .name = "Fruit", .bounds = {300, 100, 200, 200}, .parent = "box"});
    add("row", {.what = role::list_item, .bounds = {300, 120, 200, 20}, .parent = "list"})
        .set(state::selectable);
    add("word", {.what = role::label, .name = "Bananas", .bounds = {310, 122, 60, 16}, .parent = "row"});
    add("secret", {.what = role::password_text, .bounds = {10, 250, 200, 20}, .parent = "box"});
    add("name", {.what = role::text, .name = "Name", .bounds = {10, 280, 200, 20}, .parent = "box"})
        .set(state::editable);
    // Items of menus that are closed are not where they will be.
    program.hit = [this](std::int32_t at_x, std::int32_t at_y) { return found(at_x, at_y); };
  }

  /// As GTK 3 does it: what is beneath an open menu.
  std::string found(std::int32_t at_x, std::int32_t at_y) const {
    std::string best;
    std::int64_t area = INT64_MAX;
    for (auto const& [path, one] : program.objects) {
      auto const size = std::int64_t{one.bounds.width} * one.bounds.height;
      bool const in_menu = one.what == role::menu_item || path == "export";
      if (!in_menu && one.bounds.contains(at_x, at_y) && size < area) {
        area = size;
        best = path;
      }
    }
    return best;
  }

  /// The pointer comes to an item of a menu, and GTK 3 marks it.
  void mark(std::string const& path) {
    auto const& bounds = program.objects[path].bounds;
    move(bounds.x + 5, bounds.y + 5);
    tell(tracked_change::selected, path);
    wait(2);
    tell(tracked_change::focused, path);
    wait(20);
  }
  fake_object& at(std::string const& path) { return program.objects[path]; }
};

TEST_CASE("act_tracker: a button is activated, once, at the release") {
  acts_desk d;
  d.move(20, 110);
  d.down();
  auto const pressed = d.now();
  d.wait(40);
  REQUIRE(d.out.acts.empty());
  d.up();
  auto const released = d.now();
  d.wait(1000);
  REQUIRE(d.out.acts.size() == 1);
  auto const& act = d.out.acts[0];
  CHECK(act.act == "activate");
  CHECK(act.what == "button");
  CHECK(act.label == "Save draft");
  CHECK(act.when_ms == released.ns / one_ms);
  CHECK(act.observed == pressed);
  CHECK(act.made_of == numbers{1, 2});
  CHECK(act.path == "window > button'Save draft'"); // the title of the window is the context's
  CHECK(act.selector == "window/group/button[2]");
}

TEST_CASE("act_tracker: a dialog that vanishes with the click") {
  acts_desk d;
  d.move(20, 110);
  d.down();
  d.program.objects.erase("save");
  d.up();
  d.tell(tracked_change::gone, "save");
  d.wait(1000);
  REQUIRE(d.out.acts.size() == 1);
  CHECK(d.out.acts[0].label == "Save draft");
}

TEST_CASE("act_tracker: an element that is gone before the press is answered was seen under the pointer") {
  acts_desk d;
  d.move(20, 110);
  d.answers = false;
  d.down();
  d.program.objects.erase("save");
  d.program.hit = [](std::int32_t, std::int32_t) { return std::string{}; };
  d.up();
  d.wait(20);
  d.answers = true;
  d.wait(1000);
  REQUIRE(d.out.acts.size() == 1);
  CHECK(d.out.acts[0].label == "Save draft");
  CHECK(d.out.acts[0].made_of == numbers{1, 2});
}

TEST_CASE("act_tracker: nothing is known of what was clicked") {
  acts_desk d;
  d.program.hit = [](std::int32_t, std::int32_t) { return std::string{}; };
  SECTION("the program answers that there is nothing") {}
  SECTION("the program does not answer at all") { d.answers = false; }
  d.click_at(20, 110);
  d.wait(2000);
  CHECK(d.out.acts.empty());
}

TEST_CASE("act_tracker: a release elsewhere is no click") {
  acts_desk d;
  d.move(20, 110);
  d.down();
  d.x = 400;
  d.up();
  d.wait(1000);
  CHECK(d.out.acts.empty());
}

TEST_CASE("act_tracker: clicks faster than the program answers") {
  acts_desk d;
  d.move(20, 110);
  d.answers = false;
  d.down();
  d.up();
  d.wait(1);
  d.down();
  d.up();
  d.wait(5);
  d.answers = true;
  d.wait(1000);
  REQUIRE(d.out.acts.size() == 2); // a button is activated by each
  CHECK(d.out.acts[0].made_of == numbers{1, 2});
  CHECK(d.out.acts[1].made_of == numbers{3, 4});
}

TEST_CASE("act_tracker: a check box by mouse") {
  acts_desk d;
  d.move(20, 140);
  SECTION("the program tells of it") {
    d.click();
    d.at("send").set(state::checked);
    d.wait(5);
    d.tell(tracked_change::checked, "send");
    CHECK(d.out.acts.size() == 1); // at once
  }
  SECTION("the program does not tell of it") {
    d.click();
    d.at("send").set(state::checked);
  }
  SECTION("it is slow") {
    d.click();
    d.wait(200);
    d.at("send").set(state::checked);
  }
  SECTION("it tells its state first, when it gets the focus (GTK 4)") {
    d.down();
    d.tell(tracked_change::unchecked, "send");
    d.up();
    d.wait(5);
    d.at("send").set(state::checked);
    d.tell(tracked_change::checked, "send");
  }
  SECTION("the click was over before it was read") {
    d.answers = false;
    d.down();
    d.up();
    d.at("send").set(state::checked);
    d.wait(3);
    d.tell(tracked_change::checked, "send");
    d.answers = true;
  }
  d.wait(1000);
  REQUIRE(d.out.acts.size() == 1);
  CHECK(d.out.acts[0].act == "toggle");
  CHECK(d.out.acts[0].what == "check_box");
  CHECK(d.out.acts[0].before == "off");
  CHECK(d.out.acts[0].after == "on");
  CHECK(d.out.acts[0].made_of == numbers{1, 2});
}

TEST_CASE("act_tracker: a check box that vanishes has no value after") {
  acts_desk d;
  d.move(20, 140);
  d.click();
  d.program.objects.erase("send");
  d.wait(1000);
  REQUIRE(d.out.acts.size() == 1);
  CHECK(d.out.acts[0].before == "off");
  CHECK(d.out.acts[0].after == std::nullopt);
}

TEST_CASE("act_tracker: a check box by keyboard needs a change") {
  acts_desk d;
  d.focus("send");
  SECTION("it changed") {
    d.key(key_use::space);
    d.at("send").set(state::checked);
    d.tell(tracked_change::checked, "send");
    d.wait(600);
    REQUIRE(d.out.acts.size() == 1);
    CHECK(d.out.acts[0].before == "off");
    CHECK(d.out.acts[0].after == "on");
    CHECK(d.out.acts[0].made_of == numbers{1});
    d.key(key_use::space); // and back
    d.at("send").set(state::checked, false);
    d.tell(tracked_change::unchecked, "send");
    d.wait(600);
    REQUIRE(d.out.acts.size() == 2);
    CHECK(d.out.acts[1].before == "on");
    CHECK(d.out.acts[1].after == "off");
  }
  SECTION("Enter sent the form instead") {
    d.key(key_use::enter);
    d.wait(600);
    CHECK(d.out.acts.empty());
  }
}

TEST_CASE("act_tracker: a check box through its label on the web") {
  acts_desk d;
  d.add("words",
        {.what = role::label, .name = "Remember me", .bounds = {300, 400, 100, 20}, .parent = "box"});
  d.add("remember",
        {.what = role::check_box, .name = "Remember me", .bounds = {280, 400, 16, 16}, .parent = "box"});
  d.click_at(320, 410);
  d.wait(10);
  d.at("remember").set(state::checked);
  d.tell(tracked_change::checked, "remember");
  d.wait(1000);
  REQUIRE(d.out.acts.size() == 1);
  CHECK(d.out.acts[0].act == "toggle");
  CHECK(d.out.acts[0].in == "remember");
  CHECK(d.out.acts[0].before == "off");
  CHECK(d.out.acts[0].after == "on");
  CHECK(d.out.acts[0].made_of == numbers{1, 2});
}

TEST_CASE("act_tracker: a radio button through its label takes another off") {
  acts_desk d;
  d.add("words", {.what = role::label, .name = "By post", .bounds = {300, 400, 100, 20}, .parent = "box"});
  d.add("post", {.what = role::radio_button, .name = "By post", .parent = "box"});
  d.add("mail", {.what = role::radio_button, .name = "By mail", .parent = "box"}).set(state::checked);
  d.click_at(320, 410);
  d.at("mail").set(state::checked, false);
  d.at("post").set(state::checked);
  d.tell(tracked_change::unchecked, "mail");
  d.wait(3);
  d.tell(tracked_change::checked, "post");
  d.wait(1000);
  REQUIRE(d.out.acts.size() == 1);
  CHECK(d.out.acts[0].in == "post");
}

TEST_CASE("act_tracker: what a program changes by itself is nobody's act") {
  acts_desk d;
  d.focus("name");
  d.wait(5000);
  d.at("send").set(state::checked);
  d.tell(tracked_change::checked, "send");
  d.at("colour").value = "Red";
  d.tell(tracked_change::selection_changed, "colour");
  d.at("amount").value = "9";
  d.tell(tracked_change::value_changed, "amount");
  d.tell(tracked_change::selected, "row");
  d.tell(tracked_change::selected, "open");
  d.tell(tracked_change::expanded, "colour");
  d.wait(2000);
  CHECK(d.out.acts.empty());
  // Nor is what changes while the person types into a field.
  d.key(key_use::enters);
  d.tell(tracked_change::checked, "send");
  d.wait(2000);
  CHECK(d.out.acts.empty());
  // Nor what changes along with what was meant.
  d.click_at(20, 110);
  d.tell(tracked_change::unchecked, "send");
  d.wait(2000);
  REQUIRE(d.out.acts.size() == 1);
  CHECK(d.out.acts[0].act == "activate");
}

TEST_CASE("act_tracker: a change in another program is not linked to the click") {
  acts_desk d;
  d.click_at(700, 500);
  d.tracker.signal({tracked_change::checked, {":1.99", "send"}, d.now()});
  d.answer();
  d.wait(1000);
  CHECK(d.out.acts.empty());
}

TEST_CASE("act_tracker: a menu two levels deep, by mouse (GTK 3)") {
  acts_desk d;
  d.move(10, 10);
  d.down();
  d.wait(3);
  d.tell(tracked_change::selected, "file");
  d.tell(tracked_change::focused, "file");
  d.wait(40);
  d.up();
  d.wait(300);
  d.mark("export");
  d.click();
  d.wait(300);
  d.mark("picture");
  d.down();
  d.wait(30);
  d.up();
  d.wait(5);
  d.tell(tracked_change::unselected, "picture");
  d.tell(tracked_change::unselected, "export");
  d.tell(tracked_change::unselected, "file");
  d.focus("name");
  d.wait(1000);
  REQUIRE(d.out.acts.size() == 3);
  CHECK(d.out.acts[0].act == "open_menu");
  CHECK(d.out.acts[0].label == "File");
  CHECK(d.out.acts[1].act == "open_menu");
  CHECK(d.out.acts[1].label == "Export");
  CHECK(d.out.acts[2].act == "activate");
  CHECK(d.out.acts[2].what == "menu_item");
  CHECK(d.out.acts[2].path == "window > menu_bar > menu'File' > menu'Export' > menu_item'As picture'");
  CHECK(d.out.acts[2].selector == "window/menu_bar/menu/menu/menu_item[4]");
  CHECK(d.out.acts[2].made_of == numbers{5, 6});
  // The menu is closed: what is clicked next is what is there.
  d.click_at(20, 110);
  d.wait(1000);
  REQUIRE(d.out.acts.size() == 4);
  CHECK(d.out.acts[3].label == "Save draft");
}

TEST_CASE("act_tracker: a press on a menu, let go on an item") {
  acts_desk d;
  d.move(10, 10);
  d.down();
  d.wait(3);
  d.tell(tracked_change::selected, "file");
  d.wait(50);
  d.mark("open");
  d.up();
  d.wait(500);
  REQUIRE(d.out.acts.size() == 2);
  CHECK(d.out.acts[0].act == "open_menu");
  CHECK(d.out.acts[0].made_of == numbers{1});
  CHECK(d.out.acts[1].act == "activate");
  CHECK(d.out.acts[1].label == "Open");
  CHECK(d.out.acts[1].made_of == numbers{2});
}

TEST_CASE("act_tracker: a click beside a menu closes it and does nothing else") {
  acts_desk d;
  d.move(10, 10);
  d.click();
  d.wait(3);
  d.tell(tracked_change::selected, "file");
  d.wait(100);
  d.mark("open");
  d.click_at(20, 110); // on the button beneath
  d.wait(500);
  REQUIRE(d.out.acts.size() == 1);
  CHECK(d.out.acts[0].act == "open_menu");
  d.click();
  d.wait(500);
  REQUIRE(d.out.acts.size() == 2);
  CHECK(d.out.acts[1].label == "Save draft");
}

TEST_CASE("act_tracker: the pointer passes over a menu bar") {
  acts_desk d;
  d.mark("file"); // marked, but not open
  d.tell(tracked_change::unselected, "file");
  d.click_at(20, 110);
  d.wait(500);
  REQUIRE(d.out.acts.size() == 1);
  CHECK(d.out.acts[0].label == "Save draft");
}

TEST_CASE("act_tracker: a menu of Qt, which gives no focus back") {
  acts_desk d;
  d.add("edit", {.what = role::menu_item, .name = "Edit", .bounds = {40, 0, 40, 20}, .parent = "bar"});
  d.add("popup", {.what = role::popup_menu, .bounds = {40, 20, 100, 60}, .parent = "edit"});
  d.add("undo",
        {.what = role::menu_item, .name = "Clear all", .bounds = {40, 100, 100, 20}, .parent = "popup"});
  d.program.hit = [&](std::int32_t at_x, std::int32_t at_y) {
    return d.at("edit").bounds.contains(at_x, at_y) ? std::string{"edit"} : d.found(at_x, at_y);
  };
  d.move(50, 10);
  d.down();
  d.tell(tracked_change::focused, "edit");
  d.wait(40);
  d.up();
  d.wait(100);
  d.move(60, 110);
  d.tell(tracked_change::focused, "undo");
  d.wait(100);
  d.down();
  d.wait(30);
  d.up();
  d.wait(2);
  d.tell(tracked_change::focused, "undo"); // once more
  d.tell(tracked_change::hidden, "popup");
  d.wait(500);
  REQUIRE(d.out.acts.size() == 2);
  CHECK(d.out.acts[0].act == "open_menu");
  CHECK(d.out.acts[1].act == "activate");
  CHECK(d.out.acts[1].path == "window > menu_bar > menu_item'Edit' > menu_item'Clear all'");
  d.click(); // on the button that was beneath
  d.wait(500);
  REQUIRE(d.out.acts.size() == 3);
  CHECK(d.out.acts[2].label == "Save draft");
}

TEST_CASE("act_tracker: a menu of GTK 4, which marks items by itself") {
  acts_desk d;
  d.at("picture").children = 1; // its words
  for (auto const* const path : {"open", "export", "picture"}) {
    d.at(path).attributes = {{"toolkit", "GTK"}};
    d.at(path).bounds = {0, 0, 50, 20}; // of no use
  }
  d.click_at(10, 10);
  d.tell(tracked_change::focused, "file");
  d.wait(6);
  d.tell(tracked_change::focused, "open");
  d.wait(200);
  d.window = {0, 20, 100, 80};
  d.x = 50;
  d.y = 50;
  d.hint(hint_kind::pointer_moved);
  d.tell(tracked_change::focused, "export");
  d.wait(2);
  d.tell(tracked_change::focused, "picture"); // by itself
  d.wait(200);
  SECTION("the item under the pointer") {
    d.click();
    d.wait(500);
    REQUIRE(d.out.acts.size() == 2);
    CHECK(d.out.acts[1].act == "open_menu");
    CHECK(d.out.acts[1].label == "Export");
  }
  SECTION("the item of the submenu, and what is told after") {
    d.window = {100, 40, 100, 80};
    d.x = 150;
    d.hint(hint_kind::pointer_moved);
    d.tell(tracked_change::focused, "picture");
    d.wait(100);
    d.down();
    d.wait(30);
    d.up();
    d.tell(tracked_change::focused, "picture");
    d.tell(tracked_change::focused, "file");
    d.wait(500);
    REQUIRE(d.out.acts.size() == 2);
    CHECK(d.out.acts[1].act == "activate");
    CHECK(d.out.acts[1].label == "As picture");
  }
  SECTION("a click beside it") {
    d.window = {0, 0, 800, 600};
    d.click_at(20, 110);
    d.wait(500);
    CHECK(d.out.acts.size() == 1);
  }
}

TEST_CASE("act_tracker: a menu by keyboard") {
  acts_desk d;
  d.focus("name");
  d.key(key_use::command); // Alt+F
  d.tell(tracked_change::selected, "file");
  d.wait(2);
  d.tell(tracked_change::focused, "file");
  d.wait(100);
  REQUIRE(d.out.acts.size() == 1);
  CHECK(d.out.acts[0].act == "open_menu");
  CHECK(d.out.acts[0].label == "File");
  CHECK(d.out.acts[0].made_of == numbers{1});
  d.key(key_use::arrow);
  d.tell(tracked_change::selected, "open");
  d.wait(100);
  d.key(key_use::enter);
  d.tell(tracked_change::unselected, "open");
  d.focus("name");
  d.wait(600);
  REQUIRE(d.out.acts.size() == 2);
  CHECK(d.out.acts[1].act == "activate");
  CHECK(d.out.acts[1].label == "Open");
  CHECK(d.out.acts[1].made_of == numbers{3});
}

TEST_CASE("act_tracker: Escape leaves a menu without an act") {
  acts_desk d;
  d.focus("save");
  d.key(key_use::command);
  d.tell(tracked_change::selected, "file");
  d.wait(100);
  d.key(key_use::escape);
  d.tell(tracked_change::unselected, "file");
  d.wait(200);
  d.key(key_use::enter); // on the button, which still has the focus
  d.wait(600);
  REQUIRE(d.out.acts.size() == 2);
  CHECK(d.out.acts[1].label == "Save draft");
}

TEST_CASE("act_tracker: the right button opens a menu") {
  acts_desk d;
  d.add("popup", {.what = role::menu, .bounds = {30, 290, 100, 60}, .parent = ""});
  d.add("paste", {.what = role::menu_item, .name = "Paste", .bounds = {30, 290, 100, 20}, .parent = "popup"});
  d.move(20, 290);
  d.hint(hint_kind::button_down, key_use::other, overt::button_name::right);
  d.wait(20);
  d.hint(hint_kind::button_up, key_use::other, overt::button_name::right);
  SECTION("and an item is chosen") {
    d.mark("paste");
    d.click();
    d.wait(600);
    REQUIRE(d.out.acts.size() == 2);
    CHECK(d.out.acts[0].act == "open_menu");
    CHECK(d.out.acts[0].what == "text_field");
    CHECK(d.out.acts[0].label == "Name");
    CHECK(d.out.acts[0].made_of == numbers{1});
    CHECK(d.out.acts[1].act == "activate");
    CHECK(d.out.acts[1].label == "Paste");
  }
  SECTION("or nothing") {
    d.tell(tracked_change::checked, "send");
    d.wait(1000);
    CHECK(d.out.acts.empty());
  }
}

TEST_CASE("act_tracker: a menu item that is checked") {
  acts_desk d;
  d.add("wrap",
        {.what = role::check_menu_item, .name = "Wrap lines", .bounds = {0, 60, 100, 20}, .parent = "file"});
  d.click_at(10, 10);
  d.tell(tracked_change::selected, "file");
  d.mark("wrap");
  d.click();
  d.at("wrap").set(state::checked);
  d.tell(tracked_change::checked, "wrap");
  d.wait(600);
  REQUIRE(d.out.acts.size() == 2);
  CHECK(d.out.acts[1].act == "toggle");
  CHECK(d.out.acts[1].what == "menu_item");
  CHECK(d.out.acts[1].before == "off");
  CHECK(d.out.acts[1].after == "on");
}

TEST_CASE("act_tracker: a combo box by mouse, as GTK 3 does it") {
  acts_desk d;
  d.add("arrow", {.what = role::toggle_button, .bounds = {90, 160, 20, 20}, .parent = "colour"});
  bool open = false;
  d.program.hit = [&](std::int32_t at_x, std::int32_t at_y) {
    return open && d.at("red").bounds.contains(at_x, at_y) ? std::string{"red"} : d.found(at_x, at_y);
  };
  d.move(100, 170); // on the button inside
  d.down();
  open = true;
  d.tell(tracked_change::focused, "red");
  d.wait(30);
  d.up();
  d.wait(400);
  d.mark("red");
  d.down();
  d.wait(30);
  d.at("colour").name = d.at("colour").value = "Red";
  d.up();
  open = false;
  d.tell(tracked_change::unselected, "red");
  d.tell(tracked_change::selection_changed, "colour");
  d.focus("arrow");
  d.wait(1000);
  REQUIRE(d.out.acts.size() == 2);
  CHECK(d.out.acts[0].act == "expand");
  CHECK(d.out.acts[0].what == "combo_box");
  CHECK(d.out.acts[0].label == "Colour");
  CHECK(d.out.acts[1].act == "select");
  CHECK(d.out.acts[1].what == "combo_box");
  CHECK(d.out.acts[1].label == "Colour");
  CHECK(d.out.acts[1].before == "Blue");
  CHECK(d.out.acts[1].after == "Red");
  CHECK(d.out.acts[1].made_of == numbers{3, 4});
  CHECK(d.out.acts[1].in == "colour");
}

TEST_CASE("act_tracker: a list that opens at the press, before the click is answered") {
  acts_desk d;
  d.add("arrow", {.what = role::toggle_button, .bounds = {90, 160, 20, 20}, .parent = "colour"});
  d.focus("arrow");
  d.move(100, 170);
  d.down();
  d.wait(1);
  d.tell(tracked_change::focused, "red");
  d.up();
  d.wait(500);
  d.mark("red");
  d.click();
  d.at("colour").name = d.at("colour").value = "Red";
  d.wait(1000);
  REQUIRE(d.out.acts.size() == 2);
  CHECK(d.out.acts[0].act == "expand");
  CHECK(d.out.acts[1].act == "select");
  CHECK(d.out.acts[1].before == "Blue");
  CHECK(d.out.acts[1].after == "Red");
  CHECK(d.out.acts[1].made_of == numbers{3, 4});
}

TEST_CASE("act_tracker: the hit test finds the list that the press opened") {
  acts_desk d;
  d.program.hit = [](std::int32_t, std::int32_t) { return std::string{"red"}; };
  d.move(50, 170);
  d.down();
  d.up();
  d.wait(400);
  d.tell(tracked_change::focused, "red");
  d.mark("red");
  d.click();
  d.at("colour").name = d.at("colour").value = "Red";
  d.wait(100);
  d.down(); // at once the next
  d.at("colour").name = d.at("colour").value = "Green";
  d.up();
  d.wait(1000);
  REQUIRE(d.out.acts.size() >= 2);
  CHECK(d.out.acts[0].act == "expand");
  CHECK(d.out.acts[1].act == "select");
  CHECK(d.out.acts[1].before == "Blue");
  CHECK(d.out.acts[1].after == "Red");
  CHECK(d.out.acts[1].made_of == numbers{3, 4});
}

TEST_CASE("act_tracker: being told again of the focus closes no menu") {
  acts_desk d;
  d.focus("name");
  d.click_at(10, 10);
  d.tell(tracked_change::selected, "file");
  d.mark("open");
  d.wait(10);
  d.focus("name"); // it was only read again
  d.click();
  d.wait(500);
  REQUIRE(d.out.acts.size() == 2);
  CHECK(d.out.acts[1].label == "Open");
}

TEST_CASE("act_tracker: a combo box by mouse, as Qt does it: its open list tells nothing") {
  acts_desk d;
  d.click_at(50, 170);
  d.wait(400);
  SECTION("another value is chosen") {
    d.move(50, 190);
    d.click(); // the hit test finds what is beneath
    d.at("colour").name = d.at("colour").value = "Red";
    d.wait(5);
    d.tell(tracked_change::selection_changed, "colour");
    d.wait(1000);
    REQUIRE(d.out.acts.size() == 2);
    CHECK(d.out.acts[0].act == "expand");
    CHECK(d.out.acts[1].act == "select");
    CHECK(d.out.acts[1].before == "Blue");
    CHECK(d.out.acts[1].after == "Red");
  }
  SECTION("a click beside it: nothing was chosen") {
    d.click_at(20, 110);
    d.wait(1000);
    REQUIRE(d.out.acts.size() == 1);
    CHECK(d.out.acts[0].act == "expand");
  }
}

TEST_CASE("act_tracker: a select on the web") {
  acts_desk d;
  d.at("colour").name = "Colour"; // the name is the label there
  d.at("colour").label = "";
  d.at("colour").attributes = {{"id", "colour"}};
  d.click_at(50, 170);
  d.at("colour").set(state::expanded);
  d.tell(tracked_change::expanded, "colour");
  d.tell(tracked_change::focused, "red");
  d.wait(400);
  REQUIRE(d.out.acts.size() == 1);
  CHECK(d.out.acts[0].act == "expand");
  CHECK(d.out.acts[0].before == "collapsed");
  CHECK(d.out.acts[0].after == "expanded");
  d.move(50, 190);
  d.down();
  d.wait(30);
  d.up();
  d.wait(20);
  d.tell(tracked_change::focused, "colour");
  d.at("colour").set(state::expanded, false);
  d.tell(tracked_change::collapsed, "colour");
  d.wait(200); // Firefox takes its time
  d.at("colour").value = "Red";
  d.tell(tracked_change::selected, "red");
  d.wait(1000);
  REQUIRE(d.out.acts.size() == 2);
  CHECK(d.out.acts[1].act == "select");
  CHECK(d.out.acts[1].label == "Colour");
  CHECK(d.out.acts[1].before == "Blue");
  CHECK(d.out.acts[1].after == "Red");
  CHECK(d.out.acts[1].selector == "#colour");
}

TEST_CASE("act_tracker: a combo box by keyboard") {
  acts_desk d;
  d.focus("colour");
  SECTION("closed: a run of arrows is one choice") {
    for (auto const* const value : {"Green", "Red"}) {
      d.key(key_use::arrow);
      d.at("colour").name = d.at("colour").value = value;
      d.tell(tracked_change::selection_changed, "colour");
      d.wait(100);
    }
    d.wait(1000);
    REQUIRE(d.out.acts.size() == 1);
    CHECK(d.out.acts[0].made_of == numbers{1, 2});
    // And the next one starts from there.
    d.key(key_use::enters);
    d.at("colour").name = d.at("colour").value = "Yellow";
    d.wait(1000);
    REQUIRE(d.out.acts.size() == 2);
    CHECK(d.out.acts[1].before == "Red");
    CHECK(d.out.acts[1].after == "Yellow");
  }
  SECTION("open: Space, an arrow and Enter") {
    d.key(key_use::space);
    d.tell(tracked_change::focused, "red");
    d.wait(300);
    REQUIRE(d.out.acts.size() == 1);
    CHECK(d.out.acts[0].act == "expand");
    d.key(key_use::arrow);
    d.tell(tracked_change::focused, "red");
    d.wait(1000);
    CHECK(d.out.acts.size() == 1);
    d.key(key_use::enter);
    d.at("colour").name = d.at("colour").value = "Red";
    d.wait(1000);
    REQUIRE(d.out.acts.size() == 2);
    CHECK(d.out.acts[1].made_of == numbers{2, 3});
    d.out.acts.erase(d.out.acts.begin());
  }
  SECTION("nothing changed: no act") {
    d.key(key_use::arrow);
    d.wait(1000);
    CHECK(d.out.acts.empty());
    return;
  }
  CHECK(d.out.acts[0].act == "select");
  CHECK(d.out.acts[0].label == "Colour");
  CHECK(d.out.acts[0].before == "Blue");
  CHECK(d.out.acts[0].after == "Red");
}

TEST_CASE("act_tracker: a select of Chromium, whose value only its items tell") {
  acts_desk d;
  auto& colour = d.at("colour");
  colour.name = colour.label = colour.value = "Colour";
  d.add("blue", {.what = role::menu_item, .name = "Blue", .bounds = {10, 200, 100, 20}, .parent = "colour"});
  SECTION("by mouse") {
    d.click_at(50, 170);
    d.tell(tracked_change::expanded, "colour");
    d.tell(tracked_change::focused, "blue");
    d.wait(400);
    d.window = {10, 180, 100, 60};
    d.program.hit = [](std::int32_t, std::int32_t) { return std::string{}; };
    d.click_at(50, 190);
    d.wait(20);
    d.tell(tracked_change::focused, "colour");
    d.tell(tracked_change::collapsed, "colour");
  }
  SECTION("by keyboard, closed") {
    d.focus("colour");
    d.key(key_use::space);
    d.tell(tracked_change::expanded, "colour");
    d.wait(400);
    d.key(key_use::escape);
    d.tell(tracked_change::collapsed, "colour");
    d.wait(400);
    d.key(key_use::arrow);
  }
  d.wait(5);
  d.tell(tracked_change::unselected, "blue");
  d.tell(tracked_change::selected, "red");
  d.wait(1000);
  REQUIRE(d.out.acts.size() == 2);
  CHECK(d.out.acts[0].act == "expand");
  CHECK(d.out.acts[1].act == "select");
  CHECK(d.out.acts[1].what == "combo_box");
  CHECK(d.out.acts[1].label == "Colour");
  CHECK(d.out.acts[1].before == "Blue");
  CHECK(d.out.acts[1].after == "Red");
}

TEST_CASE("act_tracker: a list of LibreOffice, which is a button with a table in a window") {
  acts_desk d;
  d.add("spacing", {.what = role::panel, .name = "Line Spacing", .parent = "box"});
  d.add("opener",
        {.what = role::toggle_button, .bounds = {500, 400, 80, 20}, .parent = "spacing", .value = "Single"})
      .attributes = {{"toolkit", "gtk"}};
  d.add("popup", {.what = role::window, .parent = ""});
  d.add("table", {.what = role::table, .parent = "popup"});
  d.add("cell",
        {.what = role::table_cell, .name = "1.15 Lines", .bounds = {500, 440, 80, 20}, .parent = "table"});
  d.click_at(510, 410);
  d.at("opener").set(state::checked);
  d.tell(tracked_change::checked, "opener");
  d.wait(500);
  SECTION("by mouse") {
    d.click_at(510, 450);
    d.tell(tracked_change::unchecked, "opener");
  }
  SECTION("by keys") {
    d.focus("table");
    d.key(key_use::arrow);
    d.tell(tracked_change::selection_changed, "table");
    d.key(key_use::enter);
    d.tell(tracked_change::unchecked, "opener");
    d.wait(10);
    d.at("opener").value = "1.15 Lines";
  }
  SECTION("nothing") {
    d.key(key_use::escape);
    d.tell(tracked_change::unchecked, "opener");
    d.wait(1000);
    CHECK(d.out.acts.empty());
    return;
  }
  d.wait(1000);
  REQUIRE(d.out.acts.size() == 1);
  CHECK(d.out.acts[0].act == "select");
  CHECK(d.out.acts[0].what == "combo_box");
  CHECK(d.out.acts[0].label == "Line Spacing");
  CHECK(d.out.acts[0].before == "Single");
  CHECK(d.out.acts[0].after == "1.15 Lines");
  CHECK(d.out.acts[0].made_of.size() == 2);
}

TEST_CASE("act_tracker: what LibreOffice checks in three places is one act") {
  acts_desk d;
  d.add("bold", {.what = role::toggle_button, .name = "Bold", .bounds = {500, 400, 80, 20}, .parent = "box"});
  d.add("bold2", {.what = role::toggle_button, .name = "Bold", .parent = "box"});
  d.add("bold3", {.what = role::check_menu_item, .name = "Bold", .parent = "file"});
  SECTION("by mouse") { d.click_at(510, 410); }
  SECTION("by Control and B") {
    d.focus("name");
    d.key(key_use::command);
  }
  for (auto const* const path : {"bold", "bold2", "bold3"}) {
    d.at(path).set(state::checked);
    d.tell(tracked_change::checked, path);
  }
  d.wait(1000);
  REQUIRE(d.out.acts.size() == 1);
  CHECK(d.out.acts[0].in == "bold");
  CHECK(d.out.acts[0].before == "off");
  CHECK(d.out.acts[0].after == "on");
}

TEST_CASE("act_tracker: a slider") {
  acts_desk d;
  SECTION("dragged") {
    d.move(20, 230);
    d.down();
    for (int i = 6; i < 10; ++i) {
      d.wait(100);
      d.at("amount").value = std::to_string(i);
      d.tell(tracked_change::value_changed, "amount");
    }
    d.x = 300; // beyond its end
    d.up();
    CHECK(d.out.acts.empty());
    d.wait(1000);
    REQUIRE(d.out.acts.size() == 1);
    CHECK(d.out.acts[0].made_of == numbers{1, 2});
  }
  SECTION("by keyboard, from a toolkit that tells nothing") {
    d.focus("amount");
    for (int i = 6; i < 10; ++i) {
      d.key(key_use::arrow);
      d.at("amount").value = std::to_string(i);
      d.wait(200);
    }
    d.wait(1000);
    REQUIRE(d.out.acts.size() == 1);
    CHECK(d.out.acts[0].made_of == numbers{1, 2, 3, 4});
    d.key(key_use::arrow);
    d.at("amount").value = "10";
    d.wait(1000);
    REQUIRE(d.out.acts.size() == 2);
    CHECK(d.out.acts[1].before == "9");
  }
  SECTION("by wheel") {
    d.move(20, 230);
    d.wait(5000);
    for (int i = 6; i < 10; ++i) {
      d.hint(hint_kind::wheel);
      d.at("amount").value = std::to_string(i);
      d.tell(tracked_change::value_changed, "amount");
      d.wait(100);
    }
    d.wait(1000);
    REQUIRE(d.out.acts.size() == 1);
    CHECK(d.out.acts[0].made_of == numbers{1, 2, 3, 4});
  }
  CHECK(d.out.acts[0].act == "set_value");
  CHECK(d.out.acts[0].what == "slider");
  CHECK(d.out.acts[0].label == "Amount");
  CHECK(d.out.acts[0].before == "5");
  CHECK(d.out.acts[0].after == "9");
}

TEST_CASE("act_tracker: a pointer that a program moved tells nothing of its way") {
  acts_desk d;
  SECTION("a slider: from what, nobody saw") {
    d.x = 20;
    d.y = 230;
    d.answers = false;
    d.down();
    d.at("amount").value = "9";
    d.tell(tracked_change::value_changed, "amount");
    d.answers = true;
    d.answer();
    d.up();
    d.wait(1000);
    REQUIRE(d.out.acts.size() == 1);
    CHECK(d.out.acts[0].act == "set_value");
    CHECK(d.out.acts[0].before == std::nullopt);
    CHECK(d.out.acts[0].after == "9");
  }
  SECTION("a menu") {
    d.x = 10;
    d.y = 10;
    d.click();
    d.tell(tracked_change::selected, "file");
    d.wait(100);
    d.y = 25;
    d.tell(tracked_change::selected, "open");
    d.wait(100);
    d.click();
    d.wait(500);
    REQUIRE(d.out.acts.size() == 2);
    CHECK(d.out.acts[1].label == "Open");
  }
}

TEST_CASE("act_tracker: a slider that is only pressed gives nothing") {
  acts_desk d;
  d.click_at(20, 230);
  d.wait(1000);
  CHECK(d.out.acts.empty());
}

TEST_CASE("act_tracker: what is typed into a spin button is its value") {
  acts_desk d;
  d.add("year", {.what = role::spin_button,
                 .name = "Year",
                 .bounds = {500, 400, 80, 20},
                 .parent = "box",
                 .value = "2000"});
  d.focus("year");
  d.key(key_use::erases);
  d.key(key_use::enters);
  d.wait(2000);
  CHECK(d.out.acts.empty());
  d.at("year").value = "2001";
  SECTION("Enter") { d.key(key_use::enter); }
  SECTION("leaving") {
    d.key(key_use::tab);
    d.focus("save");
  }
  d.wait(1000);
  REQUIRE(d.out.acts.size() == 1);
  CHECK(d.out.acts[0].act == "set_value");
  CHECK(d.out.acts[0].what == "spin_button");
  CHECK(d.out.acts[0].before == "2000");
  CHECK(d.out.acts[0].after == "2001");
}

TEST_CASE("act_tracker: an item of a list") {
  acts_desk d;
  d.move(320, 130); // the label inside the nameless item
  SECTION("one click selects it") {
    d.click();
    d.wait(1000);
    REQUIRE(d.out.acts.size() == 1);
    CHECK(d.out.acts[0].act == "select");
    CHECK(d.out.acts[0].made_of == numbers{1, 2});
  }
  SECTION("a double click activates it, and is one act") {
    d.click();
    d.wait(100);
    d.click();
    d.wait(1000);
    REQUIRE(d.out.acts.size() == 1);
    CHECK(d.out.acts[0].act == "activate");
    CHECK(d.out.acts[0].made_of == numbers{1, 2, 3, 4});
  }
  SECTION("two slow clicks select it twice") {
    d.click();
    d.wait(800);
    d.click();
    d.wait(1000);
    REQUIRE(d.out.acts.size() == 2);
    CHECK(d.out.acts[0].act == "select");
  }
  CHECK(d.out.acts[0].what == "list_item");
  CHECK(d.out.acts[0].label == "Bananas");
  CHECK(d.out.acts[0].in == "row");
  CHECK(d.out.acts[0].path == "window > list'Fruit' > list_item'Bananas'");
}

TEST_CASE("act_tracker: an item that cannot be selected") {
  acts_desk d;
  d.at("row").set(state::selectable, false);
  d.move(320, 130);
  SECTION("nothing says that it was: a cell of a table that is only layout") {
    d.click();
    d.wait(1000);
    CHECK(d.out.acts.empty());
  }
  SECTION("the list says so (GTK 3)") {
    d.down();
    d.tell(tracked_change::selection_changed, "list");
    d.up();
    d.wait(1000);
    REQUIRE(d.out.acts.size() == 1);
    CHECK(d.out.acts[0].act == "select");
  }
  SECTION("it can be clicked") {
    d.at("row").interfaces = element::action;
    d.click();
    d.wait(1000);
    REQUIRE(d.out.acts.size() == 1);
    CHECK(d.out.acts[0].act == "activate");
  }
}

TEST_CASE("act_tracker: arrows in a list select once") {
  acts_desk d;
  d.add("row2", {.what = role::list_item, .name = "Cherries", .parent = "list"}).set(state::selectable);
  d.focus("row");
  d.key(key_use::arrow);
  d.tell(tracked_change::selected, "row");
  d.focus("row");
  d.wait(100);
  d.key(key_use::arrow);
  d.tell(tracked_change::selected, "row2");
  d.focus("row2");
  d.wait(1000);
  REQUIRE(d.out.acts.size() == 1);
  CHECK(d.out.acts[0].act == "select");
  CHECK(d.out.acts[0].label == "Cherries");
  CHECK(d.out.acts[0].made_of == numbers{1, 2});
  d.key(key_use::enter);
  d.wait(600);
  REQUIRE(d.out.acts.size() == 2);
  CHECK(d.out.acts[1].act == "activate");
}

TEST_CASE("act_tracker: an item of a tree is expanded") {
  acts_desk d;
  d.add("tree", {.what = role::tree, .parent = "box"});
  d.add("branch", {.what = role::tree_item, .name = "Inbox", .bounds = {500, 100, 100, 20}, .parent = "tree"})
      .set(state::expandable)
      .set(state::selectable);
  SECTION("by mouse") {
    d.click_at(510, 110);
    d.tell(tracked_change::expanded, "branch");
  }
  SECTION("by the right arrow") {
    d.focus("branch");
    d.key(key_use::arrow);
    d.tell(tracked_change::expanded, "branch");
  }
  d.wait(1000);
  REQUIRE(d.out.acts.size() == 1);
  CHECK(d.out.acts[0].act == "expand");
  CHECK(d.out.acts[0].label == "Inbox");
  CHECK(d.out.acts[0].after == "expanded");
}

TEST_CASE("act_tracker: tabs") {
  acts_desk d;
  d.add("tabs", {.what = role::page_tab_list, .parent = "box"});
  d.add("second",
        {.what = role::page_tab, .name = "Colours", .bounds = {600, 100, 60, 20}, .parent = "tabs"});
  SECTION("by mouse") { d.click_at(610, 110); }
  SECTION("by Control and Tab, from a field") {
    d.focus("name");
    d.key(key_use::tab);
    d.tell(tracked_change::selected, "second");
  }
  d.wait(1000);
  REQUIRE(d.out.acts.size() == 1);
  CHECK(d.out.acts[0].act == "select");
  CHECK(d.out.acts[0].what == "tab");
  CHECK(d.out.acts[0].label == "Colours");
}

TEST_CASE("act_tracker: Tab tells a state for the first time, which is no act (GTK 4)") {
  acts_desk d;
  d.focus("name");
  d.key(key_use::tab);
  d.focus("send");
  d.tell(tracked_change::unchecked, "send");
  d.wait(1000);
  CHECK(d.out.acts.empty());
}

TEST_CASE("act_tracker: a mnemonic checks a box") {
  acts_desk d;
  d.focus("name");
  d.key(key_use::command);
  d.at("send").set(state::checked);
  d.tell(tracked_change::checked, "send");
  d.wait(1000);
  REQUIRE(d.out.acts.size() == 1);
  CHECK(d.out.acts[0].act == "toggle");
  CHECK(d.out.acts[0].after == "on");
  CHECK(d.out.acts[0].made_of == numbers{1});
}

TEST_CASE("act_tracker: buttons and links by keyboard") {
  acts_desk d;
  d.add("more", {.what = role::link, .name = "More", .parent = "box"});
  d.focus("save");
  d.key(key_use::space);
  d.key(key_use::enter);
  d.focus("more");
  d.key(key_use::space); // scrolls
  d.key(key_use::enter);
  d.wait(1000);
  REQUIRE(d.out.acts.size() == 3);
  CHECK(d.out.acts[0].label == "Save draft");
  CHECK(d.out.acts[1].label == "Save draft");
  CHECK(d.out.acts[2].label == "More");
  CHECK(d.out.acts[2].made_of == numbers{4});
}

TEST_CASE("act_tracker: keys that go to another program are not for what had the focus") {
  acts_desk d;
  d.focus("save");
  d.process = 99;
  d.key(key_use::enter);
  d.wait(1000);
  CHECK(d.out.acts.empty());
}

TEST_CASE("act_tracker: text fields are no acts") {
  acts_desk d;
  d.click_at(20, 290);
  d.focus("name");
  d.key(key_use::enters);
  d.key(key_use::space);
  d.key(key_use::enter);
  d.click_at(20, 260);
  d.wait(1000);
  CHECK(d.out.acts.empty());
}

TEST_CASE("act_tracker: of a secret field only that something was done") {
  acts_desk d;
  d.add("pin", {.what = role::combo_box,
                .name = "Mother's name",
                .bounds = {500, 400, 80, 20},
                .parent = "box",
                .value = "Ann"});
  d.secrets = {"pin"};
  d.click_at(510, 410);
  d.wait(600);
  d.click();
  d.at("pin").value = "Bea";
  d.wait(1000);
  REQUIRE(!d.out.acts.empty());
  for (auto const& act : d.out.acts) {
    CHECK(act.what == "password_field");
    CHECK(act.label == std::nullopt);
    CHECK(act.before == std::nullopt);
    CHECK(act.after == std::nullopt);
    CHECK(act.selector == std::nullopt);
    CHECK(act.path.empty());
    CHECK(act.made_of.empty());
  }
}

TEST_CASE("act_tracker: the clipboard") {
  using enum overt::clipboard_operation;
  acts_desk d;
  d.add("shell", {.what = role::terminal, .parent = "box"});
  SECTION("keys in a field") {
    d.focus("name");
    d.key(key_use::copy);
    d.key(key_use::cut);
    d.key(key_use::paste);
    REQUIRE(d.out.clips.size() == 3);
    CHECK(d.out.clips[0].first == copy);
    CHECK(d.out.clips[1].first == cut);
    CHECK(d.out.clips[2].first == paste);
    CHECK(d.out.clips[2].second == "name");
  }
  SECTION("in a program that tells of its caret, a paste moves it") {
    d.focus("name");
    d.tell(tracked_change::caret_moved, "name");
    d.wait(1000);
    d.key(key_use::paste);
    d.wait(1000);
    CHECK(d.out.clips.empty());
    d.key(key_use::paste);
    d.tell(tracked_change::caret_moved, "name");
    REQUIRE(d.out.clips.size() == 1);
  }
  SECTION("not in a terminal, nor in a secret field") {
    d.focus("shell");
    d.key(key_use::copy);
    d.focus("secret");
    d.key(key_use::paste);
    CHECK(d.out.clips.empty());
  }
  SECTION("a menu item with its accelerator") {
    d.at("open").name = "Copy";
    d.at("open").description = "Ctrl+C";
    d.focus("name");
    d.click_at(10, 10);
    d.tell(tracked_change::selected, "file");
    d.mark("open");
    d.click();
    d.wait(500);
    REQUIRE(d.out.clips.size() == 1);
    CHECK(d.out.clips[0].first == copy);
    CHECK(d.out.clips[0].second == "name");
    CHECK(d.out.acts.back().act == "activate");
  }
}

TEST_CASE("act_tracker: hostile programs change no bounds") {
  acts_desk d;
  for (int i = 0; i < 2000; ++i) {
    d.add("o" + std::to_string(i),
          {.what = role::menu_item, .name = "x", .bounds = {0, 0, 1, 1}, .parent = "file"});
  }
  d.answers = false;
  d.move(20, 110);
  for (int i = 0; i < 2000; ++i) {
    d.tell(tracked_change::selected, "o" + std::to_string(i));
    d.down();
    d.up();
  }
  CHECK(d.program.reads <= 8);
  d.program.objects.clear();
  d.answers = true;
  d.wait(5000);
  CHECK(d.out.acts.empty());
}

TEST_CASE("act_tracker: answers after its end are ignored") {
  fake_reader program;
  collected out;
  program.objects["save"] = {.what = role::push_button, .name = "Save", .bounds = {0, 0, 100, 100}};
  {
    overt::capture::atspi::act_tracker<fake_reader, collected> tracker{program, out,
                                                                       [](element const&) { return false; }};
    tracker.hint({.what = hint_kind::pointer_moved, .time = {100}, .x = 5, .y = 5});
    tracker.hint({.what = hint_kind::button_down, .time = {200}, .x = 5, .y = 5});
    tracker.hint({.what = hint_kind::button_up, .time = {300}, .x = 5, .y = 5});
  }
  program.answer();
  CHECK(out.acts.empty());
}

TEST_CASE("act_tracker: what is typed after Tab or a click, before it is known where that led, is no act") {
  acts_desk d;
  d.at("save").set(state::focusable);
  d.at("secret").set(state::focusable);
  d.focus("save");
  d.wait(50);
  SECTION("Tab") { d.key(key_use::tab); }
  SECTION("a click into a password") { d.click_at(20, 260); }
  auto const before = d.out.acts.size();
  for (int i = 0; i < 8; ++i) {
    d.key(i % 3 == 0 ? key_use::space : key_use::enters);
  }
  d.key(key_use::enter);
  d.focus("secret");
  d.wait(1000);
  CHECK(d.out.acts.size() == before);
}

TEST_CASE("act_tracker: a key after a click that does not move the focus") {
  acts_desk d;
  d.at("save").set(state::focusable);
  d.focus("save");
  d.wait(50);
  d.click_at(20, 110);
  d.wait(50);
  d.key(key_use::space);
  d.wait(500);
  CHECK(d.out.acts.size() == 2);
}

TEST_CASE("act_tracker: the pointer comes into the popup of a submenu whose item is marked already") {
  // As GTK 4 does it: places are of no use, and each popup is a window of its own.
  acts_desk d;
  for (auto const* const path : {"open", "export", "picture"}) {
    d.at(path).attributes = {{"toolkit", "GTK"}};
    d.at(path).bounds = {};
  }
  d.click_at(5, 5);
  d.tell(tracked_change::focused, "open");
  d.wait(50);
  d.window = {0, 20, 100, 60};
  d.move(20, 50);
  d.tell(tracked_change::focused, "export");
  d.wait(2);
  d.tell(tracked_change::focused, "picture"); // by itself
  d.wait(50);
  d.out.acts.clear();
  SECTION("the item that opened it") {
    d.click();
    d.wait(500);
    REQUIRE(!d.out.acts.empty());
    CHECK(d.out.acts[0].in == "export");
  }
  SECTION("the item that was marked by itself") {
    d.window = {100, 40, 100, 60};
    d.move(120, 50);
    d.down();
    d.wait(3);
    d.tell(tracked_change::focused, "file"); // the menu is closed at the press
    d.wait(30);
    d.up();
    d.wait(500);
    REQUIRE(d.out.acts.size() == 1);
    CHECK(d.out.acts[0].label == "As picture");
  }
}

TEST_CASE("act_tracker: a program was too slow to say what was hit, but gives a button there the focus") {
  acts_desk d;
  d.program.hit = [](std::int32_t, std::int32_t) { return std::string{"frame"}; };
  d.at("save").set(state::focusable);
  d.click_at(20, 110);
  d.wait(20);
  SECTION("at that place") {
    d.tell(tracked_change::focused, "save");
    d.wait(1000);
    REQUIRE(d.out.acts.size() == 1);
    CHECK(d.out.acts[0].label == "Save draft");
    CHECK(d.out.acts[0].made_of == numbers{1, 2});
  }
  SECTION("elsewhere") {
    d.add("other",
          {.what = role::push_button, .name = "Send", .bounds = {200, 100, 80, 20}, .parent = "box"});
    d.tell(tracked_change::focused, "other");
    d.wait(1000);
    CHECK(d.out.acts.empty());
  }
  SECTION("what changes after the next click is that click's doing") {
    d.program.hit = [&d](std::int32_t x, std::int32_t y) { return d.found(x, y); };
    d.wait(100);
    d.click_at(20, 140);
    d.at("send").set(state::checked);
    d.tell(tracked_change::checked, "send");
    d.wait(1000);
    REQUIRE(d.out.acts.size() == 1);
    CHECK(d.out.acts[0].act == "toggle");
    CHECK(d.out.acts[0].made_of == numbers{3, 4});
  }
}

} // namespace
