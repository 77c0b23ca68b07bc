#include <overt/capture/atspi/listening.hpp>

#include <string_view>

#include <overt_test/catch.hpp>

// GTK 4 and Qt 5 send what is typed into a password field to everybody who listens to changes of text, and
// LibreOffice what was typed in the names of menu items.
TEST_CASE("nothing is listened to whose message carries what was typed", "[atspi][listening]") {
  for (auto const& one : overt::capture::atspi::heard_events) {
    std::string_view const member{one.member};
    std::string_view const registered{one.registered};
    CAPTURE(registered);
    CHECK_FALSE(member.empty()); // a rule for a whole interface would let everything in
    CHECK_FALSE(std::string_view{one.interface}.empty());
    CHECK(member != "TextChanged");
    CHECK(registered.find("text-changed") == std::string_view::npos);
    if (member == "PropertyChange") {
      CHECK(std::string_view{one.detail} == "accessible-value");
    }
    if (member == "StateChanged") {
      CHECK_FALSE(std::string_view{one.detail}.empty());
    }
  }
}
