// Pictures of windows hold these windows' pixels only, on an X server of the test's own. Every safeguard has
// a control without it, in which the canary is seen.

#include "support/x11_main.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <xcb/xfixes.h>

#include <overt/capture/x11/window_pictures.hpp>

#include "support/x11_painter.hpp"
#include "support/x11_session.hpp"

using namespace overt_test;
using overt::rectangle;
using overt::screen_picture;
using overt::capture::screen_part_of;
using overt::capture::screen_windows;
using overt::capture::x11::window_pictures;
using overt::capture::x11::detail::window_picture_safeguards;

namespace {

constexpr std::uint32_t own = 0x2060a0;
constexpr std::uint32_t canary = 0xff00ff;
constexpr rectangle place{100, 100, 400, 300};

painter::options filled(rectangle inside, std::uint32_t colour) {
  return {.inside = inside, .background = true, .colour = colour};
}

screen_windows seen(window_pictures& pictures) {
  auto looked = pictures.look();
  REQUIRE(looked);
  return *std::move(looked);
}

overt::capture::screen_window const* find(screen_windows const& all, std::uint64_t id) {
  auto const found = std::ranges::find(all.list, id, &overt::capture::screen_window::id);
  return found == all.list.end() ? nullptr : &*found;
}

/// A picture of a part of the desktop; nothing when the grabber refuses.
std::optional<screen_picture> taken(window_pictures& pictures, std::uint64_t id, rectangle part,
                                    bool cursor = false) {
  auto into = screen_picture::black(part);
  REQUIRE(into);
  screen_part_of const wanted[] = {{id, part}};
  auto const whole = pictures.grab(wanted, *into, cursor);
  REQUIRE(whole);
  return *whole ? std::move(into) : std::nullopt;
}

std::size_t count(screen_picture const& picture, std::uint32_t colour) {
  return static_cast<std::size_t>(std::ranges::count(picture.pixels(), colour));
}
bool shows(std::optional<screen_picture> const& picture, std::uint32_t colour) {
  return picture && count(*picture, colour) == picture->pixels().size();
}

/// Looks, and watches this window.
void watch(window_pictures& pictures, std::uint64_t id) {
  auto const all = seen(pictures);
  REQUIRE(find(all, id) != nullptr);
  pictures.watch(std::span{&id, 1});
}

struct grabber : window_pictures {
  explicit grabber(x_server const& server, window_picture_safeguards safeguards = {})
      : window_pictures{{.display = server.display()}, safeguards} {
    REQUIRE(open());
  }
};

} // namespace

TEST_CASE("what lies over a window is not in its picture") {
  x_server const server;
  painter victim{server.display(), {.inside = place}};
  victim.map();
  victim.fill({0, 0, 400, 300}, own);
  painter above{server.display(), filled({300, 50, 500, 500}, canary)};
  above.map();
  rectangle const free{100, 100, 200, 300};
  rectangle const covered{300, 100, 200, 300};

  SECTION("with the safeguard, through shared memory and without") {
    bool const shared = GENERATE(true, false);
    grabber pictures{server, {.shared_memory = shared}};
    watch(pictures, victim.id());
    CHECK(shows(taken(pictures, victim.id(), free), own));
    // What was covered is a copy of the screen, until the program has painted it.
    CHECK_FALSE(taken(pictures, victim.id(), covered));
    victim.fill({200, 0, 200, 150}, own);
    CHECK_FALSE(taken(pictures, victim.id(), covered));
    CHECK(shows(taken(pictures, victim.id(), {300, 100, 200, 150}), own));
    victim.fill({200, 150, 200, 150}, own);
    CHECK(shows(taken(pictures, victim.id(), place), own));
  }
  SECTION("without it") {
    grabber pictures{server, {.painted_only = false}};
    watch(pictures, victim.id());
    CHECK(shows(taken(pictures, victim.id(), covered), canary));
  }
}

TEST_CASE("a background that the server paints is a window's own") {
  x_server const server;
  painter victim{server.display(), filled(place, own)};
  victim.map();
  painter above{server.display(), filled({300, 50, 500, 500}, canary)};
  above.map();
  grabber pictures{server};
  watch(pictures, victim.id());
  CHECK(shows(taken(pictures, victim.id(), place), own));
}

TEST_CASE("windows that appear over a watched one are not in its picture") {
  x_server const server;
  painter victim{server.display(), {.inside = place}};
  victim.map();
  victim.fill({0, 0, 400, 300}, own);
  grabber pictures{server};
  watch(pictures, victim.id());
  for (bool const unmanaged : {false, true}) {
    painter above{
        server.display(),
        {.inside = {0, 0, 1000, 1000}, .background = true, .colour = canary, .unmanaged = unmanaged}};
    above.map();
    CHECK(shows(taken(pictures, victim.id(), place), own));
    auto const all = seen(pictures);
    REQUIRE(all.list.size() == 2);
    CHECK(all.list[0].id == victim.id());
    CHECK(all.list[1].id == above.id());
    CHECK(all.list[1].popup == unmanaged);
    CHECK_FALSE(all.list[0].popup);
    CHECK(all.list[0].process == static_cast<std::uint32_t>(::getpid()));
    CHECK_FALSE(all.list[0].application.empty());
    CHECK(all.monitors == std::vector<rectangle>{{0, 0, 1280, 1024}});
    CHECK(shows(taken(pictures, victim.id(), place), own));
  }
}

TEST_CASE("a window that changes its size under another one") {
  x_server const server;
  painter victim{server.display(), {.inside = place}};
  victim.map();
  victim.fill({0, 0, 400, 300}, own);
  painter above{server.display(), filled({0, 0, 1000, 1000}, canary)};
  rectangle const larger{100, 100, 600, 500};

  SECTION("with the safeguard") {
    grabber pictures{server};
    watch(pictures, victim.id());
    above.map();
    victim.place(larger);
    seen(pictures);
    CHECK_FALSE(taken(pictures, victim.id(), larger));
    CHECK_FALSE(taken(pictures, victim.id(), {550, 450, 50, 50}));
    // Under another window that is not told from paint that the server only says it drew, so twice.
    victim.fill({0, 0, 600, 500}, own);
    victim.fill({0, 0, 600, 500}, own);
    CHECK(shows(taken(pictures, victim.id(), larger), own));
    // Again, while some of it is not painted: copies do not count as paint.
    victim.place({100, 100, 700, 500});
    victim.fill({0, 0, 300, 500}, own);
    victim.place({100, 100, 800, 500});
    seen(pictures);
    CHECK_FALSE(taken(pictures, victim.id(), {100, 100, 800, 500}));
    victim.fill({0, 0, 800, 500}, own);
    victim.fill({0, 0, 800, 500}, own);
    CHECK(shows(taken(pictures, victim.id(), {100, 100, 800, 500}), own));
  }
  SECTION("without it") {
    grabber pictures{server, {.painted_only = false}};
    watch(pictures, victim.id());
    above.map();
    victim.place(larger);
    seen(pictures);
    auto const picture = taken(pictures, victim.id(), larger);
    REQUIRE(picture);
    CHECK(count(*picture, canary) > 0);
  }
}

TEST_CASE("a window that was shown over another one and has not painted") {
  x_server const server;
  painter below{server.display(), filled({0, 0, 1000, 1000}, canary)};
  below.map();
  bool const safe = GENERATE(true, false);
  grabber pictures{server, {.painted_only = safe}};
  painter victim{server.display(), {.inside = place, .unmanaged = true}};
  seen(pictures);
  victim.map();
  watch(pictures, victim.id());
  if (!safe) {
    CHECK(shows(taken(pictures, victim.id(), place), canary));
    return;
  }
  CHECK_FALSE(taken(pictures, victim.id(), place));
  victim.fill({0, 0, 400, 300}, own);
  CHECK(shows(taken(pictures, victim.id(), place), own));
  // Hidden and shown again: nothing of before counts.
  victim.unmap();
  seen(pictures);
  CHECK_FALSE(taken(pictures, victim.id(), place));
  victim.map();
  watch(pictures, victim.id());
  CHECK_FALSE(taken(pictures, victim.id(), place));
  victim.fill({0, 0, 400, 300}, own);
  CHECK(shows(taken(pictures, victim.id(), place), own));
}

TEST_CASE("a window that is shown before anybody heard of it") {
  x_server const server;
  painter below{server.display(), filled({0, 0, 1000, 1000}, canary)};
  below.map();
  grabber pictures{server};
  for (int i = 0; i < 20; ++i) {
    painter victim{server.display(), {.inside = place, .unmanaged = true}};
    victim.map();
    watch(pictures, victim.id());
    CHECK_FALSE(taken(pictures, victim.id(), place));
    victim.fill({0, 0, 400, 300}, own);
    CHECK(shows(taken(pictures, victim.id(), place), own));
  }
}

TEST_CASE("a menu that was painted before it was watched is pictured at once") {
  x_server const server;
  grabber pictures{server};
  painter menu{server.display(), {.inside = place, .unmanaged = true}};
  seen(pictures); // and now the server has been told to tell of its drawing
  menu.map();
  menu.fill({0, 0, 400, 300}, own);
  watch(pictures, menu.id());
  CHECK(shows(taken(pictures, menu.id(), place), own));
}

TEST_CASE("what another window leaves behind when it goes") {
  x_server const server;
  painter victim{server.display(), {.inside = place}};
  victim.map();
  victim.fill({0, 0, 400, 300}, own);
  bool const safe = GENERATE(true, false);
  auto const how = GENERATE(0, 1, 2);
  painter above{server.display(), filled({300, 50, 500, 500}, canary)};
  above.map();
  grabber pictures{server, {.painted_only = safe}};
  if (how == 0) {
    above.unmap();
  } else if (how == 1) {
    above.move(700, 700);
  } else {
    above.stack(XCB_STACK_MODE_BELOW);
  }
  watch(pictures, victim.id());
  if (safe) {
    CHECK_FALSE(taken(pictures, victim.id(), place));
    CHECK(shows(taken(pictures, victim.id(), {100, 100, 200, 300}), own));
    victim.fill({200, 0, 200, 300}, own);
    CHECK(shows(taken(pictures, victim.id(), place), own));
  } else {
    auto const picture = taken(pictures, victim.id(), place);
    REQUIRE(picture);
    CHECK(count(*picture, canary) == 200 * 300);
  }
}

TEST_CASE("windows that move at the moment of the grab") {
  x_server const server;
  int const tries = std::getenv("OVERT_FULL") != nullptr ? 10'000 : 300;
  painter victim{server.display(), {.inside = place}};
  victim.map();
  victim.fill({0, 0, 900, 900}, own);
  painter above{server.display(), filled({0, 0, 600, 600}, canary)};
  above.map();
  grabber pictures{server};
  watch(pictures, victim.id());
  std::atomic<bool> stop{false};
  std::thread mover{[&] {
    for (int i = 0; !stop; ++i) {
      if (i % 6 == 0) { // in bursts, so that there is time for a picture
        std::this_thread::sleep_for(std::chrono::microseconds{i * 631 % 5000});
      }
      above.move(i * 37 % 500, i * 53 % 400);
      if (i % 3 == 0) {
        victim.move(100 + i * 7 % 50, 100 + i * 11 % 50);
      }
      if (i % 5 == 0) {
        above.stack(i % 2 == 0 ? XCB_STACK_MODE_BELOW : XCB_STACK_MODE_ABOVE);
      }
      if (i % 7 == 0) {
        victim.place({120, 120, 400 + i % 11, 300 + i % 13});
        victim.fill({0, 0, 900, 900}, own);
        victim.fill({0, 0, 900, 900}, own);
      }
      if (i % 29 == 0) {
        victim.unmap();
        victim.map();
        victim.fill({0, 0, 900, 900}, own);
        victim.fill({0, 0, 900, 900}, own);
      }
    }
  }};
  int had = 0;
  std::size_t leaked = 0;
  for (int i = 0; i < tries; ++i) {
    auto const looked = pictures.look();
    auto const* const one = looked ? find(*looked, victim.id()) : nullptr;
    if (one == nullptr) {
      continue;
    }
    std::uint64_t const id = one->id;
    pictures.watch(std::span{&id, 1});
    auto into = screen_picture::black(one->inside);
    screen_part_of const part[] = {{id, one->inside}};
    auto const whole = pictures.grab(part, *into, false);
    if (whole && *whole) {
      ++had;
      leaked += into->pixels().size() - count(*into, own);
    }
  }
  stop = true;
  mover.join();
  std::printf("windows that move: %d tries, %d pictures, %zu pixels that are not the window's\n", tries, had,
              leaked);
  CHECK(had > 0);
  CHECK(leaked == 0);
}

TEST_CASE("whatever windows do, no pixel of another one is seen") {
  x_server const server;
  int const steps = std::getenv("OVERT_FULL") != nullptr ? 10'000 : 600;
  bool const safe = GENERATE(true, false);
  std::uint32_t drawn_number = 7;
  auto const draw = [&](std::uint32_t below) {
    drawn_number = drawn_number * 1664525 + 1013904223;
    return (drawn_number >> 10) % below;
  };
  auto const rectangle_somewhere = [&] {
    return rectangle{static_cast<std::int32_t>(draw(500)), static_cast<std::int32_t>(draw(400)),
                     static_cast<std::int32_t>(100 + draw(600)), static_cast<std::int32_t>(100 + draw(500))};
  };
  // Nobody but the program paints it, or the server does, or it is translucent.
  std::vector<std::unique_ptr<painter>> victims;
  victims.push_back(std::make_unique<painter>(server.display(), painter::options{.inside = place}));
  victims.push_back(std::make_unique<painter>(server.display(), filled({300, 200, 300, 300}, own)));
  victims.push_back(std::make_unique<painter>(
      server.display(), painter::options{.inside = {50, 300, 300, 300}, .with_alpha = true}));
  std::vector<std::unique_ptr<painter>> others;
  for (int i = 0; i < 3; ++i) {
    others.push_back(std::make_unique<painter>(server.display(), filled(rectangle_somewhere(), canary)));
  }
  for (auto const& one : victims) {
    one->map();
    one->fill({0, 0, 2000, 2000}, own);
  }
  for (auto const& one : others) {
    one->map();
  }
  grabber pictures{server, {.painted_only = safe}};
  int had = 0;
  std::size_t leaked = 0;
  std::size_t leaks = 0;
  for (int i = 0; i < steps; ++i) {
    auto const& all = draw(2) == 0 ? victims : others;
    auto& one = *all[draw(3)];
    bool const agreed = &all == &victims;
    auto const action = draw(9);
    switch (action) {
    case 0:
      one.move(static_cast<std::int32_t>(draw(600)) - 50, static_cast<std::int32_t>(draw(500)) - 50);
      break;
    case 1: one.place(rectangle_somewhere()); break;
    case 2: one.stack(XCB_STACK_MODE_ABOVE); break;
    case 3: one.stack(XCB_STACK_MODE_BELOW); break;
    case 4: one.unmap(); break;
    case 5:
    case 6: one.map(); break;
    default:
      if (agreed) {
        one.fill(draw(3) == 0 ? rectangle_somewhere() : rectangle{0, 0, 2000, 2000}, own);
      }
      break;
    }
    if (draw(3) == 0) {
      pictures.take_change();
    }
    if (draw(2) == 0) {
      continue; // several at once
    }
    auto const listed = seen(pictures);
    std::vector<std::uint64_t> watched;
    for (auto const& window : victims) {
      if (find(listed, window->id()) != nullptr && draw(12) != 0) { // now and then not
        watched.push_back(window->id());
      }
    }
    pictures.watch(watched);
    for (auto const id : watched) {
      auto const inside = find(listed, id)->inside;
      auto const picture = taken(pictures, id, inside);
      if (picture) {
        ++had;
        auto const foreign = picture->pixels().size() - count(*picture, own);
        leaked += foreign;
        leaks += foreign != 0 ? 1 : 0;
      }
    }
  }
  std::printf("windows that do anything, %s: %d steps, %d pictures, %zu of them with %zu foreign pixels\n",
              safe ? "safe" : "unsafe", steps, had, leaks, leaked);
  CHECK(had > 20);
  CHECK((leaked == 0) == safe);
}

TEST_CASE("a translucent window is pictured over black") {
  x_server const server;
  painter below{server.display(), filled({0, 0, 1000, 1000}, canary)};
  below.map();
  grabber pictures{server};
  painter victim{server.display(), {.inside = place, .with_alpha = true}};
  seen(pictures);
  victim.map();
  watch(pictures, victim.id());
  CHECK_FALSE(taken(pictures, victim.id(), place));
  victim.fill({0, 0, 400, 300}, 0x80104020);
  CHECK(shows(taken(pictures, victim.id(), place), 0x104020));
}

TEST_CASE("what lies outside of a window's shape is black") {
  x_server const server;
  painter below{server.display(), filled({0, 0, 1000, 1000}, canary)};
  below.map();
  painter victim{server.display(), {.inside = place}};
  xcb_rectangle_t const round{100, 0, 200, 300};
  auto* const x = victim.connection();
  std::free(xcb_xfixes_query_version_reply(x, xcb_xfixes_query_version(x, 4, 0), nullptr));
  auto const region = xcb_generate_id(x);
  xcb_xfixes_create_region(x, region, 1, &round);
  xcb_xfixes_set_window_shape_region(x, victim.id(), 0, 0, 0, region); // 0: the bounding shape
  victim.map();
  victim.fill({0, 0, 400, 300}, own);
  grabber pictures{server};
  watch(pictures, victim.id());
  auto const picture = taken(pictures, victim.id(), place);
  REQUIRE(picture);
  CHECK(count(*picture, own) == 200 * 300);
  CHECK(count(*picture, 0) == 200 * 300);
}

TEST_CASE("a window that is partly outside of the screen") {
  x_server const server;
  painter victim{server.display(), filled({-100, -50, 400, 300}, own)};
  victim.map();
  grabber pictures{server};
  watch(pictures, victim.id());
  CHECK(find(seen(pictures), victim.id())->inside == rectangle{-100, -50, 400, 300});
  CHECK(shows(taken(pictures, victim.id(), {-100, -50, 400, 300}), own));
  auto const more = taken(pictures, victim.id(), {-200, -100, 1000, 1000});
  REQUIRE(more);
  CHECK(count(*more, own) == 400 * 300);
  CHECK(count(*more, 0) == 1000 * 1000 - 400 * 300);
}

TEST_CASE("a window or a server that goes away") {
  x_server server;
  painter victim{server.display(), filled(place, own)};
  victim.map();
  painter other{server.display(), filled({600, 100, 100, 100}, own)};
  other.map();
  grabber pictures{server};
  CHECK_FALSE(taken(pictures, 12345, place));       // never heard of
  CHECK_FALSE(taken(pictures, victim.id(), place)); // not watched
  watch(pictures, victim.id());
  CHECK(taken(pictures, victim.id(), place));
  victim.destroy();
  CHECK_FALSE(taken(pictures, victim.id(), place));
  watch(pictures, other.id());
  CHECK(taken(pictures, other.id(), {600, 100, 100, 100}));
  server.kill();
  auto into = screen_picture::black(place);
  screen_part_of const part[] = {{other.id(), {600, 100, 100, 100}}};
  auto const grabbed = pictures.grab(part, *into, true);
  REQUIRE_FALSE(grabbed);
  CHECK(grabbed.error().code == overt::error_code::source_lost);
  auto const looked = pictures.look();
  REQUIRE_FALSE(looked);
  CHECK(looked.error().code == overt::error_code::source_lost);
  CHECK(pictures.take_change());
  window_pictures nowhere{{.display = ":54321"}};
  auto const opened = nowhere.open();
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == overt::error_code::not_found);
}

TEST_CASE("changes of watched windows are told") {
  x_server const server;
  painter victim{server.display(), filled(place, own)};
  victim.map();
  painter other{server.display(), filled({600, 100, 100, 100}, canary)};
  other.map();
  grabber pictures{server};
  watch(pictures, victim.id());
  pictures.take_change();
  CHECK_FALSE(pictures.take_change());
  other.fill({0, 0, 50, 50}, own);
  other.move(620, 120);
  CHECK_FALSE(pictures.take_change());
  victim.fill({0, 0, 50, 50}, canary);
  CHECK(pictures.take_change());
  CHECK_FALSE(pictures.take_change());
  victim.move(110, 110);
  CHECK(pictures.take_change());
  // A window of another process, which is nothing to it, and then one of its own.
  test_window const foreign{server, "other", 700, 700, 50, 50};
  pause_ms(50);
  CHECK_FALSE(pictures.take_change());
  pause_ms(50);
  CHECK_FALSE(pictures.take_change());
  painter menu{server.display(), {.inside = {0, 0, 50, 50}, .unmanaged = true}};
  menu.map();
  CHECK(wait_until([&] { return pictures.take_change(); }));
  std::uint64_t const none = 0;
  pictures.watch(std::span{&none, 0});
  pictures.take_change();
  victim.fill({0, 0, 50, 50}, own);
  CHECK_FALSE(pictures.take_change());
  CHECK_FALSE(taken(pictures, victim.id(), place));
}

TEST_CASE("the cursor is told, and drawn over agreed windows only") {
  x_server const server;
  painter victim{server.display(), filled(place, own)};
  victim.map();
  auto* const x = victim.connection();
  auto const font = xcb_generate_id(x);
  xcb_open_font(x, font, 6, "cursor");
  auto const shape = xcb_generate_id(x);
  xcb_create_glyph_cursor(x, shape, font, font, 152, 153, 0, 0, 0, 65535, 65535, 65535); // XC_xterm
  std::free(xcb_xfixes_query_version_reply(x, xcb_xfixes_query_version(x, 4, 0), nullptr));
  xcb_xfixes_set_cursor_name(x, shape, 5, "xterm");
  xcb_change_window_attributes(x, victim.id(), XCB_CW_CURSOR, &shape);
  xcb_warp_pointer(x, 0, victim.screen().root, 0, 0, 0, 0, 200, 200);
  victim.sync();
  grabber pictures{server};
  watch(pictures, victim.id());
  auto const all = seen(pictures);
  REQUIRE(all.cursor);
  CHECK(all.cursor->x == 200);
  CHECK(all.cursor->y == 200);
  CHECK(all.cursor->shape == overt::cursor_shape::text);
  CHECK(shows(taken(pictures, victim.id(), place), own));
  auto const drawn = taken(pictures, victim.id(), place, true);
  REQUIRE(drawn);
  auto const changed = drawn->pixels().size() - count(*drawn, own);
  CHECK(changed > 10);
  CHECK(changed < 400);
  // Half of it over the part.
  auto half = screen_picture::black({150, 150, 100, 100});
  screen_part_of const part[] = {{victim.id(), {150, 150, 50, 100}}};
  auto const whole = pictures.grab(part, *half, true);
  REQUIRE(whole);
  CHECK(*whole);
  for (std::size_t line = 0; line < 100; ++line) {
    CHECK(std::ranges::count(half->row(line).subspan(50), 0U) == 50);
  }
}

TEST_CASE("a window in the frame of a window manager") {
  if (which("openbox").empty()) {
    WARN("skipped: openbox is not installed");
    return;
  }
  x_server const server;
  auto const manager = server.start({"openbox"});
  grabber pictures{server};
  painter victim{server.display(), {.inside = place}};
  auto* const x = victim.connection();
  auto const named = [x](std::string const& name) {
    auto* const reply = xcb_intern_atom_reply(
        x, xcb_intern_atom(x, 0, static_cast<std::uint16_t>(name.size()), name.data()), nullptr);
    auto const atom = reply->atom;
    std::free(reply);
    return atom;
  };
  auto const list = named("_NET_CLIENT_LIST"); // which it has when it is ready
  REQUIRE(wait_until([&] {
    auto* const reply =
        xcb_get_property_reply(x, xcb_get_property(x, 0, victim.screen().root, list, 0, 0, 0), nullptr);
    bool const there = reply->type != XCB_ATOM_NONE;
    std::free(reply);
    return there;
  }));
  pause_ms(100);
  victim.map();
  REQUIRE(wait_until([&] {
    auto const all = seen(pictures);
    auto const* const one = find(all, victim.id());
    return one != nullptr && one->active && one->inside.width == 400;
  }));
  watch(pictures, victim.id());
  auto const all = seen(pictures);
  auto const inside = find(all, victim.id())->inside;
  CHECK(find(all, victim.id())->process == static_cast<std::uint32_t>(::getpid()));
  CHECK_FALSE(find(all, victim.id())->popup);
  CHECK(inside.y > 100); // below the title
  CHECK_FALSE(taken(pictures, victim.id(), inside));
  victim.fill({0, 0, 900, 900}, own);
  CHECK(shows(taken(pictures, victim.id(), inside), own));
  painter above{server.display(),
                {.inside = {0, 0, 1000, 1000}, .background = true, .colour = canary, .unmanaged = true}};
  above.map();
  CHECK(shows(taken(pictures, victim.id(), inside), own));
  victim.place({inside.x, inside.y, 500, 350});
  pause_ms(100);
  victim.fill({0, 0, 900, 900}, own);
  auto const now = seen(pictures);
  auto const larger = find(now, victim.id())->inside;
  CHECK(larger.width == 500);
  auto const picture = taken(pictures, victim.id(), larger);
  CHECK(shows(picture, own));
}

TEST_CASE("how long it takes", "[.][measure]") {
  x_server const server{{"-screen", "0", "1920x1080x24"}};
  painter victim{server.display(), filled({0, 0, 1920, 1080}, own)};
  victim.map();
  std::vector<std::unique_ptr<painter>> others;
  for (int i = 0; i < 20; ++i) {
    others.push_back(std::make_unique<painter>(server.display(), filled({i * 10, i * 10, 200, 200}, canary)));
    others.back()->map();
  }
  for (bool const shared : {true, false}) {
    grabber pictures{server, {.shared_memory = shared}};
    watch(pictures, victim.id());
    auto into = screen_picture::black({0, 0, 1920, 1080});
    screen_part_of const part[] = {{victim.id(), {0, 0, 1920, 1080}}};
    auto const measure = [](char const* name, auto work) {
      std::vector<double> times;
      for (int i = 0; i < 200; ++i) {
        auto const begin = std::chrono::steady_clock::now();
        work();
        times.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
      }
      std::ranges::sort(times);
      std::printf("%s: median %.2f ms, 90 %% %.2f ms\n", name, times[100], times[180]);
    };
    measure("look, 21 windows", [&] { REQUIRE(pictures.look()); });
    measure(shared ? "grab 1920x1080, shared" : "grab 1920x1080, plain", [&] {
      auto const whole = pictures.grab(part, *into, true);
      REQUIRE(whole);
      REQUIRE(*whole);
    });
  }
}
