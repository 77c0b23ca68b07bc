#include <overt/capture/settle.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <overt/event/button.hpp>
#include <overt/event/frame.hpp>
#include <overt/event/key.hpp>
#include <overt/event/marker.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>

namespace {

using overt::field_kind;
using overt::withheld_reason;
using overt::capture::context_aspect;
using overt::capture::settle;
using overt_test::ms;
using overt_test::place;

using small = overt::basic_event<overt::key, overt::button, overt::marker, overt::frame>;

/// What came out of it: the number of each event, and why it was withheld.
struct outcome {
  std::uint64_t number = 0;
  std::optional<withheld_reason> withheld{};
  overt::context_ptr where{};
  friend bool operator==(outcome const& a, outcome const& b) {
    return a.number == b.number && a.withheld == b.withheld;
  }
};

struct collects {
  std::vector<outcome> all;
  void push(small&& what) { all.push_back({what.header.produced, std::nullopt, what.header.context}); }
  void withhold(small&& what, withheld_reason why) { all.push_back({what.header.produced, why}); }
};

struct bench {
  explicit bench(overt::capture::settle_options options = {}) : held{options} {}

  template <class Payload = overt::key>
  void key(std::int64_t at_ms, overt::context_ptr where, bool confirmed = false) {
    held.push(
        small{
            {.time = {at_ms * ms}, .context = std::move(where), .produced = ++number, .confirmed = confirmed},
            Payload{}},
        out);
  }
  /// A picture whose pixels are of `grabbed_ms` and that was checked at `at_ms`.
  void picture(std::int64_t grabbed_ms, std::int64_t at_ms) {
    held.push(small{{.time = {at_ms * ms}, .produced = ++number}, overt::frame{.grabbed = {grabbed_ms * ms}}},
              out);
  }
  void answer(std::int64_t at_ms, overt::context_ptr where,
              context_aspect aspect = context_aspect::application,
              overt::input_lane lane = overt::input_lane::keyboard) {
    held.answer({.aspect = aspect, .lane = lane, .as_of = {at_ms * ms}, .where = std::move(where)});
  }
  void field(std::int64_t at_ms, overt::context_ptr where) {
    answer(at_ms, std::move(where), context_aspect::field);
  }
  void until(std::int64_t now_ms) { held.advance({now_ms * ms}, {now_ms * ms}, out); }

  /// What became of the only event so far; fails when there is none or more.
  outcome only() {
    REQUIRE(out.all.size() == 1);
    return out.all.front();
  }

  settle<small> held;
  collects out;
  std::uint64_t number = 0;
};

outcome released(std::uint64_t number) { return {number}; }
outcome withheld(std::uint64_t number, withheld_reason why) { return {number, why}; }

} // namespace

TEST_CASE("an answer at or after its time confirms an event", "[capture][settle]") {
  auto const here = place();
  for (std::int64_t const answered : {100, 101, 350}) {
    bench one;
    one.key(100, here);
    one.answer(answered, here);
    one.until(355);
    CHECK(one.only() == released(1));
  }
}

TEST_CASE("an answer from before its time does not", "[capture][settle]") {
  auto const here = place();
  bench one;
  one.answer(99, here);
  one.key(100, here);
  one.until(399);
  CHECK(one.out.all.empty());
  one.until(400);
  CHECK(one.only() == withheld(1, withheld_reason::unconfirmed));
}

TEST_CASE("an event that went elsewhere is stale", "[capture][settle]") {
  bench one;
  one.key(100, place());
  one.answer(110, place());
  one.until(200);
  CHECK(one.only() == withheld(1, withheld_reason::stale_context));
}

TEST_CASE("a place with the same content is not the same place", "[capture][settle]") {
  bench one;
  one.key(100, place({.application = "editor"}));
  one.answer(100, place({.application = "editor"}));
  one.until(200);
  CHECK(one.only() == withheld(1, withheld_reason::stale_context));
}

TEST_CASE("an answer that could not identify the place confirms nothing", "[capture][settle]") {
  bench one;
  one.key(100, place());
  one.answer(110, {});
  one.until(200);
  CHECK(one.only() == withheld(1, withheld_reason::unconfirmed));
  bench two;
  two.key(100, {});
  two.answer(110, {});
  two.until(200);
  CHECK(two.only() == withheld(1, withheld_reason::unconfirmed));
}

TEST_CASE("the first answer after it counts, not a later one", "[capture][settle]") {
  auto const here = place();
  auto const there = place();
  bench one;
  one.key(100, here);
  one.answer(110, there);
  one.answer(120, here);
  one.until(200);
  CHECK(one.only() == withheld(1, withheld_reason::stale_context));
}

TEST_CASE("an answer of one lane says nothing about the other", "[capture][settle]") {
  auto const here = place();
  bench one;
  one.key(100, here);
  one.answer(110, here, context_aspect::application, overt::input_lane::pointer);
  one.until(400);
  CHECK(one.only() == withheld(1, withheld_reason::unconfirmed));
  bench two;
  two.key<overt::button>(100, here);
  two.answer(110, here, context_aspect::application, overt::input_lane::pointer);
  two.until(200);
  CHECK(two.only() == released(1));
}

TEST_CASE("what its source vouches for waits for order alone", "[capture][settle]") {
  bench one;
  one.key(100, place(), true);
  one.until(149);
  CHECK(one.out.all.empty());
  one.until(150);
  CHECK(one.only() == released(1));
}

TEST_CASE("nothing later than consent and indicator allow is handed on", "[capture][settle]") {
  bench one;
  one.key(100, place(), true);
  one.key(101, place(), true);
  one.held.advance({1000 * ms}, {99 * ms}, one.out);
  CHECK(one.out.all.empty());
  one.held.advance({1000 * ms}, {100 * ms}, one.out);
  CHECK(one.only() == released(1));
  CHECK(one.held.held() == 1);
  CHECK(one.held.holds_until({101 * ms}));
  CHECK_FALSE(one.held.holds_until({100 * ms}));
}

TEST_CASE("A8 events come out in order, and too late is too late", "[capture][settle]") {
  bench one;
  auto const here = place();
  one.key(120, here, true);
  one.key(100, here, true);
  one.key(110, here, true);
  one.until(160);
  one.key(109, here, true);
  one.key(110, here, true); // the time of the last one that left still has its place
  one.key(115, here, true);
  one.until(300);
  CHECK(one.out.all == std::vector{released(2), released(3), withheld(4, withheld_reason::late), released(5),
                                   released(6), released(1)});
}

TEST_CASE("A6 equal times lose nothing and keep their order", "[capture][settle]") {
  bench one;
  auto const here = place();
  for (int i = 0; i < 200; ++i) {
    one.key(100, here, i % 3 == 0);
  }
  one.answer(100, here);
  one.until(200);
  REQUIRE(one.out.all.size() == 200);
  for (std::uint64_t i = 0; i < 200; ++i) {
    CHECK(one.out.all[i] == released(i + 1));
  }
}

TEST_CASE("what finds no room is withheld at once", "[capture][settle]") {
  bench one{{.capacity = 2}};
  auto const here = place();
  one.key(100, here, true);
  one.key(101, here, true);
  one.key(99, here, true);
  CHECK(one.only() == withheld(3, withheld_reason::no_room));
  one.until(200);
  CHECK(one.out.all.size() == 3);
}

TEST_CASE("what is left can be withheld or taken", "[capture][settle]") {
  bench one;
  for (std::int64_t i = 0; i < 6; ++i) {
    one.key(100 + i, place(), true);
  }
  one.held.withhold_until({102 * ms}, withheld_reason::unconfirmed, one.out);
  CHECK(one.out.all.size() == 3);
  one.held.withhold_all(withheld_reason::consent_ended, one.out);
  CHECK(one.out.all.size() == 6);
  CHECK(one.out.all.back() == withheld(6, withheld_reason::consent_ended));
  one.key(200, place(), true);
  std::uint64_t taken = 0;
  one.held.take_all([&](small&& what) { taken = what.header.produced; });
  CHECK(taken == 7);
  CHECK(one.held.held() == 0);
}

TEST_CASE("where fields are answered for, their answer is awaited too", "[capture][settle][field]") {
  auto const window = place({.application = "editor", .field = field_kind::unobserved});
  auto const plain = place({.field = field_kind::plain, .origin = "https://a.example"});
  bench one;
  one.held.require_fields();
  one.key(100, window);
  one.answer(110, window);
  one.field(120, plain);
  one.field(299, plain);
  one.until(390);
  CHECK(one.out.all.empty()); // the news that it was secret could still come
  one.field(300, plain);
  one.until(399);
  CHECK(one.only() == released(1));
  CHECK(one.only().where->field == field_kind::plain);
  CHECK_FALSE(one.only().where == window);
}

TEST_CASE("no answer about the field in time withholds", "[capture][settle][field]") {
  auto const window = place();
  bench one;
  one.held.require_fields();
  one.field(99, place());
  one.key(100, window);
  one.answer(110, window);
  one.until(400);
  CHECK(one.only() == withheld(1, withheld_reason::unconfirmed));
  bench two;
  two.held.require_fields();
  two.key(100, window);
  two.answer(110, window);
  two.field(110, {});
  two.until(200);
  CHECK(two.only() == withheld(1, withheld_reason::unconfirmed));
}

TEST_CASE("L18 a password typed right after Tab, before the news that the field is secret",
          "[capture][settle][field]") {
  for (auto const kind : {field_kind::secret, field_kind::unknown}) {
    auto const window = place({.field = field_kind::unobserved});
    auto const name = place({.field = field_kind::plain});
    auto const password = place({.field = kind});
    bench one;
    one.held.require_fields();
    one.answer(100, window);
    one.field(100, name);
    one.field(390, name);
    one.key(90, window); // the user name, long before
    one.field(400, name);
    one.key(420, window); // Tab
    for (std::int64_t i = 0; i < 5; ++i) {
      one.key(430 + i, window); // the password
      one.field(430 + i, name); // the program answers before it has handled the Tab
    }
    one.answer(500, window);
    one.field(480, password);
    one.key(490, window); // more of it
    one.field(500, password);
    one.key(510, window); // its last character, and then the way out
    one.field(550, name);
    one.answer(560, window);
    one.key(555, window); // the next field
    one.field(560, name);
    one.field(760, name);
    one.until(389);
    one.until(900);
    REQUIRE(one.out.all.size() == 10);
    CHECK(one.out.all[0] == released(1));
    for (std::size_t i = 1; i < 9; ++i) {
      CHECK(one.out.all[i].withheld == withheld_reason::secret_field);
    }
    CHECK(one.out.all[9] == released(10));
  }
}

TEST_CASE("L21 what is typed while the page may be changing goes to neither", "[capture][settle][field]") {
  auto const window = place();
  auto const agreed = place({.field = field_kind::plain, .origin = "https://a.example"});
  auto const other = place({.field = field_kind::plain, .origin = "https://b.example"});
  auto const judged = [&](overt::key_class kind) {
    bench one;
    one.held.require_fields();
    one.field(90, agreed);
    one.held.push(small{{.time = {100 * ms}, .context = window, .produced = 1}, overt::key{.kind = kind}},
                  one.out);
    one.answer(310, window);
    one.field(101, agreed); // the page that is being left still answers
    one.field(130, other);
    one.field(300, other);
    one.until(310);
    return one.only();
  };
  CHECK(judged(overt::key_class::letter) == withheld(1, withheld_reason::stale_context));
  CHECK(judged(overt::key_class::unknown) == withheld(1, withheld_reason::stale_context));
  CHECK(judged(overt::key_class::navigation) == released(1)); // the Tab that left it was pressed in it
}

TEST_CASE("two sources that speak of different programs confirm nothing", "[capture][settle][field]") {
  for (bool const same : {true, false}) {
    auto const window = place({.process = 10});
    auto const field = place({.field = field_kind::plain, .process = same ? 10u : 11u});
    bench one;
    one.held.require_fields();
    one.key(100, window);
    one.answer(110, window);
    one.field(300, field);
    one.until(310);
    CHECK(one.only() == (same ? released(1) : withheld(1, withheld_reason::stale_context)));
  }
}

TEST_CASE("what the pointer does waits for the first answer about the page", "[capture][settle][field]") {
  auto const window = place();
  auto const agreed = place({.origin = "https://a.example"});
  auto const other = place({.origin = "https://b.example"});
  auto const pointer = [&](bench& one, std::int64_t at, overt::context_ptr where) {
    one.answer(at, std::move(where), context_aspect::field, overt::input_lane::pointer);
  };
  bench one;
  one.held.require_fields();
  pointer(one, 90, agreed);
  one.key<overt::button>(100, window);
  one.key<overt::button>(110, window); // between two pages: nobody knows in which
  one.answer(120, window, context_aspect::application, overt::input_lane::pointer);
  pointer(one, 105, agreed);
  pointer(one, 120, other);
  one.until(170);
  CHECK(one.out.all == std::vector{released(1), withheld(2, withheld_reason::stale_context)});
}

TEST_CASE("leaving a secret field discloses nothing until the new one is confirmed",
          "[capture][settle][field]") {
  auto const window = place();
  auto const plain = place();
  bench one;
  one.held.require_fields();
  one.field(100, place({.field = field_kind::secret}));
  one.key(150, window);
  one.answer(400, window);
  one.field(200, plain);
  one.key(200, window); // at the very moment of the answer: it may have been before it
  one.field(300, plain);
  one.key(201, window);
  one.field(420, plain);
  one.until(449);
  CHECK(one.out.all == std::vector{withheld(1, withheld_reason::secret_field),
                                   withheld(2, withheld_reason::secret_field), released(3)});
}

TEST_CASE("so many changes that some were forgotten withhold what waited for them",
          "[capture][settle][field]") {
  auto const window = place();
  bench one;
  one.held.require_fields();
  one.answer(300, window);
  std::vector<overt::context_ptr> fields;
  one.key(100, window);
  for (std::int64_t i = 0; i < 70; ++i) { // more than are remembered
    fields.push_back(place());
    one.field(101 + i, fields.back());
  }
  one.key(165, window);
  one.field(370, fields.back());
  one.until(399);
  REQUIRE(one.out.all.size() == 2);
  CHECK(one.out.all[0] == withheld(1, withheld_reason::unconfirmed));
  CHECK(one.out.all[1] == released(2));
}

TEST_CASE("keyboard and pointer in two places make two contexts, not one for each event",
          "[capture][settle][field]") {
  auto const window = place();
  auto const under_pointer = place();
  auto const field = place();
  auto const element = place();
  bench one;
  one.held.require_fields();
  for (std::int64_t i = 0; i < 10; ++i) {
    one.key(100 + i, window);
    one.key<overt::button>(100 + i, under_pointer);
  }
  one.answer(200, window);
  one.field(320, field);
  one.answer(200, under_pointer, context_aspect::application, overt::input_lane::pointer);
  one.answer(200, element, context_aspect::field, overt::input_lane::pointer);
  one.until(390);
  REQUIRE(one.out.all.size() == 20);
  for (std::size_t i = 2; i < 20; ++i) {
    CHECK(one.out.all[i].where == one.out.all[i % 2].where);
  }
  CHECK_FALSE(one.out.all[0].where == one.out.all[1].where);
}

namespace {

/// The rules once more, over lists that forget nothing and with everything known from the start.
struct given_answer {
  std::int64_t as_of = 0;
  overt::context_ptr where{};
};

outcome expected_of(std::uint64_t number, std::int64_t when, overt::context_ptr const& where,
                    std::vector<given_answer> const& windows, std::vector<given_answer> const& fields,
                    std::int64_t secret_window) {
  auto const first_after = [&](auto const& answers, std::int64_t moment) {
    return std::find_if(answers.begin(), answers.end(),
                        [&](auto const& each) { return each.as_of >= moment; });
  };
  auto const window = first_after(windows, when);
  if (window == windows.end() || !window->where) {
    return withheld(number, withheld_reason::unconfirmed);
  }
  if (!(window->where == where)) {
    return withheld(number, withheld_reason::stale_context);
  }
  auto const field = first_after(fields, when);
  auto const settled = first_after(fields, when + secret_window);
  if (field == fields.end() || !field->where || settled == fields.end()) {
    return withheld(number, withheld_reason::unconfirmed);
  }
  auto const secret = [](overt::context_ptr const& place) {
    return place && (place->field == field_kind::secret || place->field == field_kind::unknown);
  };
  for (auto each = field == fields.begin() ? field : field - 1; each <= settled; ++each) {
    if (secret(each->where)) {
      return withheld(number, withheld_reason::secret_field);
    }
  }
  return released(number);
}

} // namespace

TEST_CASE("it decides as the rules say for any order of events and answers",
          "[capture][settle][differential]") {
  std::mt19937 random{11};
  for (int run = 0; run < 400; ++run) {
    std::array const windows{place(), place(), overt::context_ptr{}};
    std::array const kinds{field_kind::plain, field_kind::none, field_kind::secret, field_kind::unknown,
                           field_kind::plain};
    std::vector<overt::context_ptr> elements{overt::context_ptr{}};
    for (auto const kind : kinds) {
      elements.push_back(place({.field = kind}));
    }
    // All within the time an event may wait, so that every answer is in time; more runs than remembered are
    // not made.
    std::vector<given_answer> window_answers;
    std::vector<given_answer> field_answers;
    std::int64_t when = 0;
    for (auto i = random() % 30; i > 0; --i) {
      when += 1 + static_cast<std::int64_t>(random() % 8);
      window_answers.push_back({when, windows[random() % 10 < 7 ? 0 : random() % 3]});
    }
    when = 0;
    for (auto i = random() % 30; i > 0; --i) {
      when += 1 + static_cast<std::int64_t>(random() % 8);
      field_answers.push_back({when, elements[random() % elements.size()]});
    }
    struct action {
      std::int64_t when;
      std::size_t window;
    };
    std::vector<action> keys(random() % 40);
    for (auto& key : keys) {
      key = {static_cast<std::int64_t>(random() % 250), random() % 10 < 8 ? 0 : random() % 3};
    }

    auto const secret_window = static_cast<std::int64_t>(random() % 3) * 20;
    bench one{{.secret_window_ns = secret_window * ms}};
    one.held.require_fields();
    // Each list is fed in its own order, the lists interleaved in any.
    std::size_t next_window = 0;
    std::size_t next_field = 0;
    std::size_t next_key = 0;
    std::map<std::uint64_t, outcome> expected;
    while (next_window < window_answers.size() || next_field < field_answers.size() ||
           next_key < keys.size()) {
      switch (random() % 3) {
      case 0:
        if (next_window < window_answers.size()) {
          auto const& given = window_answers[next_window++];
          one.answer(given.as_of, given.where);
        }
        break;
      case 1:
        if (next_field < field_answers.size()) {
          auto const& given = field_answers[next_field++];
          one.field(given.as_of, given.where);
        }
        break;
      default:
        if (next_key < keys.size()) {
          auto const& key = keys[next_key++];
          one.key(key.when, windows[key.window]);
          expected[one.number] = expected_of(one.number, key.when, windows[key.window], window_answers,
                                             field_answers, secret_window);
        }
      }
    }
    one.until(290);
    one.until(1000);
    REQUIRE(one.out.all.size() == keys.size());
    for (auto const& each : one.out.all) {
      CAPTURE(run, each.number, keys[each.number - 1].when);
      REQUIRE(each == expected[each.number]);
    }
    for (std::size_t i = 1; i < one.out.all.size(); ++i) {
      REQUIRE(keys[one.out.all[i - 1].number - 1].when <= keys[one.out.all[i].number - 1].when);
    }
  }
}

TEST_CASE("a picture is in the place of the keyboard", "[capture][settle][pictures]") {
  bench one;
  auto const editor = place({.application = "editor"});
  one.answer(900, editor);
  one.picture(1'000, 1'200);
  one.until(1'300);
  CHECK(one.out.all.empty()); // nobody said yet where it went
  one.answer(1'250, editor);
  one.until(1'300);
  CHECK(one.only() == released(1));
  CHECK(one.only().where == editor);
}

TEST_CASE("a picture of a moment when the keyboard moved does not leave",
          "[capture][settle][pictures][leak]") {
  bench one;
  auto const editor = overt::context_ptr{overt::context{}, 7};
  auto const mailer = overt::context_ptr{overt::context{}, 8};
  SECTION("from another program, while it was taken") {
    one.answer(900, mailer);
    one.answer(1'100, editor);
  }
  SECTION("and back again") {
    one.answer(900, editor);
    one.answer(1'050, mailer);
    one.answer(1'100, editor);
  }
  SECTION("from nowhere") {
    one.answer(900, editor);
    one.answer(1'050, {});
    one.answer(1'100, editor);
  }
  one.picture(1'000, 1'200);
  one.answer(1'250, editor);
  one.until(1'600);
  CHECK(one.only() == withheld(1, withheld_reason::stale_context));
}

TEST_CASE("keys and pixels share a verdict: no picture around a secret field",
          "[capture][settle][pictures][leak]") {
  auto const at = [](std::int64_t secret_ms, std::int64_t plain_again_ms) {
    bench one;
    one.held.require_fields();
    auto const editor = overt::context_ptr{overt::context{}, 7};
    auto const field = [](field_kind kind) { return overt::context_ptr{overt::context{.field = kind}, 7}; };
    auto const plain = field(field_kind::plain);
    for (std::int64_t t = 0; t <= 3'000; t += 50) {
      one.answer(t, editor);
      one.field(t, t >= secret_ms && t < plain_again_ms ? field(field_kind::secret) : plain);
    }
    one.picture(1'000, 1'300);
    one.until(2'000);
    return one.only();
  };
  CHECK(at(5'000, 5'000) == released(1));
  CHECK(at(900, 1'100) == withheld(1, withheld_reason::secret_field));   // when the pixels were read
  CHECK(at(1'100, 1'200) == withheld(1, withheld_reason::secret_field)); // before they were checked
  CHECK(at(1'250, 1'600) == withheld(1, withheld_reason::secret_field)); // just before they were checked
  CHECK(at(1'700, 2'000) == released(1));                                // and much later
  CHECK(at(100, 500) == released(1));
}

TEST_CASE("a picture that nobody placed in time does not leave", "[capture][settle][pictures][leak]") {
  bench one;
  one.picture(1'000, 1'200);
  one.until(1'600);
  CHECK(one.only() == withheld(1, withheld_reason::unconfirmed));
}

TEST_CASE("while the screen is locked nothing leaves, whoever confirmed it", "[capture][settle][lock]") {
  auto const here = place();
  auto const screen = [](bench& one, std::int64_t at_ms, bool locked) {
    one.held.answer({.aspect = context_aspect::screen, .as_of = {at_ms * ms}, .locked = locked});
  };
  bench one;
  one.key(100, here);
  one.answer(110, here);
  one.until(400);
  screen(one, 1000, true);
  one.key(1100, here);
  one.key<overt::button>(1110, here);
  one.key(1120, here, true);
  one.picture(1100, 1150);
  one.answer(1200, here);
  one.until(1500);
  screen(one, 2000, false);
  one.key(1990, here);
  one.key(2001, here);
  one.answer(2010, here);
  one.until(2400);
  REQUIRE(one.out.all.size() == 7);
  CHECK(one.out.all.front() == released(1));
  for (std::size_t i = 1; i < 6; ++i) {
    CHECK(one.out.all[i].withheld == withheld_reason::screen_locked);
  }
  CHECK(one.out.all.back() == released(7));
}

TEST_CASE("what was typed shortly before the news of a lock is taken along", "[capture][settle][lock]") {
  auto const here = place();
  for (bool const news : {false, true}) {
    bench one;
    one.held.require_fields();
    one.key(700, here);
    one.key(850, here);
    one.answer(1100, here);
    one.field(1100, here);
    if (news) {
      one.held.answer({.aspect = context_aspect::screen, .as_of = {1000 * ms}, .locked = true});
    }
    one.until(1300);
    REQUIRE(one.out.all.size() == 2);
    CHECK(one.out.all[0] == released(1));
    CHECK(one.out.all[1] == (news ? withheld(2, withheld_reason::screen_locked) : released(2)));
  }
}

TEST_CASE("what is no input is told while the screen is locked", "[capture][settle][lock]") {
  bench one;
  one.held.answer({.aspect = context_aspect::screen, .as_of = {1000 * ms}, .locked = true});
  one.key<overt::marker>(1100, {}, true);
  one.until(1400);
  CHECK(one.only() == released(1));
}
