#include <overt/event/conversation.hpp>

#include <overt_test/catch.hpp>

using overt::is_conversation;

TEST_CASE("L31, G13: programs and pages that other people write into", "[event]") {
  for (auto const* const application :
       {"thunderbird", "org.mozilla.Thunderbird", "org.signal.Signal", "slack", "org.telegram.desktop",
        "Discord", "hexchat", "flatpak:org.telegram.desktop", "/home/me/app/Telegram"}) {
    INFO(application);
    CHECK(is_conversation(application));
  }
  for (auto const* const application :
       {"", "mousepad", "org.gnome.TextEditor", "soffice.bin", "signals", "slacker"}) {
    INFO(application);
    CHECK_FALSE(is_conversation(application));
  }
  for (auto const* const origin : {"https://mail.google.com", "https://acme.slack.com:443",
                                   "https://web.whatsapp.com/", "https://TEAMS.microsoft.com"}) {
    INFO(origin);
    CHECK(is_conversation("chromium", origin));
  }
  for (auto const* const origin : {"https://google.com", "https://notslack.com",
                                   "https://slack.com.example.org", "https://example.org/slack.com", ""}) {
    INFO(origin);
    CHECK_FALSE(is_conversation("chromium", origin));
  }
}
