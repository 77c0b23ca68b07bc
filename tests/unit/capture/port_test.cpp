#include <overt/capture/port.hpp>

#include <atomic>
#include <cstdint>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include <overt/event/event.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/payloads.hpp>

using overt_test::ticket_event;
using overt_test::ticket_opened;
using ticket_port = overt::capture::port<ticket_event>;

namespace {

/// The event in the next item; fails the test when there is none, or an answer.
template <class Check>
void next_event(ticket_port& port, Check&& check) {
  bool was_event = false;
  CHECK(port.take([&](ticket_port::item&& item) {
    if (auto* const event = std::get_if<ticket_event>(&item)) {
      was_event = true;
      check(*event);
    }
  }));
  CHECK(was_event);
}

std::uint64_t produced(ticket_port const& port) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < ticket_event::payload_count; ++i) {
    sum += port.produced()[i];
  }
  return sum;
}

std::uint64_t dropped(ticket_port const& port) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < ticket_event::payload_count; ++i) {
    sum += port.dropped()[i];
  }
  return sum;
}

std::uint64_t drain(ticket_port& port) {
  std::uint64_t taken = 0;
  while (port.take([&](auto&&) { ++taken; })) {}
  return taken;
}

} // namespace

TEST_CASE("what is pushed comes out, with its time and place", "[capture][port]") {
  ticket_port port{{.items = 16}};
  overt::context_ptr const here{overt::context{}};
  CHECK(port.push({5}, here, overt::pointer_move{.at = {.x = 1, .y = 2}}));
  CHECK(port.push_confirmed({6}, here, ticket_opened{.number = 17, .title = port.store("printer")}));
  CHECK(port.answer({.as_of = {7}, .where = here}));

  next_event(port, [&](ticket_event& event) {
    CHECK(event.header.time == overt::timestamp{5});
    CHECK(event.header.context == here);
    CHECK_FALSE(event.header.confirmed);
    CHECK(event.get_if<overt::pointer_move>()->at.y == 2);
  });
  next_event(port, [&](ticket_event& event) {
    CHECK(event.header.confirmed);
    CHECK(event.get_if<ticket_opened>()->title.state() == overt::guard_state::withheld);
  });
  bool answered = false;
  CHECK(port.take([&](ticket_port::item&& item) {
    auto const* const answer = std::get_if<overt::capture::context_answer>(&item);
    answered = answer != nullptr && answer->as_of == overt::timestamp{7} && answer->where == here;
  }));
  CHECK(answered);
  CHECK_FALSE(port.take([](auto&&) {}));
}

TEST_CASE("a message of a backend about itself waits for no context", "[capture][port]") {
  overt::capture::port<overt::event> port{{.items = 4}};
  CHECK(port.push({1}, {}, overt::gap{}));
  CHECK(port.push({1}, {}, overt::clipboard{}));
  std::vector<bool> confirmed;
  while (port.take([&](auto&& item) { confirmed.push_back(std::get<0>(item).header.confirmed); })) {}
  CHECK(confirmed == std::vector{true, false});
}

TEST_CASE("moves are refused before anything else", "[capture][port]") {
  ticket_port port{{.items = 8}};
  for (int i = 0; i < 6; ++i) {
    CHECK(port.push({i}, {}, overt::pointer_move{}));
  }
  CHECK_FALSE(port.push({6}, {}, overt::pointer_move{}));
  CHECK_FALSE(port.push({6}, {}, overt::pointer_delta{}));
  CHECK(port.push({7}, {}, overt::key{}));
  CHECK(port.push({8}, {}, ticket_opened{}));
  CHECK_FALSE(port.push({9}, {}, overt::key{})); // now it is full
  CHECK_FALSE(port.answer({.as_of = {9}}));

  CHECK(port.produced()[ticket_event::index<overt::pointer_move>] == 7);
  CHECK(port.dropped()[ticket_event::index<overt::pointer_move>] == 1);
  CHECK(port.produced()[ticket_event::index<overt::key>] == 2);
  CHECK(port.dropped()[ticket_event::index<overt::key>] == 1);
  CHECK(port.dropped()[ticket_event::index<overt::pointer_delta>] == 1);
  CHECK(port.dropped()[ticket_event::index<ticket_opened>] == 0);
  CHECK(drain(port) == produced(port) - dropped(port));
  CHECK(port.push({10}, {}, overt::pointer_move{}));
}

TEST_CASE("a text without room is denied from the start", "[capture][port]") {
  ticket_port port{{.items = 4, .text = {.small = 1, .medium = 0, .large = 0}}};
  auto const first = port.store("first");
  auto const second = port.store("second");
  CHECK(first.state() == overt::guard_state::withheld);
  CHECK(second.state() == overt::guard_state::denied);
  CHECK(port.arena().refused() == 1);
}

TEST_CASE("the stop chord is remembered", "[capture][port]") {
  ticket_port port{{.items = 4}};
  CHECK_FALSE(port.stop_requested());
  port.request_stop();
  CHECK(port.stop_requested());
}

TEST_CASE("counts reconcile when threads push into a small ring", "[capture][port]") {
  ticket_port port{{.items = 32}};
  constexpr int each = 5'000;
  std::atomic<int> running{4};
  std::atomic<std::uint64_t> accepted{0};
  std::vector<std::thread> threads;
  for (int number = 0; number < 4; ++number) {
    threads.emplace_back([&, number] {
      overt::context_ptr const here{overt::context{}};
      for (int i = 0; i < each; ++i) {
        bool const taken =
            number % 2 == 0
                ? port.push({i}, here, overt::pointer_move{})
                : port.push({i}, here, ticket_opened{.number = 1, .title = port.store("printer")});
        accepted.fetch_add(taken ? 1 : 0);
      }
      running.fetch_sub(1);
    });
  }
  std::uint64_t taken = 0;
  while (running.load() > 0) {
    taken += drain(port);
    std::this_thread::yield();
  }
  for (auto& thread : threads) {
    thread.join();
  }
  taken += drain(port);
  CHECK(produced(port) == 4 * each);
  CHECK(taken == accepted.load());
  CHECK(produced(port) == taken + dropped(port));
}

TEST_CASE("every event of a session has a number of its own, and hints name it", "[capture][port]") {
  overt::capture::input_feed feed;
  overt::capture::port<overt::event> first{{.items = 8}};
  overt::capture::port<overt::event> second{{.items = 8}};
  first.join(0, {&feed, 1});
  second.join(1, {});
  auto const one = first.push({.ns = 1}, {}, overt::button{});
  auto const two = first.push({.ns = 2}, {}, overt::button{});
  auto const other = second.push({.ns = 1}, {}, overt::button{});
  CHECK(one != 0);
  CHECK(two != one);
  CHECK(other != one);
  CHECK(other != two);
  first.tell({.what = overt::capture::hint_kind::button_down, .time = {1}, .event = one});
  second.tell(
      {.what = overt::capture::hint_kind::button_down, .time = {1}, .event = other}); // nobody follows
  std::vector<std::uint64_t> told;
  feed.quiet();
  while (feed.take([&](overt::capture::input_hint&& hint) { told.push_back(hint.event); })) {}
  CHECK(told == std::vector<std::uint64_t>{one});
  first.take([&](auto&& item) { CHECK(std::get<0>(item).header.produced == one); });
}
