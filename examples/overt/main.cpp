#include "command.hpp"

#include <overt/version.hpp>

int main(int argc, char** argv) {
  CLI::App app{
      "Records how a person uses a computer, in the open: with their consent, on the applications they\n"
      "agreed to, with everything else withheld before it can reach a disk."};
  app.footer(
      "A first session:\n"
      "  overt policy new --app mousepad --out policy.json        what may be recorded\n"
      "  overt consent new --policy policy.json --out receipt.json  read it, agree to it\n"
      "  overt record --receipt receipt.json --policy policy.json --out trace.mcap\n"
      "  overt show trace.mcap\n"
      "  overt review trace.mcap                                  look at it, delete from it, approve it\n\n"
      "Exit codes: 0 done, 1 refused or found wrong, 2 misuse.");
  app.set_version_flag("--version", fmt::format("overt {}.{}.{}", overt::version::major_number,
                                                overt::version::minor_number, overt::version::patch_number));
  app.require_subcommand(1);

  int exit_code = command::done;
  command::add_record(app, exit_code);
  command::add_pause(app, exit_code);
  command::add_show(app, exit_code);
  command::add_keys(app, exit_code);
  command::add_verify(app, exit_code);
  command::add_recover(app, exit_code);
  command::add_review(app, exit_code);
  command::add_export(app, exit_code);
  command::add_erase(app, exit_code);
  command::add_replay(app, exit_code);
  command::add_detect(app, exit_code);
  command::add_redact(app, exit_code);
  command::add_policy(app, exit_code);
  command::add_consent(app, exit_code);
  command::add_ledger(app, exit_code);
  command::add_access(app, exit_code);
  try {
    app.parse(argc, argv);
  } catch (CLI::ParseError const& wrong) {
    return app.exit(wrong) == 0 ? command::done : command::misused;
  }
  return exit_code;
}
