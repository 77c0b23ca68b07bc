// What it costs to know which field a key goes to: a person's typing is replayed into a real text field, once
// with the X11 backend alone and once with accessibility beside it, and both are compared.
//
//   tests/desktop/accessible_desktop.sh build/release/bin/context_cost [SECONDS] [RHYTHM.csv]
//
// RHYTHM.csv has the columns timepress and timerelease in milliseconds; without it, an even rhythm of 5 keys
// a second.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <xcb/xcb.h>

#include <overt/capture/atspi/context.hpp>
#include <overt/capture/x11/desktop.hpp>
#include <overt/consent/json/new_receipt.hpp>
#include <overt/consent/x11/window_indicator.hpp>
#include <overt/overt.hpp>

#include "../desktop/support/x11_injector.hpp"

namespace {

std::int64_t clock_ns(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return now.tv_sec * 1'000'000'000 + now.tv_nsec;
}

/// Notes how long each key took from being pressed to being written.
struct stopwatch {
  std::vector<std::int64_t>* latencies;

  template <class Event>
  void write(overt::cleared<Event> const& what) {
    if (what.payload_name() == "key") {
      latencies->push_back(clock_ns(CLOCK_MONOTONIC) - what.head().time.ns);
    }
  }
};

struct stroke {
  std::int64_t down_ms = 0;
  std::int64_t up_ms = 0;
};

std::vector<stroke> rhythm(double seconds, char const* path) {
  std::vector<stroke> strokes;
  if (path == nullptr) {
    for (std::int64_t at = 0; at < static_cast<std::int64_t>(seconds * 1000); at += 200) {
      strokes.push_back({at, at + 80});
    }
    return strokes;
  }
  std::ifstream lines{path};
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::istringstream words{line};
    std::vector<std::string> parts;
    for (std::string part; std::getline(words, part, ',');) {
      parts.push_back(part);
    }
    if (parts.size() < 5) {
      continue;
    }
    stroke const one{std::atoll(parts[3].c_str()), std::atoll(parts[4].c_str())};
    if (one.down_ms > static_cast<std::int64_t>(seconds * 1000) ||
        (!strokes.empty() && one.down_ms < strokes.back().down_ms)) {
      break;
    }
    if (one.up_ms > one.down_ms) {
      strokes.push_back(one);
    }
  }
  return strokes;
}

void type(overt_test::injector& hand, std::vector<stroke> const& strokes) {
  struct edge {
    std::int64_t at_ms;
    std::uint8_t code;
    bool down;
  };
  std::vector<edge> edges;
  for (std::size_t i = 0; i < strokes.size(); ++i) {
    auto const code = static_cast<std::uint8_t>(24 + i % 10); // the letters of one row
    edges.push_back({strokes[i].down_ms, code, true});
    edges.push_back({strokes[i].up_ms, code, false});
  }
  std::sort(edges.begin(), edges.end(), [](edge const& a, edge const& b) { return a.at_ms < b.at_ms; });
  auto const start = std::chrono::steady_clock::now();
  for (auto const& one : edges) {
    std::this_thread::sleep_until(start + std::chrono::milliseconds{one.at_ms});
    hand.key(one.code, one.down);
  }
}

template <class Backends>
int measure(char const* what, Backends backends, std::vector<stroke> const& strokes) {
  namespace consent = overt::consent;
  auto const policy = overt::redact::research({"zenity"});
  consent::receipt_request const asked{.apps = {"zenity"},
                                       .grants = needs_of(policy),
                                       .purposes = {consent::purpose::academic_research},
                                       .preset = consent::jurisdiction_preset::research_irb,
                                       .jurisdiction = "US",
                                       .policy_digest = overt::redact::digest_of(policy),
                                       .pointer_max_hz = 1000,
                                       .pointer_grid_px = 1,
                                       .review_board = "a test"};
  auto const receipt = consent::write_receipt(asked, overt::system_clocks{}, consent::system_randomness{});
  auto agreed = consent::activate(*consent::parse_receipt(*receipt), overt::system_clocks{},
                                  consent::accept_unsigned{});
  consent::x11::window_indicator indicator{{.text = consent::indicator_text::of(agreed->terms())}};
  std::vector<std::int64_t> latencies;
  overt::recorder recorder{*agreed, indicator, std::move(backends), policy, stopwatch{&latencies}};
  std::stop_source stop;
  std::int64_t cpu_ns = 0;
  std::int64_t wall_ns = 0;
  std::jthread person{[&] {
    std::this_thread::sleep_for(std::chrono::seconds{1});
    auto const program = ::fork();
    if (program == 0) {
      ::execlp("zenity", "zenity", "--text-info", "--editable", static_cast<char*>(nullptr));
      std::_Exit(127);
    }
    std::this_thread::sleep_for(std::chrono::seconds{2});
    overt_test::injector hand{std::getenv("DISPLAY")};
    auto const cpu = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
    auto const wall = clock_ns(CLOCK_MONOTONIC);
    type(hand, strokes);
    cpu_ns = clock_ns(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    wall_ns = clock_ns(CLOCK_MONOTONIC) - wall;
    std::this_thread::sleep_for(std::chrono::milliseconds{700});
    stop.request_stop();
    ::kill(program, SIGTERM);
    ::waitpid(program, nullptr, 0);
  }};
  auto const summary = recorder.run(stop.get_token());
  person.join();
  if (!summary) {
    std::fprintf(stderr, "%s\n", summary.error().message.c_str());
    return 1;
  }
  std::sort(latencies.begin(), latencies.end());
  auto const at = [&](double share) {
    return latencies.empty()
               ? 0.0
               : static_cast<double>(
                     latencies[static_cast<std::size_t>(share * static_cast<double>(latencies.size() - 1))]) /
                     1e6;
  };
  std::printf(
      "%-14s %zu of %zu key events written; pressed to written: median %.1f ms, 99 %% %.1f ms, most %.1f ms; "
      "CPU %.2f %% of one core, %.0f us a key event; held at once: %zu\n",
      what, latencies.size(), strokes.size() * 2, at(0.5), at(0.99), at(1),
      100.0 * static_cast<double>(cpu_ns) / static_cast<double>(wall_ns),
      static_cast<double>(cpu_ns) / 1e3 / static_cast<double>(strokes.size() * 2), summary->most_held);
  return 0;
}

} // namespace

int main(int count, char** words) {
  double const seconds = count > 1 ? std::atof(words[1]) : 20;
  auto const strokes = rhythm(seconds, count > 2 ? words[2] : nullptr);
  if (std::getenv("DISPLAY") == nullptr) {
    std::puts("skipped: there is no display; run it in tests/desktop/accessible_desktop.sh");
    return 77;
  }
  namespace capture = overt::capture;
  int const alone = measure("x11", capture::x11::desktop{}, strokes);
  int const beside = measure("x11 + atspi", capture::x11::desktop{} + capture::atspi::context{}, strokes);
  return alone | beside;
}
