#include "command.hpp"
#include "home.hpp"
#include "ledger_words.hpp"

#include <cstddef>
#include <memory>
#include <string>

#include <overt/consent/json/ledger_check.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/iso8601.hpp>

namespace {

namespace consent = overt::consent;

struct options {
  std::string home;
  std::string head;
};

overt::result<consent::ledger_check> checked(options const& chosen) {
  if (!chosen.head.empty() && !overt::detail::is_lower_hex(chosen.head, 64)) {
    return overt::failure{overt::error_code::misuse,
                          "--head is 64 hexadecimal digits, as `overt ledger verify` prints them."};
  }
  auto const home = command::home_at(chosen.home);
  if (!home) {
    return home.error();
  }
  auto found = consent::verify(home->ledger(), chosen.head);
  if (!found && found.error().code == overt::error_code::not_found) {
    return overt::failure{overt::error_code::not_found,
                          "there is no ledger in " + home->folder +
                              ": nothing was noted there yet. If something was, the ledger was taken away."};
  }
  return found;
}

int tell(consent::ledger_check const& found) {
  if (found.interruptions > 0) {
    fmt::print(
        "{} of its lines {} left unfinished when the computer stopped; the entries after them say so.\n",
        found.interruptions, found.interruptions == 1 ? "was" : "were");
  }
  if (found.wrong) {
    fmt::print("NOT SOUND: {}\n", consent::describe(*found.wrong));
    fmt::print("{} entries before it are sound.\n", found.entries.size());
    return command::refused;
  }
  return command::done;
}

int verify(options const& chosen) {
  auto const found = checked(chosen);
  if (!found) {
    return command::fail(found.error());
  }
  auto const exit_code = tell(*found);
  if (exit_code == command::done) {
    fmt::print("sound: {} {}, in the order in which they were written{}\n", found->entries.size(),
               found->entries.size() == 1 ? "entry" : "entries",
               chosen.head.empty() ? "" : "; nothing until the head you named is missing");
    fmt::print("head: {}\n", found->head());
    if (chosen.head.empty()) {
      fmt::print("Keep the head somewhere else. With it, overt ledger verify --head notices when entries at "
                 "the end were taken away, or all was written anew.\n");
    }
  }
  return exit_code;
}

int show(options const& chosen) {
  auto const found = checked(chosen);
  if (!found) {
    return command::fail(found.error());
  }
  for (auto const& entry : found->entries) {
    fmt::print("{}  {}\n", overt::detail::format_date_time(entry.wall_ns), command::words_of(entry));
  }
  return tell(*found);
}

} // namespace

void command::add_ledger(CLI::App& app, int& exit_code) {
  auto* const sub = app.add_subcommand(
      "ledger", "Look at what was done under your consent, and whether nobody changed what stands there.");
  sub->require_subcommand(1);
  auto chosen = std::make_shared<options>();

  auto* const check_it = sub->add_subcommand("verify", "Check every entry against the one before it.");
  check_it->add_option("--head", chosen->head,
                       "the head that it had earlier: is all until then still there?");
  command::add_home(*check_it, chosen->home);
  check_it->callback([chosen, &exit_code] { exit_code = verify(*chosen); });

  auto* const show_it = sub->add_subcommand("show", "Print every entry as a sentence.");
  command::add_home(*show_it, chosen->home);
  show_it->callback([chosen, &exit_code] { exit_code = show(*chosen); });

  sub->footer(
      "The ledger has consents, recordings, pauses, reviews, exports, openings and erasures, and never "
      "what was\nrecorded.");
}
