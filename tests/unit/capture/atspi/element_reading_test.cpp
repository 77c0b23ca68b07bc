#include <overt/capture/atspi/element_reading.hpp>

#include <overt/capture/atspi/bus_message.hpp>
#include <overt_test/catch.hpp>

using namespace overt::capture::atspi;

namespace {

/// What a program answers when it is asked for a property.
message_ptr property(int type, char const* contained, void const* value) {
  message_ptr made{dbus_message_new(DBUS_MESSAGE_TYPE_METHOD_RETURN)};
  DBusMessageIter all;
  DBusMessageIter inner;
  dbus_message_iter_init_append(made.get(), &all);
  dbus_message_iter_open_container(&all, DBUS_TYPE_VARIANT, contained, &inner);
  dbus_message_iter_append_basic(&inner, type, value);
  dbus_message_iter_close_container(&all, &inner);
  return made;
}

} // namespace

TEST_CASE("a name that could not be read is remembered, one that there is not is none",
          "[atspi][element_reading]") {
  char const* const name = "Save as";
  auto const told = property(DBUS_TYPE_STRING, "s", &name);
  element_reading good;
  CHECK(good.words_of(reply{told.get()}).view() == "Save as");
  CHECK_FALSE(good.wordless);

  dbus_int32_t const number = 4;
  auto const strange = property(DBUS_TYPE_INT32, "i", &number);
  element_reading bad;
  CHECK(bad.words_of(reply{strange.get()}).view().empty());
  CHECK(bad.wordless);
  CHECK(bad.words_of(reply{told.get()}).view() == "Save as");
  CHECK(bad.wordless); // for good

  element_reading refused; // by a program that knows no such property
  CHECK(refused.words_of(reply{}).view().empty());
  CHECK_FALSE(refused.wordless);
}
