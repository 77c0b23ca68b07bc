#include <overt/sink/storage/file_storage.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <overt/sink/storage/trace_storage.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/plain_blocks.hpp>
#include <overt_test/storage_systems.hpp>

namespace {

using overt::sink::block_kind;
using overt_test::call_fate;
using overt_test::content_of;
using overt_test::own_folder;
using overt_test::plain_found;
using overt_test::watched_calls;
using overt_test::watched_system;
using watched_storage = overt::sink::file_storage<watched_system>;

constexpr overt::sink::journal_format::head small{.half_bytes = 4096, .id = {9}};

plain_found found_in(own_folder const& folder) {
  plain_found found;
  overt_test::scan_blocks(content_of(folder / "a.trace"), found);
  auto const journal = content_of(folder / "a.trace.journal");
  overt_test::scan_journal(journal, found);
  return found;
}

bool has(own_folder const& folder, char const* name) { return std::filesystem::exists(folder / name); }

struct no_storage {
  overt::result<void> create() { return {}; }
};
static_assert(overt::sink::trace_storage<watched_storage>);
static_assert(!overt::sink::trace_storage<no_storage>);

struct no_system : watched_system {
  static constexpr bool available = false;
};

/// What happens to the call of one number.
struct fault {
  char const* name = "";
  int number = 0;           ///< of the error, 0 for none
  std::size_t most = ~0ull; ///< of a write
  int then = 0;             ///< the error of the call after it
};

constexpr fault faults[] = {
    {.name = "EIO", .number = EIO},
    {.name = "ENOSPC", .number = ENOSPC},
    {.name = "EINTR", .number = EINTR},
    {.name = "EMFILE", .number = EMFILE},
    {.name = "short write", .most = 7},
    {.name = "short write, then full", .most = 7, .then = ENOSPC},
    {.name = "EINTR, then EIO", .number = EINTR, .then = EIO},
};

struct outcome {
  std::set<std::uint64_t> kept{};
  std::size_t failures = 0;
  std::size_t calls = 0;
  bool created = false;
  bool closed = false;
  std::string hit{}; ///< the last call that was changed
  bool real = false; ///< that was an error, and not only less than was asked for
};

/// Records 120 events, with one call changed. With `dies`, nothing is called after a failure, as if the
/// process had died.
outcome record_with(own_folder const& folder, bool in_place, fault const& what, std::size_t at, bool dies,
                    bool cuts = true) {
  outcome got;
  watched_calls calls{.in_place = in_place, .cuts = cuts, .waits = false};
  bool creating = true;
  calls.decide = [&](char const* name, std::size_t index) -> call_fate {
    call_fate fate;
    if (index == at && (what.number != 0 || std::string_view{name} == "write_at")) {
      fate = {what.number, what.most};
    } else if (index == at + 1 && !got.hit.empty()) {
      fate = {what.then};
    }
    if (fate.number == EINTR && std::string_view{name} == "unmap") {
      fate = {}; // which no system says
    }
    if (fate.number != 0 || fate.most != ~0ull) {
      got.hit = std::string{name} + (creating ? " (creating)" : "");
      got.real = fate.number != 0 && fate.number != EINTR;
    }
    return fate;
  };
  {
    watched_storage storage{folder / "a.trace", small, {&calls}};
    overt_test::plain_recorder recorder{storage, 9};
    auto const made = storage.create();
    creating = false;
    recorder.note(made);
    got.created = made.has_value();
    for (std::uint64_t sequence = 1; got.created && sequence <= 120; ++sequence) {
      if (recorder.push(sequence)) {
        got.kept.insert(sequence);
      }
      if (sequence % 25 == 0) {
        recorder.sync();
      }
      if (dies && recorder.failures() > 0) {
        break;
      }
    }
    if (got.created && !(dies && recorder.failures() > 0)) {
      got.closed = recorder.close();
    }
    got.failures = recorder.failures();
  }
  got.calls = calls.made;
  return got;
}

} // namespace

TEST_CASE("storage: what is kept is there, and the journal goes at the end", "[sink][storage]") {
  own_folder const folder;
  overt::sink::file_storage<> storage{folder / "a.trace", small};
  REQUIRE(storage.create());
  CHECK(storage.journal_path() == folder / "a.trace.journal");
  overt_test::plain_recorder recorder{storage, 10};
  for (std::uint64_t sequence = 1; sequence <= 95; ++sequence) {
    REQUIRE(recorder.push(sequence));
    if (sequence % 30 == 1) {
      CHECK(found_in(folder).missing_up_to(sequence) == 0);
    }
  }
  CHECK(recorder.sync());
  CHECK(storage.synced_size() == storage.size());
  CHECK(recorder.close());
  CHECK_FALSE(has(folder, "a.trace.journal"));
  auto const found = found_in(folder);
  CHECK(found.missing_up_to(95) == 0);
  CHECK(found.wrong == 0);
  CHECK(found.ends == 1);
  CHECK(found.sound_bytes == storage.size());
}

TEST_CASE("storage: never overwrites a trace or a journal", "[sink][storage]") {
  own_folder const folder;
  {
    overt::sink::file_storage<> first{folder / "a.trace", small};
    REQUIRE(first.create());
    CHECK(*first.journal(1, overt_test::record_text(1)));
  } // dies
  overt::sink::file_storage<> second{folder / "a.trace", small};
  CHECK_FALSE(second.create());
  CHECK(found_in(folder).missing_up_to(1) == 0);
  std::filesystem::remove(folder / "a.trace");
  CHECK_FALSE(second.create()); // for the journal
  CHECK(found_in(folder).missing_up_to(1) == 0);
  CHECK_FALSE(has(folder, "a.trace")); // nothing is left of the attempt
  std::filesystem::remove(folder / "a.trace.journal");
  CHECK(second.create());
}

TEST_CASE("storage: a journal that has something alone is kept at the end", "[sink][storage]") {
  own_folder const folder;
  overt::sink::file_storage<> storage{folder / "a.trace", small};
  REQUIRE(storage.create());
  CHECK(*storage.journal(1, overt_test::record_text(1)));
  auto const closed = storage.close();
  REQUIRE_FALSE(closed);
  CHECK(closed.error().message.find("recover") != std::string::npos);
  CHECK(found_in(folder).missing_up_to(1) == 0);
  CHECK(storage.close().error().code == overt::error_code::misuse);
}

TEST_CASE("storage: a half is used again only when its block is on the disk", "[sink][storage]") {
  own_folder const folder;
  watched_calls calls;
  std::size_t syncs = 0;
  bool fails = false;
  calls.decide = [&](char const* name, std::size_t) -> call_fate {
    bool const syncing = std::string_view{name} == "sync_data";
    syncs += syncing ? 1 : 0;
    return {fails && syncing ? EIO : 0};
  };
  watched_storage storage{folder / "a.trace", small, {&calls}};
  REQUIRE(storage.create());
  auto const turn = [&](std::uint64_t sequence) {
    CHECK(*storage.journal(sequence, overt_test::record_text(sequence)));
    CHECK(storage.append(block_kind::chunk, overt_test::plain_block(block_kind::chunk, {sequence})));
    return storage.turn_journal();
  };
  syncs = 0;
  CHECK(turn(1)); // to the half that was never used
  CHECK(syncs == 0);
  CHECK(turn(2)); // back to the first one
  CHECK(syncs == 1);
  CHECK(storage.sync());
  syncs = 0;
  CHECK(turn(3)); // its block is synced already
  CHECK(storage.turn_journal());
  CHECK(syncs == 0);
  fails = true;
  CHECK_FALSE(turn(4)); // nothing is forgotten
  CHECK(storage.sync_failed());
  CHECK_FALSE(storage.turn_journal());
  auto journal = content_of(folder / "a.trace.journal");
  plain_found found;
  overt_test::scan_journal(journal, found);
  CHECK(found.sequences == std::set<std::uint64_t>{3, 4});
}

TEST_CASE("storage: any one call fails, and nothing that was kept is lost", "[sink][storage]") {
  for (bool const in_place : {true, false}) {
    for (auto const& what : faults) {
      for (bool const dies : {false, true}) {
        std::size_t at = 0;
        for (std::size_t calls = 1; at < calls; ++at) { // until there is no such call
          own_folder const folder;
          auto const got = record_with(folder, in_place, what, at, dies);
          calls = got.hit.empty() ? got.calls : at + 2;
          auto const found = found_in(folder);
          bool right = found.wrong == 0;
          for (auto const sequence : got.kept) {
            right = right && found.sequences.contains(sequence);
          }
          // A block that failed is cut back: what is in the file are whole blocks.
          right = right && content_of(folder / "a.trace").size() == found.sound_bytes;
          // Without a map records are written; and the folder is closed again, whatever the system says.
          bool const harmless = got.hit == "map (creating)" || got.hit == "close (creating)";
          if (!got.created) {
            right = right && !has(folder, "a.trace") && !has(folder, "a.trace.journal");
          }
          if (got.real && !harmless) {
            right = right && got.failures > 0;
          } else if (!got.real) {
            right = right && got.failures == 0 && got.closed && !has(folder, "a.trace.journal") &&
                    got.kept.size() == 120;
          }
          if (!right) {
            FAIL(what.name << " at call " << at << ", " << got.hit << ", in place " << in_place << ", dies "
                           << dies << ", failures " << got.failures << ", kept " << got.kept.size());
          }
        }
        CHECK(at > 40);
      }
    }
  }
}

TEST_CASE("storage: the test of failing calls sees a file that is not cut back", "[sink][storage]") {
  std::size_t ragged = 0;
  for (std::size_t at = 0; at < 20; ++at) {
    own_folder const folder;
    static_cast<void>(record_with(folder, true, {.most = 7, .then = ENOSPC}, at, true, false));
    ragged += content_of(folder / "a.trace").size() != found_in(folder).sound_bytes ? 1 : 0;
  }
  CHECK(ragged > 0);
}

TEST_CASE("storage: a full disk is said, and when there is space again it goes on", "[sink][storage]") {
  for (bool const in_place : {true, false}) {
    own_folder const folder;
    watched_calls calls{.in_place = in_place, .waits = false};
    bool full = false;
    calls.decide = [&](char const* name, std::size_t index) -> call_fate {
      if (!full || std::string_view{name} != "write_at") {
        return {};
      }
      return index % 3 == 0 ? call_fate{.most = 100} : call_fate{ENOSPC};
    };
    watched_storage storage{folder / "a.trace", small, {&calls}};
    REQUIRE(storage.create());
    overt_test::plain_recorder recorder{storage, 10};
    std::set<std::uint64_t> kept;
    std::size_t refused = 0;
    for (std::uint64_t sequence = 1; sequence <= 600; ++sequence) {
      full = sequence > 100 && sequence <= 400;
      if (recorder.push(sequence)) {
        kept.insert(sequence);
      } else {
        ++refused;
        CHECK(full);
      }
    }
    CHECK(recorder.failures() >= refused);
    CHECK(refused > 100);
    CHECK(recorder.last_failure().message.find("No space left") != std::string::npos);
    CHECK(kept.contains(401));
    CHECK(recorder.close());
    auto const found = found_in(folder);
    CHECK(found.sequences == kept);
    CHECK(found.wrong == 0);
    CHECK(found.sound_bytes == storage.size());
  }
}

TEST_CASE("storage: a half that is full while nothing can be appended refuses, and forgets nothing",
          "[sink][storage]") {
  own_folder const folder;
  watched_calls calls;
  watched_storage storage{folder / "a.trace", small, {&calls}};
  REQUIRE(storage.create());
  calls.decide = [](char const* name, std::size_t) {
    return std::string_view{name} == "write_at" ? call_fate{EIO} : call_fate{};
  };
  std::uint64_t sequence = 1;
  for (;; ++sequence) {
    auto const kept = storage.journal(sequence, overt_test::record_text(sequence));
    if (!kept || !*kept) {
      break;
    }
  }
  CHECK_FALSE(storage.append(block_kind::chunk, "chunk"));
  CHECK(found_in(folder).missing_up_to(sequence - 1) == 0);
}

TEST_CASE("storage: on a system without the calls it says so", "[sink][storage]") {
  overt::sink::file_storage<no_system> storage{"a.trace"};
  CHECK(storage.create().error().code == overt::error_code::unsupported);
}
