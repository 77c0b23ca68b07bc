// What the context backend hears of a locked screen: from a login manager and from screen savers on buses of
// the test's own, and in the right order with what is typed.

#include "support/x11_main.hpp"

#include <chrono>
#include <csignal>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <overt/capture/atspi/context.hpp>
#include <overt/capture/atspi/screen_lock_watch.hpp>
#include <overt/capture/port.hpp>
#include <overt/event/event.hpp>

#include "support/accessible_desktop.hpp"
#include "support/fake_lockers.hpp"
#include "support/x11_session.hpp"

using namespace overt_test;
using overt::capture::atspi::screen_lock_watch;

namespace {

constexpr auto ours = "/org/freedesktop/login1/session/_32";

bool installed() {
  if (which("dbus-daemon").empty()) {
    WARN("skipped: dbus-daemon is not installed");
    return false;
  }
  return true;
}

/// A bus of the test's own, which may be the system's as far as anybody on it can tell.
class own_bus {
public:
  own_bus() : daemon_{{"dbus-daemon", "--session", "--nofork", "--print-address"}, ""} {
    address = daemon_.answer();
  }
  ~own_bus() { end(); }
  void end() { daemon_.end(SIGKILL); }

  std::string address{};

private:
  process daemon_{};
};

/// A watch and what it said.
struct watching {
  watching(std::string session_bus, std::string system_bus)
      : watch{std::move(session_bus), std::move(system_bus), [this](overt::timestamp, bool locked) {
                said.push_back(locked);
                return true;
              }} {}

  void work_for(std::chrono::milliseconds time) {
    auto const end = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < end) {
      watch.tick(overt::capture::atspi::bus::now());
      auto waiting = watch.descriptors();
      ::poll(waiting.data(), waiting.size(), 2);
    }
  }
  bool says(bool locked, std::chrono::milliseconds patience = std::chrono::seconds{5}) {
    for (auto const end = std::chrono::steady_clock::now() + patience;
         std::chrono::steady_clock::now() < end;) {
      work_for(std::chrono::milliseconds{10});
      if (!said.empty() && said.back() == locked) {
        return true;
      }
    }
    return false;
  }
  /// It says the same for a while.
  bool keeps(bool locked, std::chrono::milliseconds time = std::chrono::milliseconds{400}) {
    work_for(time);
    return !said.empty() && said.back() == locked;
  }

  std::vector<bool> said{};
  screen_lock_watch watch;
};

constexpr auto nowhere = "unix:path=/nonexistent/bus";

} // namespace

TEST_CASE("where nobody locks a screen it is not locked") {
  watching alone{nowhere, nowhere};
  CHECK(alone.says(false));
  if (installed()) {
    own_bus const session;
    own_bus const system;
    watching quiet{session.address, system.address};
    CHECK(quiet.says(false));
    CHECK(quiet.keeps(false));
    CHECK(quiet.said.size() == 1);
  }
}

TEST_CASE("each screen saver is heard, and one that is there already is asked") {
  if (!installed()) {
    return;
  }
  own_bus const session;
  for (auto const& each : overt::capture::atspi::screen_savers) {
    INFO(each.name);
    fake_locker saver{session.address, each.name};
    REQUIRE(saver.good());
    {
      watching one{session.address, nowhere};
      REQUIRE(one.says(false));
      saver.active_changed(true);
      REQUIRE(one.says(true));
      REQUIRE(one.keeps(true));
      saver.active_changed(false);
      REQUIRE(one.says(false));
    }
    saver.is_locked(true);
    watching late{session.address, nowhere};
    CHECK(late.says(true));
    CHECK(late.said.front());
  }
}

TEST_CASE("that a screen saver ended is only believed when it says so itself") {
  if (!installed()) {
    return;
  }
  own_bus const session;
  auto saver = std::make_optional<fake_locker>(session.address, "org.gnome.ScreenSaver");
  watching one{session.address, nowhere};
  REQUIRE(one.says(false));
  saver->active_changed(true);
  REQUIRE(one.says(true));
  saver->active_changed(false);
  saver->is_locked(true); // its signal is old news
  CHECK(one.keeps(true));
  saver->answers(false);
  saver->active_changed(false);
  CHECK(one.keeps(true, std::chrono::milliseconds{2500}));
  saver->answers(true); // without another signal: it is asked again now and then
  CHECK(one.says(false));
  saver->active_changed(true);
  REQUIRE(one.says(true));
  saver.reset(); // and one that is gone covers nothing
  CHECK(one.says(false));
}

TEST_CASE("a screen stays locked when the bus goes away") {
  if (!installed()) {
    return;
  }
  own_bus session;
  fake_locker saver{session.address, "org.gnome.ScreenSaver"};
  watching one{session.address, nowhere};
  REQUIRE(one.says(false));
  saver.active_changed(true);
  REQUIRE(one.says(true));
  session.end();
  CHECK(one.keeps(true, std::chrono::milliseconds{2500}));
}

TEST_CASE("the login manager is heard: its hint, and wishes that a program grants or nobody") {
  if (!installed()) {
    return;
  }
  own_bus const system;
  fake_locker login{system.address, "org.freedesktop.login1", ours};
  REQUIRE(login.good());
  watching one{nowhere, system.address};
  REQUIRE(one.says(false));
  REQUIRE(wait_until([&] {
    one.work_for(std::chrono::milliseconds{10});
    return login.asked() > 0;
  }));

  login.hint_changed(true);
  REQUIRE(one.says(true));
  login.hint_changed(false);
  REQUIRE(one.says(false));

  login.wish("Lock");
  REQUIRE(one.says(true));
  CHECK(one.keeps(true)); // the hint is not set yet
  login.hint_changed(true);
  CHECK(one.keeps(true));
  login.wish("Unlock");
  CHECK(one.keeps(true)); // somebody has to type a password first
  login.hint_changed(false);
  CHECK(one.says(false));

  login.wish("Lock");
  REQUIRE(one.says(true));
  login.wish("Unlock");
  CHECK(one.says(false));
}

TEST_CASE("another session's lock is not this one's, and nobody else can end a lock") {
  if (!installed()) {
    return;
  }
  own_bus const system;
  fake_locker login{system.address, "org.freedesktop.login1", ours};
  fake_locker other{system.address, "", "/org/freedesktop/login1/session/_33"};
  fake_locker liar{system.address, "", ours};
  watching one{nowhere, system.address};
  REQUIRE(one.says(false));
  REQUIRE(wait_until([&] {
    one.work_for(std::chrono::milliseconds{10});
    return login.asked() > 0;
  }));
  other.wish("Lock", login.asker());
  CHECK(one.keeps(false));
  login.wish("Lock");
  REQUIRE(one.says(true));
  liar.wish("Unlock", login.asker());
  liar.hint_changed(false);
  CHECK(one.keeps(true));
}

TEST_CASE("the backend tells a recorder of the lock") {
  if (!installed() || which("openbox").empty()) {
    return;
  }
  accessible_desktop const desktop;
  own_bus const system;
  fake_locker saver{desktop.address, "org.freedesktop.ScreenSaver"};
  fake_locker login{system.address, "org.freedesktop.login1", ours};
  overt::capture::port<overt::event> out{};
  overt::capture::input_feed feed;
  overt::capture::atspi::context backend{{.session_bus = desktop.address, .system_bus = system.address}};
  backend.follow(feed);
  REQUIRE(backend.open(out));
  std::jthread const runner{[&](std::stop_token stop) { static_cast<void>(backend.run(out, stop)); }};
  std::optional<bool> locked;
  auto const told = [&](bool wanted) {
    return wait_until([&] {
      while (out.take([&](overt::capture::port<overt::event>::item&& item) {
        if (auto const* const given = std::get_if<1>(&item);
            given != nullptr && given->aspect == overt::capture::context_aspect::screen) {
          locked = given->locked;
        }
      })) {}
      return locked == wanted;
    });
  };
  REQUIRE(told(false));
  REQUIRE(wait_until([&] { return login.asked() > 0 && saver.asked() > 0; }));
  saver.active_changed(true);
  CHECK(told(true));
  saver.active_changed(false);
  CHECK(told(false));
  login.hint_changed(true);
  CHECK(told(true));
  login.hint_changed(false);
  CHECK(told(false));
}
