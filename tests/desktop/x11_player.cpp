// What `dataset::x11::player` plays, as the recorder sees it, on an X server of the test's own.

#include "support/x11_main.hpp"
#include "support/x11_recording.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <overt/dataset/play/typed_symbols.hpp>
#include <overt/dataset/x11/player.hpp>
#include <overt/dataset/x11/windows.hpp>

#include "support/x11_session.hpp"

using namespace overt_test;
using overt::key_symbol;
using overt::modifiers;
using overt::dataset::symbols_of_text;
using overt::dataset::x11::player;
using overt::dataset::x11::windows;

namespace {

player open(x_server const& server) {
  auto made = player::open({.display = server.display()});
  REQUIRE(made);
  return *std::move(made);
}

/// What a recorder says was typed when the player writes a text under a layout.
std::string written(x_server const& server, std::vector<std::string> layout, std::string const& text) {
  layout.insert(layout.begin(), "setxkbmap");
  REQUIRE(server.run(layout) == 0);
  test_window window{server, "typing", 0, 0, 400, 300};
  window.tell("focus");
  recording rec{server};
  auto fingers = open(server);
  auto const keys = symbols_of_text(text);
  REQUIRE(keys);
  for (auto const each : *keys) {
    REQUIRE(fingers.stroke(each, modifiers::none));
  }
  REQUIRE(fingers.hold(modifiers::none));
  // Comes after all the keys, however many modifiers they needed.
  REQUIRE(fingers.button(1, true));
  REQUIRE(fingers.button(1, false));
  REQUIRE(rec.wait_for("button", 2));
  return typed(rec.finish());
}

/// The symbols of every key.
std::vector<xcb_keysym_t> symbols_of_keys(x_server const& server) {
  overt::capture::x11::connection const to{server.display()};
  auto const* const setup = xcb_get_setup(to.get());
  auto const count = static_cast<std::uint8_t>(setup->max_keycode - setup->min_keycode + 1);
  overt::capture::x11::reply_ptr<xcb_get_keyboard_mapping_reply_t> const reply{xcb_get_keyboard_mapping_reply(
      to.get(), xcb_get_keyboard_mapping(to.get(), setup->min_keycode, count), nullptr)};
  REQUIRE(reply);
  auto const* const first = xcb_get_keyboard_mapping_keysyms(reply.get());
  return {first, first + xcb_get_keyboard_mapping_keysyms_length(reply.get())};
}

} // namespace

TEST_CASE("a text of any script is written under any layout") {
  x_server const server;
  if (which("setxkbmap").empty()) {
    WARN("skipped: setxkbmap is not installed");
    return;
  }
  std::string const text = "yZ1 Gr\u00fc\u00dfe \u00e9@\u20ac \u65e5\u672c \u0416\u2192\U0001f600#~";
  CHECK(written(server, {"us"}, text) == text);
  CHECK(written(server, {"de"}, text) == text);
  CHECK(written(server, {"fr"}, text) == text);
  CHECK(written(server, {"ru"}, text) == text);
}

TEST_CASE("more characters than there are keys left over are written as well") {
  x_server const server;
  std::string text;
  for (std::uint32_t character = 0x4e00; character < 0x4e00 + 300; ++character) {
    char bytes[4];
    text.append(bytes, overt::detail::encode_utf8(character, bytes));
  }
  CHECK(written(server, {"us"}, text) == text);
}

TEST_CASE("keys that were given symbols have none again afterwards") {
  x_server const server;
  auto const before = symbols_of_keys(server);
  {
    auto fingers = open(server);
    REQUIRE(fingers.stroke(overt::symbol_of_character(0x65e5), modifiers::none));
    CHECK(symbols_of_keys(server) != before);
  }
  CHECK(symbols_of_keys(server) == before);
}

TEST_CASE("shortcuts hold their modifiers") {
  x_server const server;
  test_window window{server, "typing", 0, 0, 400, 300};
  window.tell("focus");
  recording rec{server};
  auto fingers = open(server);
  REQUIRE(fingers.stroke({'s'}, modifiers::control));
  REQUIRE(fingers.stroke({'S'}, modifiers::control | modifiers::shift));
  REQUIRE(fingers.stroke({0xffbf}, modifiers::alt)); // F2
  REQUIRE(fingers.hold(modifiers::none));
  REQUIRE(rec.wait_for("key", 12));
  std::vector<std::pair<std::uint32_t, modifiers>> pressed;
  for (auto const& item : rec.finish()) {
    auto const* const key = item.event ? item.event->get_if<overt::key>() : nullptr;
    if (key != nullptr && key->phase == overt::key_phase::press && key->kind != overt::key_class::modifier) {
      pressed.emplace_back(peek(key->symbol).keysym, key->held);
    }
  }
  CHECK(pressed ==
        std::vector<std::pair<std::uint32_t, modifiers>>{{'s', modifiers::control},
                                                         {'S', modifiers::control | modifiers::shift},
                                                         {0xffbf, modifiers::alt}});
}

TEST_CASE("what is pressed at the end is let go") {
  x_server const server;
  test_window window{server, "typing", 0, 0, 400, 300};
  window.tell("focus");
  recording rec{server};
  {
    auto hand = open(server);
    REQUIRE(hand.move({.x = 100, .y = 100}));
    REQUIRE(hand.hold(modifiers::control | modifiers::shift));
    REQUIRE(hand.button(1, true));
    auto moved = std::move(hand); // what is held goes along, and is let go once
  }
  REQUIRE(rec.wait_for("button", 2));
  REQUIRE(rec.wait_for("key", 4));
}

TEST_CASE("the display is named, or nothing is played") {
  CHECK_FALSE(player::open({}));
  x_server const server;
  ::setenv("DISPLAY", server.display().c_str(), 1);
  CHECK_FALSE(player::open({}));
  CHECK_FALSE(player::open({.display = ":29999"}));
}

TEST_CASE("the window with the focus, and the one at a point") {
  x_server const server;
  auto seen = windows::open(server.display());
  REQUIRE(seen);
  CHECK_FALSE(seen->focused());
  CHECK_FALSE(seen->at({.x = 20, .y = 20}));
  test_window first{server, "first", 0, 0, 200, 200};
  test_window second{server, "second", 300, 0, 200, 200};
  second.tell("child"); // within it
  REQUIRE(seen->focused());
  CHECK(seen->focused()->title == "second");
  CHECK(seen->focused()->process != 0);
  REQUIRE(seen->at({.x = 20, .y = 20}));
  CHECK(seen->at({.x = 20, .y = 20})->title == "first");
  CHECK(seen->at({.x = 20, .y = 20})->bounds == overt::rectangle{0, 0, 200, 200});
  CHECK_FALSE(seen->at({.x = 250, .y = 20}));
}
