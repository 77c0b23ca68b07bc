#include <overt/capture/atspi/screen_lock_notice.hpp>

#include <optional>
#include <string>

#include <dbus/dbus.h>

#include <overt_test/catch.hpp>

namespace {

using namespace overt::capture::atspi;

constexpr auto ours = "/org/freedesktop/login1/session/_32";

message_ptr signal_of(char const* interface, char const* member, char const* path = ours) {
  message_ptr made{dbus_message_new_signal(path, interface, member)};
  dbus_message_set_sender(made.get(), ":1.7");
  return made;
}

message_ptr active_changed(char const* interface, bool active) {
  auto made = signal_of(interface, "ActiveChanged", "/org/gnome/ScreenSaver");
  dbus_bool_t const value = active ? 1 : 0;
  dbus_message_append_args(made.get(), DBUS_TYPE_BOOLEAN, &value, DBUS_TYPE_INVALID);
  return made;
}

std::optional<lock_notice_kind> kind_of(message_ptr const& message, std::string const& session = ours) {
  auto const told = decode_lock(message.get(), session);
  return told ? std::optional{told->what} : std::nullopt;
}

} // namespace

TEST_CASE("each screen saver is believed that it began, and asked whether it ended", "[atspi][lock]") {
  for (std::size_t i = 0; i < screen_savers.size(); ++i) {
    auto const began = decode_lock(active_changed(screen_savers[i].name, true).get(), {});
    REQUIRE(began);
    CHECK(began->what == lock_notice_kind::saver_began);
    CHECK(began->saver == i);
    CHECK(kind_of(active_changed(screen_savers[i].name, false)) == lock_notice_kind::ask_again);
  }
  // Not made as it should be.
  CHECK(kind_of(signal_of("org.gnome.ScreenSaver", "ActiveChanged")) == lock_notice_kind::ask_again);
  CHECK_FALSE(kind_of(active_changed("org.example.ScreenSaver", true)));
}

TEST_CASE("the login manager's word counts for the own session", "[atspi][lock]") {
  CHECK(kind_of(signal_of(login_session, "Lock")) == lock_notice_kind::lock_wished);
  CHECK(kind_of(signal_of(login_session, "Unlock")) == lock_notice_kind::unlock_wished);
  CHECK(kind_of(signal_of(DBUS_INTERFACE_PROPERTIES, "PropertiesChanged")) == lock_notice_kind::ask_again);
  CHECK_FALSE(kind_of(signal_of(login_session, "PauseDevice")));
  for (auto const* const other : {"/org/freedesktop/login1/session/_33", "/", ""}) {
    CHECK_FALSE(kind_of(signal_of(login_session, "Lock"), other));
    CHECK_FALSE(kind_of(signal_of(login_session, "Unlock"), other));
  }
}

TEST_CASE("who came or went is asked again", "[atspi][lock]") {
  CHECK(kind_of(signal_of(DBUS_INTERFACE_DBUS, "NameOwnerChanged", DBUS_PATH_DBUS), {}) ==
        lock_notice_kind::ask_again);
}
