#include <overt/dataset/reduce.hpp>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <overt_test/catch.hpp>
#include <overt_test/reduced.hpp>

using namespace overt_test;
using overt::key_class;
using overt::key_phase;
using overt::modifiers;
using overt::dataset::action_flaw;

namespace {

/// Anything that can be in a trace, in any order: also what no desktop would send.
class random_trace {
public:
  explicit random_trace(std::uint32_t seed) : random_{seed} {}

  [[nodiscard]] recorded_trace make(std::size_t count, bool equal_times) {
    recorded_trace trace;
    trace.next = 1 + below(3);
    for (std::size_t i = 0; i < count; ++i) {
      trace.next += below(20) == 0 ? below(5) : 0;
      if (!equal_times) {
        constexpr std::int64_t steps[] = {0, ms, 30 * ms, 450 * ms, 501 * ms, 4 * seconds, -ms};
        trace.after(steps[below(7)]);
      }
      trace.held = below(3) == 0 ? static_cast<modifiers>(below(32)) : modifiers::none;
      if (below(30) == 0) {
        trace.application =
            below(4) == 0 ? std::nullopt : std::optional{std::string(1, static_cast<char>('a' + below(3)))};
      }
      add(trace);
    }
    return trace;
  }

private:
  [[nodiscard]] std::uint32_t below(std::uint32_t limit) {
    return static_cast<std::uint32_t>(random_() % limit);
  }
  [[nodiscard]] std::int32_t anywhere() { return static_cast<std::int32_t>(below(60)) - 20; }
  [[nodiscard]] std::vector<std::uint64_t> some(recorded_trace const& trace) {
    std::vector<std::uint64_t> numbers;
    for (auto left = below(3); left > 0; --left) {
      numbers.push_back(trace.next - std::min<std::uint64_t>(trace.next, below(40)));
    }
    return numbers;
  }

  void add(recorded_trace& trace) {
    auto const phase = static_cast<key_phase>(below(3));
    switch (below(20)) {
    case 0:
    case 1:
    case 2: trace.move(anywhere(), anywhere()); break;
    case 3:
    case 4:
      trace.press(anywhere(), anywhere(), static_cast<std::uint8_t>(below(5)), overt::button_name::left,
                  static_cast<std::uint8_t>(1 + below(3)));
      break;
    case 5:
    case 6:
      trace.release(anywhere(), anywhere(), overt::button_name::left,
                    static_cast<std::uint8_t>(1 + below(3)));
      break;
    case 7: trace.turn(static_cast<std::int32_t>(below(5)) * 60 - 120, anywhere(), anywhere()); break;
    case 8:
    case 9:
    case 10: {
      char const letter[] = {static_cast<char>('a' + below(4)), '\0'};
      trace.key(phase, key_class::letter, below(5) == 0 ? 0 : static_cast<unsigned char>(letter[0]),
                below(5) == 0 ? nullptr : letter);
      break;
    }
    case 11: trace.modifier(phase, 0xffe1 + below(12)); break;
    case 12:
      trace.key(phase, static_cast<key_class>(below(10)), below(2) == 0 ? 0 : 0xff08 + below(4));
      break;
    case 13: trace.key(phase, key_class::dead, 0xfe51); break;
    case 14: {
      auto value = below(3) == 0 ? overt::guarded_text{} : disclosed_text_of("t");
      trace.add(overt::text{.source = static_cast<overt::text_source>(below(4)),
                            .value = std::move(value),
                            .began = {trace.now},
                            .follows = trace.next - std::min<std::uint64_t>(trace.next, below(30)),
                            .made_of = some(trace)});
      break;
    }
    case 15: trace.add(overt::ui_action{.made_of = some(trace)}); break;
    case 16: trace.add(overt::clipboard{.made_of = some(trace)}); break;
    case 17: trace.add(overt::focus{}); break;
    case 18:
      if (below(3) == 0) {
        trace.lost(below(2) == 0 ? overt::literal{} : overt::literal{"key"});
      } else if (below(2) == 0) {
        trace.add(overt::marker{.kind = static_cast<overt::marker_kind>(below(3))});
      } else {
        trace.add(overt::pointer_delta{});
      }
      break;
    default: trace.picture(overt::frame_reason::idle, trace.now); break;
    }
  }

  std::mt19937 random_;
};

/// A payload of typing, and one that is a message of a backend about itself.
struct nothing_typed {
  bool on = false;
  static constexpr std::string_view name = "nothing_typed";
  static constexpr auto fields() { return overt::fields(overt::field("on", &nothing_typed::on)); }
};
struct message {
  bool on = false;
  static constexpr std::string_view name = "message";
  static constexpr auto lane = overt::input_lane::none;
  static constexpr auto fields() { return overt::fields(overt::field("on", &message::on)); }
};

/// What the actions are and what they are made of.
std::string all_of(std::vector<overt::dataset::episode> const& episodes) {
  auto text = in_short(episodes);
  for (auto const& episode : episodes) {
    for (auto const& action : episode.actions) {
      for (auto const child : action.children) {
        text += " " + std::to_string(child);
      }
      text += ";";
    }
  }
  return text;
}

} // namespace

TEST_CASE("A6, A7: whatever is in a trace, every event of input is in one place and no moment is made up") {
  for (std::uint32_t seed = 0; seed < 600; ++seed) {
    CAPTURE(seed);
    bool const equal_times = seed % 3 == 0;
    auto const trace = random_trace{seed}.make(20 + seed % 180, equal_times);
    overt::dataset::reduce_options const options{.time_grid_ns = seed % 2 == 0 ? 0 : seconds};
    auto const episodes = overt::dataset::reduce(trace.events, options);
    auto const fault = fault_of(trace.events, episodes);
    REQUIRE(fault == "");
    REQUIRE(all_of(overt::dataset::reduce(trace.events, options)) ==
            all_of(episodes)); // nothing but the events
  }
}

TEST_CASE("no action of the pointer without a flaw goes on over a gap") {
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    auto const trace = random_trace{seed}.make(150, seed % 2 == 0);
    std::vector<std::uint64_t> gaps;
    std::vector<std::uint64_t> inputs;
    for (auto const& event : trace.events) {
      if (auto const* const gap = event.get_if<overt::gap>(); gap != nullptr && gap->of.view().empty()) {
        gaps.push_back(event.head().sequence);
      }
      if (event.get_if<overt::button>() != nullptr || event.get_if<overt::scroll>() != nullptr) {
        inputs.push_back(event.head().sequence);
      }
    }
    std::size_t over_gaps = 0;
    for (auto const& episode : overt::dataset::reduce(trace.events)) {
      for (auto const& action : episode.actions) {
        std::vector<std::uint64_t> own;
        std::set_intersection(inputs.begin(), inputs.end(), action.children.begin(), action.children.end(),
                              std::back_inserter(own));
        bool const goes_on = !own.empty() && std::any_of(gaps.begin(), gaps.end(), [&](std::uint64_t gap) {
          return gap > own.front() && gap < own.back();
        });
        over_gaps += goes_on && action.flaw == action_flaw::none ? 1u : 0u;
      }
    }
    REQUIRE(over_gaps == 0);
  }
}

TEST_CASE("A6: a click and a key at one time are a click and a key") {
  recorded_trace trace;
  trace.press(1, 1);
  trace.release(1, 1);
  trace.down(key_class::letter, 'x', "x");
  trace.up(key_class::letter, 'x');
  CHECK(reduced_in_short(trace) == "click text(x)");
}

TEST_CASE("A8: events out of their order are no reason to lose any") {
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    auto trace = random_trace{seed}.make(100, false);
    overt::dataset::reducer shuffled;
    std::vector<std::size_t> order(trace.events.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      order[i] = i;
    }
    std::mt19937 random{seed};
    for (std::size_t i = order.size(); i > 1; --i) {
      std::swap(order[i - 1], order[random() % i]);
    }
    for (auto const i : order) {
      shuffled.push(trace.events[i]);
    }
    REQUIRE(fault_of(trace.events, std::move(shuffled).finish()) == "");
  }
}

TEST_CASE("A8: times that run backwards, and the ends of time") {
  recorded_trace trace;
  trace.now = INT64_MAX - ms;
  trace.click(1, 1);
  trace.now = INT64_MIN;
  trace.turn(120);
  trace.type("ab");
  trace.now = INT64_MAX - 2 * ms;
  trace.click(1, 1, 0);
  CHECK(reduced_in_short(trace, {.time_grid_ns = INT64_MAX}) == "click scroll text(ab) click");
  CHECK(reduced_in_short(trace, {.time_grid_ns = INT64_MIN}) == "click scroll text(ab) click");
}

TEST_CASE("actions are in the order in which they were done") {
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    auto const trace = random_trace{seed}.make(150, true);
    for (auto const& episode : overt::dataset::reduce(trace.events)) {
      CHECK(std::is_sorted(episode.actions.begin(), episode.actions.end(),
                           [](auto const& a, auto const& b) { return a.onset < b.onset; }));
    }
  }
}

TEST_CASE("a payload that somebody added is left, and said so") {
  using own = overt::basic_event<nothing_typed, message>;
  overt::dataset::reducer actions;
  actions.push(
      overt::detail::recording::make<own>({.sequence = 1}, own{overt::event_header{}, nothing_typed{}}));
  actions.push(overt::detail::recording::make<own>({.sequence = 2}, own{overt::event_header{}, message{}}));
  auto const episodes = std::move(actions).finish();
  CHECK(in_short(episodes) == " -unknown");
}

TEST_CASE("from a reader: to its end, and no half trace") {
  struct reader {
    recorded_trace trace{};
    std::size_t at = 0;
    bool damaged = false;
    overt::result<std::optional<recorded_trace::event_type>> next() {
      if (at < trace.events.size()) {
        return std::optional{std::move(trace.events[at++])};
      }
      if (damaged) {
        return overt::failure{overt::error_code::invalid_input, "damaged"};
      }
      return std::optional<recorded_trace::event_type>{};
    }
  };
  for (bool const damaged : {false, true}) {
    reader from{.damaged = damaged};
    from.trace.click(1, 1);
    auto const episodes = overt::dataset::read_episodes(from);
    REQUIRE(episodes.has_value() != damaged);
    if (episodes) {
      CHECK(in_short(*episodes) == "click");
    }
  }
}
