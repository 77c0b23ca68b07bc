#include <overt/capture/pictures.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include <overt/event/event.hpp>
#include <overt/redact/covers.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/keys.hpp>

using namespace overt;
using capture::reading_duty;
using capture::screen_part_of;
using capture::screen_reading;
using capture::screen_window;
using capture::screen_windows;
using capture::window_reading;

namespace {

/// A desktop of windows that are filled with their number, and what stands in them.
struct desk {
  screen_windows windows{};
  std::map<std::uint64_t, std::vector<std::string>> words{};
  std::map<std::uint64_t, window_reading> readings{};
  std::vector<std::tuple<std::uint64_t, rectangle, std::string, bool>> pages{};
  std::function<void(desk&)> at_grab = [](desk&) {};
  std::function<void(desk&)> at_read = [](desk&) {};
  bool changed = false;
  std::vector<screen_window> seen{};
  bool own = true;
  std::vector<screen_part_of> drawn{};
  std::vector<std::uint64_t> watched{};
  std::vector<std::uint64_t> read{};
};

struct fake_grabber {
  std::shared_ptr<desk> of;
  result<void> open() { return {}; }
  result<screen_windows> look() {
    of->seen = of->windows.list;
    return of->windows;
  }
  bool as_seen() { return of->seen == of->windows.list; }
  result<bool> grab(std::span<screen_part_of const> parts, screen_picture& into, bool) {
    for (auto const& part : parts) {
      into.fill(part.part, static_cast<std::uint32_t>(part.window));
      of->drawn.push_back(part);
    }
    of->at_grab(*of);
    return of->own;
  }
  void watch(std::span<std::uint64_t const> which) { of->watched.assign(which.begin(), which.end()); }
  bool take_change() { return std::exchange(of->changed, false); }
  int descriptor() const { return -1; }
};

struct fake_reader {
  std::shared_ptr<desk> of;
  result<void> open() { return {}; }
  screen_reading read(std::span<screen_window const> which, timestamp, reading_duty const& duty) {
    of->at_read(*of);
    if (!duty.attend()) {
      return screen_reading(which.size());
    }
    screen_reading all;
    for (auto const& one : which) {
      of->read.push_back(one.id);
      auto& made = all.emplace_back();
      auto const told = of->readings.find(one.id);
      made.understood = told == of->readings.end() ? window_reading::complete : told->second;
      auto y = one.inside.y;
      for (auto const& word : of->words[one.id]) {
        made.elements.push_back({.where = {one.inside.x, y, one.inside.width, 10},
                                 .what = screen_part::text,
                                 .text = arena_string{word}});
        y += 10;
      }
      for (auto const& [window, where, origin, is_private] : of->pages) {
        if (window == one.id) {
          made.pages.push_back({where, arena_string{origin}, is_private});
        }
      }
    }
    return all;
  }
};

screen_window window(std::uint64_t id, std::string application, rectangle inside, bool active = false,
                     bool popup = false) {
  return {.id = id,
          .process = static_cast<std::uint32_t>(1'000'000 + static_cast<unsigned char>(application.front())),
          .application = std::move(application),
          .inside = inside,
          .popup = popup,
          .active = active};
}

/// "editor" and one site are agreed to.
bool agreed(context& where) {
  return redact::covers(redact::only{"editor", "https://tickets.example"}, where);
}

struct taking {
  std::shared_ptr<desk> of = std::make_shared<desk>();
  fake_grabber grabber{of};
  fake_reader reader{of};
  capture::scope_question scope = agreed;
  capture::picture_taker<fake_grabber, fake_reader> taker{grabber, reader, scope, {}};

  explicit taking(std::vector<screen_window> windows) {
    of->windows.list = std::move(windows);
    of->windows.monitors = {{0, 0, 200, 100}};
  }

  std::optional<frame> take() {
    auto made = taker.take(frame_reason::after_action);
    REQUIRE(made);
    return std::move(*made);
  }
};

/// A policy's view of a frame: the test looks at the pixels as one would.
struct seen {
  frame what;
  std::uint32_t at(std::int32_t x, std::int32_t y) {
    return overt_test::with_clearance([&](clearance const& key) {
      auto const& picture = what.picture.look(key);
      return picture.row(
          static_cast<std::size_t>(y - picture.covers().y))[static_cast<std::size_t>(x - picture.covers().x)];
    });
  }
  std::vector<rectangle> places() {
    std::vector<rectangle> all;
    overt_test::with_clearance([&](clearance const& key) {
      for (auto const& one : what.picture.look(key).elements()) {
        all.push_back(one.visible.empty() ? one.where : one.visible.front());
      }
    });
    return all;
  }
};

} // namespace

TEST_CASE("only agreed windows are drawn, whatever lies over them", "[capture][pictures][leak]") {
  taking one{{window(1, "editor", {10, 10, 50, 50}, true), window(2, "mailer", {20, 20, 50, 50})}};
  seen made{*one.take()};
  CHECK(made.what.state == frame_state::taken);
  CHECK(made.at(30, 30) == 1); // the mailer lies over it
  CHECK(made.at(65, 65) == 0); // the mailer alone
  CHECK(made.at(5, 5) == 0);   // the desktop
  CHECK(made.what.shown == std::vector<rectangle>{{10, 10, 50, 50}});
  CHECK(made.what.covers == rectangle{0, 0, 200, 100});
  CHECK(one.of->watched == std::vector<std::uint64_t>{1});
}

TEST_CASE("nothing is taken while the keyboard is elsewhere", "[capture][pictures][leak]") {
  taking one{{window(1, "editor", {10, 10, 50, 50}), window(2, "mailer", {20, 20, 50, 50}, true)}};
  CHECK_FALSE(one.take());
  CHECK(one.of->drawn.empty());
  taking none{{window(1, "editor", {10, 10, 50, 50})}};
  CHECK_FALSE(none.take());
  CHECK(none.of->read.empty());
}

TEST_CASE("without a scope nothing is taken", "[capture][pictures][leak]") {
  taking one{{window(1, "editor", {10, 10, 50, 50}, true)}};
  one.scope = {};
  CHECK_FALSE(one.take());
  CHECK(one.of->drawn.empty());
}

TEST_CASE("a site that was agreed to is drawn without the browser around it", "[capture][pictures][leak]") {
  taking one{{window(1, "browser", {0, 0, 100, 100}, true)}};
  SECTION("the page alone") {
    one.of->pages = {{1, {0, 20, 100, 80}, "https://tickets.example", false}};
    seen made{*one.take()};
    CHECK(made.at(50, 50) == 1);
    CHECK(made.at(50, 10) == 0);
  }
  SECTION("another page in it is told as foreign") {
    one.of->pages = {{1, {0, 20, 100, 80}, "https://tickets.example", false},
                     {1, {10, 30, 20, 20}, "https://ads.example", false}};
    seen made{*one.take()};
    CHECK(made.places() == std::vector<rectangle>{{10, 30, 20, 20}});
  }
  SECTION("another site") {
    one.of->pages = {{1, {0, 20, 100, 80}, "https://bank.example", false}};
    CHECK_FALSE(one.take());
  }
  SECTION("no page that could be told") {
    one.of->pages = {{1, {0, 20, 100, 80}, "", false}};
    CHECK_FALSE(one.take());
  }
}

TEST_CASE("a private window drops the picture", "[capture][pictures][leak]") {
  taking one{{window(1, "editor", {0, 0, 100, 100}, true)}};
  one.of->pages = {{1, {0, 20, 100, 80}, "https://tickets.example", true}};
  CHECK(one.take()->state == frame_state::unreadable);
  CHECK(one.of->drawn.empty());
}

TEST_CASE("L33: windows that are not the same afterwards drop the picture", "[capture][pictures][leak]") {
  taking one{{window(1, "editor", {10, 10, 50, 50}, true), window(2, "editor", {70, 10, 20, 20})}};
  SECTION("moved") {
    one.of->at_grab = [](desk& of) { of.windows.list.front().inside.x += 1; };
  }
  SECTION("gone") {
    one.of->at_grab = [](desk& of) { of.windows.list.pop_back(); };
  }
  SECTION("another order") {
    one.of->at_grab = [](desk& of) { std::swap(of.windows.list[0], of.windows.list[1]); };
  }
  SECTION("the keyboard") {
    one.of->at_grab = [](desk& of) { of.windows.list.front().active = false; };
  }
  SECTION("what was drawn is not its own") { one.of->own = false; }
  CHECK(one.take()->state == frame_state::screen_changed);
}

TEST_CASE("a window that appears while programs are asked ends the asking", "[capture][pictures]") {
  taking one{{window(1, "editor", {10, 10, 50, 50}, true)}};
  one.of->at_read = [](desk& of) {
    of.windows.list.push_back(window(2, "editor", {20, 20, 9, 9}, false, true));
  };
  CHECK(one.take()->state == frame_state::screen_changed);
  CHECK(one.of->read.empty());
  CHECK(one.of->drawn.empty());
}

TEST_CASE("L34: what stands there is read before and after, and has to be the same",
          "[capture][pictures][leak]") {
  taking one{{window(1, "editor", {10, 10, 50, 50}, true)}};
  one.of->words[1] = {"Tuesday"};
  CHECK(one.take()->state == frame_state::taken);
  one.of->at_grab = [](desk& of) { of.words[1] = {"hunter2"}; };
  CHECK(one.take()->state == frame_state::screen_changed);
}

TEST_CASE("a window that could not be read is not drawn", "[capture][pictures][leak]") {
  taking one{{window(1, "editor", {10, 10, 50, 50}), window(2, "editor", {70, 10, 20, 20}, true)}};
  one.of->readings[1] = window_reading::failed;
  seen made{*one.take()};
  CHECK(made.at(75, 15) == 2);
  CHECK(made.at(15, 15) == 0);
  one.of->readings[2] = window_reading::failed;
  CHECK(one.take()->state == frame_state::unreadable);
}

TEST_CASE("a menu that could not be read drops the picture", "[capture][pictures][leak]") {
  taking one{
      {window(1, "editor", {10, 10, 50, 50}, true), window(2, "editor", {20, 20, 20, 20}, false, true)}};
  one.of->readings[2] = window_reading::failed;
  CHECK(one.take()->state == frame_state::unreadable);
}

TEST_CASE("a text under another window does not hide what lies over it", "[capture][pictures]") {
  taking one{{window(1, "editor", {10, 10, 50, 50}, true), window(2, "editor", {10, 10, 50, 15})}};
  one.of->words[1] = {"covered", "half", "free"};
  seen made{*one.take()};
  CHECK(made.at(12, 12) == 2);
  CHECK(made.places() == std::vector<rectangle>{{10, 25, 50, 5}, {10, 30, 50, 10}});
}

TEST_CASE("what cannot be seen is not read", "[capture][pictures]") {
  taking one{{window(1, "editor", {300, 10, 50, 50}), window(2, "editor", {20, 20, 20, 20}),
              window(3, "editor", {10, 10, 50, 50}, true),
              window(4, "editor", {-100, -100, 1, 1}, false, true)}};
  one.of->readings[4] = window_reading::failed;
  CHECK(one.take()->state == frame_state::taken);
  CHECK(one.of->read == std::vector<std::uint64_t>{3, 3});
  // It may be seen as soon as something moves, so its changes count.
  CHECK(one.of->watched == std::vector<std::uint64_t>{1, 2, 3, 4});
}

TEST_CASE("what lies below a window that was not agreed to is read", "[capture][pictures][leak]") {
  taking one{{window(1, "editor", {20, 20, 20, 20}), window(2, "browser", {10, 10, 50, 50}, true)}};
  one.of->pages = {{2, {10, 10, 50, 5}, "https://tickets.example", false}};
  one.of->words[1] = {"below"};
  seen made{*one.take()};
  CHECK(made.at(30, 30) == 1);
  CHECK(made.places() == std::vector<rectangle>{{20, 20, 20, 10}});
}

TEST_CASE("a change counts from the moment of the picture on", "[capture][pictures]") {
  taking one{{window(1, "editor", {10, 10, 50, 50}, true)}};
  int readings = 0;
  int changing = 0;
  one.of->at_read = [&](desk& of) { of.changed = ++readings == changing; };
  changing = 1; // it is in the picture
  CHECK(one.take()->state == frame_state::taken);
  CHECK_FALSE(one.taker.take_change());
  readings = 0;
  changing = 2;
  CHECK(one.take()->state == frame_state::taken);
  CHECK(one.taker.take_change());
  CHECK_FALSE(one.taker.take_change());
}

TEST_CASE("a screen that shows by itself what it showed before is no picture", "[capture][pictures]") {
  taking one{{window(1, "editor", {10, 10, 50, 50}, true)}};
  auto const take = [&](frame_reason why, std::uint64_t colour) {
    one.of->windows.list.front().id = colour; // its pixels
    auto made = one.taker.take(why);
    REQUIRE(made);
    CHECK(made->has_value() != one.taker.repeated());
    return made->has_value();
  };
  CHECK(take(frame_reason::idle, 1));
  CHECK(take(frame_reason::idle, 2)); // the caret shows
  CHECK_FALSE(take(frame_reason::idle, 1));
  CHECK_FALSE(take(frame_reason::period, 2));
  CHECK(take(frame_reason::before_action, 1)); // somebody may act on it
  CHECK(take(frame_reason::idle, 3));
  CHECK(take(frame_reason::idle, 2));
}

TEST_CASE("the pointer is told where it is over something shown", "[capture][pictures]") {
  taking one{{window(1, "editor", {10, 10, 50, 50}, true)}};
  one.of->windows.cursor = screen_cursor{20, 20, cursor_shape::text};
  CHECK(one.take()->cursor->shape == cursor_shape::text);
  one.of->windows.cursor = screen_cursor{190, 90, cursor_shape::text};
  CHECK_FALSE(one.take()->cursor);
}

TEST_CASE("of several monitors the one with the active window", "[capture][pictures]") {
  taking one{{window(1, "editor", {250, 10, 50, 50}, true)}};
  one.of->windows.monitors = {{0, 0, 200, 100}, {200, 0, 300, 120}};
  seen made{*one.take()};
  CHECK(made.what.covers == rectangle{200, 0, 300, 120});
  CHECK(made.at(260, 20) == 1);
}

TEST_CASE("pictures that nobody has written yet are bounded", "[capture][pictures]") {
  taking one{{window(1, "editor", {10, 10, 50, 50}, true)}};
  std::vector<frame> kept;
  for (int i = 0; i < 4; ++i) {
    kept.push_back(std::move(*one.take()));
    CHECK(kept.back().state == frame_state::taken);
  }
  CHECK(one.take()->state == frame_state::no_room);
  kept.pop_back();
  CHECK(one.take()->state == frame_state::taken);
}

TEST_CASE("the backend takes pictures when something happens, and stops", "[capture][pictures]") {
  auto const of = std::make_shared<desk>();
  of->windows = {.list = {window(1, "editor", {10, 10, 50, 50}, true)}, .monitors = {{0, 0, 200, 100}}};
  capture::pictures backend{fake_grabber{of}, fake_reader{of}, {}, {.idle_ns = 0, .shortest_ns = 0}};
  static_assert(capture::backend_for<decltype(backend), event>);
  static_assert(capture::follows_input<decltype(backend)>);
  static_assert(capture::asks_scope<decltype(backend)>);
  capture::port<event> out;
  capture::input_feed feed;
  backend.limit_to(agreed);
  backend.follow(feed);
  auto const opened = backend.open(out);
  REQUIRE(opened);
  CHECK(has_all(opened->can_see, capability::frames));
  std::jthread const running{[&](std::stop_token stop) { CHECK(backend.run(out, stop)); }};
  std::size_t frames = 0;
  for (int i = 0; i < 500 && frames == 0; ++i) {
    out.take([&](auto&& item) { frames += std::get<event>(item).template get_if<frame>() != nullptr; });
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
  CHECK(frames == 1);
}
