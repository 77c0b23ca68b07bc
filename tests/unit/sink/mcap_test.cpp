#include <overt/sink/mcap.hpp>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/trace/json/mcap_trace.hpp>
#include <overt/trace/plain_files.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/known_trace.hpp>
#include <overt_test/trace_files.hpp>

namespace {

namespace sink = overt::sink;
using overt_test::known_found;
using overt_test::seconds;

/// A clock that a test turns on.
struct hand_clock {
  std::int64_t* ns;
  [[nodiscard]] overt::timestamp now() const { return {*ns}; }
  [[nodiscard]] std::int64_t wall_ns() const { return *ns; }
};

using watched_sink = sink::mcap<overt::event, sink::uncompressed, overt_test::watched_files, hand_clock>;

known_found read(std::string const& path) {
  using trace = overt::trace::mcap_trace<overt::event, overt::trace::plain_files>;
  known_found found;
  auto opened = trace::open(overt::trace::plain_files{path});
  if (opened) {
    return overt_test::compare_with_known(*opened);
  }
  found.failed = true;
  found.error = opened.error();
  return found;
}

/// A trace in a folder of its own, written on a disk and by a clock that the test rules.
struct scene {
  overt_test::own_folder folder{};
  overt_test::watched_calls calls{};
  std::int64_t now = seconds;
  std::string path = folder / "t.mcap";
  std::uint32_t half_bytes = 8192;
  sink::mcap_options options{.chunk_bytes = 25'000, .waiting_bytes = 30'000};

  scene() { calls.waits = false; }

  watched_sink make() {
    return watched_sink{path, {}, options, overt_test::watched_files{&calls, half_bytes}, hand_clock{&now}};
  }
};

/// What became of a run over a disk that fails.
struct outcome {
  bool opened = false;
  std::size_t calls_before_close = 0;
  overt::result<void> flushed{};
  overt::result<void> closed{};
  std::uint64_t kept = 0;
  std::uint64_t lost = 0;
  known_found found{};
  std::vector<std::string> left_over{}; ///< files without content, and journals

  /// What holds however the disk fails.
  void check(std::uint64_t produced) const {
    CHECK(found.wrong == 0);
    if (!opened || closed) {
      CHECK(left_over == std::vector<std::string>{});
    }
    if (!opened) {
      return;
    }
    CHECK(found.told() >= kept);
    CHECK(found.told_lost <= lost);
    if (closed) {
      CHECK(flushed.has_value());
      CHECK_FALSE(found.failed);
      CHECK(found.complete);
      CHECK(found.told() == produced);
      CHECK(found.told_lost == lost);
    } else {
      CHECK_FALSE(closed.error().message.empty());
    }
  }
};

outcome run(scene& of, std::uint64_t produced) {
  outcome made;
  auto out = of.make();
  auto const safe = out.progress();
  made.opened = out.open(overt_test::known_session()).has_value();
  if (made.opened) {
    overt_test::known_source source{out};
    while (source.sequence() < produced) {
      if (source.push() % 20 == 0) {
        of.now += seconds / 4;
        if (auto flushed = out.flush(); !flushed && made.flushed) {
          made.flushed = flushed;
        }
      }
    }
    made.calls_before_close = of.calls.made;
    made.closed = out.close({});
  }
  made.kept = safe.kept();
  made.lost = safe.lost();
  of.calls.decide = nullptr;
  for (auto const& each : std::filesystem::directory_iterator{of.folder.path()}) {
    if (!made.opened || each.file_size() == 0 || each.path().extension() == ".journal") {
      made.left_over.push_back(each.path().filename().string());
    }
  }
  if (made.opened) {
    made.found = read(of.path);
  }
  return made;
}

bool every_call() { return std::getenv("OVERT_FULL") != nullptr; }

bool takes_room(std::string_view call) { return call == "write_at" || call == "create_new"; }

constexpr std::uint64_t produced = 400;
constexpr std::uint64_t several_parts = 35'000;

std::size_t calls_of_a_run() {
  scene of;
  of.options.part_bytes = several_parts;
  REQUIRE(run(of, produced).closed);
  return of.calls.made;
}

} // namespace

TEST_CASE("a trace is read back as it was written") {
  scene of;
  auto const made = run(of, produced);
  REQUIRE(made.closed);
  made.check(produced);
  CHECK(made.found.events == produced);
  CHECK(made.kept == produced);
  CHECK(made.lost == 0);
  CHECK(overt_test::content_of(of.path + ".journal").empty());
}

TEST_CASE("an existing trace is never written over") {
  scene of;
  REQUIRE(run(of, 20).closed);
  auto const before = overt_test::content_of(of.path);
  CHECK_FALSE(of.make().open(overt_test::known_session()));
  CHECK(overt_test::content_of(of.path) == before);
}

TEST_CASE("a trace that is not open takes nothing and says so") {
  scene of;
  auto out = of.make();
  overt_test::known_source source{out};
  source.push();
  CHECK(out.flush());
  auto const closed = out.close({});
  REQUIRE_FALSE(closed);
  CHECK(closed.error().code == overt::error_code::misuse);
  CHECK(out.progress().kept() == 0);
}

TEST_CASE("what was kept is read without close") {
  scene of;
  for (std::uint64_t const count : {1u, 2u, 17u, 239u}) {
    overt_test::own_folder folder;
    of.path = folder / "t.mcap";
    auto out = of.make();
    REQUIRE(out.open(overt_test::known_session()));
    overt_test::known_source source{out};
    while (source.sequence() < count) {
      source.push();
    }
    CHECK(out.progress().kept() == count);
    auto const found = read(of.path);
    CHECK_FALSE(found.complete);
    CHECK_FALSE(found.failed);
    CHECK(found.events == count);
    CHECK(found.wrong == 0);
  }
}

TEST_CASE("an event that is larger than the journal goes to the file at once") {
  scene of;
  of.half_bytes = 4096;
  of.options.chunk_bytes = 64 * 1024;
  auto const made = run(of, produced); // and the journal is full often
  REQUIRE(made.closed);
  made.check(produced);
  CHECK(made.kept == produced);
}

TEST_CASE("synced follows kept when a sync was done") {
  scene of;
  auto out = of.make();
  auto const safe = out.progress();
  REQUIRE(out.open(overt_test::known_session()));
  overt_test::known_source source{out};
  source.push();
  CHECK(out.flush());
  CHECK(safe.kept() == 1);
  CHECK(safe.synced() == 0);
  of.now += of.options.sync_every_ns;
  CHECK(out.flush());
  CHECK(safe.synced() == 1);
  source.push();
  CHECK(out.close({}));
  CHECK(safe.synced() == 2);
}

TEST_CASE("each system call fails once") {
  for (int const number : {EIO, ENOSPC}) {
    for (bool const in_place : {true, false}) {
      auto calls = calls_of_a_run();
      // Where nothing is mapped, most calls write a record.
      std::size_t const step = in_place || every_call() ? 1 : 7;
      for (std::size_t failing = 0; failing < calls; failing += step) {
        scene of;
        of.options.part_bytes = several_parts;
        of.calls.in_place = in_place;
        std::string_view which;
        of.calls.decide = [&](char const* name, std::size_t index) {
          which = index == failing ? name : which;
          bool const possible = number == EIO || std::string_view{name} != "remove"; // it needs no room
          return overt_test::call_fate{index == failing && possible ? number : 0};
        };
        auto const made = run(of, produced);
        calls = std::max(calls, of.calls.made);
        INFO("call " << failing << ' ' << which << " of " << calls << " fails with " << number
                     << ", in place: " << in_place << "; close says: " << made.closed.error().message
                     << "; reading: " << made.found.error.message);
        made.check(produced);
        if (made.opened && number != EIO && takes_room(which) && failing < made.calls_before_close) {
          CHECK(made.closed.has_value()); // there was room again
        }
      }
      CHECK(calls > 40);
    }
  }
}

TEST_CASE("a disk is full for a while, from each call on") {
  for (std::size_t const length : {2u, 30u}) {
    std::uint64_t lost = 0;
    auto calls = calls_of_a_run();
    for (std::size_t first = 0; first < calls; ++first) {
      scene of;
      of.options.part_bytes = several_parts;
      std::size_t refused = 0;
      std::size_t last = 0;
      of.calls.decide = [&](char const* name, std::size_t index) {
        bool const full = takes_room(name) && index >= first && refused < length;
        refused += full ? 1 : 0;
        last = full ? index : last;
        return overt_test::call_fate{full ? ENOSPC : 0};
      };
      auto const made = run(of, produced);
      calls = std::max(calls, of.calls.made);
      INFO("full for " << length << " calls from call " << first << "; close says: "
                       << made.closed.error().message << "; reading: " << made.found.error.message);
      made.check(produced);
      if (made.opened && refused == length && last < made.calls_before_close) {
        CHECK(made.closed.has_value());
      }
      lost += made.lost;
    }
    CHECK((length < 30 || lost > 0));
  }
}

TEST_CASE("what a full disk lost is told as gaps, one for each payload, under the numbers that it had") {
  scene of;
  bool full = false;
  of.calls.decide = [&](char const* name, std::size_t) {
    return overt_test::call_fate{full && takes_room(name) ? ENOSPC : 0};
  };
  auto out = of.make();
  auto const safe = out.progress();
  REQUIRE(out.open(overt_test::known_session()));
  overt_test::known_source source{out};
  auto const push_until = [&](std::uint64_t number) {
    while (source.sequence() < number) {
      source.push();
    }
    return out.flush().has_value();
  };
  CHECK(push_until(100));
  full = true;
  CHECK(push_until(800));
  auto const kept = safe.kept();
  CHECK(kept < 250);
  CHECK(safe.lost() > 0);
  CHECK(read(of.path).last >= kept);
  full = false;
  CHECK(push_until(900));
  CHECK(safe.kept() == 900);
  REQUIRE(out.close({}));

  using trace = overt::trace::mcap_trace<overt::event, overt::trace::plain_files>;
  auto opened = trace::open(overt::trace::plain_files{of.path});
  REQUIRE(opened);
  std::uint64_t told = 0;
  std::uint64_t first = 0;
  std::vector<std::string> names;
  for (;;) {
    auto const next = opened->next();
    if (!next || !*next) {
      break;
    }
    if (auto const* const gap = (*next)->get_if<overt::gap>(); gap != nullptr) {
      CHECK(gap->reason == overt::withheld_reason::disk_full);
      CHECK((*next)->head().source == overt::recorder_source);
      first = first == 0 ? (*next)->head().sequence : first;
      CHECK((*next)->head().sequence == first + names.size());
      names.emplace_back(gap->of.view());
      told += gap->count.value_or(0);
    }
  }
  CHECK(names.size() == 7); // all that this test writes
  CHECK(told == safe.lost());
  CHECK(first + told <= 901);
  auto const found = read(of.path);
  CHECK(found.wrong == 0);
  CHECK(found.told() == 900);
}

TEST_CASE("what is said to be kept is in the trace, also when the disk is full again before a loss is told") {
  scene of;
  bool full = false;
  std::size_t room = 0;
  of.calls.decide = [&](char const* name, std::size_t) {
    bool const refused = full && takes_room(name) && room == 0;
    room -= full && takes_room(name) && room > 0 ? 1 : 0;
    return overt_test::call_fate{refused ? ENOSPC : 0};
  };
  auto out = of.make();
  auto const safe = out.progress();
  REQUIRE(out.open(overt_test::known_session()));
  overt_test::known_source source{out};
  while (source.sequence() < 100) {
    source.push();
  }
  full = true;
  while (source.sequence() < 800) {
    source.push();
  }
  room = 1; // for one chunk, and not for the one that tells what was lost
  CHECK(out.flush());
  CHECK(safe.lost() > 0);
  auto const found = read(of.path);
  CHECK(found.told() >= safe.kept());
}

TEST_CASE("the disk is full to the end: closing says so, and what was kept is there") {
  scene of;
  of.calls.decide = [&](char const* name, std::size_t index) {
    return overt_test::call_fate{index > 30 && takes_room(name) ? ENOSPC : 0};
  };
  auto const made = run(of, produced);
  REQUIRE(made.opened);
  REQUIRE_FALSE(made.closed);
  CHECK(made.closed.error().message.find(of.path) != std::string::npos);
  made.check(produced);
}

TEST_CASE("parts begin by size") {
  scene of;
  of.options.part_bytes = several_parts;
  auto const made = run(of, produced);
  REQUIRE(made.closed);
  made.check(produced);
  auto const files = overt_test::memory_files::of(of.path);
  CHECK(files.parts().size() > 1);
  for (auto const& [number, part] : files.parts()) {
    INFO(number);
    CHECK(part.file.size() < 120'000);
    CHECK(part.journal.empty());
  }
}

TEST_CASE("parts begin by time") {
  scene of;
  of.options.part_ns = 1 * seconds; // 4 flushes of 20 events
  auto const made = run(of, produced);
  REQUIRE(made.closed);
  made.check(produced);
  auto const parts = overt_test::memory_files::of(of.path).parts().size();
  CHECK(parts >= 2);
  CHECK(parts <= 4);
}

namespace {

/// Says of each end of a file that there is no room, for as long as it is told to.
class endless_storage : public sink::file_storage<> {
public:
  endless_storage(std::string path, sink::trace_id const& trace, bool const& refuses, std::size_t& refused)
      : file_storage{std::move(path), {.id = trace}}, refuses_{&refuses}, refused_{&refused} {}

  [[nodiscard]] overt::result<void> append(sink::block_kind kind, std::string_view bytes) {
    if (kind == sink::block_kind::end && *refuses_) {
      ++*refused_;
      return overt::failure{overt::error_code::disk_full, "the disk is full"};
    }
    return file_storage::append(kind, bytes);
  }

private:
  bool const* refuses_;
  std::size_t* refused_;
};

} // namespace

TEST_CASE("a trace whose part could not be ended does not ask for a part that never came") {
  overt_test::own_folder folder;
  auto const path = folder / "t.mcap";
  bool refuses = true;
  std::size_t refused = 0;
  auto const open = [&](std::string name, sink::trace_id const& trace) {
    return endless_storage{std::move(name), trace, refuses, refused};
  };
  sink::mcap<overt::event, sink::uncompressed, decltype(open)> out{
      path, {}, {.chunk_bytes = 25'000, .part_bytes = 40'000}, open};
  REQUIRE(out.open(overt_test::known_session()));
  overt_test::known_source source{out};
  while (source.sequence() < 1000) {
    source.push();
  }
  SECTION("closed while it could not") {
    CHECK(refused > 1);
    CHECK_FALSE(out.close({}));
    auto const found = read(path);
    INFO(found.error.message);
    CHECK_FALSE(found.failed);
    CHECK_FALSE(found.complete);
    CHECK(found.events == 1000);
  }
  SECTION("and then it could") {
    CHECK(refused > 1);
    refuses = false;
    REQUIRE(out.close({.written = {{"key", 7}}}));
    auto const found = read(path);
    INFO(found.error.message);
    CHECK_FALSE(found.failed);
    CHECK(found.complete);
    CHECK(found.events == 1000);
    for (auto const& each : std::filesystem::directory_iterator{folder.path()}) {
      INFO(each.path().filename().string());
      CHECK(each.file_size() > 0);
      CHECK(each.path().extension() != ".journal");
    }
  }
}
