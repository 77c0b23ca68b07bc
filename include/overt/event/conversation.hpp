#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace overt::inline v0 {

namespace detail {

/// Programs for mail, chat and calls, by the last part of the name that the desktop knows them by, lower
/// case.
inline constexpr auto conversation_programs = std::to_array<std::string_view>({"aerc",
                                                                               "balsa",
                                                                               "betterbird",
                                                                               "chatty",
                                                                               "claws-mail",
                                                                               "clawsmail",
                                                                               "deltachat",
                                                                               "dino",
                                                                               "discord",
                                                                               "discordcanary",
                                                                               "element",
                                                                               "element-desktop",
                                                                               "evolution",
                                                                               "ferdium",
                                                                               "fractal",
                                                                               "franz",
                                                                               "gajim",
                                                                               "geary",
                                                                               "hexchat",
                                                                               "icedove",
                                                                               "jami",
                                                                               "jitsi",
                                                                               "kmail",
                                                                               "kmail2",
                                                                               "konversation",
                                                                               "kontact",
                                                                               "linphone",
                                                                               "mailspring",
                                                                               "mattermost",
                                                                               "mattermost-desktop",
                                                                               "mumble",
                                                                               "mutt",
                                                                               "neomutt",
                                                                               "nheko",
                                                                               "outlook",
                                                                               "pidgin",
                                                                               "polari",
                                                                               "quassel",
                                                                               "quasselclient",
                                                                               "qtox",
                                                                               "rambox",
                                                                               "rocketchat",
                                                                               "rocketchat-desktop",
                                                                               "signal",
                                                                               "signal-desktop",
                                                                               "skype",
                                                                               "skypeforlinux",
                                                                               "slack",
                                                                               "sylpheed",
                                                                               "teams",
                                                                               "teams-for-linux",
                                                                               "telegram",
                                                                               "telegram-desktop",
                                                                               "telegramdesktop",
                                                                               "thunderbird",
                                                                               "thunderbird-bin",
                                                                               "trojita",
                                                                               "viber",
                                                                               "vesktop",
                                                                               "weechat",
                                                                               "whatsapp",
                                                                               "whatsdesk",
                                                                               "wire",
                                                                               "wire-desktop",
                                                                               "zoom",
                                                                               "zulip"});

/// Identifiers whose last part says too little.
inline constexpr auto conversation_identifiers = std::to_array<std::string_view>(
    {"org.telegram.desktop", "us.zoom.zoom", "im.riot.riot", "io.github.qtox.qtox", "com.microsoft.teams",
     "net.thunderbird.thunderbird"});

/// Hosts of mail, chat and calls; what lies below one counts too.
inline constexpr auto conversation_hosts = std::to_array<std::string_view>({"mail.google.com",
                                                                            "chat.google.com",
                                                                            "meet.google.com",
                                                                            "outlook.com",
                                                                            "outlook.live.com",
                                                                            "outlook.office.com",
                                                                            "outlook.office365.com",
                                                                            "mail.yahoo.com",
                                                                            "mail.proton.me",
                                                                            "web.whatsapp.com",
                                                                            "web.telegram.org",
                                                                            "app.slack.com",
                                                                            "slack.com",
                                                                            "discord.com",
                                                                            "teams.microsoft.com",
                                                                            "teams.live.com",
                                                                            "messenger.com",
                                                                            "app.element.io",
                                                                            "zoom.us",
                                                                            "messages.google.com",
                                                                            "webmail.gmx.net",
                                                                            "navigator.web.de",
                                                                            "app.fastmail.com",
                                                                            "icloud.com",
                                                                            "zulipchat.com",
                                                                            "mattermost.com",
                                                                            "app.wire.com"});

[[nodiscard]] inline std::string lower_case(std::string_view text) {
  std::string lower{text};
  std::ranges::transform(lower, lower.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return lower;
}

} // namespace detail

/// Whether other people write into what this application or page shows: mail, chat, calls. What they write is
/// not the recorded person's to give (see `redact::pixels`).
///
/// A closed list of the well-known ones, by identifier (`context::application`) and by origin. It cannot be
/// complete: an application that is not in it is not known to be one.
[[nodiscard]] inline bool is_conversation(std::string_view application, std::string_view origin = {}) {
  if (!origin.empty()) {
    auto host = detail::lower_case(origin);
    host.erase(0, host.find("://") == std::string::npos ? 0 : host.find("://") + 3);
    host.resize(std::min(host.find_first_of(":/"), host.size()));
    auto const is_under = [&](std::string_view known) {
      return host == known || (host.size() > known.size() && host.ends_with(known) &&
                               host[host.size() - known.size() - 1] == '.');
    };
    if (std::ranges::any_of(detail::conversation_hosts, is_under)) {
      return true;
    }
  }
  auto const name = detail::lower_case(application);
  std::string_view whole{name};
  whole.remove_prefix(whole.find_last_of(":/") + 1); // "flatpak:org.signal.Signal", "/home/me/app/Telegram"
  auto const dot = whole.rfind('.');
  auto const last = dot == std::string_view::npos ? whole : whole.substr(dot + 1);
  return std::ranges::find(detail::conversation_identifiers, whole) !=
             detail::conversation_identifiers.end() ||
         std::ranges::find(detail::conversation_programs, whole) != detail::conversation_programs.end() ||
         std::ranges::find(detail::conversation_programs, last) != detail::conversation_programs.end();
}

} // namespace overt::inline v0
