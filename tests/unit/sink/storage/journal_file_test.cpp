#include <overt/sink/storage/journal_file.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/trace/journal_reader.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/plain_blocks.hpp>
#include <overt_test/storage_systems.hpp>

namespace {

using overt_test::call_fate;
using overt_test::content_of;
using overt_test::own_folder;
using overt_test::record_text;
using overt_test::watched_calls;
using overt_test::watched_system;
using watched_journal = overt::sink::journal_file<watched_system>;

constexpr overt::sink::journal_format::head small{.half_bytes = 4096, .id = {1, 2, 3}};

std::vector<std::uint64_t> sequences_in(std::string const& path) {
  auto const image = content_of(path);
  std::vector<std::uint64_t> found;
  auto opened = overt::trace::journal_reader::open(image);
  REQUIRE(opened);
  while (auto const record = opened->next()) {
    CHECK(record->bytes == record_text(record->sequence));
    found.push_back(record->sequence);
  }
  CHECK(opened->sound());
  return found;
}

/// Journals from `sequence` on until the half is full, and gives the first that found no room.
template <class Journal>
std::uint64_t fill(Journal& journal, std::uint64_t sequence) {
  for (;; ++sequence) {
    auto const kept = journal.record(sequence, record_text(sequence));
    REQUIRE(kept);
    if (!*kept) {
      return sequence;
    }
  }
}

} // namespace

TEST_CASE("journal: a record is in the file when it was kept, mapped or not", "[sink][storage][journal]") {
  for (bool const in_place : {true, false}) {
    own_folder const folder;
    auto const path = folder / "a.journal";
    watched_calls calls{.in_place = in_place};
    watched_journal journal{path, small, {&calls}};
    REQUIRE(journal.create());
    CHECK(std::filesystem::file_size(path) == 8192 + 2 * 4096);
    CHECK_FALSE(journal.pending());
    CHECK((in_place || !journal.mapped()));
    for (std::uint64_t sequence = 1; sequence <= 5; ++sequence) {
      auto const kept = journal.record(sequence, record_text(sequence));
      CHECK((kept && *kept));
    }
    CHECK(journal.pending());
    CHECK(sequences_in(path) == std::vector<std::uint64_t>{1, 2, 3, 4, 5});
    CHECK(journal.sync());
    CHECK(journal.close());
    CHECK(sequences_in(path) == std::vector<std::uint64_t>{1, 2, 3, 4, 5});
  }
}

TEST_CASE("journal: on this machine's disk a kept record costs no system call", "[sink][storage][journal]") {
  own_folder const folder;
  watched_calls calls;
  watched_journal journal{folder / "a.journal", small, {&calls}};
  REQUIRE(journal.create());
  if (!journal.mapped()) {
    SUCCEED("the temporary folder is on a file system that is not mapped");
    return;
  }
  auto const before = calls.made;
  for (std::uint64_t sequence = 1; sequence <= 5; ++sequence) {
    CHECK(*journal.record(sequence, record_text(sequence)));
  }
  CHECK(journal.turn());
  CHECK(calls.made == before);
}

TEST_CASE("journal: a full half says so, and the other one takes over", "[sink][storage][journal]") {
  own_folder const folder;
  auto const path = folder / "a.journal";
  overt::sink::journal_file<> journal{path, small};
  REQUIRE(journal.create());
  auto const second = fill(journal, 1);
  CHECK(second > 20);
  CHECK(journal.half() == 0);
  CHECK(journal.turn());
  CHECK(journal.half() == 1);
  CHECK_FALSE(journal.pending());
  auto const third = fill(journal, second);
  auto both = sequences_in(path);
  CHECK(both.front() == 1);
  CHECK(both.back() == third - 1);
  CHECK(both.size() == third - 1);
  CHECK(journal.turn()); // the first half again; what it held is gone
  CHECK(sequences_in(path).front() == second);
  CHECK(*journal.record(third, record_text(third)));
  both = sequences_in(path);
  CHECK(both.front() == second);
  CHECK(both.back() == third);
  CHECK(both.size() == third - second + 1);
}

TEST_CASE("journal: every size of a last record fits or is refused", "[sink][storage][journal]") {
  own_folder const folder;
  auto const path = folder / "a.journal";
  for (std::size_t last = 1; last <= 100; ++last) {
    overt::sink::journal_file<> journal{path, small};
    REQUIRE(journal.create());
    std::string const most(4096 - 24 - 80, 'x');
    REQUIRE(*journal.record(1, most)); // 80 bytes are left: a head, and 56
    auto const kept = journal.record(2, std::string(last, 'y'));
    REQUIRE(kept);
    CHECK(*kept == (last <= 56));
    auto const image = content_of(path);
    auto opened = overt::trace::journal_reader::open(image);
    REQUIRE(opened);
    CHECK(opened->next()->bytes == most);
    CHECK(opened->next().has_value() == *kept);
    CHECK_FALSE(opened->next());
    CHECK(opened->sound());
    CHECK(journal.remove());
    CHECK_FALSE(std::filesystem::exists(path));
  }
}

TEST_CASE("journal: what is larger than a half is refused without harm", "[sink][storage][journal]") {
  own_folder const folder;
  overt::sink::journal_file<> journal{folder / "a.journal", small};
  REQUIRE(journal.create());
  CHECK_FALSE(*journal.record(1, std::string(4096 - 23, 'x')));
  CHECK_FALSE(*journal.record(1, std::string(100'000, 'x')));
  CHECK(*journal.record(1, std::string(4096 - 24, 'x')));
}

TEST_CASE("journal: wrong use is said", "[sink][storage][journal]") {
  own_folder const folder;
  auto const path = folder / "a.journal";
  overt::sink::journal_file<> journal{path, small};
  CHECK(journal.record(1, "x").error().code == overt::error_code::misuse);
  CHECK(journal.turn().error().code == overt::error_code::misuse);
  CHECK(journal.sync().error().code == overt::error_code::misuse);
  CHECK(journal.close().error().code == overt::error_code::misuse);
  CHECK(journal.remove().error().code == overt::error_code::misuse);
  REQUIRE(journal.create());
  CHECK(journal.create().error().code == overt::error_code::misuse);
  CHECK(journal.record(1, "").error().code == overt::error_code::misuse);
  overt::sink::journal_file<> odd{folder / "b.journal", {.half_bytes = 5000}};
  CHECK(odd.create().error().code == overt::error_code::misuse);
  CHECK_FALSE(std::filesystem::exists(folder / "b.journal"));
  overt::sink::journal_file<> again{path, small};
  auto const refused = again.create();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find(path) != std::string::npos);
  CHECK(std::filesystem::exists(path)); // the other one's
}

TEST_CASE("journal: a failed sync is final, and nothing is kept after it", "[sink][storage][journal]") {
  for (bool const in_place : {true, false}) {
    own_folder const folder;
    watched_calls calls{.in_place = in_place};
    watched_journal journal{folder / "a.journal", small, {&calls}};
    REQUIRE(journal.create());
    CHECK(*journal.record(1, record_text(1)));
    calls.decide = [](char const* name, std::size_t) {
      return std::string_view{name}.starts_with("sync") ? call_fate{EIO} : call_fate{};
    };
    CHECK_FALSE(journal.sync());
    calls.decide = {};
    CHECK_FALSE(journal.sync());
    CHECK(journal.sync_failed());
    CHECK_FALSE(journal.record(2, record_text(2)));
  }
}

TEST_CASE("journal: a record that could not be written is not there, and the next one is",
          "[sink][storage][journal]") {
  own_folder const folder;
  auto const path = folder / "a.journal";
  watched_calls calls{.in_place = false};
  watched_journal journal{path, small, {&calls}};
  REQUIRE(journal.create());
  CHECK(*journal.record(1, record_text(1)));
  std::size_t writes = 0;
  calls.decide = [&](char const*, std::size_t) {
    return ++writes == 1 ? call_fate{.most = 30} : call_fate{ENOSPC};
  };
  CHECK_FALSE(journal.record(2, record_text(2)));
  calls.decide = {};
  CHECK(*journal.record(3, record_text(3)));
  CHECK(sequences_in(path) == std::vector<std::uint64_t>{1, 3});
}

// Version 1 of the format, which later versions go on reading.
TEST_CASE("journal: the bytes of a record as they were first written", "[sink][storage][journal]") {
  own_folder const folder;
  overt::sink::journal_file<> journal{folder / "a.journal", small};
  REQUIRE(journal.create());
  CHECK(*journal.record(5, "123456789"));
  CHECK(*journal.record(6, "x"));
  std::string_view const first{"\x09\0\0\0CRCC\x01\0\0\0\0\0\0\0\x05\0\0\0\0\0\0\0"
                               "123456789\0\0\0\0\0\0\0",
                               40};
  auto const image = content_of(folder / "a.journal");
  auto expected = std::string{first};
  overt::sink::journal_format::put(&expected[4], std::uint32_t{0x4efd55ef});
  CHECK(image.substr(8192, 40) == expected);
  CHECK(image.substr(8192 + 40, 1) == "\x01");
}

TEST_CASE("journal: it moves while it is open", "[sink][storage][journal]") {
  own_folder const folder;
  auto const path = folder / "a.journal";
  overt::sink::journal_file<> first{path, small};
  REQUIRE(first.create());
  CHECK(*first.record(1, record_text(1)));
  auto second = std::move(first);
  CHECK(*second.record(2, record_text(2)));
  CHECK(second.close());
  CHECK(sequences_in(path) == std::vector<std::uint64_t>{1, 2});
}
