#include "command.hpp"

#include <cmath>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <overt/consent/control_client.hpp>
#include <overt/consent/indicator_line.hpp>

namespace {

namespace consent = overt::consent;

struct options {
  long session = 0;
  double minutes = 0;
  std::vector<std::string> applications;
  std::vector<std::string> sites;
};

void tell(consent::controlled_session const& session, consent::control_answer const& answer) {
  auto const left = answer.seconds_left
                        ? ", " + consent::detail::time_left(*answer.seconds_left * 1'000'000'000) + " left"
                        : std::string{};
  fmt::print("{}: {}{}", session.process, answer.state, left);
  if (!answer.exempt.empty()) {
    fmt::print("; not recorded: {}", fmt::join(answer.exempt, ", "));
  }
  fmt::print("\n");
}

/// Says the lines to all recorders of this user, or to those of one process.
int say(options const& chosen, std::vector<std::string> const& lines) {
  auto const sessions = consent::controlled_sessions();
  if (!sessions) {
    return command::fail(sessions.error());
  }
  int heard = 0;
  int code = command::done;
  for (auto const& session : *sessions) {
    if (chosen.session != 0 && session.process != chosen.session) {
      continue;
    }
    overt::result<consent::control_answer> answer{consent::control_answer{}};
    for (auto const& line : lines) {
      answer = consent::ask_session(session, line);
      if (!answer) {
        break;
      }
    }
    if (answer) {
      tell(session, *answer);
      ++heard;
    } else if (answer.error().code != overt::error_code::source_lost) {
      code = command::fail(answer.error());
    } else if (answer.error().message.find("any more") == std::string::npos) {
      code = command::fail(answer.error()); // it is there, and did not listen
    }
  }
  if (heard == 0 && code == command::done) {
    return command::fail({overt::error_code::source_lost,
                          chosen.session == 0
                              ? "no recording of yours is going on that can be spoken to."
                              : "this process records nothing of yours, or cannot be spoken to."});
  }
  return code;
}

CLI::App* add(CLI::App& app, std::string const& name, std::string const& what,
              std::shared_ptr<options> const& chosen) {
  auto* const sub = app.add_subcommand(name, what);
  sub->add_option("--session", chosen->session, "only the recorder of this process; else all of yours")
      ->check(CLI::PositiveNumber);
  return sub;
}

} // namespace

void command::add_pause(CLI::App& app, int& exit_code) {
  auto chosen = std::make_shared<options>();
  auto* const pause =
      add(app, "pause", "Pause recording: nothing from now on is kept, nor what was held back.", chosen);
  pause->add_option("--minutes", chosen->minutes, "go on by itself after so long; else until `overt resume`")
      ->check(CLI::Range(0.01, 525'600.0));
  pause->callback([chosen, &exit_code] {
    auto const seconds = static_cast<std::int64_t>(std::ceil(chosen->minutes * 60));
    exit_code = say(*chosen, {seconds > 0 ? fmt::format("pause {}", seconds) : "pause"});
  });

  add(app, "resume", "Go on recording after a pause.", chosen)->callback([chosen, &exit_code] {
    exit_code = say(*chosen, {"resume"});
  });

  auto* const exempt =
      add(app, "exempt", "Leave an application or a site out for the rest of the recording.", chosen);
  exempt->add_option("--application", chosen->applications, "as the receipt names it");
  exempt->add_option("--site", chosen->sites, "an address, like https://example.org");
  exempt->footer("Nothing of it that was held back leaves. What is in the trace already stays there until\n"
                 "it is erased (overt erase). There is no way back within the recording.");
  exempt->callback([chosen, &exit_code] {
    std::vector<std::string> lines;
    for (auto const& each : chosen->applications) {
      lines.push_back("exempt application " + each);
    }
    for (auto const& each : chosen->sites) {
      lines.push_back("exempt site " + each);
    }
    exit_code = lines.empty()
                    ? command::fail({overt::error_code::misuse,
                                     "say what to leave out: --application NAME or --site ADDRESS."})
                    : say(*chosen, lines);
  });

  add(app, "status", "Say which recordings of yours are going on, and whether they are paused.", chosen)
      ->callback([chosen, &exit_code] { exit_code = say(*chosen, {"status"}); });
}
