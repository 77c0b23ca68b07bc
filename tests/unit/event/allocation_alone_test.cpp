// The capture path must not allocate. Counts every allocation of the program, which is why it is one of its
// own.
#include <overt/event/basic_event.hpp>

#include <cstddef>
#include <utility>

#include <overt/capture/port.hpp>
#include <overt/event/event.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/counted_allocations.hpp>

namespace {

using overt_test::allocations;

/// How many allocations `act` makes.
template <class Act>
std::size_t allocations_of(Act&& act) {
  auto const before = allocations.load();
  act();
  return allocations.load() - before;
}

} // namespace

TEST_CASE("the counter counts", "[event][allocation]") {
  CHECK(allocations_of([] { overt::event const boxed{{}, overt::ui_action{}}; }) == 1);
}

TEST_CASE("input events are made, moved and ended without allocating", "[event][allocation]") {
  overt::text_arena arena;
  overt::context_ptr const here{overt::context{}};
  CHECK(allocations_of([&] {
          for (std::int32_t i = 0; i < 100; ++i) {
            overt::event moved{{.time = {i}, .context = here}, overt::pointer_move{.at = {.x = i, .y = i}}};
            overt::event const taken{std::move(moved)};
            overt::event const delta{{.context = here}, overt::pointer_delta{.dx = i}};
            overt::event const pressed{{.context = here},
                                       overt::key{.symbol = overt::guarded{overt::key_symbol{65}}}};
            overt::event const clicked{{.context = here}, overt::button{}};
            overt::event const turned{{.context = here}, overt::scroll{.dy_v120 = 120}};
            overt::event const wrote{{.context = here},
                                     overt::text{.value = overt::guarded_text{*arena.store("hello")}}};
          }
        }) == 0);
}

TEST_CASE("a port takes input without allocating", "[event][allocation]") {
  overt::capture::port<overt::event> port{{.items = 64}};
  overt::context_ptr const here{overt::context{}};
  std::size_t taken = 0;
  CHECK(allocations_of([&] {
          for (std::int32_t i = 0; i < 1000; ++i) {
            port.push({i}, here, overt::pointer_move{.at = {.x = i}});
            port.push({i}, here, overt::key{.phase = overt::key_phase::press});
            port.push({i}, here, overt::text{.value = port.store("a title")});
            port.answer({.as_of = {i}, .where = here});
            while (i % 8 == 0 && port.take([&](auto&&) { ++taken; })) {}
          }
        }) == 0);
  CHECK(taken > 1000);
}
