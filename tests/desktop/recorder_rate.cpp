// A whole session at speed: injected input through the X server, the recorder and its policies to a trace on
// disk, and the trace compared with what was injected, event by event.

#include "support/x11_main.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <unistd.h>

#include <overt/capture/x11/desktop.hpp>
#include <overt/consent/json/new_receipt.hpp>
#include <overt/consent/x11/window_indicator.hpp>
#include <overt/overt.hpp>
#include <overt/trace/json/jsonl_reader.hpp>

#include "support/x11_injector.hpp"
#include "support/x11_session.hpp"

using namespace overt_test;

namespace {

template <class Chain>
overt::consent::active_consent agree_to(Chain const& policy) {
  namespace consent = overt::consent;
  consent::receipt_request const asked{.apps = std::get<overt::redact::only>(policy.policies).applications,
                                       .grants = needs_of(policy),
                                       .purposes = {consent::purpose::academic_research},
                                       .preset = consent::jurisdiction_preset::research_irb,
                                       .jurisdiction = "US",
                                       .policy_digest = overt::redact::digest_of(policy),
                                       .pointer_max_hz = 1000,
                                       .pointer_grid_px = 1,
                                       .review_board = "a test"};
  auto const text = consent::write_receipt(asked, overt::system_clocks{}, consent::system_randomness{});
  REQUIRE(text);
  auto agreed =
      consent::activate(*consent::parse_receipt(*text), overt::system_clocks{}, consent::accept_unsigned{});
  REQUIRE(agreed);
  return *std::move(agreed);
}

/// What was injected, in the words of the trace.
struct injected {
  std::string_view what;
  std::int64_t sent_ns = 0;
};

/// Cycles of eight injections: a key down and up, a button down and up, a notch of the wheel, two moves. (The
/// wheel's own button release makes no event.)
std::vector<injected> inject(injector& hand, int events, int rate) {
  std::vector<injected> all;
  all.reserve(static_cast<std::size_t>(events));
  pace even{static_cast<double>(rate)};
  for (int i = 0; i < events; ++i) {
    even.wait();
    auto const now = monotonic_ns();
    auto const code = static_cast<std::uint8_t>(24 + i / 8 % 10);
    switch (i % 8) {
    case 0:
      hand.key(code, true);
      all.push_back({"key", now});
      break;
    case 1:
      hand.key(code, false);
      all.push_back({"key", now});
      break;
    case 2:
      hand.button(1, true);
      all.push_back({"button", now});
      break;
    case 3:
      hand.button(1, false);
      all.push_back({"button", now});
      break;
    case 4:
      hand.button(5, true);
      all.push_back({"scroll", now});
      break;
    case 5: hand.button(5, false); break;
    default:
      hand.move(10 + i % 900, 10 + i / 8 % 700);
      all.push_back({"pointer_move", now});
      break;
    }
  }
  hand.settle();
  return all;
}

struct trace_contents {
  std::vector<injected> events{}; ///< `sent_ns` is the time in the trace
  std::uint64_t counted_as_lost = 0;
  std::uint64_t hidden_gaps = 0;
};

trace_contents read(std::filesystem::path const& path) {
  std::ifstream lines{path};
  overt::trace::jsonl_reader<> reader{lines};
  trace_contents contents;
  for (;;) {
    auto next = reader.next();
    INFO((next ? std::string{} : next.error().message));
    REQUIRE(next);
    if (!*next) {
      break;
    }
    auto const& what = **next;
    if (auto const* const gap = what.get_if<overt::gap>(); gap != nullptr) {
      contents.counted_as_lost += gap->count.value_or(0);
      contents.hidden_gaps += gap->count ? 0 : 1;
    } else if (overt::lane_of<overt::key>() != overt::input_lane::none && what.head().where &&
               what.payload_name() != "focus") {
      auto const name = what.payload_name();
      for (std::string_view const known : {"key", "button", "scroll", "pointer_move"}) {
        if (name == known) {
          contents.events.push_back({known, what.head().time.ns});
        }
      }
    }
  }
  CHECK_FALSE(reader.end().is_null());
  return contents;
}

} // namespace

TEST_CASE("injected input is in the trace, in order, or in a counted gap") {
  bool const full = std::getenv("OVERT_FULL") != nullptr;
  auto const rate = GENERATE(1000, 20000);
  int const events = full ? 80000 : rate * 2;

  x_server const server;
  test_window window{server, "target", 0, 0, 1000, 800};
  window.tell("focus");

  auto const self = std::filesystem::read_symlink("/proc/self/exe").string();
  auto const policy = overt::redact::research({self});
  auto consent = agree_to(policy);
  overt::consent::x11::window_indicator indicator{
      {.text = overt::consent::indicator_text::of(consent.terms()), .display = server.display()}};
  auto const folder = std::filesystem::temp_directory_path() /
                      ("overt-rate-" + std::to_string(::getpid()) + "-" + std::to_string(rate));
  std::filesystem::create_directories(folder);
  auto const path = folder / "trace.jsonl";

  overt::capture::x11::desktop_options options;
  options.display = server.display();
  overt::recorder recorder{consent, indicator, overt::capture::x11::desktop{options}, policy,
                           overt::sink::jsonl{path.string()}};

  std::stop_source stop;
  std::vector<injected> sent;
  std::jthread person{[&] {
    pause_ms(700); // the indicator is shown and the backend runs
    injector hand{server.display()};
    hand.move(5, 5);
    hand.settle();
    pause_ms(100);
    sent = inject(hand, events, rate);
    pause_ms(500);
    stop.request_stop();
  }};
  auto const summary = recorder.run(stop.get_token());
  person.join();
  INFO((summary ? std::string{} : summary.error().message));
  REQUIRE(summary);

  auto got = read(path);
  std::filesystem::remove_all(folder);
  // The move to the starting point came first.
  REQUIRE(!got.events.empty());
  REQUIRE(got.events.front().what == "pointer_move");
  got.events.erase(got.events.begin());

  std::uint64_t missing = 0;
  std::size_t next = 0;
  std::vector<std::int64_t> errors;
  for (auto const& one : got.events) {
    while (next < sent.size() && sent[next].what != one.what) {
      ++next;
      ++missing;
    }
    REQUIRE(next < sent.size()); // else something is there that was not injected, or out of order
    errors.push_back(one.sent_ns - sent[next].sent_ns);
    ++next;
  }
  missing += sent.size() - next;
  CHECK(missing == got.counted_as_lost);
  CHECK(got.hidden_gaps == 0);

  std::sort(errors.begin(), errors.end());
  auto const at = [&](double share) {
    return static_cast<double>(
               errors[static_cast<std::size_t>(share * static_cast<double>(errors.size() - 1))]) /
           1e6;
  };
  WARN(events << " injections at " << rate << "/s: " << got.events.size() << " of " << sent.size()
              << " events in the trace, " << got.counted_as_lost
              << " in counted gaps; time in the trace minus time of sending: least " << at(0)
              << " ms, median " << at(0.5) << " ms, 99 % below " << at(0.99) << " ms, most " << at(1)
              << " ms");
  // The server stamps in whole milliseconds, rounded down, so a stamp may be one too early; being late is the
  // server's.
  CHECK(at(0) >= -2.0);
  CHECK(at(0.5) <= 2.0);
}
