#include <overt/redact/pipeline.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/redact/presets.hpp>
#include <overt/sink/memory.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>
#include <overt_test/keys.hpp>

namespace {

namespace redact = overt::redact;
using overt::field_kind;
using overt::withheld_reason;
using overt_test::count_of;
using overt_test::happened;
using overt_test::ms;
using overt_test::place;
using overt_test::seconds;
using overt_test::typed;

using some = overt::basic_event<overt::key, overt::pointer_move, overt::button, overt::text, overt::marker,
                                overt::ui_action, overt::consent_change, overt::gap, overt::redaction>;
/// A chain that lets out what was done and takes nothing in, so that each event is written or withheld.
auto acts_only(redact::only scope) {
  return std::move(scope) | redact::secrets{} | redact::shortcuts{} | redact::navigation_keys{} |
         redact::structure{};
}
using strict_chain = decltype(acts_only({}));
using research_chain = decltype(redact::research({}));

template <class Chain = strict_chain>
struct running {
  explicit running(Chain policies, std::int64_t start = 0) : out{std::move(policies), sink, {start}} {}

  template <class Payload>
  void push(std::int64_t ns, overt::context_ptr where, Payload payload) {
    out.push(happened<some>(ns, std::move(where), std::move(payload)));
  }
  std::string const& bytes() {
    out.finish();
    return sink.text();
  }

  overt_test::bytes_sink sink;
  redact::pipeline<some, Chain, overt_test::bytes_sink> out;
};

running<> strict() { return running<>{acts_only({"editor"})}; }

overt::key control_s() { return typed('s', overt::modifiers::control); }

/// The `seq` of each line, in order.
std::vector<std::uint64_t> sequence_of(std::string_view bytes) {
  std::vector<std::uint64_t> numbers;
  for (auto at = bytes.find("{\"seq\":"); at != std::string_view::npos;
       at = bytes.find("{\"seq\":", at + 1)) {
    numbers.push_back(std::stoull(std::string{bytes.substr(at + 7, 20)}));
  }
  return numbers;
}

bool counts_up(std::vector<std::uint64_t> const& numbers) {
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i] != i + 1) {
      return false;
    }
  }
  return true;
}

std::size_t index_of_key() { return some::index<overt::key>; }

} // namespace

TEST_CASE("what was not disclosed is wiped before a sink sees it", "[redact][pipeline]") {
  struct inspects {
    int keys = 0;
    void write(overt::cleared<some> const& what) {
      what.visit([&](auto const& payload) {
        if constexpr (std::same_as<decltype(payload), overt::key const&>) {
          ++keys;
          CHECK(payload.symbol.state() == overt::guard_state::disclosed);
          CHECK(payload.usage.state() == overt::guard_state::denied);
          CHECK(payload.entered.state() == overt::guard_state::denied);
          overt_test::with_clearance([&](overt::clearance const& key) {
            CHECK(payload.usage.look(key) == 0);
            CHECK(payload.entered.look(key).view().empty());
          });
        }
      });
      auto const* const where = what.head().where;
      REQUIRE(where != nullptr);
      CHECK(where->application.disclosed() != nullptr);
      overt_test::with_clearance([&](overt::clearance const& key) {
        CHECK(where->title.look(key).view().empty());
        CHECK(where->page.look(key).view().empty());
      });
    }
  } sink;
  redact::pipeline<some, strict_chain, inspects> out{acts_only({"editor"}), sink, {}};
  out.push(happened<some>(1, place({.title = "Letter", .page = "/inbox"}), control_s()));
  CHECK(sink.keys == 1);
}

TEST_CASE("only what was released is written, numbered without holes", "[redact][pipeline]") {
  auto session = strict();
  auto const here = place();
  for (int round = 0; round < 5; ++round) {
    session.push(round, here, typed('a'));
    session.push(round, here, overt::button{});
    session.push(round, here, overt_test::move());
    session.push(round, here, control_s());
  }
  auto const& bytes = session.bytes();
  CHECK(count_of(bytes, "\"type\":\"key\"") == 5);
  CHECK(count_of(bytes, "\"type\":\"button\"") == 5);
  CHECK(count_of(bytes, "\"type\":\"pointer_move\"") == 0);
  CHECK(counts_up(sequence_of(bytes)));
  CHECK(session.out.sequence() == sequence_of(bytes).size());
  CHECK(session.out.counts()[index_of_key()].written == 5);
  CHECK(session.out.counts()[index_of_key()].withheld == 5);
}

TEST_CASE("an absence is one gap without a number, however long it was", "[redact][pipeline]") {
  auto const left = [](int events) {
    auto session = strict();
    auto const here = place();
    auto const elsewhere = place({.application = "diary", .title = "My secret"});
    session.push(1, here, control_s());
    for (int i = 0; i < events; ++i) {
      session.push(2, elsewhere, i % 2 == 0 ? control_s() : typed('x'));
      session.push(2, elsewhere, overt_test::move());
      session.push(2, elsewhere, overt::button{});
    }
    session.push(3, here, control_s());
    session.push(4, here, control_s());
    return session.bytes();
  };
  auto const once = left(1);
  CHECK(count_of(once, "\"type\":\"gap\"") == 1);
  CHECK(once.find(R"("reason":"outside_scope","of":"","count":null)") != std::string::npos);
  CHECK(counts_up(sequence_of(once)));
  CHECK(left(100) == once);
}

TEST_CASE("working here while the pointer rests elsewhere is one gap, not one for every key",
          "[redact][pipeline]") {
  auto session = strict();
  auto const here = place();
  auto const elsewhere = place({.application = "diary"});
  for (int i = 0; i < 20; ++i) {
    session.push(i, here, control_s());
    session.push(i, elsewhere, overt_test::move());
  }
  CHECK(count_of(session.bytes(), "\"type\":\"gap\"") == 1);
}

TEST_CASE("coming back and going away again is two gaps", "[redact][pipeline]") {
  auto session = strict();
  auto const here = place();
  auto const elsewhere = place({.application = "diary"});
  for (int i = 0; i < 2; ++i) {
    session.push(i, here, control_s());
    session.push(i, elsewhere, control_s());
  }
  CHECK(count_of(session.bytes(), "\"type\":\"gap\"") == 2);
}

namespace {

/// Goes to a password field, enters so many keys with the pointer moving over an agreed window, and comes
/// back.
template <class Chain>
std::string password_of(int keys, Chain policies, field_kind kind) {
  running<Chain> session{std::move(policies)};
  auto const here = place();
  auto const password = place({.field = kind, .title = "Log in"});
  session.push(1, here, control_s());
  for (int i = 0; i < keys; ++i) {
    auto const held = i % 3 == 0 ? overt::modifiers::shift : overt::modifiers::none;
    session.push(2, password, overt_test::pressed(overt::key_class::modifier, 0xffe1));
    session.push(2, password, typed(static_cast<char>('a' + i % 26), held));
    session.push(2, password, overt_test::pressed(overt::key_class::editing, 0xff08));
    session.push(2, password, typed('v', overt::modifiers::control));
    session.push(2, password, overt::text{});
    session.push(2, password, overt_test::move());
    session.push(2, password, overt::button{});
  }
  session.push(3, here, overt::button{});
  session.push(4, here, control_s());
  return session.bytes();
}

} // namespace

TEST_CASE("L12 a secret of 8 keys leaves the same bytes as one of 20", "[redact][pipeline]") {
  for (auto const kind : {field_kind::secret, field_kind::unknown}) {
    auto const strict_bytes = password_of(8, redact::strict({"editor"}), kind);
    CHECK(strict_bytes == password_of(20, redact::strict({"editor"}), kind));
    CHECK(count_of(strict_bytes, "\"type\":\"key\"") == 2);
    CHECK(count_of(strict_bytes, "\"type\":\"button\"") == 1);
    CHECK(count_of(strict_bytes, kind == field_kind::secret ? "secret_field" : "unknown_field") == 1);
    auto const research_bytes = password_of(8, redact::research({"editor"}), kind);
    CHECK(research_bytes == password_of(20, redact::research({"editor"}), kind));
    CHECK(count_of(research_bytes, "\"type\":\"pointer_move\"") == 0);
  }
}

TEST_CASE("L12 the pointer in an agreed window does not count the keys of a secret", "[redact][pipeline]") {
  auto const left = [](int keys) {
    running<research_chain> session{redact::research({"editor"})};
    auto const here = place();
    auto const password = place({.field = field_kind::secret});
    for (int i = 0; i < 20; ++i) {
      session.push(i, here, overt_test::move(i));
      if (i < keys) {
        session.push(i, password, typed('p'));
      }
    }
    return session.bytes();
  };
  CHECK(left(8) == left(19));
  CHECK(count_of(left(8), "\"type\":\"gap\"") == 1);
}

TEST_CASE("redactions tell how much by orders of magnitude", "[redact][pipeline]") {
  for (auto const& [count, bucket] :
       {std::pair{1, "under_ten"}, std::pair{9, "under_ten"}, std::pair{10, "tens"}, std::pair{99, "tens"},
        std::pair{100, "hundreds"}, std::pair{1000, "thousands"}}) {
    auto session = strict();
    auto const here = place();
    for (int i = 0; i < count; ++i) {
      session.push(i, here, typed('a'));
    }
    auto const& bytes = session.bytes();
    CHECK(count_of(bytes, "\"type\"") == 1);
    CHECK(
        bytes.find(
            R"("rule":"","of":"key","entity":"","action":"withheld","reason":"not_disclosed","how_many":")" +
            std::string{bucket} + "\"") != std::string::npos);
  }
}

TEST_CASE("losses are counted exactly, each by its reason", "[redact][pipeline]") {
  auto session = strict();
  auto const here = place();
  for (int i = 0; i < 3; ++i) {
    session.out.withhold(happened<some>(i, here, control_s()), withheld_reason::no_room);
  }
  session.out.withhold(happened<some>(4, here, control_s()), withheld_reason::late);
  session.out.lost(some::index<overt::pointer_move>, 17, {5}, withheld_reason::no_room);
  auto const& bytes = session.bytes();
  CHECK(bytes.find(R"("reason":"no_room","of":"key","count":3)") != std::string::npos);
  CHECK(bytes.find(R"("reason":"late","of":"key","count":1)") != std::string::npos);
  CHECK(bytes.find(R"("reason":"no_room","of":"pointer_move","count":17)") != std::string::npos);
  CHECK(session.out.counts()[index_of_key()].withheld == 4);
}

TEST_CASE("a loss does not hide behind what a policy withheld", "[redact][pipeline]") {
  for (bool const loss_first : {false, true}) {
    auto session = strict();
    auto const here = place();
    for (bool const loss : {loss_first, !loss_first}) {
      if (loss) {
        session.out.withhold(happened<some>(1, here, typed('a')), withheld_reason::no_room);
      } else {
        session.push(1, here, typed('a'));
      }
    }
    auto const& bytes = session.bytes();
    CHECK(bytes.find(R"("reason":"no_room","of":"key","count":1)") != std::string::npos);
    CHECK(bytes.find(R"("of":"key","entity":"","action":"withheld","reason":"not_disclosed")") !=
          std::string::npos);
  }
}

TEST_CASE("a loss inside a hidden stretch is not counted", "[redact][pipeline]") {
  auto const left = [](int losses) {
    auto session = strict();
    auto const here = place();
    session.push(1, here, control_s());
    session.push(2, place({.application = "diary"}), control_s());
    for (int i = 0; i < losses; ++i) {
      // lost on the way, from a backend that did not know better than that it was here
      auto lost = happened<some>(3, here, typed('a'));
      lost.header.confirmed = false;
      session.out.withhold(std::move(lost), i % 2 == 0 ? withheld_reason::late : withheld_reason::no_room);
      session.out.withhold(happened<some>(3, place({.application = "diary"}), typed('a')),
                           withheld_reason::late);
      session.out.lost(index_of_key(), 5, {3}, withheld_reason::no_room);
    }
    session.push(4, here, control_s());
    CHECK(session.out.counts()[index_of_key()].withheld == 1 + 2 * static_cast<unsigned>(losses));
    return session.bytes();
  };
  CHECK(left(1) == left(30));
  CHECK(count_of(left(7), "\"type\":\"gap\"") == 1);
  CHECK(count_of(left(7), "outside_scope") == 1);
}

TEST_CASE("the reason that says most stands for a hidden stretch", "[redact][pipeline]") {
  auto session = strict();
  auto const here = place();
  session.out.withhold(happened<some>(1, here, typed('a')), withheld_reason::unconfirmed);
  session.push(2, place({.field = field_kind::secret}), typed('a'));
  session.out.withhold(happened<some>(3, here, typed('a')), withheld_reason::stale_context);
  auto const& bytes = session.bytes();
  CHECK(count_of(bytes, "\"type\":\"gap\"") == 1);
  CHECK(bytes.find(R"("reason":"secret_field")") != std::string::npos);
}

TEST_CASE("times are floored to the grid, counted from the start", "[redact][pipeline]") {
  running<> session{acts_only({"editor"}), 7 * seconds};
  auto const here = place();
  auto const left = [&](std::int64_t ns) {
    auto const before = session.sink.text().size();
    session.push(ns, here, overt::button{});
    auto const line = session.sink.text().substr(before);
    return std::stoll(line.substr(line.find("\"t\":") + 4));
  };
  CHECK(left(6 * seconds) == 0); // before the start: no negative time, and not on another grid
  CHECK(left(7 * seconds) == 0);
  CHECK(left(12 * seconds - 1) == 0);
  CHECK(left(12 * seconds) == 5 * seconds);
  CHECK(left(28 * seconds + 123'456'789) == 20 * seconds);
  CHECK(session.out.time_grid_ns() == 5 * seconds);

  running<research_chain> exact{redact::research({"editor"}), 7 * seconds};
  exact.push(28 * seconds + 123'456'789, here, overt::button{});
  CHECK(exact.bytes().find("\"t\":28123456789") != std::string::npos);
}

TEST_CASE("a moment inside a payload is on the grid too", "[redact][pipeline]") {
  running<> session{acts_only({"editor"}), 7 * seconds};
  session.push(20 * seconds, place(), overt::ui_action{.observed = {18 * seconds + 987'654'321}});
  CHECK(session.bytes().find("\"observed\":10000000000") != std::string::npos);
  running<research_chain> exact{redact::research({"editor"}), 7 * seconds};
  exact.push(20 * seconds, place(), overt::ui_action{.observed = {18 * seconds + 987'654'321}});
  CHECK(exact.bytes().find("\"observed\":18987654321") != std::string::npos);
}

TEST_CASE("the recorder's own messages pass no policy and are counted apart", "[redact][pipeline]") {
  auto session = strict();
  session.push(1, place(), typed('a'));
  session.out.notice({2}, overt::recorder_source,
                     overt::consent_change{.state = overt::consent_state::expired});
  auto const& bytes = session.bytes();
  CHECK(
      bytes.find(R"({"seq":2,"t":0,"type":"consent_change","from":null,"context":null,"state":"expired"})") !=
      std::string::npos);
  CHECK(bytes.find("redaction") < bytes.find("consent_change"));
  auto const& counts = session.out.counts()[some::index<overt::consent_change>];
  CHECK(counts.notices == 1);
  CHECK(counts.written == 0);
}

TEST_CASE("an event from a program's own backend cannot pretend to be released", "[redact][pipeline]") {
  // Payloads of the recorder itself, pushed like any other: nobody releases them.
  auto session = strict();
  session.push(1, {}, overt::consent_change{});
  session.push(1, {}, overt::redaction{});
  CHECK(session.sink.text().empty());
  CHECK(session.out.counts()[some::index<overt::consent_change>].withheld == 1);
}

TEST_CASE("what a backend lost is told", "[redact][pipeline]") {
  auto session = strict();
  session.push(1, {}, overt::gap{.reason = withheld_reason::source_lost});
  CHECK(session.bytes().find(R"("reason":"source_lost")") != std::string::npos);
  CHECK(session.out.counts()[some::index<overt::gap>].written == 1);
  // but not from a place that was not agreed to
  session.push(2, place({.application = "diary"}),
               overt::gap{.reason = withheld_reason::no_room, .count = 77});
  CHECK(session.bytes().find("77") == std::string::npos);
}

TEST_CASE("what is discarded is counted and not told", "[redact][pipeline]") {
  auto session = strict();
  session.out.discard(happened<some>(1, place(), typed('a')));
  CHECK(session.bytes().empty());
  CHECK(session.out.counts()[index_of_key()].withheld == 1);
}

TEST_CASE("input of no known place is withheld, and other messages need none", "[redact][pipeline]") {
  auto session = strict();
  session.push(1, {}, control_s());
  session.push(2, {}, overt::button{});
  session.push(3, {}, overt::marker{});
  auto const& bytes = session.bytes();
  CHECK(count_of(bytes, "\"type\":\"marker\"") == 1);
  CHECK(count_of(bytes, "\"type\"") == 2);
  CHECK(bytes.find("no_context") != std::string::npos);
}

TEST_CASE("an event that was moved away before is refused", "[redact][pipeline]") {
  auto session = strict();
  auto what = happened<some>(1, place(), control_s());
  auto const taken = std::move(what);
  session.out.push(std::move(what));
  session.out.withhold(std::move(what), withheld_reason::late);
  CHECK(session.bytes().empty());
  CHECK(taken.get_if<overt::key>() != nullptr);
}

TEST_CASE("places are judged rightly however many there are", "[redact][pipeline]") {
  auto session = strict();
  std::vector<overt::context_ptr> places;
  for (int i = 0; i < 30; ++i) {
    places.push_back(place({.application = i % 3 == 0 ? "editor" : "diary",
                            .field = i % 6 == 0 ? field_kind::plain : field_kind::secret}));
  }
  std::mt19937 random{1};
  std::uint64_t expected = 0;
  for (int i = 0; i < 2000; ++i) {
    auto const at = random() % places.size();
    session.push(i, places[at], overt::button{});
    expected += at % 6 == 0 ? 1 : 0;
  }
  CHECK(session.out.counts()[some::index<overt::button>].written == expected);
  CHECK(count_of(session.bytes(), "diary") == 0);
}

TEST_CASE("a context that was freed and its memory used again is a new place", "[redact][pipeline]") {
  auto session = strict();
  for (int i = 0; i < 100; ++i) {
    session.push(i, place({.application = i % 2 == 0 ? "editor" : "diary"}), overt::button{});
  }
  CHECK(session.out.counts()[some::index<overt::button>].written == 50);
}

TEST_CASE("counts add up for any stream of events", "[redact][pipeline]") {
  constexpr std::string_view canary = "Qx7vT2";
  std::mt19937 random{20240611};
  for (int run = 0; run < 200; ++run) {
    auto session = strict();
    std::array const places{place(),
                            place({.title = canary}),
                            place({.application = canary, .title = canary}),
                            place({.field = field_kind::secret}),
                            place({.field = field_kind::unknown}),
                            place({.field = field_kind::unobserved}),
                            place({.application = "browser", .origin = canary, .page = canary}),
                            overt::context_ptr{}};
    std::array<std::uint64_t, some::payload_count> given{};
    auto const give = [&](auto payload, auto& where, std::int64_t when) {
      ++given[some::index<decltype(payload)>];
      auto what = happened<some>(when, where, std::move(payload));
      what.header.confirmed = random() % 2 == 0;
      switch (random() % 12) {
      case 0: session.out.withhold(std::move(what), static_cast<withheld_reason>(random() % 15)); break;
      case 1: session.out.discard(std::move(what)); break;
      default: session.out.push(std::move(what));
      }
    };
    auto const events = static_cast<int>(random() % 60);
    for (int i = 0; i < events; ++i) {
      auto const& where = places[random() % places.size()];
      switch (random() % 6) {
      case 0: give(typed(canary[random() % canary.size()]), where, i); break;
      case 1: give(control_s(), where, i); break;
      case 2: give(overt_test::move(), where, i); break;
      case 3: give(overt::button{}, where, i); break;
      case 4: give(overt::text{.value = overt_test::guarded_of(canary)}, where, i); break;
      default:
        give(overt::ui_action{.label = overt_test::guarded_of(canary),
                              .after = overt_test::guarded_of(canary)},
             where, i);
      }
    }
    auto const& bytes = session.bytes();
    std::uint64_t lines = 0;
    for (std::size_t i = 0; i < some::payload_count; ++i) {
      auto const& counts = session.out.counts()[i];
      REQUIRE(counts.written + counts.folded + counts.withheld == given[i]);
      REQUIRE(count_of(bytes, "\"type\":\"" + std::string{some::names[i]} + "\"") ==
              counts.written + counts.notices);
      lines += counts.written + counts.notices;
    }
    REQUIRE(count_of(bytes, "\n") == lines);
    REQUIRE(counts_up(sequence_of(bytes)));
    REQUIRE_FALSE(overt_test::leaks(bytes, canary));
    REQUIRE(count_of(bytes, "\"count\":null") == count_of(bytes, "\"of\":\"\""));
  }
}
