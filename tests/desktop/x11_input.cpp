// Keys, pointer, wheel, monitors and the life of the connection, on an X server of the test's own.

#include "support/x11_main.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "support/x11_injector.hpp"
#include "support/x11_recording.hpp"
#include "support/x11_session.hpp"

using namespace overt_test;
using overt::capture::x11::chord;
using overt::capture::x11::desktop;
using overt::capture::x11::desktop_options;

namespace {

// X key codes of positions on the keyboard, named after the US layout.
constexpr std::uint8_t key_1 = 10, key_2 = 11, key_minus = 20, key_q = 24, key_e = 26, key_y = 29,
                       key_bracket = 34, key_return = 36, key_control = 37, key_a = 38, key_s = 39,
                       key_semicolon = 47, key_quote = 48, key_grave = 49, key_shift = 50, key_z = 52,
                       key_x = 53, key_space = 65, key_alt = 64, key_alt_right = 108, key_right = 114,
                       key_backspace = 22;

struct pressed {
  std::vector<std::uint8_t> held{};
  std::uint8_t code = 0;
};

std::string type(x_server const& server, std::vector<std::string> layout, std::vector<pressed> const& keys) {
  layout.insert(layout.begin(), "setxkbmap");
  REQUIRE(server.run(layout) == 0);
  test_window window{server, "typing", 0, 0, 400, 300};
  window.tell("focus");
  recording rec{server};
  injector fingers{server.display()};
  for (auto const& one : keys) {
    fingers.chord(one.held, one.code);
  }
  fingers.settle();
  std::size_t releases = 0;
  for (auto const& one : keys) {
    releases += 2 * (one.held.size() + 1);
  }
  REQUIRE(rec.wait_for("key", releases));
  return typed(rec.finish());
}

} // namespace

TEST_CASE("text is what the layout, dead keys and Compose make of the keys") {
  x_server const server;
  if (which("setxkbmap").empty()) {
    WARN("skipped: setxkbmap is not installed");
    return;
  }
  using v = std::vector<pressed>;
  CHECK(type(server, {"us"},
             v{{{}, key_y}, {{key_shift}, key_z}, {{}, key_return}, {{}, key_backspace}, {{}, key_1}}) ==
        "yZ1");
  CHECK(type(server, {"de"},
             v{{{}, key_y},                  // z
               {{}, key_quote},              // ä
               {{key_shift}, key_semicolon}, // Ö
               {{}, key_minus},              // ß
               {{key_alt_right}, key_e},     // €
               {{key_alt_right}, key_q},     // @
               {{}, key_grave},              // dead ^
               {{}, key_e},                  // ê
               {{}, key_grave},
               {{}, key_space}}) == "zäÖß€@ê^");
  CHECK(type(server, {"fr"},
             v{{{}, key_q}, {{}, key_2}, {{}, key_bracket}, {{}, key_e}, {{key_shift}, key_1}}) == "aéê1");
  CHECK(type(server, {"us", "intl"},
             v{{{}, key_quote},
               {{}, key_e},
               {{key_shift}, key_quote},
               {{}, key_a},
               {{}, key_quote},
               {{}, key_space}}) == "éä'");
  CHECK(type(server, {"us", "-option", "compose:ralt"},
             v{{{}, key_alt_right},
               {{key_shift}, key_quote},
               {{}, key_a},
               {{}, key_alt_right},
               {{}, key_s},
               {{}, key_s}}) == "äß");
  server.run({"setxkbmap", "-option", ""});
  CHECK(type(server, {"us,de,gr", "-option", "grp:alt_shift_toggle"},
             v{{{}, key_y},
               {{key_alt}, key_shift},
               {{}, key_y},
               {{key_alt}, key_shift},
               {{}, key_a},
               {{}, key_s}}) == "yzασ");
  // Nothing is entered by a shortcut.
  server.run({"setxkbmap", "-option", ""});
  CHECK(type(server, {"us"}, v{{{key_control}, key_s}, {{key_alt}, key_x}, {{}, key_a}}) == "a");
}

TEST_CASE("a long result of Compose is a text, because it does not fit into a key") {
  if (which("setxkbmap").empty()) {
    WARN("skipped: setxkbmap is not installed");
    return;
  }
  x_server const server;
  auto const file = "/tmp/overt-compose-" + std::to_string(::getpid());
  std::ofstream{file} << "<Multi_key> <g> : \"mit freundlichen Grüßen\"\n";
  ::setenv("XCOMPOSEFILE", file.c_str(), 1);
  constexpr std::uint8_t key_g = 42;
  auto const text =
      type(server, {"us", "-option", "compose:ralt"}, {{{}, key_alt_right}, {{}, key_g}, {{}, key_g}});
  ::unsetenv("XCOMPOSEFILE");
  std::remove(file.c_str());
  CHECK(text == "mit freundlichen Grüßeng");
}

TEST_CASE("a program that types by changing the layout is followed") {
  if (which("xdotool").empty()) {
    WARN("skipped: xdotool is not installed");
    return;
  }
  x_server const server;
  server.run({"setxkbmap", "us"});
  test_window window{server, "typing", 0, 0, 400, 300};
  window.tell("focus");
  recording rec{server};
  std::string const text = "ein Maß für 漢字, 5 €";
  REQUIRE(server.run({"xdotool", "type", "--delay", "25", text}) == 0);
  rec.wait_for("key", 40);
  pause_ms(100);
  CHECK(typed(rec.finish()) == text);
}

TEST_CASE("keys have a class, a usage, their modifiers and whether a program made them") {
  x_server const server;
  test_window window{server, "typing", 0, 0, 400, 300};
  window.tell("focus");
  recording rec{server};
  injector fingers{server.display()};
  fingers.chord({key_control, key_shift}, key_s);
  fingers.tap(key_right);
  fingers.settle();
  REQUIRE(rec.wait_for("key", 8));
  auto const& items = rec.finish();
  std::vector<overt::key const*> keys;
  for (auto const& one : items) {
    if (one.event && one.event->get_if<overt::key>() != nullptr) {
      keys.push_back(one.event->get_if<overt::key>());
    }
  }
  REQUIRE(keys.size() == 8);
  using overt::modifiers;
  CHECK(keys[0]->kind == overt::key_class::modifier);
  CHECK(keys[0]->held == modifiers::none);
  CHECK(keys[1]->held == modifiers::control);
  CHECK(keys[2]->held == (modifiers::control | modifiers::shift));
  CHECK(keys[2]->kind == overt::key_class::letter);
  CHECK(peek(keys[2]->symbol) == overt::key_symbol{'S'});
  CHECK(peek(keys[2]->usage) == 0x16);
  CHECK(peek(keys[3]->symbol) == overt::key_symbol{'S'});
  CHECK(keys[3]->phase == overt::key_phase::release);
  CHECK(keys[6]->kind == overt::key_class::navigation);
  for (auto const* const one : keys) {
    CHECK(one->injected);
    CHECK(one->device != 0);
  }
}

TEST_CASE("B3: a key that is held down is pressed once") {
  x_server const server;
  server.run({"xset", "r", "rate", "200", "40"});
  test_window window{server, "typing", 0, 0, 400, 300};
  window.tell("focus");
  recording rec{server};
  injector fingers{server.display()};
  fingers.key(key_a, true);
  pause_ms(500); // the server repeats it, for programs
  fingers.key(key_s, true);
  fingers.key(key_s, true); // a device that repeats by itself
  fingers.key(key_s, true);
  fingers.key(key_s, false);
  fingers.key(key_a, false);
  fingers.settle();
  REQUIRE(rec.wait_for("key", 4));
  pause_ms(100);
  std::string phases;
  for (auto const& one : rec.finish()) {
    if (one.event && one.event->get_if<overt::key>() != nullptr) {
      phases += "P+R"[static_cast<int>(one.event->get_if<overt::key>()->phase)];
    }
  }
  CHECK(std::ranges::count(phases, 'P') == 2);
  CHECK(std::ranges::count(phases, 'R') == 2);
  INFO(phases);
  CHECK((phases == "PP++RR" || phases == "PPRR"));
  WARN("phases " << phases);
}

TEST_CASE("E11: the stop chord ends the session and leaves no trace of itself") {
  x_server const server;
  test_window window{server, "typing", 0, 0, 400, 300};
  window.tell("focus");
  std::atomic<bool> first{false};
  recording rec{
      server,
      {.stop_chords = {{.keys = {overt::modifiers::control | overt::modifiers::alt, overt::key_symbol{'q'}},
                        .first = [&] { first.store(true); }}}}};
  injector fingers{server.display()};
  fingers.tap(key_q);
  fingers.chord({key_control}, key_q);
  fingers.settle();
  pause_ms(50);
  CHECK_FALSE(rec.port().stop_requested());
  CHECK_FALSE(first.load());
  fingers.chord({key_control, key_alt}, key_q);
  fingers.settle();
  CHECK(wait_until([&] { return rec.port().stop_requested(); }));
  CHECK(first.load());
  pause_ms(50);
  int symbols = 0;
  int all = 0;
  for (auto const& one : rec.finish()) {
    if (one.event && one.event->get_if<overt::key>() != nullptr) {
      ++all;
      symbols += peek(one.event->get_if<overt::key>()->symbol) == overt::key_symbol{'q'} ? 1 : 0;
    }
  }
  CHECK(symbols == 4);
  CHECK(all == 10);
}

TEST_CASE("G15: the pause chord asks for a pause once, and leaves no trace of itself") {
  x_server const server;
  test_window window{server, "typing", 0, 0, 400, 300};
  window.tell("focus");
  recording rec{
      server,
      {.pause_chords = {{overt::modifiers::control | overt::modifiers::alt, overt::key_symbol{'q'}}}}};
  injector fingers{server.display()};
  fingers.tap(key_q);
  fingers.chord({key_control}, key_q);
  fingers.settle();
  pause_ms(50);
  CHECK(rec.port().pauses_requested() == 0);
  fingers.chord({key_control, key_alt}, key_q);
  fingers.settle();
  CHECK(wait_until([&] { return rec.port().pauses_requested() == 1; }));
  fingers.chord({key_control, key_alt}, key_q);
  fingers.settle();
  CHECK(wait_until([&] { return rec.port().pauses_requested() == 2; }));
  CHECK_FALSE(rec.port().stop_requested());
  pause_ms(50);
  int symbols = 0;
  for (auto const& one : rec.finish()) {
    if (one.event && one.event->get_if<overt::key>() != nullptr) {
      symbols += peek(one.event->get_if<overt::key>()->symbol) == overt::key_symbol{'q'} ? 1 : 0;
    }
  }
  CHECK(symbols == 4);
}

TEST_CASE("C1, C6, C9, C12: moves, buttons, clicks and the wheel") {
  x_server const server;
  test_window window{server, "target", 0, 0, 1280, 1024};
  window.tell("focus");
  recording rec{server};
  injector hand{server.display()};
  hand.move(100, 200);
  hand.click(1);
  hand.click(1);
  hand.click(1);
  hand.move(100, 300);
  hand.click(1);
  hand.click(8);
  hand.click(9);
  hand.click(4);
  hand.click(5);
  hand.click(5);
  hand.click(7);
  hand.settle();
  REQUIRE(rec.wait_for("button", 12));
  REQUIRE(rec.wait_for("scroll", 4));
  pause_ms(50);
  auto const& items = rec.finish();
  std::vector<int> clicks;
  std::vector<overt::button_name> names;
  int dx = 0;
  int dy = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!items[i].event) {
      continue;
    }
    if (auto const* const button = items[i].event->get_if<overt::button>()) {
      CHECK(button->at.x == 100);
      CHECK(button->at.display == 0);
      CHECK(button->injected);
      CHECK(title_of(items, i) == "target");
      if (button->phase == overt::button_phase::press) {
        clicks.push_back(button->clicks);
        names.push_back(button->which);
      }
    }
    if (auto const* const scroll = items[i].event->get_if<overt::scroll>()) {
      dx += scroll->dx_v120;
      dy += scroll->dy_v120;
    }
  }
  CHECK(clicks == std::vector<int>{1, 2, 3, 1, 1, 1});
  CHECK(names[4] == overt::button_name::back);
  CHECK(names[5] == overt::button_name::forward);
  CHECK(dx == 120);
  CHECK(dy == 120);
}

TEST_CASE("buttons that are mapped for a left hand mean what they do") {
  if (which("xmodmap").empty()) {
    WARN("skipped: xmodmap is not installed");
    return;
  }
  x_server const server;
  test_window window{server, "target", 0, 0, 1280, 1024};
  recording rec{server};
  injector hand{server.display()};
  hand.move(100, 200);
  REQUIRE(server.run({"xmodmap", "-e", "pointer = 3 2 1"}) == 0);
  pause_ms(50);
  hand.click(1);
  hand.settle();
  REQUIRE(rec.wait_for("button", 2));
  pause_ms(50);
  auto const& items = rec.finish();
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].event && items[i].event->get_if<overt::button>() != nullptr) {
      CHECK(items[i].event->get_if<overt::button>()->which == overt::button_name::right);
      CHECK(title_of(items, i) == "target");
    }
  }
}

TEST_CASE("C5: what moves in steps has a position only when the server gave one") {
  x_server const server;
  test_window window{server, "target", 0, 0, 1280, 1024};
  window.tell("focus");
  recording rec{server};
  injector hand{server.display()};
  hand.move(500, 500);
  hand.settle();
  pause_ms(20);
  for (int i = 0; i < 10; ++i) {
    hand.step(7, -3);
    hand.settle();
    pause_ms(5);
  }
  hand.click(1);
  hand.settle();
  REQUIRE(rec.wait_for("button", 2));
  pause_ms(50);
  auto const& items = rec.finish();
  int released = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].event && fate_of(items, i) == fate::released) {
      if (auto const* const move = items[i].event->get_if<overt::pointer_move>()) {
        ++released;
        bool const on_the_way = (move->at.x - 500) * 3 == (500 - move->at.y) * 7;
        CHECK(on_the_way);
      }
    }
    if (items[i].event && items[i].event->get_if<overt::button>() != nullptr) {
      auto const at = items[i].event->get_if<overt::button>()->at;
      CHECK(at.x == 570);
      CHECK(at.y == 470);
      CHECK(fate_of(items, i) == fate::released);
    }
  }
  CHECK(released >= 8);
}

TEST_CASE("every event is seen, in order, and stamped when it happened") {
  bool const full = std::getenv("OVERT_FULL") != nullptr;
  auto const rate = GENERATE(1000, 20000);
  int const events = full ? (rate == 1000 ? 80000 : 200000) : rate * 2;
  x_server const server;
  test_window window{server, "target", 0, 0, 1280, 1024};
  window.tell("focus");
  recording rec{server};
  injector hand{server.display()};
  hand.move(5, 5);
  hand.settle();
  rec.wait_for("pointer_move", 1);
  auto const before = rec.port().produced()[overt::event::index<overt::pointer_move>];
  // A cycle of eight: four moves, a key, a button, each once down and once up; the wheel in between.
  std::vector<std::int64_t> sent;
  sent.reserve(static_cast<std::size_t>(events));
  pace even{static_cast<double>(rate)};
  for (int i = 0; i < events; ++i) {
    even.wait();
    sent.push_back(monotonic_ns());
    switch (i % 8) {
    case 0: hand.key(static_cast<std::uint8_t>(24 + i / 8 % 10), true); break;
    case 1: hand.key(static_cast<std::uint8_t>(24 + i / 8 % 10), false); break;
    case 2: hand.button(1, true); break;
    case 3: hand.button(1, false); break;
    case 4: hand.button(5, true); break; // one event of ours; its release below is none
    case 5: hand.button(5, false); break;
    default: hand.move(10 + i % 1200, 10 + i / 8 % 1000); break;
    }
  }
  hand.settle();
  auto const expected = static_cast<std::size_t>(events / 8);
  REQUIRE(rec.wait_for("scroll", expected));
  REQUIRE(rec.wait_for("pointer_move", before + 2 * expected));
  pause_ms(100);
  auto const& items = rec.finish();
  auto const count = [&](std::string_view what) {
    return std::ranges::count_if(items, [&](seen const& one) { return one.what == what; });
  };
  CHECK(count("key") == static_cast<std::ptrdiff_t>(2 * expected));
  CHECK(count("button") == static_cast<std::ptrdiff_t>(2 * expected));
  CHECK(count("scroll") == static_cast<std::ptrdiff_t>(expected));
  CHECK(count("pointer_move") == static_cast<std::ptrdiff_t>(before + 2 * expected));
  std::size_t next = 0;
  std::size_t wrong = 0;
  std::size_t lost = 0;
  std::int64_t latest = 0;
  std::int64_t earliest = 0;
  bool started = false;
  // What waits for the pointer's place is handed over later than what does not; the stamps keep the order,
  // and the recorder sorts by them.
  std::vector<std::size_t> by_time;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].event && items[i].lane != overt::input_lane::none && items[i].what != "focus") {
      by_time.push_back(i);
    }
  }
  std::ranges::stable_sort(by_time, {}, [&](std::size_t i) { return items[i].time; });
  for (auto const i : by_time) {
    if (!started) {
      started = items[i].what == "key"; // the first move was before
      if (!started) {
        continue;
      }
    }
    if (next % 8 == 5) {
      ++next;
    }
    constexpr std::string_view order[] = {"key",    "key", "button",       "button",
                                          "scroll", "",    "pointer_move", "pointer_move"};
    wrong += items[i].what != order[next % 8] ? 1 : 0;
    if (next < sent.size()) {
      auto const error = items[i].time.ns - sent[next];
      latest = std::max(latest, error);
      earliest = std::min(earliest, error);
    }
    lost += i < 20000 || i % 97 == 0 ? (fate_of(items, i) != fate::released ? 1 : 0) : 0;
    ++next;
  }
  CHECK(wrong == 0);
  CHECK(next == static_cast<std::size_t>(events));
  CHECK(lost == 0);
  WARN(events << " events at " << rate << "/s: stamps " << static_cast<double>(earliest) / 1e6 << " to "
              << static_cast<double>(latest) / 1e6 << " ms from sending; answers " << count("answer"));
  CHECK(earliest >= -2'000'000);
}

TEST_CASE("C4: monitors are listed, and again when they change") {
  x_server const server;
  recording rec{server};
  REQUIRE(rec.wait_for("display", 1));
  auto const changed =
      which("xrandr").empty()
          ? 1
          : server.run({"xrandr", "--setmonitor", "left", "640/200x1024/300+0+0", "screen"}) |
                server.run({"xrandr", "--setmonitor", "right", "640/200x1024/300+640+0", "none"});
  if (changed != 0) {
    WARN("skipped in part: xrandr is missing or this server cannot change its monitors");
  } else {
    REQUIRE(rec.wait_for("display", 2));
  }
  auto const& items = rec.finish();
  std::vector<overt::display const*> displays;
  for (auto const& one : items) {
    if (one.event && one.event->get_if<overt::display>() != nullptr) {
      displays.push_back(one.event->get_if<overt::display>());
    }
  }
  CHECK(displays.front()->epoch == 0);
  REQUIRE(displays.front()->monitors.size() == 1);
  CHECK(displays.front()->monitors[0].bounds == overt::rectangle{0, 0, 1280, 1024});
  if (changed == 0) {
    CHECK(displays.back()->epoch == displays.size() - 1);
    CHECK(displays.back()->monitors.size() == 2);
  }
}

TEST_CASE("a server that dies is a source that is lost, and the program lives on") {
  x_server server;
  recording rec{server};
  server.kill();
  REQUIRE(wait_until([&] { return rec.finished(); }));
  rec.finish();
  REQUIRE_FALSE(rec.ended.has_value());
  CHECK(rec.ended.error().code == overt::error_code::source_lost);
  CHECK(rec.ended.error().message.find("X server") != std::string::npos);
}

TEST_CASE("E8: no display, and servers that lack what is needed, are errors that say so") {
  overt::capture::port<overt::event> out;
  desktop nowhere{{.display = ":4711"}};
  auto const opened = nowhere.open(out);
  REQUIRE_FALSE(opened.has_value());
  CHECK(opened.error().code == overt::error_code::not_found);
  CHECK(opened.error().message.find(":4711") != std::string::npos);
  CHECK(opened.error().message.find("DISPLAY") != std::string::npos);
  CHECK_FALSE(nowhere.run(out, {}).has_value());

  auto const without = [&](std::string const& extension) {
    x_server const server{{"-extension", extension}};
    desktop backend{{.display = server.display()}};
    return backend.open(out);
  };
  auto const no_names = without("X-Resource");
  REQUIRE_FALSE(no_names.has_value());
  CHECK(no_names.error().code == overt::error_code::unsupported);
  auto const no_monitors = without("RANDR");
  REQUIRE(no_monitors.has_value());
  CHECK(overt::has_all(no_monitors->cannot_see, overt::capability::display));
}

TEST_CASE("stopping is noticed at once, and two sessions do not meet") {
  x_server const server;
  test_window window{server, "target", 0, 0, 1280, 1024};
  window.tell("focus");
  recording first{server};
  auto second = std::make_unique<recording>(server);
  injector fingers{server.display()};
  fingers.tap(key_a);
  REQUIRE(first.wait_for("key", 2));
  REQUIRE(second->wait_for("key", 2));
  second.reset();
  fingers.tap(key_a);
  REQUIRE(first.wait_for("key", 4));
  auto const begun = std::chrono::steady_clock::now();
  first.finish();
  CHECK(first.ended.has_value());
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds{5});
}
