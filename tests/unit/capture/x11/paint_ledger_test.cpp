#include <overt/capture/x11/paint_ledger.hpp>

#include <vector>

#include <overt_test/catch.hpp>

using overt::rectangle;
using overt::capture::x11::paint_ledger;

namespace {

constexpr rectangle screen{0, 0, 1000, 1000};
constexpr rectangle place{100, 100, 200, 200};
constexpr rectangle all{0, 0, 200, 200};
std::vector<rectangle> const unshaped{{-1, -1, 202, 202}};

paint_ledger with_window(bool painted = true) {
  paint_ledger ledger{screen};
  ledger.add({.id = 1, .outside = place, .mapped = painted}, 0, painted);
  return ledger;
}

} // namespace

TEST_CASE("what was covered when a window was redirected is not its own until it is drawn") {
  auto ledger = with_window();
  CHECK_FALSE(ledger.owns(1, all)); // not redirected
  ledger.add({.id = 2, .outside = {250, 0, 100, 1000}, .mapped = true}, 0, true);
  ledger.redirected(1, false, unshaped);
  CHECK(ledger.owns(1, {0, 0, 150, 200}));
  CHECK_FALSE(ledger.owns(1, all));
  ledger.painted(1, {150, 0, 50, 100}, 1);
  CHECK(ledger.owns(1, {0, 0, 200, 100}));
  CHECK_FALSE(ledger.owns(1, all));
  ledger.painted(1, {150, 100, 50, 100}, 1);
  CHECK(ledger.owns(1, all));
  CHECK_FALSE(ledger.owns(7, all));
}

TEST_CASE("a window that somebody else redirected has nothing of the screen in it") {
  auto ledger = with_window();
  ledger.add({.id = 2, .outside = {0, 0, 1000, 1000}, .mapped = true}, 0, true);
  ledger.redirected(1, true, unshaped);
  CHECK(ledger.owns(1, all));
}

TEST_CASE("what lies outside of the screen or of the window's shape is not its own") {
  paint_ledger ledger{screen};
  ledger.add({.id = 1, .outside = {900, 0, 202, 202}, .mapped = true}, 1, true);
  ledger.redirected(1, false, {{0, 0, 200, 100}});
  CHECK(ledger.owns(1, {1, 1, 99, 100}));
  CHECK_FALSE(ledger.owns(1, {1, 1, 100, 100}));
  CHECK_FALSE(ledger.owns(1, {1, 1, 99, 101}));
}

TEST_CASE("drawing counts once before a window has a pixmap, and twice after") {
  auto ledger = with_window(false);
  ledger.mapped(1);
  ledger.painted(1, {0, 0, 200, 100}, 1);
  ledger.redirected(1, false, unshaped);
  CHECK(ledger.owns(1, {0, 0, 200, 100}));
  CHECK_FALSE(ledger.owns(1, all));
  ledger.painted(1, {0, 100, 200, 100}, 1); // what was not drawn before needs once
  CHECK(ledger.owns(1, all));
  ledger.unmapped(1);
  ledger.mapped(1);
  CHECK_FALSE(ledger.owns(1, {0, 0, 1, 1}));
  ledger.painted(1, all, 1); // that is the server's
  CHECK_FALSE(ledger.owns(1, {0, 0, 1, 1}));
  ledger.painted(1, {0, 0, 10, 10}, 1);
  CHECK(ledger.owns(1, {0, 0, 10, 10}));
  CHECK_FALSE(ledger.owns(1, all));

  auto managed = with_window(false);
  managed.mapped(1);
  managed.painted(1, all, 1);
  managed.redirected(1, true, unshaped); // it had a pixmap, so that this was the server's
  CHECK_FALSE(managed.owns(1, all));
  managed.painted(1, all, 1);
  CHECK(managed.owns(1, all));
}

TEST_CASE("a new size") {
  auto ledger = with_window();
  ledger.redirected(1, false, unshaped);
  ledger.placed(1, {100, 100, 300, 300}, 0, 0);
  CHECK(ledger.take_doubted().empty()); // all was its own, and so is what is copied
  rectangle const now{0, 0, 300, 300};
  CHECK_FALSE(ledger.owns(1, {0, 0, 1, 1}));
  ledger.painted(1, now, 1);
  CHECK(ledger.owns(1, all)); // did not become visible
  CHECK_FALSE(ledger.owns(1, now));
  ledger.placed(1, {100, 100, 310, 310}, 0, 0);
  CHECK(ledger.take_doubted() == std::vector<std::uint32_t>{1}); // what is copied may be foreign
  ledger.distrust(1, 10);
  ledger.painted(1, {0, 0, 310, 310}, 9);
  ledger.painted(1, {0, 0, 310, 310}, 9);
  CHECK_FALSE(ledger.owns(1, {0, 0, 1, 1}));
  ledger.painted(1, {0, 0, 310, 310}, 10);
  ledger.painted(1, {0, 0, 310, 310}, 11);
  CHECK(ledger.owns(1, {0, 0, 310, 310}));
  // To another place at the same time: all of it may become visible.
  ledger.placed(1, {120, 120, 200, 200}, 0, 0);
  ledger.painted(1, all, 12);
  CHECK_FALSE(ledger.owns(1, {0, 0, 1, 1}));
}

TEST_CASE("what another window uncovers is not a window's own until it is drawn") {
  for (int const how : {0, 1, 2, 3}) {
    auto ledger = with_window();
    ledger.add({.id = 2, .outside = {250, 0, 100, 1000}, .mapped = true}, 0, true);
    if (how == 0) {
      ledger.unmapped(2);
    } else if (how == 1) {
      ledger.remove(2);
    } else if (how == 2) {
      ledger.placed(2, {270, 0, 100, 1000}, 0, 1);
    } else {
      ledger.lowered(2);
    }
    ledger.redirected(1, false, unshaped);
    CHECK(ledger.owns(1, {0, 0, 150, 200}));
    CHECK_FALSE(ledger.owns(1, {150, 0, 20, 200}));
    ledger.painted(1, {150, 0, 50, 200}, 1);
    CHECK(ledger.owns(1, all));
  }
  // The window itself comes to the front.
  auto ledger = with_window();
  ledger.add({.id = 2, .outside = {250, 0, 100, 1000}, .mapped = true}, 0, true);
  ledger.raised(1);
  ledger.redirected(1, false, unshaped);
  CHECK_FALSE(ledger.owns(1, all));
}

TEST_CASE("a redirected window that is uncovered is told to be drawn, which counts for nothing") {
  auto ledger = with_window();
  ledger.add({.id = 2, .outside = {250, 0, 100, 1000}, .mapped = true}, 0, true);
  ledger.redirected(1, false, unshaped);
  ledger.unmapped(2);
  CHECK(ledger.take_doubted() == std::vector<std::uint32_t>{1});
  ledger.distrust(1, 5);
  ledger.painted(1, {150, 0, 50, 200}, 4);
  CHECK_FALSE(ledger.owns(1, all));
  ledger.painted(1, {150, 0, 50, 200}, 5);
  CHECK(ledger.owns(1, all));
  ledger.mapped(2);
  ledger.unmapped(2);
  CHECK(ledger.take_doubted().empty()); // there is nothing foreign in it to doubt
  CHECK(ledger.owns(1, all));
}

TEST_CASE("a window given back and taken again") {
  auto ledger = with_window();
  ledger.add({.id = 2, .outside = {250, 0, 100, 1000}, .mapped = true}, 0, true);
  ledger.redirected(1, false, unshaped);
  ledger.given_back(1);
  CHECK(ledger.take_doubted() == std::vector<std::uint32_t>{1});
  CHECK_FALSE(ledger.owns(1, {0, 0, 1, 1}));
  ledger.unmapped(2);
  ledger.redirected(1, false, unshaped);
  CHECK_FALSE(ledger.owns(1, all));
}
