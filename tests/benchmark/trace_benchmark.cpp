// How large traces are, what writing them costs, and how fast a second of them is found, on one made-up day
// (trace/day.hpp), beside JSON lines, SQLite and one MCAP message for each event.
//
//   trace_benchmark [EVENTS [ROUNDS [JITTER_US [FOLDER]]]]     1,000,000 events, 9 rounds, 500 us unless told
//
// All go through the same pipeline, whose chain releases everything but which key was pressed; a sink that
// keeps nothing tells what that costs, and the difference in the same round is the cost of a sink. The
// processor time of this thread counts, from the first event until the file is closed. Rounds of all sinks
// alternate; the smallest is told, and how far the largest lay above. Files go to FOLDER
// and stay there, for trace_sizes.py; unless told to the folder for temporary files (TMPDIR).
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <time.h>
#include <zstd.h>

#include <overt/redact/pipeline.hpp>
#include <overt/redact/presets.hpp>
#include <overt/sink/cbor.hpp>
#include <overt/sink/jsonl.hpp>
#include <overt/sink/mcap.hpp>
#include <overt/sink/sink.hpp>
#include <overt/sink/zstd/zstd.hpp>
#include <overt/trace/json/reader.hpp>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include "trace/day.hpp"
#include "trace/jsonl_scan.hpp"
#include "trace/peer_sinks.hpp"
#include "trace/where_bytes_go.hpp"

namespace {

namespace fs = std::filesystem;
namespace redact = overt::redact;
namespace sink = overt::sink;
using namespace overt_benchmark;

constexpr std::int64_t second = 1'000'000'000;

[[noreturn]] void fail(std::string_view what) {
  std::fprintf(stderr, "%.*s\n", static_cast<int>(what.size()), what.data());
  std::exit(1);
}

double processor_now_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

template <class Work>
double processor_ns(Work&& work) {
  auto const before = processor_now_ns();
  work();
  return processor_now_ns() - before;
}

/// Lets keys leave without what they are.
struct undisclosed_keys {
  static constexpr std::string_view name = "undisclosed_keys";
  [[nodiscard]] overt::verdict operator()(overt::key&, overt::disclosure const& unlock) const {
    return overt::verdict::release(unlock);
  }
};

auto make_chain() {
  redact::only scope;
  for (auto const each : applications) {
    scope.add(each);
  }
  scope.add(site);
  return std::move(scope) | redact::secrets{} | redact::structure{} | redact::page_addresses{} |
         redact::window_titles{} | redact::pointer_paths{} | undisclosed_keys{} |
         redact::times{overt::consent::key_timing::raw} | redact::unverified{};
}

overt::session_info make_info() {
  return {.receipt_id = "benchmark",
          .policy = R"({"preset":"research"})",
          .anchor = overt::clock_anchor{.monotonic = {0}, .wall_ns = 1'700'000'000 * second}};
}

constexpr sink::mcap_options long_chunks{.chunk_ns = 60 * second, .batch_ns = 10 * second}; // the defaults
constexpr sink::mcap_options short_chunks{.chunk_ns = 10 * second, .batch_ns = second};

using overt_mcap = sink::mcap<overt::event>;
using overt_zstd_mcap = sink::mcap<overt::event, sink::zstd>;

/// The processor time of all events through the pipeline into `out`, with its end. `each_tenth` is called on
/// the way.
template <class Sink>
double write_day(day const& from, Sink& out, std::function<void()> const& each_tenth = nullptr) {
  if (auto opened = sink::open(out, make_info()); !opened) {
    fail(opened.error().message);
  }
  auto chain = make_chain();
  redact::pipeline<overt::event, decltype(chain), Sink> pipeline{std::move(chain), out, {}};
  auto const tenth = std::max<std::size_t>(from.events.size() / 10, 1);
  return processor_ns([&] {
    std::size_t until = each_tenth ? tenth : from.events.size() + 1;
    for (std::size_t i = 0; i < from.events.size(); ++i) {
      pipeline.push(event_of(from.events[i], from));
      if (i + 1 == until) {
        each_tenth();
        until += tenth;
      }
    }
    pipeline.finish(false);
    if (auto closed = sink::close(out, {}); !closed) {
      fail(closed.error().message);
    }
  });
}

/// One frame of zstd, level 3, as `zstd -3` makes it of a whole file.
double compress_file(fs::path const& from, fs::path const& to) {
  std::ifstream in{from, std::ios::binary};
  std::ofstream out{to, std::ios::binary};
  std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> const with{ZSTD_createCCtx(), &ZSTD_freeCCtx};
  std::string plain(1 << 20, '\0');
  std::string packed(ZSTD_CStreamOutSize(), '\0');
  return processor_ns([&] {
    for (bool more = true; more;) {
      in.read(plain.data(), static_cast<std::streamsize>(plain.size()));
      more = in.good();
      ZSTD_inBuffer given{plain.data(), static_cast<std::size_t>(in.gcount()), 0};
      for (std::size_t left = 1; more ? given.pos < given.size : left != 0;) {
        ZSTD_outBuffer taken{packed.data(), packed.size(), 0};
        left = ZSTD_compressStream2(with.get(), &taken, &given, more ? ZSTD_e_continue : ZSTD_e_end);
        if (ZSTD_isError(left) != 0) {
          fail("zstd cannot compress");
        }
        out.write(packed.data(), static_cast<std::streamsize>(taken.pos));
      }
    }
    out.flush();
  });
}

/// A way to write a day, and what came of it.
struct way {
  std::string name{};
  std::string file{};                                   ///< its name in the folder
  std::function<double(std::string const& path)> write; ///< processor ns
  std::uintmax_t bytes = 0;
  std::vector<double> costs{}; ///< ns an event, in each round, less the null sink
};

std::vector<way> ways(day const& from) {
  auto const with = [&from](auto make) {
    return [&from, make](std::string const& path) {
      auto out = make(path);
      return write_day(from, out);
    };
  };
  std::vector<way> all;
  all.push_back(
      {"a sink::mcap, zstd",
       "a.mcap",
       with([](std::string const& path) { return overt_zstd_mcap{path, sink::zstd{}, short_chunks}; }),
       0,
       {}});
  all.push_back(
      {"a chunks of 60 s, batches of 10 s",
       "a60.mcap",
       with([](std::string const& path) { return overt_zstd_mcap{path, sink::zstd{}, long_chunks}; }),
       0,
       {}});
  all.push_back(
      {"b sink::mcap, not compressed",
       "b.mcap",
       with([](std::string const& path) { return overt_mcap{path, sink::uncompressed{}, short_chunks}; }),
       0,
       {}});
  all.push_back(
      {"c sink::jsonl", "c.jsonl", with([](std::string const& path) { return sink::jsonl{path}; }), 0, {}});
  all.push_back({"d the same, the whole file zstd -3", "d.zst", nullptr, 0, {}}); // made of c
  all.push_back(
      {"e sink::cbor", "e.cbor", with([](std::string const& path) { return sink::cbor{path}; }), 0, {}});
  if (sqlite_peer::make(":memory:") != nullptr) {
    all.push_back({"f SQLite, WAL, 1,000 rows a transaction",
                   "f.db",
                   with([](std::string const& path) { return sqlite_sink{sqlite_peer::make(path)}; }),
                   0,
                   {}});
  }
  all.push_back({"g MCAP, a JSON message an event, zstd",
                 "g.mcap",
                 with([](std::string const& path) { return message_mcap<overt::detail::json_text>{path}; }),
                 0,
                 {}});
  all.push_back({"g MCAP, a CBOR message an event, zstd",
                 "h.mcap",
                 with([](std::string const& path) { return message_mcap<overt::detail::cbor_text>{path}; }),
                 0,
                 {}});
  return all;
}

void remove_file(fs::path const& file) {
  for (auto const* const more : {"", ".journal", "-wal", "-shm"}) {
    fs::remove(file.string() + more);
  }
}

/// All ways in turn, once. The files of the last round stay.
double round_of(std::vector<way>& all, day const& from, fs::path const& folder) {
  null_sink nothing;
  auto const events = static_cast<double>(from.events.size());
  auto const null_cost = write_day(from, nothing) / events;
  double lines = 0;
  for (auto& each : all) {
    auto const path = folder / each.file;
    remove_file(path);
    double cost = 0;
    if (each.write) {
      cost = each.write(path.string()) / events - null_cost;
      lines = each.file == "c.jsonl" ? cost : lines;
    } else {
      cost = lines + compress_file(folder / "c.jsonl", path) / events;
    }
    each.costs.push_back(cost);
    each.bytes = fs::file_size(path);
  }
  return null_cost;
}

void print_ways(std::vector<way> const& all, std::size_t events) {
  std::printf("%-42s %9s %8s %9s %9s %6s\n", "", "B/event", "x of a", "ns/event", "spread %", "x of a");
  auto const least = [](way const& of) { return *std::min_element(of.costs.begin(), of.costs.end()); };
  for (auto const& each : all) {
    std::printf("%-42s %9.2f %8.2f %9.0f %9.0f %6.2f\n", each.name.c_str(),
                static_cast<double>(each.bytes) / static_cast<double>(events),
                static_cast<double>(each.bytes) / static_cast<double>(all[0].bytes), least(each),
                (*std::max_element(each.costs.begin(), each.costs.end()) / least(each) - 1) * 100,
                least(each) / least(all[0]));
  }
}

/// How many bytes this program holds, while a trace is written. Only the GNU library tells.
#if defined(__GLIBC__)
void print_memory(day const& from, fs::path const& folder) {
  auto const path = folder / "memory.mcap";
  std::printf("memory held by sink::mcap, zstd, KiB, after each tenth of the day:");
  auto const before = ::mallinfo2();
  overt_zstd_mcap out{path.string(), sink::zstd{}};
  write_day(from, out, [&] {
    auto const now = ::mallinfo2();
    std::printf(" %.0f",
                static_cast<double>(now.uordblks + now.hblkhd - before.uordblks - before.hblkhd) / 1024);
  });
  std::printf("\n");
  remove_file(path);
}

#else
void print_memory(day const&, fs::path const&) {}
#endif

/// With chunks of other lengths than 10 s.
void print_chunks(day const& from, fs::path const& folder) {
  std::printf("sink::mcap, zstd, by what a chunk and a batch cover at most (bytes an event):\n");
  for (auto const& [chunk, batch] :
       {std::pair{10, 1}, {10, 10}, {30, 1}, {30, 10}, {60, 1}, {60, 5}, {60, 10}}) {
    auto const path = folder / "chunks.mcap";
    overt_zstd_mcap out{
        path.string(), sink::zstd{}, {.chunk_ns = chunk * second, .batch_ns = batch * second}};
    write_day(from, out);
    std::printf("  chunk %3d s, batch %3d s %25s %9.3f\n", chunk, batch, "",
                static_cast<double>(fs::file_size(path)) / static_cast<double>(from.events.size()));
    remove_file(path);
  }
}

/// 1,000 windows of a second that begin up to a second before some event.
std::vector<std::int64_t> some_windows(day const& from) {
  std::mt19937_64 random{7};
  std::vector<std::int64_t> begins(1000);
  for (auto& each : begins) {
    each = from.events[random() % from.events.size()].when - static_cast<std::int64_t>(random() % second);
  }
  return begins;
}

std::size_t mcap_between(overt::trace::reader<overt::event>& reader, std::int64_t from, std::int64_t to) {
  if (auto const sought = reader.seek({from}); !sought) {
    fail(sought.error().message);
  }
  for (std::size_t found = 0;; ++found) {
    auto const next = reader.next();
    if (!next) {
      fail(next.error().message);
    }
    if (!*next || (*next)->head().time.ns >= to) {
      return found;
    }
  }
}

void print_seek(char const* name, std::size_t seeks, std::size_t events, double ns, bool same) {
  std::printf("  %-40s %9.1f us a seek   %zu seeks, %zu events%s\n", name,
              ns / 1000 / static_cast<double>(seeks), seeks, events, same ? "" : "   NOT THE SAME EVENTS");
}

bool print_seeks(day const& from, fs::path const& folder, bool with_sqlite) {
  auto const begins = some_windows(from);
  std::vector<std::size_t> expected;
  for (auto const begin : begins) {
    auto const at = [&](std::int64_t time) {
      return std::lower_bound(from.events.begin(), from.events.end(), time,
                              [](recipe const& one, std::int64_t when) { return one.when < when; });
    };
    expected.push_back(static_cast<std::size_t>(at(begin + second) - at(begin)));
  }
  bool all_same = true;
  auto const measure = [&](char const* name, std::size_t seeks, auto const& between) {
    bool same = true;
    std::size_t events = 0;
    auto const ns = processor_ns([&] {
      for (std::size_t i = 0; i < seeks; ++i) {
        auto const found = between(begins[i], begins[i] + second);
        same = same && found == expected[i];
        events += found;
      }
    });
    print_seek(name, seeks, events, ns, same);
    all_same = all_same && same;
  };
  std::printf("a random second, every event of it read:\n");
  for (auto const& [name, file] : {std::pair{"a sink::mcap, zstd, trace::reader", "a.mcap"},
                                   {"a chunks of 60 s, batches of 10 s", "a60.mcap"},
                                   {"b sink::mcap, trace::reader", "b.mcap"}}) {
    auto opened = overt::trace::open<overt::event, sink::zstd>((folder / file).string());
    if (!opened) {
      fail(opened.error().message);
    }
    measure(name, begins.size(),
            [&](std::int64_t begin, std::int64_t end) { return mcap_between(*opened, begin, end); });
  }
  measure("c JSON lines from the begin, times alone", std::min<std::size_t>(begins.size(), 20),
          [&](std::int64_t begin, std::int64_t end) {
            return jsonl_between((folder / "c.jsonl").string(), begin, end);
          });
  if (with_sqlite) {
    auto const table = sqlite_peer::make((folder / "f.db").string());
    table->make_index();
    measure("f SQLite, an index of the times", begins.size(),
            [&](std::int64_t begin, std::int64_t end) { return table->rows_between(begin, end); });
  }
  return all_same;
}

double number_argument(int count, char** arguments, int which, double otherwise) {
  return count > which ? std::strtod(arguments[which], nullptr) : otherwise;
}

} // namespace

int main(int argument_count, char** arguments) {
  auto const events =
      static_cast<std::size_t>(std::max(1000.0, number_argument(argument_count, arguments, 1, 1e6)));
  auto const rounds = static_cast<int>(std::max(1.0, number_argument(argument_count, arguments, 2, 9)));
  auto const jitter = number_argument(argument_count, arguments, 3, 500);
  bool const keeps = argument_count > 4;
  auto const folder =
      keeps ? fs::path{arguments[4]}
            : fs::temp_directory_path() / ("overt-trace-" + std::to_string(std::random_device{}()));
  fs::create_directory(folder);
  auto const from = day_maker{jitter}.make(events);
  std::printf("%zu events over %.1f h, %zu places, jitter of %.0f us, %d rounds\n", from.events.size(),
              static_cast<double>(from.events.back().when) / 3600e9, from.places.size(), jitter, rounds);
  auto all = ways(from);
  double null_cost = 1e12;
  for (int i = 0; i < rounds; ++i) {
    null_cost = std::min(null_cost, round_of(all, from, folder));
  }
  std::printf("making and redacting an event costs %.0f ns; the sinks on top of that:\n", null_cost);
  print_ways(all, events);
  std::printf("where the bytes of a go, bytes an event:\n");
  where_bytes_go{(folder / "a.mcap").string()}.print(events);
  std::printf("the same with chunks of 60 s, batches of 10 s:\n");
  where_bytes_go{(folder / "a60.mcap").string()}.print(events);
  print_chunks(from, folder);
  print_memory(from, folder);
  bool const with_sqlite =
      std::any_of(all.begin(), all.end(), [](way const& each) { return each.file == "f.db"; });
  bool const same = print_seeks(from, folder, with_sqlite);
  if (!keeps) {
    fs::remove_all(folder);
  }
  return same ? 0 : 1;
}
