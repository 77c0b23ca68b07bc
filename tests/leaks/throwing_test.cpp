// Something throws in every stage, with what somebody typed in its message. Nothing of that may be written or
// printed (L45), and nothing passes because of it (L51).
#include <overt/redact/pipeline.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <unistd.h>

#include <overt/recorder.hpp>
#include <overt/redact/detect/detectors.hpp>
#include <overt/redact/presets.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>
#include <overt_test/session.hpp>

#include "needles.hpp"

namespace {

namespace redact = overt::redact;
using overt_test::happened;
using overt_test::ms;

std::string const planted = "jqxkvzq";

/// What a careless program throws: with what it saw.
struct careless_error : std::runtime_error {
  explicit careless_error(std::string_view seen) : std::runtime_error{"cannot handle " + std::string{seen}} {}
};

struct throws_at_keys {
  overt::verdict operator()(overt::key& what, overt::clearance const& look) const {
    throw careless_error{planted + std::string{what.entered.look(look).view()}};
  }
};
struct throws_at_texts {
  overt::verdict operator()(overt::text& what, overt::clearance const& look) const {
    throw careless_error{what.value.look(look).view()};
  }
};
struct throws_at_contexts {
  void operator()(overt::context& what, overt::clearance const& look) const {
    throw careless_error{what.title.look(look).view()};
  }
};
struct throws_at_any_event {
  template <overt::any_event Event>
  overt::verdict operator()(Event&, overt::clearance const&) const {
    throw careless_error{planted};
  }
};
/// One with a memory, which throws in each of the calls that one of them can get.
struct throws_with_memory {
  struct memory {
    int calls = 0;
  };
  overt::verdict operator()(overt::key& what, memory&, redact::occasion const&,
                            overt::clearance const& look) const {
    throw careless_error{planted + std::string{what.entered.look(look).view()}};
  }
  template <class... Rest>
  void advance(memory&, overt::timestamp, overt::disclosure const&, Rest&...) const {
    throw careless_error{planted};
  }
  template <class... Rest>
  void finish(memory&, bool, overt::disclosure const&, Rest&...) const {
    throw careless_error{planted};
  }
  void missed(memory&, redact::occasion const&, overt::withheld_reason, overt::disclosure const&) const {
    throw careless_error{planted};
  }
  void recheck(memory&, overt::guarded_text&, overt::clearance const&) const {
    throw careless_error{planted};
  }
};
/// Discloses whatever it gets, so that only what was thrown keeps it back.
struct discloses_all {
  overt::verdict operator()(overt::key& what, overt::disclosure const& unlock) const {
    what.entered.disclose(unlock);
    what.symbol.disclose(unlock);
    return overt::verdict::release(unlock);
  }
  overt::verdict operator()(overt::text& what, overt::disclosure const& unlock) const {
    what.value.disclose(unlock);
    return overt::verdict::release(unlock);
  }
};

/// What was printed while this lived, instead of printing it.
class printed {
public:
  explicit printed(int descriptor) : descriptor_{descriptor}, before_{dup(descriptor)} {
    std::fflush(nullptr);
    dup2(fileno(file_.get()), descriptor_);
  }
  printed(printed const&) = delete;
  printed& operator=(printed const&) = delete;
  ~printed() { restore(); }

  std::string text() {
    restore();
    std::string all;
    std::rewind(file_.get());
    for (int one = std::fgetc(file_.get()); one != EOF; one = std::fgetc(file_.get())) {
      all += static_cast<char>(one);
    }
    return all;
  }

private:
  void restore() {
    if (before_ >= 0) {
      std::fflush(nullptr);
      dup2(before_, descriptor_);
      close(std::exchange(before_, -1));
    }
  }

  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_{std::tmpfile(), &std::fclose};
  int descriptor_;
  int before_;
};

struct session_output {
  std::string bytes{};
  std::string out{};
  std::string err{};

  [[nodiscard]] bool has_planted() const {
    leaks::searcher find;
    find.look_for({.text = planted, .secret = {planted}});
    return find.find_in(bytes) || find.find_in(out) || find.find_in(err);
  }
};

/// Somebody types the planted word, and what stands in the field is told.
template <class Chain>
session_output type_it(Chain policies) {
  printed err{STDERR_FILENO};
  printed out{STDOUT_FILENO};
  overt_test::bytes_sink sink;
  redact::pipeline<overt::event, Chain, overt_test::bytes_sink> pipe{std::move(policies), sink, {0}};
  auto const here = overt_test::place({.title = planted});
  std::int64_t now = 1;
  std::uint64_t number = 0;
  auto const push = [&](auto payload) {
    auto what = happened(now += 80 * ms, here, std::move(payload));
    what.header.produced = ++number;
    pipe.push(std::move(what));
    pipe.advance({now});
  };
  for (char const one : planted) {
    push(overt_test::typed(one));
  }
  push(overt_test::pressed(overt::key_class::enter, 0xff0d));
  push(overt::text{.value = overt_test::guarded_of(planted), .made_of = {1, number}});
  push(overt::focus{});
  pipe.advance({now + 5000 * ms});
  pipe.finish();
  return {sink.text(), out.text(), err.text()};
}

auto scope() { return redact::only{"editor"} | redact::secrets{}; }

auto with_recogniser(std::function<bool(std::string_view, overt::detect::findings&)> find) {
  auto looks_for = overt::detect::all();
  looks_for.recognisers = std::make_shared<std::vector<overt::detect::recogniser> const>(
      std::vector<overt::detect::recogniser>{{"careless", std::move(find)}});
  return looks_for;
}

} // namespace

TEST_CASE("what a policy throws is not looked at, and what it was asked about is withheld",
          "[leaks][L45][L51]") {
  CHECK(type_it(scope() | discloses_all{} | redact::unverified{}).has_planted()); // the test can fail
  CHECK_FALSE(type_it(scope() | throws_at_keys{} | throws_at_texts{} | discloses_all{} | redact::unverified{})
                  .has_planted());
  CHECK_FALSE(type_it(scope() | discloses_all{} | throws_at_keys{} | throws_at_texts{} | redact::unverified{})
                  .has_planted());
  CHECK_FALSE(
      type_it(scope() | throws_at_any_event{} | discloses_all{} | redact::unverified{}).has_planted());
}

TEST_CASE("a policy with a memory that throws in every call of it lets nothing out", "[leaks][L45][L51]") {
  CHECK_FALSE(type_it(scope() | throws_with_memory{} | throws_at_texts{} | discloses_all{}).has_planted());
}

TEST_CASE("a policy that throws at a place hides what happened there", "[leaks][L45][L51]") {
  CHECK_FALSE(type_it(scope() | throws_at_contexts{} | discloses_all{} | redact::unverified{}).has_planted());
}

TEST_CASE("a recogniser that throws makes a text unsearched, which is withheld", "[leaks][L45][L51]") {
  auto const throws = with_recogniser(
      [](std::string_view text, overt::detect::findings&) -> bool { throw careless_error{text}; });
  auto const finds_nothing = with_recogniser([](std::string_view, overt::detect::findings&) { return true; });
  auto const told =
      type_it(scope() | redact::typed_text{.detectors = finds_nothing} | redact::navigation_keys{});
  CHECK(told.has_planted()); // it is no more than a word
  auto const unsearched = type_it(scope() | redact::typed_text{.detectors = throws});
  CHECK_FALSE(unsearched.has_planted());
  CHECK(overt_test::count_of(unsearched.bytes, "\"type\":\"text\"") ==
        overt_test::count_of(unsearched.bytes, "\"doubt\":\"unsearched\""));
  CHECK(overt_test::count_of(unsearched.bytes, "withheld") > 0);
  // And in the second look, at what another policy disclosed.
  CHECK_FALSE(type_it(scope() | redact::typed_text{.detectors = throws} | discloses_all{}).has_planted());
}

TEST_CASE("a recogniser that could not look makes a text unsearched too", "[leaks][L51]") {
  auto const fails = with_recogniser([](std::string_view, overt::detect::findings&) { return false; });
  auto const unsearched = type_it(scope() | redact::typed_text{.detectors = fails});
  CHECK_FALSE(unsearched.has_planted());
  CHECK(overt_test::count_of(unsearched.bytes, "\"doubt\":\"unsearched\"") == 1);
}

TEST_CASE("what a sink can throw is what it was given, and that was cleared", "[leaks][L45]") {
  struct throwing_sink {
    std::shared_ptr<std::string> thrown = std::make_shared<std::string>();
    void write(overt::cleared<overt::event> const& what) {
      overt::detail::json_text line;
      overt::sink::append_event(line, what);
      *thrown += line.view();
      throw careless_error{line.view()};
    }
  };
  throwing_sink sink;
  auto const chain = redact::balanced({"editor"});
  printed err{STDERR_FILENO};
  {
    redact::pipeline<overt::event, decltype(redact::balanced({})), throwing_sink> pipe{chain, sink, {0}};
    auto const careful = [](auto&& act) {
      try {
        act();
      } catch (careless_error const&) {
        return; // a sink must not throw; a program that lets one has to cope
      }
    };
    auto const here = overt_test::place();
    std::int64_t now = 1;
    std::uint64_t number = 0;
    for (char const one : planted + "@example.com") {
      auto what = happened(now += 80 * ms, here, overt_test::typed(one));
      what.header.produced = ++number;
      careful([&] { pipe.push(std::move(what)); });
    }
    auto enter = happened(now += 80 * ms, here, overt_test::pressed(overt::key_class::enter, 0xff0d));
    enter.header.produced = ++number;
    careful([&] { pipe.push(std::move(enter)); });
    careful([&] { pipe.advance({now + 5000 * ms}); });
    careful([&] { pipe.finish(); });
  }
  session_output const all{*sink.thrown, {}, err.text()};
  CHECK_FALSE(sink.thrown->empty());
  CHECK_FALSE(all.has_planted());
}

TEST_CASE("a backend that throws what it saw ends, and its message is not told", "[leaks][L45]") {
  printed err{STDERR_FILENO};
  printed out{STDOUT_FILENO};
  overt_test::fake_clock const clock;
  overt_test::fake_indicator lamp{clock};
  auto const policies = redact::strict({"editor"});
  auto agreed =
      overt::consent::activate(overt_test::receipt_for(policies), clock, overt::consent::accept_unsigned{});
  REQUIRE(agreed);
  overt_test::bytes_sink sink;
  overt_test::scripted<overt::event> careless{
      .act = [](overt::capture::port<overt::event>& port, std::stop_token const&) -> overt::result<void> {
        port.push_confirmed({1'000'100'000'000}, overt_test::place(), overt_test::tab());
        throw careless_error{planted};
      }};
  std::string told;
  {
    std::stop_source stop;
    std::jthread const ends{[&] {
      std::this_thread::sleep_for(std::chrono::milliseconds{200});
      stop.request_stop();
    }};
    overt::recorder recorder{*agreed, lamp, careless, policies, sink, {}, clock};
    auto const summary = recorder.run(stop.get_token());
    if (summary) {
      for (auto const& each : summary->source_failures) {
        told += each;
      }
    } else {
      told = summary.error().message;
    }
  }
  CHECK_FALSE(session_output{sink.text() + told, out.text(), err.text()}.has_planted());
}
