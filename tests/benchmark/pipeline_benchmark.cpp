// What it costs to redact an event and write it as a line of JSON, beside two other ways of making the same
// bytes.
//
// All ways write the same file: the lines of the research chain (every policy of the library asked about
// every event).
// - overt: redact::pipeline with that chain, sink::jsonl, a fresh file.
// - nlohmann::json: the same lines as a DOM, dumped, no policy asked, written in equal batches.
// - spdlog: the finished lines through its asynchronous logger: what passing bytes on costs a caller.
//
// Rounds of all ways alternate in one run; the smallest of each is told, and how far the others lay above it.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <new>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#if __has_include(<nlohmann/json.hpp>)
#include <nlohmann/json.hpp>
#endif
#if __has_include(<spdlog/async.h>)
#define FMT_HEADER_ONLY // nothing to link
#include <spdlog/async.h>
#include <spdlog/sinks/basic_file_sink.h>
#endif

#include <overt/redact/pipeline.hpp>
#include <overt/redact/presets.hpp>
#include <overt/sink/jsonl.hpp>

namespace {

thread_local std::size_t allocations = 0; // of the calling thread

} // namespace

// Not inlined: g++ would see malloc in one place and the operator in another, and warn.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* const memory = std::malloc(size > 0 ? size : 1); memory != nullptr) {
    return memory;
  }
  std::abort();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

namespace fs = std::filesystem;
namespace redact = overt::redact;

constexpr std::size_t event_count = 100'000;
constexpr int rounds = 11;

/// One event as numbers, so that it can be made again for each round.
struct recipe {
  enum class what : std::uint8_t { move, key, scroll, button } kind = what::move;
  std::int64_t when = 0;
  std::int32_t x = 0;
  std::int32_t y = 0;
  std::uint32_t keysym = 0;
  overt::key_class key_kind = overt::key_class::letter;
  overt::modifiers held = overt::modifiers::none;
  bool press = true;
};

/// 71 % moves, 26 % keys, 2 % scrolling, 1 % buttons, 8 ms apart on average.
std::vector<recipe> make_recipes() {
  std::mt19937 random{42};
  std::vector<recipe> all(event_count);
  auto const letter = [&] { return 'a' + static_cast<std::uint32_t>(random() % 26); };
  std::int64_t when = 0;
  for (auto& each : all) {
    when += 1'000'000 + static_cast<std::int64_t>(random() % 14'000'000);
    auto const which = random() % 100;
    each = {.kind = which < 71   ? recipe::what::move
                    : which < 97 ? recipe::what::key
                    : which < 99 ? recipe::what::scroll
                                 : recipe::what::button,
            .when = when,
            .x = static_cast<std::int32_t>(random() % 3840),
            .y = static_cast<std::int32_t>(random() % 2160),
            .press = random() % 2 == 0};
    switch (random() % 8) {
    case 0:
      each.keysym = 0xff51 + static_cast<std::uint32_t>(random() % 4),
      each.key_kind = overt::key_class::navigation;
      break;
    case 1: each.keysym = 0xff08, each.key_kind = overt::key_class::editing; break;
    case 2: each.keysym = letter(), each.held = overt::modifiers::control; break;
    default: each.keysym = letter();
    }
  }
  return all;
}

std::string_view entered_by(recipe const& from, char& letter) {
  letter = static_cast<char>(from.keysym);
  bool const enters =
      from.key_kind == overt::key_class::letter && from.held == overt::modifiers::none && from.press;
  return {&letter, enters ? std::size_t{1} : std::size_t{0}};
}

overt::event event_of(recipe const& from, overt::context_ptr const& where) {
  overt::event_header head{.time = {from.when}, .context = where, .confirmed = true};
  overt::screen_point const at{.x = from.x, .y = from.y};
  switch (from.kind) {
  case recipe::what::move: return {std::move(head), overt::pointer_move{.at = at}};
  case recipe::what::scroll:
    return {std::move(head), overt::scroll{.dy_v120 = from.press ? 120 : -120, .at = at}};
  case recipe::what::button:
    return {std::move(head),
            overt::button{.phase = from.press ? overt::button_phase::press : overt::button_phase::release,
                          .at = at}};
  case recipe::what::key: break;
  }
  char letter = 0;
  return {std::move(head),
          overt::key{.phase = from.press ? overt::key_phase::press : overt::key_phase::release,
                     .kind = from.key_kind,
                     .held = from.held,
                     .usage = overt::guarded<std::uint16_t>{std::uint16_t{4}},
                     .symbol = overt::guarded<overt::key_symbol>{overt::key_symbol{from.keysym}},
                     .entered = overt::guarded<overt::entered_text>{
                         *overt::entered_text::from(entered_by(from, letter))}}};
}

struct measured {
  double wall_ns = 0;      ///< on the calling thread, until everything is in the file
  double caller_ns = 0;    ///< on the calling thread, until everything is handed over
  double processor_ns = 0; ///< of the whole process
  double allocated = 0;
};

double now_ns() {
  return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}
double processor_now_ns() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

/// Times `hand_over()` and then `finish()`.
template <class HandOver, class Finish>
measured measure(HandOver&& hand_over, Finish&& finish) {
  auto const allocated = allocations;
  auto const processor = processor_now_ns();
  auto const begin = now_ns();
  hand_over();
  auto const handed = now_ns();
  auto const allocated_then = allocations;
  finish();
  auto const end = now_ns();
  constexpr auto each = static_cast<double>(event_count);
  return {.wall_ns = (end - begin) / each,
          .caller_ns = (handed - begin) / each,
          .processor_ns = (processor_now_ns() - processor) / each,
          .allocated = static_cast<double>(allocated_then - allocated) / each};
}

std::vector<std::string> lines_of(fs::path const& file) {
  std::ifstream in{file};
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    lines.push_back(line);
  }
  return lines;
}

overt::context_ptr make_place() {
  return overt::context_ptr{
      overt::context{.application = overt::guarded_text{overt::arena_string{"org.gnome.TextEditor"}},
                     .title = overt::guarded_text{overt::arena_string{"Letter.odt - Writer"}},
                     .field = overt::field_kind::plain}};
}

template <class Chain>
measured run_overt(Chain const& chain, std::vector<recipe> const& recipes, fs::path const& file) {
  fs::remove(file);
  auto const where = make_place();
  overt::sink::jsonl sink{file.string()};
  if (!sink.open({})) {
    std::abort();
  }
  redact::pipeline<overt::event, Chain, overt::sink::jsonl> out{chain, sink, {}};
  // What is met for the first time allocates: the context, the buffer.
  for (std::size_t i = 0; i < 2000; ++i) {
    out.push(event_of(recipes[i], where));
  }
  static_cast<void>(sink.flush());
  return measure(
      [&] {
        for (auto const& each : recipes) {
          out.push(event_of(each, where));
        }
      },
      [&] {
        out.finish();
        static_cast<void>(sink.flush());
      });
}

#if __has_include(<nlohmann/json.hpp>)
using json = nlohmann::ordered_json;

json json_of(recipe const& from, std::uint64_t sequence) {
  constexpr std::array<char const*, 4> types{"pointer_move", "key", "scroll", "button"};
  json line = {{"seq", sequence},
               {"t", from.when},
               {"type", types[static_cast<std::size_t>(from.kind)]},
               {"from", 0},
               {"context",
                {{"application", "org.gnome.TextEditor"},
                 {"title", nullptr},
                 {"origin", nullptr},
                 {"page", nullptr},
                 {"field", "plain"}}}};
  auto const at = [&] { return json{{"x", from.x}, {"y", from.y}, {"display", 0}, {"display_epoch", 0}}; };
  switch (from.kind) {
  case recipe::what::move: line["at"] = at(); break;
  case recipe::what::scroll:
    line["dx_v120"] = 0;
    line["dy_v120"] = from.press ? 120 : -120;
    line["held"] = json::array();
    line["at"] = at();
    break;
  case recipe::what::button:
    line["phase"] = from.press ? "press" : "release";
    line["which"] = "left";
    line["number"] = 1;
    line["clicks"] = 1;
    line["held"] = json::array();
    line["at"] = at();
    break;
  case recipe::what::key: {
    char letter = 0;
    line["phase"] = from.press ? "press" : "release";
    line["kind"] = overt::name_of(from.key_kind);
    line["held"] = from.held == overt::modifiers::none ? json::array() : json::array({"control"});
    line["layout"] = 0;
    line["injected"] = false;
    line["device"] = 0;
    line["usage"] = 4;
    line["symbol"] = overt::name_of(overt::key_symbol{from.keysym}).view();
    line["entered"] = entered_by(from, letter);
    return line;
  }
  }
  line["injected"] = false;
  line["device"] = 0;
  return line;
}

measured run_nlohmann(std::vector<recipe> const& recipes, fs::path const& file) {
  fs::remove(file);
  auto* const out = std::fopen(file.c_str(), "wb");
  std::setvbuf(out, nullptr, _IONBF, 0);
  std::string batch;
  auto const write = [&] {
    std::fwrite(batch.data(), 1, batch.size(), out);
    batch.clear();
  };
  auto const result = measure(
      [&] {
        std::uint64_t sequence = 0;
        for (auto const& each : recipes) {
          batch += json_of(each, ++sequence).dump();
          batch += '\n';
          if (batch.size() >= overt::sink::jsonl::batch_bytes) {
            write();
          }
        }
      },
      write);
  std::fclose(out);
  return result;
}

/// How many of the lines of both files differ once they are parsed, apart from their numbers, which begin
/// after the events that warmed ours up.
std::size_t differing(std::vector<std::string> const& ours, std::vector<std::string> const& theirs) {
  std::size_t wrong = ours.size() < theirs.size() ? theirs.size() : 0;
  auto const offset = ours.size() - theirs.size();
  for (std::size_t i = 0; wrong == 0 && i < theirs.size(); i += 97) {
    auto a = json::parse(ours[offset + i]);
    auto b = json::parse(theirs[i]);
    a.erase("seq");
    b.erase("seq");
    wrong += a.dump() == b.dump() ? 0 : 1;
  }
  return wrong;
}
#endif

#if __has_include(<spdlog/async.h>)
measured run_spdlog(std::vector<std::string> const& lines, fs::path const& file) {
  fs::remove(file);
  // The queue holds all: a caller that had to wait would be timed waiting.
  auto pool = std::make_shared<spdlog::details::thread_pool>(event_count + 1, 1);
  auto sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(file.string());
  auto logger =
      std::make_shared<spdlog::async_logger>("lines", sink, pool, spdlog::async_overflow_policy::block);
  logger->set_pattern("%v");
  return measure(
      [&] {
        for (auto const& line : lines) {
          logger->info(spdlog::string_view_t{line.data(), line.size()});
        }
      },
      [&] {
        logger.reset();
        pool.reset(); // waits until all is written
        sink->flush();
      });
}
#endif

struct row {
  std::string name;
  std::vector<measured> all{};
};

void print(row const& one, double base) {
  auto const by = [&](auto member) {
    std::vector<double> values;
    for (auto const& each : one.all) {
      values.push_back(each.*member);
    }
    std::sort(values.begin(), values.end());
    return values;
  };
  auto const wall = by(&measured::wall_ns);
  auto const caller = by(&measured::caller_ns);
  auto const processor = by(&measured::processor_ns);
  std::printf("%-34s %9.1f %9.1f %9.1f %9.1f %7.2f %9.2f\n", one.name.c_str(), caller.front(), wall.front(),
              (wall.back() / wall.front() - 1) * 100, processor.front(), wall.front() / base,
              one.all.back().allocated);
}

} // namespace

int main() {
  auto const folder =
      fs::temp_directory_path() / ("overt-benchmark-" + std::to_string(std::random_device{}()));
  fs::create_directory(folder);
  auto const recipes = make_recipes();
  auto const strict_and_paths = redact::strict({"org.gnome.TextEditor"}) | redact::pointer_paths{};
  auto const research = redact::research({"org.gnome.TextEditor"});

  row strict_row{"overt, strict | pointer_paths"};
  row ours{"overt, research chain"};
  row dom{"nlohmann::json, no policies"};
  row logger{"spdlog async, lines ready-made"};
  std::vector<std::string> lines;
  bool same = true;
  for (int round = 0; round < rounds; ++round) {
    strict_row.all.push_back(run_overt(strict_and_paths, recipes, folder / "strict"));
    ours.all.push_back(run_overt(research, recipes, folder / "ours"));
    if (round == 0) {
      lines = lines_of(folder / "ours");
      lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(event_count));
    }
#if __has_include(<nlohmann/json.hpp>)
    dom.all.push_back(run_nlohmann(recipes, folder / "dom"));
    if (round == 0) {
      auto const wrong = differing(lines, lines_of(folder / "dom"));
      same = wrong == 0;
      std::printf("every 97th line of both, parsed and dumped again: %s\n", same ? "equal" : "NOT EQUAL");
    }
#endif
#if __has_include(<spdlog/async.h>)
    logger.all.push_back(run_spdlog(lines, folder / "logger"));
#endif
  }
  std::size_t bytes = 0;
  for (auto const& line : lines) {
    bytes += line.size() + 1;
  }
  fs::remove_all(folder);

  std::printf("%zu events (71 %% moves, 26 %% keys, 2 %% scroll, 1 %% buttons), %zu bytes a line, %d rounds "
              "of each in "
              "turn\n"
              "overt makes each event, asks every policy, writes JSON into a file; nlohmann::json builds and "
              "dumps the\n"
              "research chain's lines and asks nothing; spdlog is handed those lines as text. The strict "
              "chain writes\n"
              "fewer keys. Smallest of all rounds; spread: how far the slowest lay above. x: against the "
              "research chain.\n",
              event_count, bytes / event_count, rounds);
  std::printf("%-34s %9s %9s %9s %9s %7s %9s\n", "ns/event", "caller", "in file", "spread %", "CPU", "x",
              "alloc");
  auto base = ours.all.front().wall_ns;
  for (auto const& each : ours.all) {
    base = std::min(base, each.wall_ns);
  }
  for (auto const* const each : {&strict_row, &ours, &dom, &logger}) {
    if (each->all.empty()) {
      std::printf("%-34s not here\n", each->name.c_str());
    } else {
      print(*each, base);
    }
  }
  return same ? 0 : 1;
}
