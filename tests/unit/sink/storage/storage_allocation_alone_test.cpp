// Keeping a record must not allocate: it is done for every event. Counts every allocation of the program,
// which is why it is one of its own.
#include <overt/sink/storage/file_storage.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

#include <overt_test/catch.hpp>
#include <overt_test/counted_allocations.hpp>
#include <overt_test/plain_blocks.hpp>
#include <overt_test/storage_systems.hpp>

using overt_test::allocations;

TEST_CASE("storage: keeping, appending, turning and syncing allocate nothing",
          "[sink][storage][allocation]") {
  for (bool const in_place : {true, false}) {
    overt_test::own_folder const folder;
    overt_test::watched_calls calls{.in_place = in_place};
    overt::sink::file_storage<overt_test::watched_system> storage{
        folder / "a.trace", {.half_bytes = 4096}, {&calls}};
    REQUIRE(storage.create());
    auto const record = overt_test::record_text(1);
    auto const block = overt_test::plain_block(overt::sink::block_kind::chunk, {1, 2, 3});
    std::size_t kept = 0;
    std::size_t turns = 0;
    bool right = true;
    auto const before = allocations.load();
    for (std::uint64_t sequence = 1; sequence <= 2000; ++sequence) {
      auto const outcome = storage.journal(sequence, record);
      right = right && outcome;
      if (outcome && *outcome) {
        ++kept;
        continue;
      }
      right = right && storage.append(overt::sink::block_kind::chunk, block) && storage.turn_journal() &&
              storage.sync();
      ++turns;
    }
    auto const made = allocations.load() - before;
    CHECK(made == 0);
    CHECK(right);
    CHECK(kept > 1900);
    CHECK(turns > 5);
    auto const counts = allocations.load();
    static_cast<void>(storage.append(overt::sink::block_kind::chunk, std::string(100, 'x')));
    CHECK(allocations.load() > counts); // the counter counts
  }
}
