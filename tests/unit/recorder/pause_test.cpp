// What the person may do while it records: pausing, resuming and exempting, through a whole recorder.
#include <overt/session_loop.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <overt/recorder.hpp>
#include <overt/redact/presets.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>
#include <overt_test/session.hpp>

namespace {

namespace consent = overt::consent;
namespace redact = overt::redact;
using overt::consent_state;
using overt_test::count_of;
using overt_test::fake_clock;
using overt_test::leaks;
using overt_test::ms;
using overt_test::place;
using overt_test::seconds;
using overt_test::typed;
using backend = overt_test::scripted<>;
using port = overt::capture::port<overt::event>;

constexpr auto paused_gap = R"("reason":"paused","of":"","count":null)";

/// Shows nothing, and keeps the controls that it was handed.
struct lamp : overt_test::fake_indicator {
  using fake_indicator::fake_indicator;
  void offer(consent::controls given) { hand = std::move(given); }
  std::optional<consent::controls> hand{};
};

/// Lets out that a picture was taken, whatever it shows.
struct tells_of_pictures {
  [[nodiscard]] consent::grants needs() const { return consent::grants::screenshot; }
  overt::verdict operator()(overt::frame&, overt::disclosure const& key) const {
    return overt::verdict::release(key);
  }
};

auto policies() {
  return redact::balanced({"editor", "other", "https://a.example", "https://b.example"}) |
         tells_of_pictures{};
}

/// A backend that also asks what may be pictured.
struct with_pictures : backend {
  void limit_to(overt::capture::scope_question given) const { *scope = std::move(given); }
  std::shared_ptr<overt::capture::scope_question> scope = std::make_shared<overt::capture::scope_question>();
};

/// One session; clocks go 10 ms each time they are read. What the person does happens in the backend.
struct session {
  fake_clock clock{10 * ms};
  lamp shown{clock};
  overt_test::bytes_sink out;
  consent::active_consent agreed =
      *consent::activate(overt_test::receipt_for(policies()), clock, consent::accept_unsigned{});
  overt::context_ptr editor = place();
  overt::context_ptr other = place({.application = "other"});
  overt::recorder_options options{};
  consent::controls hand;
  std::function<bool(overt::context&)> may_picture;
  std::stop_token ends; ///< the recorder wants the backend to end

  using script = std::function<void(port&)>;

  /// Runs it: `act` is what happens, then the session is stopped.
  [[nodiscard]] overt::session_summary run(script act, bool stops = true) {
    with_pictures source{{.act = [&, act](port& to, std::stop_token const& ending) -> overt::result<void> {
      ends = ending;
      pass(20 * ms);
      act(to);
      pass(20 * ms);
      if (stops) {
        to.request_stop();
      }
      return {};
    }}};
    may_picture = [asked = source.scope](overt::context& where) { return (*asked)(where); };
    overt::recorder recorder{agreed, shown, source, policies(), out, options, clock};
    hand = recorder.controls();
    auto const summary = recorder.run();
    REQUIRE(summary);
    for (auto const& total : summary->totals) {
      CAPTURE(total.payload.view());
      CHECK(total.adds_up());
    }
    return *summary;
  }

  void pass(std::int64_t ns) const {
    for (auto const until = clock.look() + ns; clock.look() < until && !ends.stop_requested();) {
      std::this_thread::yield();
    }
  }
  /// Until the recorder has taken notice, and let everything through that was certain.
  void settle() const { pass(400 * ms); }
  std::uint64_t push(port& to, overt::context_ptr const& where, auto payload) const {
    return to.push_confirmed(clock.look(), where, std::move(payload));
  }
  std::uint64_t type(port& to, std::string_view text) const {
    std::uint64_t last = 0;
    for (char const letter : text) {
      last = push(to, editor, typed(letter));
      pass(10 * ms);
    }
    return last;
  }
  void enter(port& to) const { push(to, editor, overt_test::pressed(overt::key_class::enter, 0xff0d)); }
  void button(port& to, std::uint8_t number, overt::button_phase phase = overt::button_phase::press) const {
    push(to, editor, overt::button{.phase = phase, .number = number});
  }
  [[nodiscard]] bool wrote(int number) const {
    return out.text().find("\"number\":" + std::to_string(number) + ",") != std::string::npos;
  }
};

} // namespace

TEST_CASE("G15 nothing of a pause leaves, and one gap stands for it", "[recorder][pause]") {
  session all;
  auto const summary = all.run([&](port& to) {
    all.button(to, 100);
    all.settle();
    all.hand.pause();
    CHECK(all.hand.paused());
    all.button(to, 101); // the recorder has not looked yet
    all.settle();
    for (std::uint8_t i = 110; i < 120; ++i) {
      all.button(to, i);
      all.push(to, all.other, overt::focus{});
    }
    all.settle();
    all.hand.resume();
    all.settle();
    all.button(to, 102);
    all.settle();
  });
  CHECK(summary.ended == consent_state::active);
  CHECK(all.wrote(100));
  CHECK(all.wrote(102));
  CHECK_FALSE(all.wrote(101));
  for (int i = 110; i < 120; ++i) {
    CHECK_FALSE(all.wrote(i));
  }
  auto const& text = all.out.text();
  CHECK(count_of(text, paused_gap) == 1);
  CHECK(count_of(text, R"("type":"gap")") == 1);
  CHECK(count_of(text, R"("state":"paused")") == 1);
  CHECK(count_of(text, R"("state":"resumed")") == 1);
  CHECK(text.find(paused_gap) < text.find(R"("state":"paused")"));
  CHECK(text.find(R"("state":"paused")") < text.find(R"("state":"resumed")"));
  CHECK(text.find(R"("state":"resumed")") < text.find(R"("number":102)"));
  CHECK_FALSE(leaks(text, "other"));
}

TEST_CASE("G15 a pause in which nothing happens is told in the same way", "[recorder][pause]") {
  session all;
  CHECK(all.run([&](port&) {
             all.hand.pause();
             all.settle();
             all.hand.resume();
             all.settle();
           })
            .ended == consent_state::active);
  CHECK(count_of(all.out.text(), paused_gap) == 1);
  CHECK(count_of(all.out.text(), R"("type":"gap")") == 1);
}

TEST_CASE("G15 what was held back does not leave after a pause", "[recorder][pause]") {
  session all;
  auto const summary = all.run([&](port& to) {
    all.type(to, "meet me at noon "); // no detector finds anything in it, and it is not decided yet
    all.settle();
    all.hand.pause();
    all.settle();
    all.hand.resume();
    all.settle();
    all.type(to, "quiz jump");
    all.enter(to);
    all.settle();
    all.type(to, "good day");
    all.enter(to);
    all.pass(4 * seconds);
  });
  auto const& text = all.out.text();
  CAPTURE(text);
  CHECK_FALSE(leaks(text, "meet me at noon"));
  CHECK_FALSE(leaks(text, "quiz jump")); // goes on from what nobody saw in the end
  CHECK(text.find("good day") != std::string::npos);
  CHECK(count_of(text, paused_gap) == 1);
  CHECK(summary.ended == consent_state::active);
}

TEST_CASE("G15 a half-typed card does not leave after resuming", "[recorder][pause]") {
  // Half before the pause, or half during it: neither half is a card to any detector.
  for (bool const unseen : {false, true}) {
    session all;
    static_cast<void>(all.run([&](port& to) {
      if (!unseen) {
        all.type(to, "4532756");
        all.settle();
      }
      all.hand.pause();
      all.settle();
      if (unseen) {
        all.type(to, "4532756");
        all.settle();
      }
      all.hand.resume();
      all.settle();
      all.type(to, "2798 x");
      all.enter(to);
      all.settle();
      all.type(to, "good day");
      all.enter(to);
      all.pass(4 * seconds);
    }));
    auto const& text = all.out.text();
    CAPTURE(unseen, text);
    for (auto const* half : {"4532756", "2798 x"}) {
      CHECK(text.find(std::string{"\"value\":\""} + half) == std::string::npos);
      CHECK(text.find(half) == std::string::npos);
    }
    CHECK(text.find("good day") != std::string::npos);
  }
}

TEST_CASE("G15 what was not certain yet when the pause came does not leave", "[recorder][pause]") {
  session all;
  static_cast<void>(all.run([&](port& to) {
    all.button(to, 100);
    all.settle();
    // It waits for an answer, which comes during the pause.
    auto const when = all.clock.look();
    to.push(when, all.editor, overt::button{.number = 101});
    all.pass(30 * ms);
    all.hand.pause();
    all.pass(30 * ms);
    to.answer({overt::capture::context_aspect::application, overt::input_lane::pointer, all.clock.look(),
               all.editor});
    all.hand.resume();
    all.settle();
    all.button(to, 102);
    all.settle();
  }));
  CHECK(all.wrote(100));
  CHECK_FALSE(all.wrote(101));
  CHECK(all.wrote(102));
}

TEST_CASE("G15 what was held down at a pause does not come up after it", "[recorder][pause]") {
  session all;
  static_cast<void>(all.run([&](port& to) {
    auto const key = [&](overt::key_phase phase, char letter) {
      overt::key one{
          .phase = phase,
          .kind = overt::key_class::letter,
          .held = overt::modifiers::control,
          .usage = overt::guarded<std::uint16_t>{static_cast<std::uint16_t>(letter - 'a' + 4)},
          .symbol = overt::guarded<overt::key_symbol>{overt::key_symbol{static_cast<unsigned char>(letter)}}};
      all.push(to, all.editor, std::move(one));
    };
    using enum overt::key_phase;
    all.button(to, 100); // before, and released after
    key(press, 'q');
    all.settle();
    all.hand.pause();
    all.settle();
    all.button(to, 101); // during
    key(press, 'w');
    all.settle();
    all.hand.resume();
    all.settle();
    all.button(to, 100, overt::button_phase::release);
    all.button(to, 101, overt::button_phase::release);
    key(release, 'q');
    key(repeat, 'w');
    key(release, 'w');
    all.settle();
    all.button(to, 102);
    all.button(to, 102, overt::button_phase::release);
    key(press, 'e');
    key(release, 'e');
    all.settle();
  }));
  auto const& text = all.out.text();
  CAPTURE(text);
  CHECK(count_of(text, R"("number":100,)") == 1);
  CHECK(count_of(text, R"("number":101,)") == 0);
  CHECK(count_of(text, R"("number":102,)") == 2);
  CHECK(count_of(text, R"("symbol":"q")") == 1);
  CHECK(count_of(text, R"("symbol":"w")") == 0);
  CHECK(count_of(text, R"("symbol":"e")") == 2);
}

TEST_CASE("what is told after a pause and is of before it does not leave", "[recorder][pause]") {
  session all;
  static_cast<void>(all.run([&](port& to) {
    std::uint64_t before = 0;
    before = all.push(to, all.editor, overt::button{.number = 100});
    all.settle();
    all.hand.pause();
    all.settle();
    auto const during = all.push(to, all.editor, overt::button{.number = 101});
    auto const told = all.clock.look();
    all.settle();
    all.hand.resume();
    all.settle();
    auto const act = [](std::string_view what, std::uint64_t from) {
      return overt::ui_action{.role = overt::ui_role::button,
                              .label = overt_test::guarded_of(what),
                              .made_of = from == 0 ? std::vector<std::uint64_t>{} : std::vector{from}};
    };
    all.push(to, all.editor, act("Save", before));
    all.push(to, all.editor, act("Print", during));
    to.push_confirmed(told, all.editor, act("Close", 0)); // late in the ring, by its own time
    all.push(to, all.editor,
             overt::text{.source = overt::text_source::filled, .value = overt_test::guarded_of("Kx7vQm2p")});
    auto const after = all.push(to, all.editor, overt::button{.number = 102});
    all.push(to, all.editor, act("Open", after));
    all.settle();
  }));
  auto const& text = all.out.text();
  CAPTURE(text);
  CHECK(all.wrote(102));
  CHECK(text.find("Open") != std::string::npos);
  for (auto const* not_this : {"Save", "Print", "Close", "Kx7v", R"("type":"text")"}) {
    CHECK(text.find(not_this) == std::string::npos);
  }
}

TEST_CASE("a pause of a given time ends by itself", "[recorder][pause]") {
  session all;
  static_cast<void>(all.run([&](port& to) {
    all.hand.pause_for(30 * seconds);
    auto const began = all.clock.look();
    all.settle();
    auto const state = all.hand.state();
    CHECK(state.paused);
    CHECK(state.timed);
    REQUIRE(state.until);
    CHECK(*state.until - began >= 30 * seconds);
    CHECK(*state.until - began < 31 * seconds);
    all.clock.advance(29 * seconds - 500 * ms);
    all.button(to, 100);
    all.settle();
    CHECK(all.hand.paused());
    all.clock.advance(3 * seconds);
    all.settle();
    CHECK_FALSE(all.hand.paused());
    CHECK_FALSE(all.hand.state().until);
    all.button(to, 101);
    all.settle();
  }));
  CHECK_FALSE(all.wrote(100));
  CHECK(all.wrote(101));
  CHECK(count_of(all.out.text(), R"("state":"resumed")") == 1);
}

TEST_CASE("a pause may be made longer, and unlimited", "[recorder][pause]") {
  session all;
  static_cast<void>(all.run([&](port& to) {
    all.hand.pause_for(10 * seconds);
    all.settle();
    all.hand.pause_for(100 * seconds);
    all.settle();
    all.clock.advance(50 * seconds);
    all.settle();
    CHECK(all.hand.paused());
    all.hand.pause();
    all.settle();
    CHECK_FALSE(all.hand.state().timed);
    all.clock.advance(3000 * seconds);
    all.settle();
    CHECK(all.hand.paused());
    all.button(to, 100);
    all.settle();
  }));
  CHECK_FALSE(all.wrote(100));
  CHECK(count_of(all.out.text(), R"("state":"paused")") == 1);
  CHECK(count_of(all.out.text(), R"("state":"resumed")") == 0);
  CHECK(count_of(all.out.text(), paused_gap) == 1);
}

TEST_CASE("G3 G14 consent and indicator end a session that is paused", "[recorder][pause]") {
  for (bool const dark : {false, true}) {
    session all;
    auto const summary = all.run(
        [&](port&) {
          all.hand.pause();
          all.settle();
          if (dark) {
            all.shown.visible.store(false);
          } else {
            all.agreed.withdraw();
          }
        },
        false);
    CHECK(summary.ended == (dark ? consent_state::indicator_lost : consent_state::withdrawn));
  }
}

TEST_CASE("a session may begin paused", "[recorder][pause]") {
  session all;
  with_pictures source{{.act = [&](port& to, std::stop_token const&) -> overt::result<void> {
    all.pass(20 * ms);
    all.button(to, 100);
    all.settle();
    all.hand.resume();
    all.settle();
    all.button(to, 101);
    all.settle();
    to.request_stop();
    return {};
  }}};
  source.opening = [&](port& to) -> overt::result<overt::source> {
    to.push_confirmed(all.clock.look(), {}, overt::display{.epoch = 7});
    return overt::source{.backend = "scripted"};
  };
  overt::recorder recorder{all.agreed, all.shown, source, policies(), all.out, {}, all.clock};
  all.hand = recorder.controls();
  all.hand.pause();
  REQUIRE(recorder.run());
  CHECK_FALSE(all.wrote(100));
  CHECK(all.wrote(101));
  CAPTURE(all.out.text());
  // How the monitors stand is told once it goes on: without it nobody knows where points are.
  CHECK(count_of(all.out.text(), R"("type":"display")") == 1);
  CHECK(all.out.text().find(R"("state":"resumed")") < all.out.text().find(R"("type":"display")"));
}

TEST_CASE("the indicator gets the controls before it is shown, and they say when it is over",
          "[recorder][pause]") {
  session all;
  static_cast<void>(all.run([&](port&) {
    REQUIRE(all.shown.hand);
    all.shown.hand->pause();
    CHECK(all.hand.paused());
    CHECK_FALSE(all.hand.state().ended);
  }));
  CHECK(all.hand.state().ended);
  all.hand.resume(); // nobody is there any more
}

TEST_CASE("the person may end a session through the controls", "[recorder][pause]") {
  session all;
  auto const summary = all.run(
      [&](port& to) {
        all.button(to, 100);
        all.settle();
        all.hand.stop();
        all.settle();
        all.button(to, 101);
      },
      false);
  CHECK(summary.ended == consent_state::active);
  CHECK(all.wrote(100));
  CHECK_FALSE(all.wrote(101));
}

TEST_CASE("a backend that saw the pause chord pauses and resumes", "[recorder][pause]") {
  session all;
  static_cast<void>(all.run([&](port& to) {
    to.request_pause();
    all.settle();
    CHECK(all.hand.paused());
    all.button(to, 100);
    all.settle();
    to.request_pause();
    all.settle();
    CHECK_FALSE(all.hand.paused());
    all.button(to, 101);
    all.settle();
  }));
  CHECK_FALSE(all.wrote(100));
  CHECK(all.wrote(101));
}

TEST_CASE("no picture may be taken during a pause, nor of what was exempted", "[recorder][pause]") {
  session all;
  static_cast<void>(all.run([&](port&) {
    overt::context here{.application = overt_test::guarded_of("editor")};
    overt::context there{.application = overt_test::guarded_of("other")};
    overt::context page{.application = overt_test::guarded_of("browser"),
                        .origin = overt_test::guarded_of("https://a.example")};
    CHECK(all.may_picture(here));
    CHECK(all.may_picture(page));
    all.hand.pause(); // from this very moment
    CHECK_FALSE(all.may_picture(here));
    all.hand.resume();
    CHECK(all.may_picture(here));
    REQUIRE(all.hand.exempt_application("editor"));
    REQUIRE(all.hand.exempt_site("a.example"));
    CHECK_FALSE(all.may_picture(here));
    CHECK_FALSE(all.may_picture(page));
    CHECK(all.may_picture(there));
  }));
}

TEST_CASE("a picture of before a pause or an exemption does not leave after it", "[recorder][pause]") {
  for (bool const exempts : {false, true}) {
    session all;
    static_cast<void>(all.run([&](port& to) {
      auto const picture = [&](overt::frame_reason why, overt::timestamp when) {
        all.push(to, all.editor,
                 overt::frame{.reason = why, .state = overt::frame_state::unreadable, .grabbed = when});
      };
      auto const grabbed = all.clock.look();
      all.settle();
      picture(overt::frame_reason::focus, grabbed); // it is held
      if (exempts) {
        REQUIRE(all.hand.exempt_application("other")); // which it may show beside the editor
      } else {
        all.hand.pause();
        all.settle();
        all.hand.resume();
      }
      all.settle();
      picture(overt::frame_reason::period, grabbed); // it comes late
      picture(overt::frame_reason::idle, all.clock.look());
      all.settle();
    }));
    CAPTURE(exempts, all.out.text());
    CHECK(count_of(all.out.text(), R"("reason":"focus")") == 0);
    CHECK(count_of(all.out.text(), R"("reason":"period")") == 0);
    CHECK(count_of(all.out.text(), R"("reason":"idle")") == 1);
  }
}

TEST_CASE("an exempted application is not recorded from that moment on, nor what was held of it",
          "[recorder][pause]") {
  session all;
  static_cast<void>(all.run([&](port& to) {
    all.type(to, "dear old thing");
    all.button(to, 100);
    all.settle();
    all.button(to, 101);
    REQUIRE(all.hand.exempt_application("editor"));
    all.settle();
    all.button(to, 102);
    all.enter(to);
    all.push(to, all.other, overt::button{.number = 103});
    all.pass(4 * seconds);
    CHECK(all.hand.state().exempt.applications() == std::vector<std::string>{"editor"});
  }));
  auto const& text = all.out.text();
  CAPTURE(text);
  CHECK(all.wrote(100));
  CHECK_FALSE(all.wrote(101));
  CHECK_FALSE(all.wrote(102));
  CHECK(all.wrote(103));
  CHECK_FALSE(leaks(text, "dear old thing"));
  CHECK(count_of(text, R"("state":"narrowed")") == 1);
  CHECK(count_of(text, R"("reason":"outside_scope","of":"","count":null)") == 1);
}

TEST_CASE("an exempted site is not recorded, and its browser is", "[recorder][pause]") {
  session all;
  static_cast<void>(all.run([&](port& to) {
    auto const a = place({.application = "browser", .origin = "https://a.example"});
    auto const b = place({.application = "browser", .origin = "https://b.example"});
    all.push(to, a, overt::button{.number = 100});
    all.settle();
    CHECK(all.hand.exempt_site("https://a.example/private/*"));
    all.settle();
    all.push(to, a, overt::button{.number = 101});
    all.push(to, b, overt::button{.number = 102});
    all.settle();
  }));
  CHECK(all.wrote(100));
  CHECK_FALSE(all.wrote(101));
  CHECK(all.wrote(102));
}

TEST_CASE("not here: what has the keyboard is exempted, and nobody has to name it", "[recorder][pause]") {
  for (bool const answered : {false, true}) {
    session all;
    static_cast<void>(all.run([&](port& to) {
      if (answered) {
        to.answer({overt::capture::context_aspect::application, overt::input_lane::keyboard, all.clock.look(),
                   all.other});
        to.answer({overt::capture::context_aspect::application,
                   overt::input_lane::keyboard,
                   all.clock.look() + 1,
                   {}}); // nobody knows for a moment
      } else {
        all.push(to, all.other, overt::focus{});
      }
      all.settle();
      all.hand.exempt_here();
      all.settle();
      all.button(to, 100);
      all.push(to, all.other, overt::button{.number = 101});
      all.settle();
      CHECK(all.hand.state().exempt.applications() == std::vector<std::string>{"other"});
    }));
    CHECK(all.wrote(100));
    CHECK_FALSE(all.wrote(101));
    CHECK(count_of(all.out.text(), R"("state":"narrowed")") == 1);
  }
}

TEST_CASE("E12 two recorders in one process: pausing one leaves the other", "[recorder][pause]") {
  session one;
  session two;
  std::atomic<bool> paused{false};
  std::atomic<bool> done{false};
  std::thread other{[&] {
    static_cast<void>(two.run([&](port& to) {
      while (!paused.load()) {
        std::this_thread::yield();
      }
      two.button(to, 200);
      two.settle();
      CHECK_FALSE(two.hand.paused());
      done.store(true);
    }));
  }};
  static_cast<void>(one.run([&](port& to) {
    one.hand.pause();
    static_cast<void>(one.hand.exempt_application("other"));
    one.settle();
    paused.store(true);
    while (!done.load()) {
      one.button(to, 100);
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
  }));
  other.join();
  CHECK_FALSE(one.wrote(100));
  CHECK_FALSE(one.wrote(200));
  CHECK(two.wrote(200));
  CHECK_FALSE(two.wrote(100));
  CHECK(two.out.text().find("paused") == std::string::npos);
  CHECK(two.out.text().find("narrowed") == std::string::npos);
  CHECK(one.agreed.state(one.clock.now(), one.clock.wall_ns()) == consent_state::active);
}
