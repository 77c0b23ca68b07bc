// The power goes after each system call and each record, with every choice of what the disk had done by then;
// or only the process dies there.
#include <overt/sink/storage/file_storage.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <overt/trace/journal_reader.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/plain_blocks.hpp>
#include <overt_test/simulated_disk.hpp>

namespace {

using overt::sink::detail::storage_rules;
using overt_test::plain_found;
using overt_test::simulated_disk;
using overt_test::simulated_system;
using careless_reader =
    overt::trace::basic_journal_reader<overt::trace::detail::journal_checks{.checksum = false}>;

struct tally {
  std::size_t moments = 0;
  std::size_t states = 0;
  std::size_t sampled_moments = 0; ///< those with more states than were looked at
  std::size_t lost = 0;            ///< states in which something that a sync acknowledged is missing
  std::size_t wrong = 0;           ///< states that give a record that nobody wrote
  std::size_t died = 0;            ///< deaths of the process alone that lose what was kept
  std::size_t next = 0;            ///< of them those that lack the record after it, as they should
};

struct settings {
  bool in_place = true;
  bool tears = false;
  bool lies = false;
  std::size_t most_states = 1024; ///< of one moment
  std::uint64_t records = 40;
  std::size_t chunk_records = 4;
  std::uint64_t sync_every = 5;
  std::uint32_t half_bytes = 4096;
};

template <class Reader>
void judge(std::string const& trace, std::string const* journal, std::uint64_t safe, tally& to) {
  plain_found found;
  overt_test::scan_blocks(trace, found);
  if (journal != nullptr) {
    overt_test::scan_journal<Reader>(*journal, found);
  }
  ++to.states;
  to.lost += found.missing_up_to(safe) != 0 ? 1 : 0;
  to.wrong += found.wrong != 0 ? 1 : 0;
}

/// All choices when there are few enough, otherwise some of them, with those in which a page is alone in
/// being old or new.
template <class Reader>
void power_goes(simulated_disk& disk, std::size_t most, std::uint64_t safe, tally& to) {
  auto& trace = disk.files["t"];
  auto& journal = disk.files["t.journal"];
  ++to.moments;
  auto const judge_one = [&](auto&& choose) {
    auto const left = trace.left(choose);
    auto const image = journal.left(choose);
    judge<Reader>(left, &image, safe, to);
    if (!journal.exists) {
      judge<Reader>(left, nullptr, safe, to);
    }
  };
  auto const all = trace.choices() * journal.choices();
  if (all <= most) {
    for (std::size_t state = 0; state < all; ++state) {
      auto rest = state;
      judge_one([&rest](std::size_t of) {
        auto const digit = rest % of;
        rest /= of;
        return digit;
      });
    }
    return;
  }
  ++to.sampled_moments;
  for (std::size_t state = 0; state < most; ++state) {
    std::size_t index = 0;
    judge_one([&](std::size_t of) -> std::size_t {
      auto const mine = index++;
      switch (state % 4) {
      case 0: return state / 4 == mine ? of - 1 : 0;
      case 1: return state / 4 == mine ? 0 : of - 1;
      default: return disk.next_random() % of;
      }
    });
  }
}

/// The process dies, and the system goes on: everything that was kept is there, synced or not.
void process_dies(simulated_disk& disk, std::uint64_t kept, tally& to) {
  plain_found found;
  overt_test::scan_blocks(disk.files["t"].now, found);
  if (disk.files["t.journal"].exists) {
    overt_test::scan_journal(disk.files["t.journal"].now, found);
  }
  to.died += found.missing_up_to(kept) != 0 || found.wrong != 0 ? 1 : 0;
  to.next += found.sequences.contains(kept + 1) ? 0 : 1;
}

template <class Reader = overt::trace::journal_reader, storage_rules Rules = storage_rules{}>
tally try_all(settings const& how) {
  simulated_disk disk;
  disk.in_place = how.in_place;
  disk.tears = how.tears;
  overt::sink::file_storage<simulated_system, Rules> storage{"t", {.half_bytes = how.half_bytes}, {&disk}};
  REQUIRE(storage.create());
  tally counted;
  std::uint64_t safe = 0;
  std::uint64_t kept = 0;
  disk.lies = how.lies;
  disk.moment = [&] {
    power_goes<Reader>(disk, how.most_states, safe, counted);
    process_dies(disk, kept, counted);
  };
  overt_test::plain_recorder recorder{storage, how.chunk_records};
  for (std::uint64_t sequence = 1; sequence <= how.records; ++sequence) {
    REQUIRE(recorder.push(sequence));
    kept = sequence;
    disk.happened();
    if (sequence % how.sync_every == 0 && recorder.sync()) {
      safe = sequence;
      disk.moment();
    }
  }
  REQUIRE(recorder.close());
  safe = how.records;
  disk.moment();
  return counted;
}

} // namespace

TEST_CASE("torn writes: every choice of pages, small", "[sink][storage][torn]") {
  for (bool const in_place : {true, false}) {
    for (std::uint64_t const sync_every : {1u, 5u, 7u}) {
      auto const got = try_all({.in_place = in_place, .most_states = 20'000, .sync_every = sync_every});
      CAPTURE(in_place, sync_every, got.moments, got.states);
      CHECK(got.lost == 0);
      CHECK(got.wrong == 0);
      CHECK(got.died == 0);
      CHECK(got.next > 0);
      CHECK(got.sampled_moments == 0);
      CHECK(got.states > 500);
    }
  }
}

TEST_CASE("torn writes: rare syncs, torn pages, larger halves", "[sink][storage][torn]") {
  for (bool const in_place : {true, false}) {
    for (std::uint64_t const sync_every : {3u, 17u, 61u}) {
      auto const got = try_all({.in_place = in_place,
                                .tears = true,
                                .most_states = 48,
                                .records = 400,
                                .chunk_records = 23,
                                .sync_every = sync_every,
                                .half_bytes = 8192});
      CAPTURE(in_place, sync_every, got.moments, got.states, got.sampled_moments);
      CHECK(got.lost == 0);
      CHECK(got.wrong == 0);
      CHECK(got.died == 0);
      CHECK(got.next > 0);
    }
  }
}

TEST_CASE("torn writes: a half that is used again too early is seen as a loss", "[sink][storage][torn]") {
  auto const got = try_all<overt::trace::journal_reader, storage_rules{.syncs_before_reuse = false}>(
      {.chunk_records = 4, .sync_every = 19});
  CAPTURE(got.moments, got.states, got.sampled_moments);
  CHECK(got.lost > 0);
  CHECK(got.wrong == 0);
}

TEST_CASE("torn writes: a sync that does nothing is seen as a loss", "[sink][storage][torn]") {
  auto const got = try_all({.lies = true, .most_states = 64});
  CAPTURE(got.moments, got.states, got.sampled_moments);
  CHECK(got.lost > 0);
  CHECK(got.wrong == 0);
}

TEST_CASE("torn writes: without its checksums the journal gives wrong records", "[sink][storage][torn]") {
  auto const got = try_all<careless_reader>({.tears = true,
                                             .most_states = 48,
                                             .records = 200,
                                             .chunk_records = 23,
                                             .sync_every = 61,
                                             .half_bytes = 8192});
  CAPTURE(got.moments, got.states, got.sampled_moments);
  CHECK(got.wrong > 0);
}
