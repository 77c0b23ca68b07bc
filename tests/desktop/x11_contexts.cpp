// Which application input went to: two windows, menus, grabs, real programs. No answer may ever name a window
// that the input did not go to.

#include "support/x11_main.hpp"

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "support/x11_injector.hpp"
#include "support/x11_recording.hpp"
#include "support/x11_session.hpp"

using namespace overt_test;

namespace {

constexpr std::uint8_t key_a = 38;

/// The titles that the events of one kind were released with, without repetitions.
std::vector<std::string> titles(std::vector<seen> const& items, std::string_view what) {
  std::vector<std::string> found;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].what == what) {
      auto title = title_of(items, i);
      if (found.empty() || found.back() != title) {
        found.push_back(std::move(title));
      }
    }
  }
  return found;
}

using list = std::vector<std::string>;

} // namespace

TEST_CASE("keys go to the window with the focus, and the pointer to the window below it") {
  x_server const server;
  test_window left{server, "left", 0, 0, 600, 1000};
  test_window right{server, "right", 640, 0, 600, 1000};
  left.tell("focus");
  recording rec{server};
  injector hand{server.display()};
  REQUIRE(rec.wait_for_focus("left"));
  hand.move(800, 500); // over the other window
  hand.tap(key_a);
  hand.click(1);
  hand.settle();
  pause_ms(30);
  hand.move(100, 500);
  hand.click(1);
  right.tell("focus");
  REQUIRE(rec.wait_for_focus("right"));
  hand.tap(key_a);
  hand.settle();
  REQUIRE(rec.wait_for("key", 4));
  REQUIRE(rec.wait_for("button", 4));
  pause_ms(50);
  auto const& items = rec.finish();
  CHECK(titles(items, "key") == list{"left", "right"});
  CHECK(titles(items, "button") == list{"right", "left"});
  CHECK(titles(items, "pointer_move") == list{"right", "left"});
  for (auto const& one : items) {
    if (one.where) {
      CHECK(peek(one.where->application).find("x11_contexts") != std::string::npos);
    }
  }
}

TEST_CASE("a child window with the focus is its toplevel") {
  x_server const server;
  test_window window{server, "whole", 0, 0, 600, 1000};
  window.tell("child");
  recording rec{server};
  injector hand{server.display()};
  REQUIRE(rec.wait_for_focus("whole"));
  hand.tap(key_a);
  hand.settle();
  REQUIRE(rec.wait_for("key", 2));
  pause_ms(50);
  CHECK(titles(rec.finish(), "key") == list{"whole"});
}

TEST_CASE("a title that changes makes a new context, and input before it is kept") {
  x_server const server;
  test_window window{server, "first", 0, 0, 600, 1000};
  window.tell("focus");
  recording rec{server};
  injector hand{server.display()};
  REQUIRE(rec.wait_for_focus("first"));
  hand.move(100, 100);
  hand.settle();
  pause_ms(20);
  for (int i = 0; i < 20; ++i) {
    hand.tap(key_a);
    hand.click(1);
    hand.settle();
    window.tell("title t" + std::to_string(i)); // right behind the input, as editors do
  }
  REQUIRE(rec.wait_for("key", 40));
  REQUIRE(rec.wait_for_focus("t19"));
  auto const& items = rec.finish();
  for (auto const& what : {"key", "button"}) {
    auto const found = titles(items, what);
    CHECK(found.front() == "first");
    CHECK(std::ranges::count(found, "(withheld)") == 0);
  }
}

TEST_CASE("a menu that a click takes away keeps its click") {
  x_server const server;
  test_window below{server, "below", 0, 0, 600, 600};
  test_window other{server, "other", 640, 0, 600, 600};
  other.tell("focus");
  recording rec{server};
  injector hand{server.display()};
  hand.move(100, 100);
  hand.settle();
  other.tell("popup 50 50 200 200");
  pause_ms(50);
  hand.button(1, true);
  hand.settle();
  other.tell("unpopup"); // on the press
  hand.button(1, false);
  hand.settle();
  pause_ms(50);
  hand.click(1);
  hand.settle();
  REQUIRE(rec.wait_for("button", 4));
  pause_ms(50);
  auto const& items = rec.finish();
  // The menu has no title of its own; press and release went to it, and the next click to what is below.
  CHECK(titles(items, "button") == list{"", "below"});
}

TEST_CASE("a drag belongs to the window where it began") {
  x_server const server;
  test_window left{server, "left", 0, 0, 600, 1000};
  test_window right{server, "right", 640, 0, 600, 1000};
  left.tell("focus");
  recording rec{server};
  injector hand{server.display()};
  hand.move(100, 100);
  hand.settle();
  pause_ms(20);
  hand.button(1, true);
  for (int x = 100; x <= 1000; x += 20) {
    hand.move(x, 100);
    hand.settle();
    pause_ms(2);
  }
  hand.button(1, false);
  hand.settle();
  pause_ms(20);
  hand.move(1001, 101);
  hand.settle();
  pause_ms(50);
  auto const& items = rec.finish();
  CHECK(titles(items, "button") == list{"left"});
  CHECK(titles(items, "pointer_move") == list{"left", "right"});
}

TEST_CASE("keys typed while a program has grabbed the keyboard are nobody's, unless a menu was opened") {
  x_server const server;
  test_window window{server, "mine", 0, 0, 600, 600};
  test_window locker{server, "locker", 640, 0, 600, 600};
  window.tell("focus");
  recording rec{server};
  injector hand{server.display()};
  REQUIRE(rec.wait_for_focus("mine"));
  auto const type_one = [&](std::size_t keys) {
    pause_ms(50);
    hand.tap(key_a);
    hand.settle();
    REQUIRE(rec.wait_for("key", keys));
    pause_ms(50);
  };
  type_one(2);
  locker.tell("grab");
  type_one(4); // withheld
  locker.tell("ungrab");
  type_one(6);
  window.tell("popup 10 10 50 50");
  window.tell("grab");
  type_one(8); // a menu of the window that has the focus
  window.tell("ungrab");
  window.tell("unpopup");
  type_one(10);
  pause_ms(1100);
  window.tell("popup 10 10 50 50"); // a hint that is open, and somebody else grabs much later
  pause_ms(1100);
  locker.tell("grab");
  type_one(12); // withheld
  locker.tell("ungrab");
  type_one(14);
  CHECK(titles(rec.finish(), "key") == list{"mine", "(withheld)", "mine", "(withheld)", "mine"});
}

TEST_CASE("a window that covers the screen takes the keys of what is below it away") {
  x_server const server;
  test_window window{server, "mine", 0, 0, 600, 600};
  test_window locker{server, "locker", 640, 0, 600, 600};
  window.tell("focus");
  recording rec{server};
  injector hand{server.display()};
  REQUIRE(rec.wait_for_focus("mine"));
  locker.tell("popup 0 0 1280 1024");
  pause_ms(50);
  hand.tap(key_a);
  hand.settle();
  REQUIRE(rec.wait_for("key", 2));
  pause_ms(50);
  CHECK(titles(rec.finish(), "key") == list{"(withheld)"});
}

TEST_CASE("the focus jumps about while somebody types fast: nothing is released with a wrong name") {
  x_server const server;
  test_window first{server, "first", 0, 0, 600, 1000};
  test_window second{server, "second", 640, 0, 600, 1000};
  first.tell("focus");
  recording rec{server};
  injector hand{server.display()};
  REQUIRE(rec.wait_for_focus("first"));
  // The letter says where it was typed: each is sent after the server has moved the focus, and before it
  // moves again.
  for (int i = 0; i < 200; ++i) {
    bool const one = i % 2 == 0;
    (one ? first : second).tell("focus");
    if (i % 3 == 0) {
      pause_ms(5);
    }
    hand.tap(static_cast<std::uint8_t>(one ? 38 : 39));
    hand.settle();
  }
  REQUIRE(rec.wait_for("key", 400));
  pause_ms(50);
  auto const& items = rec.finish();
  int right = 0;
  int wrong = 0;
  int withheld = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].what != "key") {
      continue;
    }
    auto const symbol = peek(items[i].event->get_if<overt::key>()->symbol).keysym;
    auto const title = title_of(items, i);
    if (fate_by_time(items, i) == fate::released) {
      CHECK(peek(items[i].where->title) == (symbol == 'a' ? "first" : "second"));
    }
    if (title == "(withheld)") {
      ++withheld;
    } else {
      (title == (symbol == 'a' ? "first" : "second") ? right : wrong) += 1;
    }
  }
  CHECK(wrong == 0);
  CHECK(right > 100);
  WARN("of 400: " << right << " released, " << withheld << " withheld, " << wrong << " wrong");
}

TEST_CASE("windows that come, go and change places under a clicking pointer: nothing has a wrong name") {
  x_server const server;
  test_window first{server, "first", 0, 0, 600, 600};
  test_window second{server, "second", 0, 0, 600, 600};
  recording rec{server};
  injector hand{server.display()};
  hand.move(300, 300);
  hand.settle();
  pause_ms(50);
  for (int i = 0; i < 200; ++i) {
    bool const one = i % 2 == 0;
    (one ? first : second).tell("raise");
    if (i % 3 == 0) {
      pause_ms(5);
    }
    hand.click(one ? 1 : 3);
    hand.settle();
  }
  REQUIRE(rec.wait_for("button", 400));
  pause_ms(50);
  auto const& items = rec.finish();
  int right = 0;
  int wrong = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].what == "button" && fate_of(items, i) == fate::released) {
      bool const one = items[i].event->get_if<overt::button>()->which == overt::button_name::left;
      (title_of(items, i) == (one ? "first" : "second") ? right : wrong) += 1;
      CHECK(fate_by_time(items, i) == fate::released);
    }
  }
  CHECK(wrong == 0);
  CHECK(right > 200);
  WARN("of 400: " << right << " released, " << wrong << " wrong");
}

TEST_CASE("this very program's windows are not recorded") {
  x_server const server;
  test_window window{server, "theirs", 0, 0, 600, 600};
  auto* const own = xcb_connect(server.display().c_str(), nullptr);
  auto* const screen = xcb_setup_roots_iterator(xcb_get_setup(own)).data;
  auto const mine = xcb_generate_id(own);
  std::uint32_t const white = screen->white_pixel;
  xcb_create_window(own, XCB_COPY_FROM_PARENT, mine, screen->root, 640, 0, 600, 600, 0,
                    XCB_WINDOW_CLASS_INPUT_OUTPUT, screen->root_visual, XCB_CW_BACK_PIXEL, &white);
  xcb_map_window(own, mine);
  std::free(xcb_get_input_focus_reply(own, xcb_get_input_focus(own), nullptr));
  xcb_set_input_focus(own, XCB_INPUT_FOCUS_PARENT, mine, XCB_CURRENT_TIME);
  std::free(xcb_get_input_focus_reply(own, xcb_get_input_focus(own), nullptr));
  recording rec{server};
  injector hand{server.display()};
  pause_ms(100);
  hand.move(700, 100);
  hand.settle();
  pause_ms(50);
  hand.tap(key_a);
  hand.click(1);
  hand.settle();
  pause_ms(100);
  auto const& items = rec.finish();
  for (auto const& one : items) {
    CHECK(one.what != "key");
    CHECK(one.what != "button");
    CHECK((one.what != "answer" || !one.where));
  }
  xcb_disconnect(own);
}

TEST_CASE("real programs under a window manager") {
  for (auto const* const program : {"openbox", "zenity", "mousepad"}) {
    if (which(program).empty()) {
      WARN("skipped: " << program << " is not installed");
      return;
    }
  }
  x_server const server;
  std::string const settings = "/tmp/overt-x11-" + std::to_string(::getpid()) + ".xml";
  std::ofstream{settings} << R"(<?xml version="1.0"?><openbox_config xmlns="http://openbox.org/3.4/rc">
<focus><focusNew>yes</focusNew></focus>
<mouse><context name="Client"><mousebind button="Left" action="Press"><action name="Focus"/><action name="Raise"/>
</mousebind></context></mouse></openbox_config>)";
  auto const manager = server.start({"openbox", "--config-file", settings});
  pause_ms(500);
  recording rec{server};
  injector hand{server.display()};
  auto const entry = server.start({"zenity", "--entry", "--title=Ask", "--text=Name"});
  REQUIRE(rec.wait_for_focus("Ask"));
  pause_ms(300);
  hand.tap(key_a);
  hand.settle();
  REQUIRE(rec.wait_for("key", 2));
  {
    auto const editor = server.start({"dbus-run-session", "mousepad"});
    REQUIRE(rec.wait_for_application("mousepad"));
    pause_ms(700);
    hand.tap(key_a);
    hand.settle();
    REQUIRE(rec.wait_for("key", 4));
    pause_ms(200);
  }
  auto const& items = rec.finish();
  std::vector<std::string> applications;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].what == "key") {
      applications.push_back(fate_of(items, i) == fate::released ? peek(items[i].where->application)
                                                                 : "(withheld)");
    }
  }
  CHECK(applications == list{"zenity", "zenity", "mousepad", "mousepad"});
  std::remove(settings.c_str());
}
