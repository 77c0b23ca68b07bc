#include <overt/trace/json/message_events.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <overt/event/event.hpp>
#include <overt/sink/packed/batch_writer.hpp>
#include <overt/sink/packed/row_writer.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>

namespace {

namespace packed = overt::sink::packed;
using reading = overt::trace::message_events<overt::event>;

reading make() { return reading{std::make_shared<overt::name_pool>()}; }

constexpr std::string_view place_1 =
    R"({"context":1,"application":"editor","title":null,"origin":null,"page":null,"field":"plain"})";

std::string button(std::uint64_t sequence) {
  overt_test::bytes_sink sink;
  overt::event what{overt::event_header{}, overt::button{.number = 3}};
  overt::detail::mint::with_cleared(overt::cleared_head{.sequence = sequence, .time = {5}}, what,
                                    [&](overt::cleared<overt::event> const& out) { sink.write(out); });
  return sink.text();
}

std::string row(std::uint64_t sequence, std::uint32_t place, std::int32_t x = 4) {
  packed::row_writer writer;
  return std::string{writer.write({.sequence = sequence, .time = {9}, .source = 2, .context = place},
                                  overt_test::move(x, 5))};
}

std::vector<std::uint64_t> numbers(reading& from) {
  std::vector<std::uint64_t> found;
  while (auto const event = from.next()) {
    found.push_back(event->head().sequence);
  }
  return found;
}

} // namespace

TEST_CASE("a message is an event, by its topic") {
  auto events = make();
  REQUIRE(events.add("mouse/button", button(7)));
  events.sort();
  CHECK(events.next_sequence() == 7);
  auto const event = events.next();
  REQUIRE(event);
  CHECK(event->head().time.ns == 5);
  REQUIRE(event->get_if<overt::button>() != nullptr);
  CHECK(event->get_if<overt::button>()->number == 3);
  CHECK(events.empty());
  CHECK_FALSE(events.next());
  CHECK_FALSE(events.next_sequence());
}

TEST_CASE("rows have the place that was told under their number") {
  auto events = make();
  REQUIRE(events.add("context", place_1));
  packed::batch_writer<overt::event> batch;
  REQUIRE(batch.add({.sequence = 3, .time = {1}, .context = 1}, overt_test::move(10, 20)));
  REQUIRE(batch.add({.sequence = 4, .time = {2}, .context = 0}, overt_test::move(11, 21)));
  REQUIRE(events.add("stream", batch.finish()));
  REQUIRE(events.add_row(row(5, 1)));
  events.sort();
  auto const first = events.next();
  REQUIRE(first);
  REQUIRE(first->head().where);
  CHECK(first->head().where->application.disclosed()->view() == "editor");
  CHECK(first->head().where->title.disclosed() == nullptr);
  CHECK(first->head().where->field == overt::field_kind::plain);
  CHECK(first->get_if<overt::pointer_move>()->at.x == 10);
  auto const second = events.next();
  REQUIRE(second);
  CHECK_FALSE(second->head().where);
  auto const third = events.next();
  REQUIRE(third);
  CHECK(third->head().source == 2);
  CHECK(third->head().where->application.disclosed()->view() == "editor");
}

TEST_CASE("events come in the order of their numbers, whatever the order of messages") {
  auto events = make();
  REQUIRE(events.add("mouse/button", button(9)));
  REQUIRE(events.add("mouse/button", button(2)));
  REQUIRE(events.add_row(row(5, 0)));
  events.sort();
  CHECK(numbers(events) == std::vector<std::uint64_t>{2, 5, 9});
}

TEST_CASE("a chunk can be read alone: what was told in another one is forgotten") {
  auto events = make();
  REQUIRE(events.add_place(place_1));
  REQUIRE(events.add_row(row(1, 1)));
  events.clear();
  CHECK(events.empty());
  auto const added = events.add_row(row(2, 1));
  REQUIRE_FALSE(added);
  CHECK(added.error().code == overt::error_code::invalid_input);
}

TEST_CASE("a place that is told again is the later one") {
  auto events = make();
  REQUIRE(events.add_place(place_1));
  REQUIRE(events.add_place(
      R"({"context":1,"application":"browser","title":null,"origin":null,"page":null,"field":"none"})"));
  REQUIRE(events.add_row(row(1, 1)));
  events.sort();
  auto const event = events.next();
  REQUIRE(event);
  CHECK(event->head().where->application.disclosed()->view() == "browser");
  CHECK(event->head().where->field == overt::field_kind::none);
}

TEST_CASE("what is none of our messages is an error that does not say what it holds") {
  auto events = make();
  for (std::string_view const text : {"", "{", "[]", "null", "7", R"({"seq":1})", R"({"event":"secretword"})",
                                      R"({"seq":1,"t":2,"event":"button","secretword":1})"}) {
    INFO(text);
    auto const added = events.add("ui", text);
    REQUIRE_FALSE(added);
    CHECK(added.error().message.find("secretword") == std::string::npos);
  }
  for (std::string_view const text :
       {"", "{", "[]", "{}", R"({"context":-1})", R"({"context":"1"})", R"({"context":1,"secretword":"x"})",
        R"({"context":1,"field":"secretword"})", R"({"context":1,"application":5})"}) {
    INFO(text);
    auto const added = events.add("context", text);
    REQUIRE_FALSE(added);
    CHECK(added.error().message.find("secretword") == std::string::npos);
  }
  CHECK_FALSE(events.add("stream", "no batch"));
  CHECK_FALSE(events.add_row("no row"));
  events.sort();
  CHECK(events.empty());
}

TEST_CASE("every row that is cut or has a flipped bit is an error or another row, never a crash") {
  auto const sound = row(77, 1);
  for (std::size_t size = 0; size < sound.size(); ++size) {
    auto events = make();
    REQUIRE(events.add_place(place_1));
    CHECK_FALSE(events.add_row(std::string_view{sound}.substr(0, size)));
  }
  for (std::size_t bit = 0; bit < sound.size() * 8; ++bit) {
    auto events = make();
    REQUIRE(events.add_place(place_1));
    auto damaged = sound;
    damaged[bit / 8] = static_cast<char>(static_cast<unsigned char>(damaged[bit / 8]) ^ (1u << bit % 8));
    static_cast<void>(events.add_row(damaged));
    events.sort();
    static_cast<void>(numbers(events));
  }
  SUCCEED();
}
