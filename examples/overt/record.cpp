#include "command.hpp"
#include "home.hpp"
#include "noted_controls.hpp"
#include "noted_session.hpp"
#include "person.hpp"
#include "trace_file.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <pthread.h>
#include <unistd.h>

#include <overt/capture/atspi/context.hpp>
#include <overt/capture/atspi/window_elements.hpp>
#include <overt/capture/pictures.hpp>
#include <overt/capture/task.hpp>
#include <overt/capture/x11/desktop.hpp>
#include <overt/capture/x11/window_pictures.hpp>
#include <overt/consent/control_socket.hpp>
#include <overt/consent/json/receipt_json.hpp>
#include <overt/consent/sodium/key_store.hpp>
#include <overt/consent/terminal_indicator.hpp>
#include <overt/consent/x11/window_indicator.hpp>
#include <overt/recorder.hpp>
#include <overt/redact/json/policy_file.hpp>
#include <overt/sink/tee.hpp>
#include <overt/sink/timeline.hpp>

namespace {

namespace consent = overt::consent;

struct options {
  std::string receipt;
  std::string policy;
  std::string out;
  std::string indicator = "window";
  std::string key_store = "keys";
  std::string home;
  std::string person_key;
  std::string stop_keys = "control+alt+End";
  std::string pause_keys = "control+alt+Pause";
  std::string task;
  std::string done_keys = "control+alt+Return";
  std::string failed_keys = "control+alt+BackSpace";
  double seconds = 0;
  std::uint64_t part_megabytes = 0;
  double part_hours = 0;
  bool print = false;
  bool without_accessibility = false;
};

/// Turns Ctrl+C and termination, and the end of the given time, into a stop. Signals are waited for in a
/// thread of their own, so that nothing happens inside a handler. A task that was begun is ended first.
class stopper {
public:
  stopper(double seconds, std::optional<overt::capture::task<>> task) : task_{std::move(task)} {
    sigemptyset(&signals_);
    for (int const each : {SIGINT, SIGTERM, SIGHUP}) {
      sigaddset(&signals_, each);
    }
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr); // before any other thread is made
    thread_ = std::jthread{[this, seconds](std::stop_token ended) { wait(std::move(ended), seconds); }};
  }

  [[nodiscard]] std::stop_token token() const { return source_.get_token(); }

private:
  void wait(std::stop_token ended, double seconds) {
    auto const end = std::chrono::steady_clock::now() + std::chrono::duration<double>{seconds};
    while (!ended.stop_requested()) {
      timespec const step{0, 50'000'000};
      if (sigtimedwait(&signals_, nullptr, &step) > 0 ||
          (seconds > 0 && std::chrono::steady_clock::now() >= end)) {
        if (task_) {
          task_->end(overt::task_outcome::unsaid);
        }
        source_.request_stop();
        return;
      }
    }
  }

  std::optional<overt::capture::task<>> task_;
  sigset_t signals_{};
  std::stop_source source_;
  std::jthread thread_;
};

/// "control+alt+End": modifiers, then a key as X11 names it.
overt::result<overt::capture::x11::chord> chord_named(std::string_view text, std::string_view option) {
  overt::capture::x11::chord made;
  constexpr auto names = flags(overt::modifiers{});
  for (auto plus = text.find('+'); plus != std::string_view::npos && plus + 1 < text.size();
       plus = text.find('+')) {
    auto const found = std::find(names.begin(), names.end(), text.substr(0, plus));
    if (found == names.end()) {
      break;
    }
    made.held = made.held | static_cast<overt::modifiers>(1u << (found - names.begin()));
    text.remove_prefix(plus + 1);
  }
  auto const symbol = overt::symbol_named(text);
  if (!symbol) {
    return overt::failure{overt::error_code::misuse,
                          std::string{option} +
                              " names modifiers (shift, control, alt, super) and a key, like "
                              "control+alt+End."};
  }
  made.symbol = *symbol;
  return made;
}

/// The keys that end the recording: without a word, and with how the task ended.
overt::result<std::vector<overt::capture::x11::stop_chord>>
stop_chords_of(options const& chosen, overt::capture::task<> const& task) {
  struct ending {
    std::string_view keys;
    std::string_view option;
    overt::task_outcome says;
  };
  std::array const endings{ending{chosen.stop_keys, "--stop-keys", overt::task_outcome::unsaid},
                           ending{chosen.done_keys, "--done-keys", overt::task_outcome::success},
                           ending{chosen.failed_keys, "--failed-keys", overt::task_outcome::failure}};
  std::vector<overt::capture::x11::stop_chord> made;
  for (auto const& each : std::span{endings}.first(chosen.task.empty() ? 1 : endings.size())) {
    auto const keys = chord_named(each.keys, each.option);
    if (!keys) {
      return keys.error();
    }
    made.push_back(
        {.keys = *keys, .first = [told = task, outcome = each.says]() mutable { told.end(outcome); }});
  }
  return made;
}

/// A timeline on the terminal, if one was asked for.
struct printing {
  bool on = false;
  overt::sink::timeline to{};

  [[nodiscard]] overt::result<void> open(overt::session_info const& info) {
    return on ? to.open(info) : overt::result<void>{};
  }
  template <class Event>
  void write(overt::cleared<Event> const& what) {
    if (on) {
      to.write(what);
    }
  }
  [[nodiscard]] overt::result<void> flush() { return on ? to.flush() : overt::result<void>{}; }
  [[nodiscard]] overt::result<void> close(overt::session_end const& end) {
    return on ? to.close(end) : overt::result<void>{};
  }
};

overt::sink::mcap_options parts_of(options const& chosen) {
  overt::sink::mcap_options made;
  made.part_bytes = chosen.part_megabytes * 1'000'000;
  made.part_ns = static_cast<std::int64_t>(chosen.part_hours * 3'600e9);
  return made;
}

/// The trace to write. A sealed one gets a new key, which the key store keeps wrapped for those that the
/// receipt names; `key_id` becomes its id.
overt::result<command::trace_file> file_for(options const& chosen, consent::active_consent const& agreed,
                                            std::string& key_id) {
  if (!std::string_view{chosen.out}.ends_with(".sealed")) {
    return command::trace_file::named(chosen.out, parts_of(chosen));
  }
  auto const store = consent::key_store::make(chosen.key_store);
  if (!store) {
    return store.error();
  }
  auto key = store->mint(agreed.terms(), overt::system_clocks{}.wall_ns());
  if (!key) {
    return key.error();
  }
  key_id = key->id().text();
  return command::trace_file::sealed(chosen.out, std::move(*key), parts_of(chosen));
}

std::uint64_t written_in(overt::session_summary const& summary) {
  std::uint64_t written = 0;
  for (auto const& total : summary.totals) {
    written += total.written;
  }
  return written;
}

void tell(overt::session_summary const& summary, std::string const& path) {
  std::uint64_t withheld = 0;
  std::uint64_t dropped = 0;
  for (auto const& total : summary.totals) {
    withheld += total.withheld;
    dropped += total.dropped;
  }
  fmt::print(stderr, "overt: {} events in {}; {} withheld, {} lost for want of room.\n", written_in(summary),
             path, withheld, dropped);
  for (auto const& lost : summary.source_failures) {
    fmt::print(stderr, "overt: {}\n", lost);
  }
}

template <class Indicator, class Backends>
int record_from(Backends backends, consent::active_consent& agreed, Indicator shown,
                overt::redact::file_chain policies, std::stop_token stop, options const& chosen) {
  auto noted = command::noted_session::begin(
      {.home = chosen.home, .out = chosen.out, .receipt = chosen.receipt, .key_store = chosen.key_store},
      agreed.terms());
  if (!noted) {
    return command::fail(noted.error());
  }
  std::string key_id;
  auto file = file_for(chosen, agreed, key_id);
  if (!file) {
    return command::fail(file.error());
  }
  if (auto const held = noted->hold(key_id); !held) {
    return command::fail(held.error());
  }
  auto const progress = file->progress();
  auto const where = command::home_at(chosen.home);
  if (!where) {
    return command::fail(where.error());
  }
  command::noted_controls const controlled{*where, agreed.terms().record_id};
  overt::recorder recorder{
      agreed, shown, std::move(backends), std::move(policies),
      overt::sink::tee{std::move(*file), printing{.on = chosen.print}, command::noted_controls{controlled}}};
  controlled.follow(recorder.controls());
  auto const socket = consent::control_socket::open(recorder.controls());
  if (!socket) {
    fmt::print(stderr, "overt: {}. `overt pause` does not reach this recording; its indicator and {} do.\n",
               socket.error().message, chosen.pause_keys);
  }
  auto const summary = recorder.run(std::move(stop));
  if (!summary) {
    return command::fail(summary.error());
  }
  tell(*summary, chosen.out);
  auto const told = noted->end(written_in(*summary), summary->ended);
  if (!told) {
    static_cast<void>(command::fail(told.error()));
  }
  if (progress.lost() > 0) {
    fmt::print(stderr,
               "overt: the disk was full for a while; {} events are missing, and the trace says where.\n",
               progress.lost());
  }
  if (summary->ended != overt::consent_state::active) {
    fmt::print(stderr, "overt: recording was ended: {}.\n", overt::name_of(summary->ended));
    return command::refused;
  }
  return told && summary->source_failures.empty() ? command::done : command::refused;
}

template <class Indicator>
int record_under(consent::active_consent& agreed, Indicator shown, overt::redact::file_chain policies,
                 options const& chosen, overt::capture::task<> task, std::stop_token stop) {
  namespace capture = overt::capture;
  auto stop_chords = stop_chords_of(chosen, task);
  if (!stop_chords) {
    return command::fail(stop_chords.error());
  }
  capture::x11::desktop_options watching;
  watching.stop_chords = std::move(*stop_chords);
  auto const pause_keys = chord_named(chosen.pause_keys, "--pause-keys");
  if (!pause_keys) {
    return command::fail(pause_keys.error());
  }
  watching.pause_chords.push_back(*pause_keys);
  auto const& pictures = std::get<overt::redact::switched<overt::redact::pixels>>(policies.policies);
  if (chosen.without_accessibility && pictures.on) {
    return command::fail(
        {overt::error_code::misuse,
         "the policy lets pictures out, and --without-accessibility leaves nothing that says "
         "what has to be filled in them. Leave one of the two out. Nothing was recorded."});
  }
  if (chosen.without_accessibility) {
    return record_from(capture::x11::desktop{watching} + std::move(task), agreed, std::move(shown),
                       std::move(policies), std::move(stop), chosen);
  }
  auto input = capture::x11::desktop{watching} + capture::atspi::context{};
  if (pictures.on) {
    return record_from(
        std::move(input) +
            capture::pictures{capture::x11::window_pictures{}, capture::atspi::window_elements{}} +
            std::move(task),
        agreed, std::move(shown), std::move(policies), std::move(stop), chosen);
  }
  return record_from(std::move(input) + std::move(task), agreed, std::move(shown), std::move(policies),
                     std::move(stop), chosen);
}

int record(options const& chosen) {
  overt::capture::task<> const task{chosen.task};
  stopper const stop{chosen.seconds, chosen.task.empty() ? std::nullopt : std::optional{task}};
  auto policy = overt::redact::read_policy(chosen.policy);
  if (!policy) {
    return command::fail(policy.error());
  }
  auto const where = command::home_at(chosen.home);
  auto const person = where ? command::persons_public_key(*where, chosen.person_key)
                            : overt::result<consent::verifying_key>{where.error()};
  if (!person) {
    return command::fail(person.error());
  }
  auto agreed = consent::from_file(chosen.receipt, overt::system_clocks{}, consent::signed_by{*person});
  if (!agreed) {
    return command::fail(agreed.error());
  }
  if (chosen.without_accessibility &&
      std::get<overt::redact::secrets>(policy->policies.policies).unobserved ==
          overt::redact::unobserved_fields::accept) {
    fmt::print(stderr,
               "overt: nothing in this session can tell a password field from another. Everything typed into "
               "{} is recorded.\n",
               fmt::join(agreed->terms().apps, ", "));
  }
  agreed->watch(std::move(policy->watch));
  auto text = consent::indicator_text::of(agreed->terms());
  text.stop = chosen.indicator == "terminal" ? "Ctrl+C stops" : chosen.stop_keys + " stops";
  if (!chosen.task.empty()) {
    text.task = chosen.task;
    text.stop = chosen.done_keys + ": done, " + chosen.failed_keys + ": not done, " + text.stop;
    fmt::print(stderr, "overt: the task: {}\n", chosen.task);
  }
  if (chosen.indicator == "terminal") {
    auto const keys =
        ::isatty(STDIN_FILENO) == 1 ? consent::terminal_keys::taken : consent::terminal_keys::left;
    return record_under(*agreed, consent::terminal_indicator{text, STDERR_FILENO, keys},
                        std::move(policy->policies), chosen, task, stop.token());
  }
  return record_under(*agreed, consent::x11::window_indicator{{.text = text}}, std::move(policy->policies),
                      chosen, task, stop.token());
}

} // namespace

void command::add_record(CLI::App& app, int& exit_code) {
  auto* const sub = app.add_subcommand("record", "Record this X desktop under a consent, until Ctrl+C.");
  auto chosen = std::make_shared<options>();
  sub->add_option("--receipt", chosen->receipt, "the consent (overt consent new)")->required();
  sub->add_option("--policy", chosen->policy, "the policy it was given for")->required();
  sub->add_option("--out", chosen->out,
                  "the trace to write: .mcap to keep, .sealed for the recipients that the receipt names "
                  "alone, .jsonl to look at, "
                  ".cbor; must not exist")
      ->required();
  sub->add_option("--key-store", chosen->key_store,
                  "where the wrapped keys of sealed traces are kept (keys)");
  add_home(*sub, chosen->home);
  add_person_key(*sub, chosen->person_key);
  sub->add_option("--part-megabytes", chosen->part_megabytes, "begin another .mcap file at this size");
  sub->add_option("--part-hours", chosen->part_hours, "begin another .mcap file after this time")
      ->check(CLI::Range(0.0, 10'000.0));
  sub->add_option("--for", chosen->seconds, "stop after so many seconds");
  sub->add_option("--indicator", chosen->indicator,
                  "how the person sees that recording is on: window (the default) or terminal")
      ->check(CLI::IsMember({"window", "terminal"}));
  sub->add_option("--stop-keys", chosen->stop_keys,
                  "keys that end the recording and are not in it (control+alt+End, if nothing is said)");
  sub->add_option("--pause-keys", chosen->pause_keys,
                  "keys that pause the recording and let it go on, and are not in it (control+alt+Pause)");
  sub->add_option(
      "--task", chosen->task,
      "what is about to be done: the indicator shows it, and the trace has it as the instruction");
  sub->add_option("--done-keys", chosen->done_keys,
                  "with --task: keys that end the recording and say that it was done (control+alt+Return)");
  sub->add_option("--failed-keys", chosen->failed_keys,
                  "with --task: keys that end it and say that it was not (control+alt+BackSpace)");
  sub->add_flag("--print", chosen->print, "print what is recorded while it happens");
  sub->add_flag(
      "--without-accessibility", chosen->without_accessibility,
      "do not ask programs about their fields and elements. Then nothing tells a password field from "
      "another, and no site can be agreed to");
  sub->footer("Recording stops at once when the indicator is closed, the consent ends or is withdrawn, or "
              "the policy or the\n"
              "receipt changes. Nothing is recorded outside the agreed applications.");
  sub->callback([chosen, &exit_code] { exit_code = record(*chosen); });
}
