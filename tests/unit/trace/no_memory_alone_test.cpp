// No memory, at each allocation of a small trace in turn: what a writer acknowledged before is not lost,
// nothing that is read is wrong, and nothing crashes. Lets allocations fail in the whole program, which is
// why it is one of its own.
#include <overt/trace/json/mcap_trace.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <new>
#include <optional>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

#include <overt/sink/cbor.hpp>
#include <overt/sink/jsonl.hpp>
#include <overt/sink/mcap.hpp>
#include <overt/trace/each_event.hpp>
#include <overt/trace/json/cbor_reader.hpp>
#include <overt/trace/json/jsonl_reader.hpp>
#include <overt/trace/json/mcap_salvage.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/failing_allocations.hpp>
#include <overt_test/known_trace.hpp>
#include <overt_test/trace_files.hpp>
#include <overt_test/traces.hpp>

namespace {

using overt_test::fail_allocation;
using overt_test::memory_files;
using mcap_sink = overt::sink::mcap<overt::event, overt::sink::uncompressed, overt_test::watched_files>;
using mcap_reader = overt::trace::mcap_trace<overt::event, memory_files>;
using mcap_salvage = overt::trace::mcap_salvage<overt::event, memory_files>;
using events = std::vector<overt::recorded<overt::event>>;

constexpr std::uint64_t count = 48;
/// Of a chunk: some are closed on the way, and some events are only in the journal.
constexpr overt::sink::mcap_options small{.chunk_bytes = 3000};

/// The events 1, 2, 3, … as a reader gives them.
memory_files whole_trace() {
  overt_test::own_folder const folder;
  overt_test::watched_calls calls{.waits = false};
  mcap_sink out{folder / "t.mcap", {}, small, {&calls}};
  REQUIRE(out.open(overt_test::known_session()));
  overt_test::known_source source{out};
  while (source.sequence() < count) {
    source.push();
  }
  REQUIRE(out.close({}));
  return memory_files::of(folder / "t.mcap");
}

events read_whole(memory_files const& files) {
  events read;
  auto opened = mcap_reader::open(files);
  REQUIRE(opened);
  for (;;) {
    auto next = opened->next();
    REQUIRE(next);
    if (!*next) {
      return read;
    }
    read.push_back(std::move(**next));
  }
}

std::vector<std::string> lines_of(events const& from) {
  std::vector<std::string> lines{{}};
  for (auto const& each : from) {
    lines.push_back(overt_test::as_line(each));
  }
  return lines;
}

/// What a reader gives, against the lines of the numbers.
struct compared {
  std::uint64_t right = 0;
  std::uint64_t wrong = 0;
  std::uint64_t first_missing = 0; ///< the first number that was not given
  bool failed = false;
};

template <class Reader>
compared compare(Reader& reader, std::vector<std::string> const& lines) {
  compared found;
  found.first_missing = 1;
  auto const read = overt::trace::each_event(reader, [&](auto const& event) {
    auto const number = event.head().sequence;
    if (event.template get_if<overt::gap>() != nullptr) {
      return; // the known ones have none
    }
    auto const line = overt_test::as_line(event);
    ++(number < lines.size() && line == lines[number] ? found.right : found.wrong);
    found.first_missing += number == found.first_missing ? 1u : 0u;
  });
  found.failed = !read;
  return found;
}

/// Calls `use(n)` with the n-th allocation failing, n from 1, until none of its allocations did.
template <class Use>
std::size_t for_each_allocation(Use&& use) {
  for (std::size_t number = 1;; ++number) {
    if (!use(number)) {
      return number - 1;
    }
  }
}

/// What must not happen to a sink whose n-th allocation failed.
struct losses {
  std::size_t lost = 0;   ///< something that was acknowledged
  std::size_t wrong = 0;  ///< an event that was not written
  std::size_t silent = 0; ///< an event, and closing said that all is well

  void add(compared const& found, std::uint64_t acknowledged, bool closed) {
    lost += found.first_missing <= acknowledged ? 1u : 0u;
    wrong += found.wrong;
    silent += closed && (found.failed || found.right != count) ? 1u : 0u;
  }
};

/// What the reader of a stream makes of a file.
template <class Reader>
compared compare_stream(std::string const& path, std::vector<std::string> const& lines) {
  std::ifstream file{path, std::ios::binary};
  Reader reader{file};
  return compare(reader, lines);
}

/// Makes and opens a sink. Without memory it may throw: nothing is recorded then.
template <class Sink, class... Arguments>
bool opens(std::optional<Sink>& out, Arguments&&... arguments) {
  try {
    out.emplace(std::forward<Arguments>(arguments)...);
    return out->open(overt_test::known_session()).has_value();
  } catch (std::bad_alloc const&) {
    return false;
  }
}

template <class Sink>
bool closes(Sink& out) {
  try {
    return out.close({}).has_value();
  } catch (std::bad_alloc const&) { // of the sentence
    return false;
  }
}

template <class Sink, class Reader>
void check_stream_writer(char const* name) {
  auto const given = read_whole(whole_trace());
  auto const lines = lines_of(given);
  losses seen;
  overt_test::own_folder const folder;
  auto const path = folder / name;
  auto const tried = for_each_allocation([&](std::size_t number) {
    std::uint64_t acknowledged = 0;
    bool closed = false;
    {
      std::optional<Sink> out;
      fail_allocation(number);
      if (opens(out, path)) {
        for (auto const& each : given) {
          out->write(each);                                     // lets nothing through
          if (each.head().sequence % 24 == 0 && out->flush()) { // more than the buffer holds at first
            acknowledged = each.head().sequence;
          }
        }
        closed = closes(*out);
      }
    }
    auto const failed = overt_test::allocation_failed;
    fail_allocation(0);
    seen.add(compare_stream<Reader>(path, lines), acknowledged, closed);
    std::filesystem::remove(path);
    return failed;
  });
  CHECK(seen.lost == 0);
  CHECK(seen.wrong == 0);
  CHECK(seen.silent == 0);
  CHECK(tried > 2);
  std::printf("writing %s: %zu allocations failed, one in each run\n", name, tried);
}

/// How a process ended that read a trace while an allocation failed.
enum class reading_end : int { whole_without_failure, whole, refused, wrong, short_in_silence, terminated };

/// Reads in a process of its own, with the n-th allocation and all after it failing: what is destroyed on the
/// way out must not need any.
template <class Read>
reading_end read_with_failure(std::size_t number, Read&& read) {
  auto const child = ::fork();
  if (child == 0) { // nothing of Catch in here
    std::set_terminate([] { ::_exit(static_cast<int>(reading_end::terminated)); });
    auto end = reading_end::refused;
    overt_test::all_fail_from_then = true;
    fail_allocation(number);
    try {
      compared const found = read();
      end = found.wrong > 0        ? reading_end::wrong
            : found.failed         ? reading_end::refused
            : found.right == count ? reading_end::whole
                                   : reading_end::short_in_silence;
    } catch (std::bad_alloc const&) {}
    if (end == reading_end::whole && !overt_test::allocation_failed) {
      end = reading_end::whole_without_failure;
    }
    ::_exit(static_cast<int>(end));
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status)); // not a signal
  return static_cast<reading_end>(WEXITSTATUS(status));
}

template <class Read>
void check_reader(char const* name, Read&& read) {
  std::array<std::size_t, 6> ends{};
  auto const tried = for_each_allocation([&](std::size_t number) {
    auto const end = read_with_failure(number, read);
    ++ends[static_cast<std::size_t>(end)];
    return end != reading_end::whole_without_failure;
  });
  auto const of = [&](reading_end end) { return ends[static_cast<std::size_t>(end)]; };
  std::printf("reading %s: %zu allocations failed, one in each run: %zu refused, %zu read all the same, %zu "
              "ended the process\n",
              name, tried, of(reading_end::refused), of(reading_end::whole), of(reading_end::terminated));
  CHECK(of(reading_end::wrong) == 0);
  CHECK(of(reading_end::short_in_silence) == 0);
  CHECK(of(reading_end::terminated) == 0);
  CHECK(tried > 100);
}

template <class Sink, class Reader>
void check_stream_reader(char const* name) {
  auto const given = read_whole(whole_trace());
  auto const lines = lines_of(given);
  overt_test::own_folder const folder;
  auto const path = folder / name;
  Sink out{path};
  REQUIRE(out.open(overt_test::known_session()));
  for (auto const& each : given) {
    out.write(each);
  }
  REQUIRE(out.close({}));
  check_reader(name, [&] { return compare_stream<Reader>(path, lines); });
}

} // namespace

TEST_CASE("mcap: no allocation that fails loses what was acknowledged", "[trace][allocation]") {
  auto const given = read_whole(whole_trace());
  REQUIRE(given.size() == count);
  auto const lines = lines_of(given);
  losses seen;
  overt_test::own_folder const folder;
  auto const path = folder / "t.mcap";
  auto const tried = for_each_allocation([&](std::size_t number) {
    std::uint64_t acknowledged = 0;
    bool closed = false;
    {
      overt_test::watched_calls calls{.waits = false};
      std::optional<mcap_sink> out;
      fail_allocation(number);
      if (opens(out, path, overt::sink::uncompressed{}, small, overt_test::watched_files{&calls})) {
        auto const progress = out->progress();
        for (auto const& each : given) { // a recorder that does not look whether it was taken
          out->write(each);
          acknowledged = progress.kept();
        }
        closed = closes(*out);
      }
    }
    auto const failed = overt_test::allocation_failed;
    fail_allocation(0);
    auto const files = memory_files::of(path);
    if (!files.parts().empty()) {
      auto saved = mcap_salvage::open(files);
      REQUIRE(saved);
      seen.add(compare(*saved, lines), acknowledged, closed);
    }
    std::filesystem::remove(path);
    std::filesystem::remove(path + ".journal");
    return failed;
  });
  CHECK(tried > 20);
  std::printf("writing mcap: %zu allocations failed, one in each run\n", tried);
  CHECK(seen.lost == 0);
  CHECK(seen.wrong == 0);
  CHECK(seen.silent == 0);
}

TEST_CASE("jsonl: no allocation that fails loses what was flushed", "[trace][allocation]") {
  check_stream_writer<overt::sink::jsonl, overt::trace::jsonl_reader<>>("t.jsonl");
}

TEST_CASE("cbor: no allocation that fails loses what was flushed", "[trace][allocation]") {
  check_stream_writer<overt::sink::cbor, overt::trace::cbor_reader<>>("t.cbor");
}

TEST_CASE("no allocation that fails lets a reader give a wrong event, or end too early in silence",
          "[trace][allocation]") {
  check_stream_reader<overt::sink::jsonl, overt::trace::jsonl_reader<>>("t.jsonl");
  check_stream_reader<overt::sink::cbor, overt::trace::cbor_reader<>>("t.cbor");
  auto const files = whole_trace();
  auto const lines = lines_of(read_whole(files));
  auto const read_file = [&] {
    auto opened = mcap_reader::open(files);
    return opened ? compare(*opened, lines) : compared{.failed = true};
  };
  check_reader("t.mcap", read_file);
}
