// What it costs to make actions of a made-up day (trace/day.hpp), in time and memory.
//
//   reduce_benchmark [EVENTS [ROUNDS]]           1,000,000 events, 5 rounds, unless told
//   reduce_benchmark --write FILE [EVENTS]       the same events as JSON lines, for reduce_peer.py
//
// Events are made again for each round, as a reader makes them; what that costs is measured in the same round
// and taken off. The processor time of this thread counts. The smallest of the rounds is told, and the
// largest. Memory is what the reducer holds at its end, with all the episodes, by malloc's own account.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <time.h>

#include <overt/dataset/reduce.hpp>
#include <overt/detail/json_text.hpp>
#include <overt/sink/event_json.hpp>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include <overt_test/disclosed.hpp>

#include "trace/day.hpp"

namespace {

namespace dataset = overt::dataset;
using namespace overt_benchmark;
using overt_test::disclosed;
using overt_test::disclosed_text_of;
using recorded = overt::recorded<overt::event>;

double processor_now_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

double held_bytes() {
#if defined(__GLIBC__)
  auto const info = ::mallinfo2();
  return static_cast<double>(info.uordblks) + static_cast<double>(info.hblkhd);
#else
  return 0;
#endif
}

/// The key that a recipe means: letters in turn, so that there is something to read.
overt::key key_of(recipe const& from, std::uint64_t number) {
  auto const pressed = from.press ? number : number - 1; // releases come next
  char const letter = static_cast<char>('a' + pressed % 26);
  auto const symbol = from.key_kind == overt::key_class::editing       ? 0xff08u
                      : from.key_kind == overt::key_class::punctuation ? std::uint32_t{' '}
                      : from.key_kind == overt::key_class::digit       ? std::uint32_t{'7'}
                                                                       : static_cast<std::uint32_t>(letter);
  char const character[] = {static_cast<char>(symbol), '\0'};
  auto const entered = from.press && symbol < 0x80 ? std::string_view{character} : std::string_view{};
  return {.phase = from.press ? overt::key_phase::press : overt::key_phase::release,
          .kind = from.key_kind,
          .device = 3,
          .usage = disclosed(static_cast<std::uint16_t>(symbol & 0xff)),
          .symbol = disclosed(overt::key_symbol{symbol}),
          .entered = disclosed(*overt::entered_text::from(entered))};
}

recorded recorded_of(recipe const& from, day const& of, std::uint64_t number) {
  overt::recorded_head head{.sequence = number, .time = {from.when}};
  auto const application = applications[from.place % applications.size()];
  head.where.emplace(
      overt::context{.application = disclosed_text_of(application),
                     .title = disclosed_text_of("Quarterly figures " + std::to_string(from.place) + " - " +
                                                std::string{application}),
                     .origin = disclosed_text_of({}),
                     .page = disclosed_text_of({}),
                     .field = overt::field_kind::plain});
  auto made = from.kind == recipe::what::key ? overt::event{overt::event_header{}, key_of(from, number)}
                                             : event_of(from, of);
  return overt::detail::recording::make<overt::event>(std::move(head), std::move(made));
}

int write(std::string const& path, day const& from) {
  std::FILE* const file = std::fopen(path.c_str(), "w");
  if (file == nullptr) {
    std::fprintf(stderr, "%s cannot be written\n", path.c_str());
    return 1;
  }
  overt::detail::json_text line;
  for (std::size_t i = 0; i < from.events.size(); ++i) {
    line.clear();
    overt::sink::append_event(line, recorded_of(from.events[i], from, i + 1));
    line.raw('\n');
    std::fwrite(line.view().data(), 1, line.view().size(), file);
  }
  return std::fclose(file) == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
  bool const writes = argc > 2 && std::string_view{argv[1]} == "--write";
  int const first = writes ? 3 : 1;
  auto const count = argc > first ? std::strtoull(argv[first], nullptr, 10) : 1'000'000;
  auto const rounds = argc > first + 1 ? std::strtoull(argv[first + 1], nullptr, 10) : 5;
  auto const from = day_maker{500}.make(count);
  if (writes) {
    return write(argv[2], from);
  }
  std::vector<double> costs;
  double memory = 0;
  std::array<std::size_t, std::variant_size_v<dataset::action_kind>> kinds{};
  std::size_t left = 0;
  for (std::uint64_t round = 0; round < rounds; ++round) {
    std::uint64_t sum = 0;
    auto const before_making = processor_now_ns();
    for (std::size_t i = 0; i < from.events.size(); ++i) {
      sum += recorded_of(from.events[i], from, i + 1).head().sequence;
    }
    auto const making = processor_now_ns() - before_making;
    auto const held_before = held_bytes();
    auto const before = processor_now_ns();
    dataset::reducer actions;
    for (std::size_t i = 0; i < from.events.size(); ++i) {
      actions.push(recorded_of(from.events[i], from, i + 1));
    }
    auto const episodes = std::move(actions).finish();
    auto const cost = processor_now_ns() - before - making;
    memory = std::max(memory, held_bytes() - held_before);
    costs.push_back(cost / static_cast<double>(count));
    kinds = {};
    left = 0;
    for (auto const& episode : episodes) {
      left += episode.leftovers.size();
      for (auto const& action : episode.actions) {
        ++kinds[action.what.index()];
      }
    }
    if (sum == 0) {
      return 1; // so that making is not left out
    }
  }
  auto const [least, most] = std::minmax_element(costs.begin(), costs.end());
  std::printf("%llu events: %.0f to %.0f ns an event, %.1f MB held at the end\n",
              static_cast<unsigned long long>(count), *least, *most, memory / 1e6);
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    if (kinds[i] != 0) {
      constexpr std::array<std::string_view, 9> names{"move", "click", "drag",  "scroll", "text",
                                                      "key",  "wait",  "focus", "told"};
      std::printf("%zu %.*s  ", kinds[i], static_cast<int>(names[i].size()), names[i].data());
    }
  }
  std::printf("%zu left over\n", left);
}
