// From an event to bytes in a file nothing is allocated, once everything has been met once. Counts every
// allocation of the program, which is why it is one of its own.
#include <overt/redact/pipeline.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <utility>

#include <overt/capture/settle.hpp>
#include <overt/redact/presets.hpp>
#include <overt/sink/jsonl.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/counted_allocations.hpp>
#include <overt_test/events.hpp>

namespace {

using overt_test::allocations;

/// Does something until it has been done often enough for all buffers to have grown, then counts.
template <class Act>
std::size_t allocations_when_warm(Act&& act) {
  for (int i = 0; i < 3; ++i) {
    act();
  }
  auto const before = allocations.load();
  act();
  return allocations.load() - before;
}

using overt_test::happened;

/// So many events of each kind, in places that were met before.
template <class Use>
void make_events(std::array<overt::context_ptr, 5> const& places, Use&& use) {
  for (std::int64_t i = 0; i < 2000; ++i) {
    auto const& where = places[static_cast<std::size_t>(i / 50) % places.size()];
    use(happened(i, where, overt_test::move(static_cast<std::int32_t>(i))));
    use(happened(i, where, overt::pointer_delta{.dx = 1}));
    use(happened(i, where, overt_test::typed('a')));
    use(happened(i, where, overt_test::typed('s', overt::modifiers::control)));
    use(happened(i, where, overt_test::tab()));
    use(happened(i, where, overt::button{}));
    use(happened(i, where, overt::scroll{.dy_v120 = 120}));
    use(happened(i, where, overt::focus{}));
  }
}

std::array<overt::context_ptr, 5> places() {
  return {overt_test::place({.title = "A title"}), overt_test::place({.application = "other"}),
          overt_test::place({.field = overt::field_kind::secret}),
          overt_test::place({.field = overt::field_kind::unobserved}), overt::context_ptr{}};
}

template <class Chain>
void check_chain(Chain policies) {
  auto const file =
      std::filesystem::temp_directory_path() / ("overt-steady-" + std::to_string(std::random_device{}()));
  overt::sink::jsonl sink{file.string()};
  REQUIRE(sink.open({}));
  overt::redact::pipeline<overt::event, Chain, overt::sink::jsonl> out{std::move(policies), sink, {}};
  auto const where = places();
  CHECK(allocations_when_warm(
            [&] { make_events(where, [&](overt::event&& what) { out.push(std::move(what)); }); }) == 0);
  CHECK(out.sequence() > 10'000);
  CHECK(sink.close({}));
  std::filesystem::remove(file);
}

} // namespace

TEST_CASE("the counter counts", "[redact][allocation]") {
  CHECK(allocations_when_warm([] { overt::event const boxed{{}, overt::ui_action{}}; }) == 1);
}

TEST_CASE("an event goes through the strict chain into a file without allocating", "[redact][allocation]") {
  check_chain(overt::redact::strict({"editor"}));
}

TEST_CASE("an event goes through the research chain into a file without allocating", "[redact][allocation]") {
  check_chain(overt::redact::research({"editor"}));
}

TEST_CASE("an event waits for its answers without allocating", "[capture][allocation]") {
  overt::capture::settle<overt::event> held{{.capacity = 1024}};
  held.require_fields();
  auto const where = places();
  struct counts {
    std::size_t released = 0;
    void push(overt::event&&) { ++released; }
    void withhold(overt::event&&, overt::withheld_reason) {}
  } out;
  std::int64_t now = 0;
  auto const round = [&] {
    for (int i = 0; i < 500; ++i) {
      now += overt_test::ms;
      for (auto const lane : {overt::input_lane::keyboard, overt::input_lane::pointer}) {
        auto const& place = where[lane == overt::input_lane::keyboard ? 0 : 1];
        held.answer({.aspect = overt::capture::context_aspect::application,
                     .lane = lane,
                     .as_of = {now},
                     .where = place});
        held.answer(
            {.aspect = overt::capture::context_aspect::field, .lane = lane, .as_of = {now}, .where = place});
      }
      auto key = happened(now, where[0], overt_test::typed('a'));
      auto move = happened(now, where[1], overt_test::move());
      key.header.confirmed = move.header.confirmed = false;
      held.push(std::move(key), out);
      held.push(std::move(move), out);
      held.advance({now}, {now}, out);
    }
  };
  CHECK(allocations_when_warm(round) == 0);
  CHECK(out.released > 3000);
}
