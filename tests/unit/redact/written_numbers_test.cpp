#include <overt/redact/written_numbers.hpp>

#include <cstdint>
#include <utility>
#include <vector>

#include <overt/event/event.hpp>
#include <overt/redact/pipeline.hpp>
#include <overt/redact/presets.hpp>
#include <overt/sink/memory.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>

namespace {

namespace redact = overt::redact;
using overt_test::place;

} // namespace

TEST_CASE("numbers of events that were written become their sequence numbers", "[redact][written_numbers]") {
  redact::written_numbers numbers;
  CHECK(numbers.sequence_of(0) == 0);
  CHECK(numbers.sequence_of(7) == 0);
  numbers.add(7, 1);
  numbers.add(0, 2); // came through no port
  numbers.add((std::uint64_t{1} << 48) + 7, 3);
  CHECK(numbers.sequence_of(7) == 1);
  CHECK(numbers.sequence_of(0) == 0);
  CHECK(numbers.sequence_of((std::uint64_t{1} << 48) + 7) == 3);
  overt::ui_action action{.made_of = {9, 7, 0, (std::uint64_t{1} << 48) + 7}};
  numbers.translate(action);
  CHECK(action.made_of == std::vector<std::uint64_t>{1, 3});
  for (std::uint64_t i = 0; i < 2000; ++i) {
    numbers.add(100 + i, 10 + i);
  }
  CHECK(numbers.sequence_of(7) == 0); // too long ago
  CHECK(numbers.sequence_of(100 + 1999) == 10 + 1999);
  CHECK(numbers.sequence_of(100 + 1000) == 10 + 1000);
}

TEST_CASE("an act names the input it was made of, as far as that was written", "[redact][written_numbers]") {
  overt::sink::memory<overt::event> kept;
  {
    auto sink = kept;
    auto chain = redact::strict({"editor"});
    redact::pipeline<overt::event, decltype(chain), decltype(sink)> out{std::move(chain), sink, {}};
    auto const here = place({.field = overt::field_kind::none});
    auto const push = [&](std::uint64_t number, auto payload) {
      out.push(overt::event{{.time = {1}, .context = here, .produced = number, .confirmed = true},
                            std::move(payload)});
    };
    push(41, overt::button{});
    push(42, overt_test::typed('s')); // withheld: it is typing
    push(43, overt::button{.phase = overt::button_phase::release});
    push(44, overt::ui_action{.made_of = {41, 42, 43}});
    push(45, overt::clipboard{.made_of = {42}});
    out.finish();
  }
  std::vector<std::uint64_t> made_of;
  std::vector<std::uint64_t> buttons;
  for (auto const& each : kept.events()) {
    if (auto const* const action = each.get_if<overt::ui_action>()) {
      made_of = action->made_of;
    } else if (auto const* const copied = each.get_if<overt::clipboard>()) {
      CHECK(copied->made_of.empty());
    } else if (each.get_if<overt::button>() != nullptr) {
      buttons.push_back(each.head().sequence);
    }
  }
  CHECK(buttons.size() == 2);
  CHECK(made_of == buttons);
}
