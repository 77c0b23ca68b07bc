#include <overt/capture/atspi/bus_message.hpp>

#include <cstdint>
#include <string>

#include <overt/capture/atspi/element_parts.hpp>
#include <overt/capture/atspi/listening.hpp>
#include <overt_test/catch.hpp>

using namespace overt::capture::atspi;

namespace {

message_ptr signal_of(char const* interface, char const* member) {
  message_ptr made{dbus_message_new_signal("/a", interface, member)};
  dbus_message_set_sender(made.get(), ":1.7");
  return made;
}

message_ptr state_changed(char const* detail, std::int32_t first) {
  auto made = signal_of("org.a11y.atspi.Event.Object", "StateChanged");
  std::int32_t const second = 0;
  dbus_message_append_args(made.get(), DBUS_TYPE_STRING, &detail, DBUS_TYPE_INT32, &first, DBUS_TYPE_INT32,
                           &second, DBUS_TYPE_INVALID);
  return made;
}

} // namespace

TEST_CASE("arguments of another type than expected are nothing, and so is what follows",
          "[atspi][bus_message]") {
  auto const message = state_changed("focused", 1);
  arguments body{message.get()};
  CHECK(!body.number());
  CHECK(!body.text());
  CHECK(!arguments{message.get()}.enter_variant().text());
  CHECK(!arguments{message.get()}.object());
  CHECK(!arguments{nullptr}.text());
  CHECK(!read_states(arguments{message.get()}));
  CHECK(read_extents(arguments{message.get()}) == overt::rectangle{});
  CHECK(read_attributes(arguments{message.get()}).empty());
  CHECK(!read_objects(arguments{message.get()}, 5));
}

TEST_CASE("a text that is too long is not read", "[atspi][bus_message]") {
  auto const message = state_changed(std::string(5000, 'x').c_str(), 7);
  arguments body{message.get()};
  CHECK(!body.text());
  CHECK(body.number() == 7);
}

TEST_CASE("a reference to a name that is none refers to nothing", "[atspi][bus_message]") {
  for (char const* const name : {"", "no name", ":", ":\xc3\xa4", "org.example.Service"}) {
    message_ptr const message{dbus_message_new(DBUS_MESSAGE_TYPE_METHOD_RETURN)};
    DBusMessageIter at;
    DBusMessageIter inside;
    char const* const path = "/a";
    dbus_message_iter_init_append(message.get(), &at);
    dbus_message_iter_open_container(&at, DBUS_TYPE_STRUCT, nullptr, &inside);
    dbus_message_iter_append_basic(&inside, DBUS_TYPE_STRING, static_cast<void const*>(&name));
    dbus_message_iter_append_basic(&inside, DBUS_TYPE_OBJECT_PATH, static_cast<void const*>(&path));
    dbus_message_iter_close_container(&at, &inside);
    auto const found = arguments{message.get()}.object();
    REQUIRE(found);
    CHECK_FALSE(*found);
  }
}

TEST_CASE("signals are decoded to what they are about", "[atspi][listening]") {
  auto const focused = decode(state_changed("focused", 1).get(), overt::timestamp{5});
  REQUIRE(focused);
  CHECK(focused->what == notice_kind::focused);
  CHECK(focused->from == object_id{":1.7", "/a"});
  CHECK(focused->detail == 1);
  CHECK(focused->heard == overt::timestamp{5});
  CHECK(!decode(state_changed("something-else", 1).get(), {}));
  CHECK(!decode(signal_of("org.a11y.atspi.Event.Object", "TextChanged").get(), {}));
}

TEST_CASE("where a caret went is not kept", "[atspi][listening]") {
  auto message = signal_of("org.a11y.atspi.Event.Object", "TextCaretMoved");
  char const* const nothing = "";
  std::int32_t const offset = 8;
  dbus_message_append_args(message.get(), DBUS_TYPE_STRING, &nothing, DBUS_TYPE_INT32, &offset,
                           DBUS_TYPE_INT32, &offset, DBUS_TYPE_INVALID);
  auto const told = decode(message.get(), {});
  REQUIRE(told);
  CHECK(told->what == notice_kind::caret_moved);
  CHECK(told->detail == 0);
}

TEST_CASE("nothing that carries text is listened to", "[atspi][listening]") {
  for (auto const& one : heard_events) {
    std::string const name = one.registered;
    CHECK(name.find("text-changed") == std::string::npos);
    CHECK(name.find("accessible-name") == std::string::npos);
    CHECK(name.find("accessible-description") == std::string::npos);
    CHECK((std::string{one.member} != "PropertyChange" || std::string{one.detail} == "accessible-value"));
  }
}

TEST_CASE("only the bus itself says who left it", "[atspi][listening]") {
  for (auto const* const sender : {":1.9", DBUS_SERVICE_DBUS}) {
    message_ptr const message{
        dbus_message_new_signal(DBUS_PATH_DBUS, DBUS_INTERFACE_DBUS, "NameOwnerChanged")};
    dbus_message_set_sender(message.get(), sender);
    char const* const name = ":1.7";
    char const* const none = "";
    dbus_message_append_args(message.get(), DBUS_TYPE_STRING, &name, DBUS_TYPE_STRING, &name,
                             DBUS_TYPE_STRING, &none, DBUS_TYPE_INVALID);
    CHECK(decode(message.get(), {}).has_value() == (std::string{sender} == DBUS_SERVICE_DBUS));
  }
}
