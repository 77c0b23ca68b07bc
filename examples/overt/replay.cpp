#include "command.hpp"
#include "trace_episodes.hpp"
#include "trace_input.hpp"

#include <csignal>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <overt/dataset/atspi/elements.hpp>
#include <overt/dataset/play/replay_reducer.hpp>
#include <overt/dataset/replay.hpp>
#include <overt/dataset/x11/player.hpp>
#include <overt/dataset/x11/windows.hpp>
#include <overt/trace/each_event.hpp>

namespace {

namespace dataset = overt::dataset;

struct options {
  command::trace_choice trace;
  std::string display;
  std::size_t episode = 1;
  double speed = 1.0;
  double limit_seconds = 10.0;
  bool semantic = false;
  bool attended = false;
  bool without_accessibility = false;
};

std::sig_atomic_t volatile interrupted = 0;

/// Ctrl+C and termination end the replay with nothing held down.
void listen_to_signals() {
  for (int const each : {SIGINT, SIGTERM, SIGHUP}) {
    std::signal(each, [](int) { interrupted = 1; });
  }
}

int tell(dataset::replay_outcome const& outcome, dataset::episode const& what) {
  fmt::print("{} of {} actions played", outcome.done, what.actions.size());
  if (outcome.told > 0) {
    fmt::print("; {} of them only by their element, because their input is not in the trace", outcome.told);
  }
  if (outcome.moved > 0) {
    fmt::print("; {} elsewhere than in the trace", outcome.moved);
  }
  if (!what.gaps.empty()) {
    fmt::print("; {} places of the trace are withheld or lost", what.gaps.size());
  }
  fmt::print("\n");
  if (outcome.unscrolled_dx_v120 != 0 || outcome.unscrolled_dy_v120 != 0) {
    fmt::print("not scrolled, because it is less than a notch: {} right, {} down (120ths)\n",
               outcome.unscrolled_dx_v120, outcome.unscrolled_dy_v120);
  }
  if (outcome.stopped) {
    fmt::print("stopped\n");
    return command::refused;
  }
  if (outcome.diverged) {
    auto const& found = *outcome.diverged;
    fmt::print("action {} ({}) is the first that differs, in its {}: expected {}, found {}\n",
               found.action + 1, dataset::name_of(what.actions[found.action].what),
               overt::name_of(found.what), found.expected, found.found);
    return command::refused;
  }
  return command::done;
}

template <class Elements>
int play(options const& chosen, dataset::episode const& what, Elements elements) {
  auto windows = dataset::x11::windows::open(chosen.display);
  if (!windows) {
    return command::fail(windows.error());
  }
  auto player = dataset::x11::player::open({.display = chosen.display, .attended = chosen.attended});
  if (!player) {
    return command::fail(player.error());
  }
  dataset::replay_options how;
  how.pace = chosen.semantic ? dataset::replay_pace::semantic : dataset::replay_pace::real_time;
  how.speed = chosen.speed;
  how.limit_ns = static_cast<std::int64_t>(chosen.limit_seconds * 1e9);
  how.stop = [] { return interrupted != 0; };
  listen_to_signals();
  auto const outcome = dataset::replay(*player, *windows, elements, what, how);
  return outcome ? tell(*outcome, what) : command::fail(outcome.error());
}

int replay(options const& chosen) {
  auto reader = command::open_trace(chosen.trace);
  if (!reader) {
    return command::fail(reader.error());
  }
  auto read = command::episodes_of<dataset::replay_reducer>(*reader);
  if (!read) {
    return command::fail(read.error());
  }
  auto& episodes = *read; // counted as overt export counts them
  std::erase_if(episodes, [](dataset::episode const& each) { return each.between_tasks; });
  if (chosen.episode < 1 || chosen.episode > episodes.size()) {
    return command::fail({overt::error_code::misuse,
                          fmt::format("the trace has {} tasks; --task names one of them.", episodes.size())});
  }
  auto const& what = episodes[chosen.episode - 1];
  if (chosen.without_accessibility) {
    return play(chosen, what, dataset::no_elements{});
  }
  auto elements = dataset::atspi::elements::open();
  if (!elements) {
    return command::fail(elements.error());
  }
  return play(chosen, what, *std::move(elements));
}

} // namespace

void command::add_replay(CLI::App& app, int& exit_code) {
  auto* const sub = app.add_subcommand("replay", "Do again what was done in a trace, in an X display.");
  auto chosen = std::make_shared<options>();
  add_trace_options(*sub, chosen->trace);
  sub->add_option("--display", chosen->display,
                  "the display to play into, like :99; there is no default, because a person may sit there")
      ->required();
  sub->add_option("--task", chosen->episode, "which task of the trace (1, if nothing is said)");
  sub->add_flag("--semantic", chosen->semantic,
                "wait for windows and elements instead of for the times of the trace, and look whether their "
                "values are the same afterwards");
  sub->add_option("--speed", chosen->speed, "how much faster than in the trace")
      ->check(CLI::Range(0.01, 100.0));
  sub->add_option("--limit", chosen->limit_seconds, "the longest wait for a window or an element, in seconds")
      ->check(CLI::Range(0.1, 3'600.0));
  sub->add_flag("--attended", chosen->attended,
                "play even into a display that has a keyboard or a pointer of its own");
  sub->add_flag("--without-accessibility", chosen->without_accessibility,
                "do not ask programs about elements");
  sub->footer(
      "Ends at the first difference. A trace in which a text, a key or a part of an action was withheld is "
      "not played: nothing is invented.");
  sub->callback([chosen, &exit_code] { exit_code = replay(*chosen); });
}
