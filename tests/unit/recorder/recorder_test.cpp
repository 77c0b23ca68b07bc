#include <overt/recorder.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <random>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <overt/capture/application.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>
#include <overt_test/session.hpp>

namespace {

namespace redact = overt::redact;
using overt::consent_state;
using overt_test::count_of;
using overt_test::fake_clock;
using overt_test::fake_indicator;
using overt_test::ms;
using overt_test::seconds;

/// A payload of a program's own, beside few of the library's.
struct ticket_closed {
  std::uint32_t number = 0;
  overt::guarded_text answer{};

  static constexpr std::string_view name = "ticket_closed";
  static constexpr auto fields() {
    return overt::fields(overt::field("number", &ticket_closed::number),
                         overt::field("answer", &ticket_closed::answer));
  }
};

using some = overt::basic_event<overt::button, overt::marker, ticket_closed, overt::source,
                                overt::consent_change, overt::gap, overt::redaction>;
using port = overt::capture::port<some>;
using backend = overt_test::scripted<some>;

struct releases_work {
  [[nodiscard]] overt::consent::grants needs() const { return overt::consent::grants::pointer_click; }
  overt::verdict operator()(overt::button&, overt::disclosure const& key) const {
    return overt::verdict::release(key);
  }
  overt::verdict operator()(overt::marker&, overt::disclosure const& key) const {
    return overt::verdict::release(key);
  }
  overt::verdict operator()(ticket_closed&, overt::disclosure const& key) const {
    return overt::verdict::release(key);
  }
};
using chain_type = redact::chain<redact::only, redact::secrets, releases_work>;

chain_type policies() { return redact::only{"editor"} | redact::secrets{} | releases_work{}; }

/// Keeps the bytes of events, and can fail. A handle.
struct sink {
  struct kept {
    overt_test::bytes_sink bytes;
    std::string said;
    overt::session_info info;
    overt::session_end end;
    std::string fails;
    std::atomic<bool> disk_is_full{false};
  };
  std::shared_ptr<kept> all = std::make_shared<kept>();

  void write(overt::cleared<some> const& what) { all->bytes.write(what); }
  overt::result<void> open(overt::session_info const& info) {
    all->info = info;
    return act("open");
  }
  overt::result<void> flush() { return all->disk_is_full.load() ? act("flush") : overt::result<void>{}; }
  overt::result<void> close(overt::session_end const& end) {
    all->end = end;
    return act("close");
  }
  [[nodiscard]] std::string const& text() const { return all->bytes.text(); }

private:
  overt::result<void> act(std::string const& what) const {
    all->said += what + "; ";
    if (all->fails == what || (what == "flush" && all->disk_is_full.load())) {
      return overt::failure{overt::error_code::output_failed, "cannot " + what};
    }
    return {};
  }
};

/// Everything of one session. Clocks go 10 ms each time they are read.
struct session {
  fake_clock clock{10 * ms};
  fake_indicator lamp{clock};
  sink out;
  overt::consent::active_consent agreed = *overt::consent::activate(overt_test::receipt_for(policies()),
                                                                    clock, overt::consent::accept_unsigned{});
  overt::context_ptr here = overt_test::place();
  std::atomic<bool> ran{false};

  [[nodiscard]] overt::result<overt::session_summary> run(backend source, std::stop_token stop = {},
                                                          overt::recorder_options options = {}) {
    overt::recorder recorder{agreed, lamp, std::move(source), policies(), out, options, clock};
    return recorder.run(std::move(stop));
  }
  [[nodiscard]] overt::result<overt::session_summary> run(backend::script act) {
    return run(backend{.act = std::move(act)});
  }

  /// A button with a number, now.
  void button(port& to, std::uint8_t number) const { button_at(to, number, clock.look().ns); }
  void button_at(port& to, std::uint8_t number, std::int64_t ns) const {
    to.push_confirmed({ns}, here, overt::button{.number = number});
  }
  /// Until the recorder's own reading of the clock has brought it so far.
  void pass(std::int64_t ns) const {
    for (auto const until = clock.look() + ns; clock.look() < until;) {
      std::this_thread::yield();
    }
  }
  [[nodiscard]] bool wrote(int number) const {
    return out.text().find("\"number\":" + std::to_string(number) + ",") != std::string::npos;
  }
  [[nodiscard]] backend never() {
    return {.act = [this](auto&, auto const&) -> overt::result<void> {
      ran.store(true);
      return {};
    }};
  }
};

void adds_up(overt::session_summary const& summary) {
  for (auto const& total : summary.totals) {
    CAPTURE(total.payload.view());
    CHECK(total.adds_up());
  }
}

overt::payload_total total_of(overt::session_summary const& summary, std::string_view payload) {
  for (auto const& total : summary.totals) {
    if (total.payload.view() == payload) {
      return total;
    }
  }
  return {};
}

} // namespace

TEST_CASE("a session records from its start to its stop", "[recorder]") {
  session all;
  auto const summary = all.run([&](port& to, std::stop_token const&) -> overt::result<void> {
    all.pass(20 * ms);
    for (std::uint8_t i = 100; i < 110; ++i) {
      all.button(to, i);
    }
    to.push_confirmed(all.clock.look(), all.here,
                      ticket_closed{.number = 7, .answer = overt_test::guarded_of("Kx7v")});
    to.push({all.clock.look()}, overt::context_ptr{}, overt::button{.number = 99}); // nobody vouches for it
    all.pass(20 * ms);
    to.request_stop();
    return {};
  });
  REQUIRE(summary);
  CHECK(summary->ended == consent_state::active);
  CHECK(summary->source_failures.empty());
  adds_up(*summary);
  CHECK(total_of(*summary, "button").produced == 11);
  CHECK(total_of(*summary, "button").written == 10);
  CHECK(total_of(*summary, "button").withheld == 1);
  CHECK(total_of(*summary, "ticket_closed").written == 1);
  for (int i = 100; i < 110; ++i) { // E7 the tail is not lost
    CHECK(all.wrote(i));
  }
  CHECK_FALSE(all.wrote(99));
  CHECK_FALSE(overt_test::leaks(all.out.text(), "Kx7v"));
  CHECK(summary->last_sequence == count_of(all.out.text(), "\n"));
  CHECK(all.out.all->said == "open; close; ");
  CHECK(all.lamp.shows == 1);
  CHECK(all.lamp.hides == 1);
  CHECK(all.out.text().find("\"type\":\"source\"") < all.out.text().find("\"type\":\"consent_change\""));
  std::uint64_t lines = 0;
  for (auto const& count : all.out.all->end.written) {
    CHECK(count_of(all.out.text(), "\"type\":\"" + std::string{count.payload.view()} + "\"") ==
          count.written);
    lines += count.written;
  }
  CHECK(lines == summary->last_sequence);
}

TEST_CASE("the trace names receipt, policy, indicator and sources", "[recorder]") {
  session all;
  REQUIRE(all.run([](port& to, auto const&) -> overt::result<void> {
    to.request_stop();
    return {};
  }));
  auto const& info = all.out.all->info;
  CHECK(info.receipt_id == all.agreed.terms().receipt_id);
  CHECK(info.policy_digest == all.agreed.terms().policy_digest);
  CHECK(info.policy == redact::describe(policies(), "test lamp"));
  CHECK(info.policy.find("\"indicator\":\"test lamp\"") != std::string::npos);
  CHECK(info.indicator == "test lamp");
  CHECK(info.time_grid_ns == 5 * seconds);
  CHECK_FALSE(info.anchor); // L28: nothing ties a trace on a grid to the wall clock
  // G8, L28: until when it is kept, to the week
  CHECK(info.kept_until_wall_ns ==
        overt::consent::kept_until(all.clock.wall_ns(), all.agreed.terms().retention_days));
  CHECK(info.kept_until_wall_ns > all.clock.wall_ns());
  CHECK(info.purposes == all.agreed.terms().purposes);
  REQUIRE(info.sources.size() == 1);
  CHECK(info.sources[0].backend.view() == "scripted");
}

TEST_CASE("G6 without an agreement nothing is opened, shown or recorded", "[recorder]") {
  session all;
  auto terms = overt_test::receipt_for(policies(), {}); // does not name the program's own indicator
  all.agreed = *overt::consent::activate(terms, all.clock, overt::consent::accept_unsigned{});
  bool opened = false;
  auto source = all.never();
  source.opening = [&](port&) -> overt::result<overt::source> {
    opened = true;
    return overt::source{};
  };
  auto const refused = all.run(source);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == overt::error_code::consent_mismatch);
  CHECK_FALSE(opened);
  CHECK_FALSE(all.ran.load());
  CHECK(all.out.all->said.empty());
  CHECK(all.lamp.shows == 0);
}

TEST_CASE("a consent that has ended starts nothing", "[recorder]") {
  for (int how = 0; how < 3; ++how) {
    session all;
    auto const keeps =
        how == 2 ? std::make_unique<overt::consent::active_consent>(std::move(all.agreed)) : nullptr;
    if (how == 0) {
      all.agreed.withdraw();
    } else if (how == 1) {
      all.clock.advance(3601 * seconds);
    }
    auto const refused = all.run(all.never());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == overt::error_code::consent_missing);
    CHECK(all.out.all->said.empty());
    CHECK(all.lamp.shows == 0);
    CHECK_FALSE(all.ran.load());
  }
}

TEST_CASE("what cannot be opened or shown is refused before anything is captured", "[recorder]") {
  session backend_fails;
  auto source = backend_fails.never();
  source.opening = [](port&) -> overt::result<overt::source> {
    return overt::failure{overt::error_code::permission_denied, "no access"};
  };
  auto const no_backend = backend_fails.run(source);
  REQUIRE_FALSE(no_backend);
  CHECK(no_backend.error().message == "no access");
  CHECK(backend_fails.out.all->said.empty());
  CHECK(backend_fails.lamp.shows == 0);

  session sink_fails;
  sink_fails.out.all->fails = "open";
  auto const no_sink = sink_fails.run(sink_fails.never());
  REQUIRE_FALSE(no_sink);
  CHECK(no_sink.error().message == "cannot open");
  CHECK(sink_fails.lamp.shows == 0);
  CHECK_FALSE(sink_fails.ran.load());

  session lamp_fails;
  lamp_fails.lamp.broken = true;
  auto const no_lamp = lamp_fails.run(lamp_fails.never());
  REQUIRE_FALSE(no_lamp);
  CHECK(no_lamp.error().code == overt::error_code::indicator_missing);
  CHECK(lamp_fails.out.all->said == "open; close; ");
  CHECK(lamp_fails.out.text().empty());
  CHECK_FALSE(lamp_fails.ran.load());
}

TEST_CASE("input from before the indicator was shown is not part of the session", "[recorder]") {
  session all;
  auto source = backend{.act = [&](port& to, auto const&) -> overt::result<void> {
    all.pass(20 * ms);
    all.button(to, 101);
    all.pass(20 * ms);
    to.request_stop();
    return {};
  }};
  source.opening = [&](port& to) -> overt::result<overt::source> {
    all.button(to, 100);
    to.push_confirmed(all.clock.look(), {}, overt::marker{}); // no input: what a backend says about itself
    return overt::source{.backend = "scripted"};
  };
  auto const summary = all.run(source);
  REQUIRE(summary);
  CHECK_FALSE(all.wrote(100));
  CHECK(all.wrote(101));
  CHECK(count_of(all.out.text(), "\"type\":\"marker\"") == 1);
  adds_up(*summary);
}

TEST_CASE("what happens after the stop does not belong to the session", "[recorder]") {
  session all;
  std::stop_source stop;
  auto const summary =
      all.run(backend{.act = [&](port& to, std::stop_token const& ends) -> overt::result<void> {
                all.pass(20 * ms);
                all.button(to, 100);
                all.pass(20 * ms);
                stop.request_stop();
                all.pass(30 * ms);
                while (!ends.stop_requested()) {
                  all.button(to, 101);
                  std::this_thread::sleep_for(std::chrono::milliseconds{1});
                }
                return {};
              }},
              stop.get_token());
  REQUIRE(summary);
  CHECK(all.wrote(100));
  CHECK_FALSE(all.wrote(101));
  CHECK(count_of(all.out.text(), "\"type\":\"gap\"") == 0);
  adds_up(*summary);
}

TEST_CASE("what was recorded just before the stop was asked for belongs to the session", "[recorder]") {
  session all;
  std::stop_source stop;
  std::atomic<port*> open{nullptr};
  all.lamp.when_asked = [&] { // the recorder has read its clock, and has not yet looked for a stop
    if (auto* const to = open.exchange(nullptr); to != nullptr) {
      all.clock.advance(1 * ms);
      all.button(*to, 100);
      stop.request_stop();
    }
  };
  auto const summary =
      all.run(backend{.act = [&](port& to, std::stop_token const& ends) -> overt::result<void> {
                all.pass(20 * ms);
                open.store(&to);
                while (!ends.stop_requested()) {
                  std::this_thread::yield();
                }
                return {};
              }},
              stop.get_token());
  REQUIRE(summary);
  CHECK(all.wrote(100));
  adds_up(*summary);
}

TEST_CASE("G3 nothing from the moment of expiry on is written", "[recorder]") {
  session all;
  auto const expiry = all.agreed.terms().expires_wall_ns - all.clock.wall_ns() + all.clock.look().ns;
  auto const summary = all.run([&](port& to, std::stop_token const& ends) -> overt::result<void> {
    all.pass(20 * ms);
    all.button(to, 100);
    all.pass(200 * ms);
    all.clock.advance(expiry - all.clock.look().ns - 400 * ms);
    all.button(to, 101);
    all.pass(200 * ms);
    all.button_at(to, 102, expiry);
    while (!ends.stop_requested()) {
      all.button_at(to, 103, std::max(expiry, all.clock.look().ns));
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    return {};
  });
  REQUIRE(summary);
  CHECK(summary->ended == consent_state::expired);
  CHECK(all.wrote(100));
  CHECK(all.wrote(101));
  CHECK_FALSE(all.wrote(102));
  CHECK_FALSE(all.wrote(103));
  auto const& text = all.out.text();
  CHECK(text.find(R"("reason":"consent_ended","of":"","count":null)") < text.find(R"("state":"expired")"));
  CHECK(text.find(R"("state":"expired")") != std::string::npos);
  adds_up(*summary);
}

TEST_CASE("setting the wall clock back does not make a consent last longer", "[recorder]") {
  session all;
  auto const summary = all.run([&](port& to, std::stop_token const& ends) -> overt::result<void> {
    all.pass(20 * ms);
    all.clock.advance(3601 * seconds);
    all.clock.jump_wall(-3600 * seconds);
    while (!ends.stop_requested()) {
      all.button(to, 100);
      std::this_thread::yield();
    }
    return {};
  });
  REQUIRE(summary);
  CHECK(summary->ended == consent_state::expired);
  CHECK_FALSE(all.wrote(100));
}

TEST_CASE("G14 L59 nothing from after the last moment the indicator was seen is written", "[recorder]") {
  for (bool const goes_dark : {false, true}) {
    session all;
    auto const summary = all.run([&](port& to, std::stop_token const& ends) -> overt::result<void> {
      all.pass(20 * ms);
      all.button(to, 100);
      all.pass(200 * ms);
      auto const seen = all.clock.look().ns;
      all.lamp.stuck_at.store(seen);
      all.button_at(to, 101, seen + 1);
      all.pass(300 * ms);
      if (goes_dark) {
        all.lamp.visible.store(false);
      }
      while (!ends.stop_requested()) {
        all.button(to, 102);
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
      }
      return {};
    });
    REQUIRE(summary);
    CHECK(summary->ended == consent_state::indicator_lost);
    CHECK(all.wrote(100));
    CHECK_FALSE(all.wrote(101));
    CHECK_FALSE(all.wrote(102));
    CHECK(count_of(all.out.text(), R"("reason":"indicator_lost","of":"","count":null)") == 1);
    CHECK(count_of(all.out.text(), R"("state":"indicator_lost")") == 1);
    adds_up(*summary);
  }
}

TEST_CASE("an indicator that falters and comes back loses nothing", "[recorder]") {
  session all;
  auto const summary = all.run([&](port& to, auto const&) -> overt::result<void> {
    all.pass(20 * ms);
    all.lamp.stuck_at.store(all.clock.look().ns);
    all.pass(20 * ms);
    all.button(to, 100);
    all.pass(500 * ms);
    all.lamp.stuck_at.store(0);
    all.pass(20 * ms);
    to.request_stop();
    return {};
  });
  REQUIRE(summary);
  CHECK(summary->ended == consent_state::active);
  CHECK(all.wrote(100));
}

TEST_CASE("G4 withdrawing from any thread ends the session", "[recorder]") {
  session all;
  auto const withdraw = all.agreed.withdraw_later();
  auto const summary = all.run([&](port& to, std::stop_token const& ends) -> overt::result<void> {
    all.pass(20 * ms);
    all.button(to, 100);
    all.pass(200 * ms);
    std::thread{[&] { withdraw(); }}.join();
    while (!ends.stop_requested()) {
      all.button(to, 101);
      std::this_thread::yield();
    }
    return {};
  });
  REQUIRE(summary);
  CHECK(summary->ended == consent_state::withdrawn);
  CHECK(all.wrote(100));
  CHECK_FALSE(all.wrote(101));
  CHECK(all.out.text().find(R"("state":"withdrawn")") != std::string::npos);
  adds_up(*summary);
  auto const again = all.run(all.never());
  CHECK_FALSE(again);
  CHECK_FALSE(all.ran.load());
}

TEST_CASE("G6 one byte of the policy file changed ends the session", "[recorder]") {
  auto const file =
      std::filesystem::temp_directory_path() / ("overt-policy-" + std::to_string(std::random_device{}()));
  std::ofstream{file} << R"({"apps": ["editor"]})";
  session all;
  auto watch = overt::consent::file_watch::on(file);
  REQUIRE(watch);
  all.agreed.watch(std::move(*watch));
  auto const summary = all.run([&](port& to, std::stop_token const& ends) -> overt::result<void> {
    all.pass(20 * ms);
    all.button(to, 100);
    all.pass(200 * ms);
    {
      std::fstream change{file};
      change.seekp(13);
      change << 'X';
    }
    while (!ends.stop_requested()) {
      all.button(to, 101);
      std::this_thread::yield();
    }
    return {};
  });
  std::filesystem::remove(file);
  REQUIRE(summary);
  CHECK(summary->ended == consent_state::invalidated);
  CHECK(all.wrote(100));
  CHECK_FALSE(all.wrote(101));
}

TEST_CASE("a sink that fails in the middle ends the session with its error", "[recorder]") {
  session all;
  auto const ended = all.run([&](port& to, std::stop_token const& ends) -> overt::result<void> {
    all.pass(20 * ms);
    all.button(to, 100);
    all.out.all->disk_is_full.store(true);
    while (!ends.stop_requested()) {
      std::this_thread::yield();
    }
    return {};
  });
  REQUIRE_FALSE(ended);
  CHECK(ended.error().message == "cannot flush");
  CHECK(all.out.all->said.ends_with("close; "));
  CHECK(all.lamp.hides == 1);
}

TEST_CASE("a sink that cannot be closed is an error", "[recorder]") {
  session all;
  all.out.all->fails = "close";
  auto const ended = all.run([](port& to, auto const&) -> overt::result<void> {
    to.request_stop();
    return {};
  });
  REQUIRE_FALSE(ended);
  CHECK(ended.error().message == "cannot close");
}

TEST_CASE("a backend that fails or throws is lost, and the trace says so", "[recorder]") {
  for (bool const throws : {false, true}) {
    session all;
    auto const summary = all.run([&](port& to, auto const&) -> overt::result<void> {
      all.pass(20 * ms);
      all.button(to, 100);
      all.pass(200 * ms);
      if (throws) {
        throw std::runtime_error{"Kx7v"};
      }
      return overt::failure{overt::error_code::source_lost, "unplugged"};
    });
    REQUIRE(summary);
    REQUIRE(summary->source_failures.size() == 1);
    CHECK(summary->source_failures[0] ==
          (throws ? "scripted: a backend threw; it must not" : "scripted: unplugged"));
    CHECK(all.wrote(100));
    CHECK(count_of(all.out.text(), R"("backend":"scripted","state":"lost")") == 1);
    CHECK_FALSE(overt_test::leaks(all.out.text(), "Kx7v"));
    adds_up(*summary);
  }
}

TEST_CASE("with one of two backends lost the session goes on", "[recorder]") {
  session all;
  std::atomic<bool> gone{false};
  backend lost{.act = [&](port&, auto const&) -> overt::result<void> {
    gone.store(true);
    return overt::failure{overt::error_code::source_lost, "unplugged"};
  }};
  backend stays{.act = [&](port& to, auto const&) -> overt::result<void> {
    while (!gone.load()) {
      std::this_thread::yield();
    }
    all.pass(100 * ms);
    all.button(to, 100);
    all.pass(20 * ms);
    to.request_stop();
    return {};
  }};
  using overt::capture::operator+;
  overt::recorder recorder{all.agreed, all.lamp, lost + stays, policies(), all.out, {}, all.clock};
  auto const summary = recorder.run();
  REQUIRE(summary);
  CHECK(summary->source_failures.size() == 1);
  CHECK(all.wrote(100));
  CHECK(all.out.text().find(R"("type":"button","from":1)") != std::string::npos);
  adds_up(*summary);
}

TEST_CASE("E6 what a ring drops and a hold cannot take is counted", "[recorder]") {
  session all;
  auto const summary = all.run(backend{.act = [&](port& to, auto const&) -> overt::result<void> {
                                 all.pass(20 * ms);
                                 for (int round = 0; round < 20; ++round) {
                                   for (std::uint8_t i = 0; i < 50; ++i) {
                                     all.button(to, i);
                                   }
                                   all.pass(30 * ms);
                                 }
                                 to.request_stop();
                                 return {};
                               }},
                               {}, {.settle = {.capacity = 4}, .port = {.items = 8}});
  REQUIRE(summary);
  adds_up(*summary);
  auto const buttons = total_of(*summary, "button");
  CHECK(buttons.produced == 1000);
  CHECK(buttons.written > 0);
  CHECK(buttons.dropped > 0);
  CHECK(buttons.withheld > 0);
  CHECK(count_of(all.out.text(), R"("reason":"no_room","of":"button","count":)") > 0);
}

TEST_CASE("E12 two recorders in one process do not meet", "[recorder]") {
  session one;
  session two;
  auto const act = [](session& mine, std::uint8_t number) {
    return [&mine, number](port& to, auto const&) -> overt::result<void> {
      mine.pass(20 * ms);
      for (int i = 0; i < 50; ++i) {
        mine.button(to, number);
        mine.pass(10 * ms);
      }
      to.request_stop();
      return {};
    };
  };
  std::thread other{[&] { CHECK(two.run(act(two, 200))); }};
  auto const summary = one.run(act(one, 100));
  other.join();
  REQUIRE(summary);
  CHECK(count_of(one.out.text(), "\"number\":100,") == 50);
  CHECK(count_of(two.out.text(), "\"number\":200,") == 50);
  CHECK_FALSE(one.wrote(200));
  CHECK_FALSE(two.wrote(100));
  CHECK(one.agreed.state(one.clock.now(), one.clock.wall_ns()) == consent_state::active);
}

TEST_CASE("a refused session leaves no port behind in the program", "[recorder]") {
  session all;
  all.lamp.broken = true;
  overt::capture::application<some, fake_clock> program{"editor", all.clock};
  overt::recorder recorder{all.agreed, all.lamp, program, policies(), all.out, {}, all.clock};
  CHECK_FALSE(recorder.run());
  CHECK_FALSE(program.record(overt::marker{}));
}
