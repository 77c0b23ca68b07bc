#include <overt/trace/sodium/sealed_journal.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <overt/sink/storage/file_storage.hpp>
#include <overt/trace/journal_reader.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/sealed.hpp>

namespace trace = overt::trace;
using overt::sink::block_kind;

namespace {

struct fixture {
  overt::consent::session_key key = overt_test::some_session_key();
  overt_test::kept_bytes kept{};
  overt::sink::sealed_format::head head{};

  fixture() {
    using storage_type = overt::sink::sealed_storage<overt_test::memory_storage>;
    auto storage = *storage_type::make(overt_test::memory_storage{kept}, key);
    head = storage.head();
    CHECK(storage.append(block_kind::head, "head"));
    for (std::uint64_t i = 0; i < 5; ++i) {
      CHECK(*storage.journal(100 + i * 2, text(i)));
    }
  }
  static std::string text(std::uint64_t i) { return "record number " + std::to_string(i); }

  /// The records of the journal in this order: what opens.
  [[nodiscard]] std::vector<std::string> open(std::vector<std::size_t> const& order,
                                              std::uint64_t* missing = nullptr) {
    auto opener = trace::sealed_journal::make(key, head);
    std::vector<std::string> opened;
    for (auto const each : order) {
      auto const plain = opener->open(kept.records[each].first, kept.records[each].second);
      opened.emplace_back(plain ? *plain : "refused");
    }
    if (missing != nullptr) {
      *missing = opener->missing();
    }
    return opened;
  }
};

using texts = std::vector<std::string>;

} // namespace

TEST_CASE("the records of a sealed journal are opened in their order") {
  fixture f;
  std::uint64_t missing = 9;
  CHECK(f.open({0, 1, 2, 3, 4}, &missing) == texts{f.text(0), f.text(1), f.text(2), f.text(3), f.text(4)});
  CHECK(missing == 0);
  CHECK(f.open({2, 3}, &missing) == texts{f.text(2), f.text(3)}); // what was before is in blocks
  CHECK(missing == 0);
}

TEST_CASE("dropped, doubled and moved records of a sealed journal are noticed") {
  fixture f;
  std::uint64_t missing = 0;
  CHECK(f.open({0, 3, 4}, &missing) == texts{f.text(0), f.text(3), f.text(4)});
  CHECK(missing == 2);
  CHECK(f.open({0, 1, 1, 2}, &missing) == texts{f.text(0), f.text(1), "refused", f.text(2)});
  CHECK(f.open({0, 2, 1, 3}, &missing) == texts{f.text(0), f.text(2), "refused", f.text(3)});
}

TEST_CASE("a record that was changed or is of another trace is refused") {
  fixture f;
  for (std::size_t i = 0; i < f.kept.records[0].second.size() * 8; ++i) {
    auto const before = f.kept.records[1].second;
    f.kept.records[1].second[i / 8] = static_cast<char>(before[i / 8] ^ 1 << i % 8);
    if (f.open({0, 1, 2}) != texts{f.text(0), "refused", f.text(2)}) {
      FAIL("bit " << i);
    }
    f.kept.records[1].second = before;
  }
  f.kept.records[1].second.resize(20);
  CHECK(f.open({0, 1}) == texts{f.text(0), "refused"});
  fixture other;
  f.kept.records[2] = other.kept.records[2];
  CHECK(f.open({2}) == texts{"refused"});
  std::swap(f.kept.records[3].first, f.kept.records[4].first); // the clear sequence number
  CHECK(f.open({3}) == texts{"refused"});
  CHECK(trace::sealed_journal::make(overt_test::some_session_key(7), f.head).error().code ==
        overt::error_code::permission_denied);
}

TEST_CASE("a long record of a sealed journal is opened too") {
  fixture f;
  auto const seal = *overt::sink::block_seal::make(f.key, f.head);
  std::string record;
  seal.seal_record(9, 500, std::string(20'000, 'x'), record);
  f.kept.records.emplace_back(500, record);
  CHECK(f.open({5}) == texts{std::string(20'000, 'x')});
}

#if defined(__unix__)

TEST_CASE("every changed bit of a sealed journal file costs records and never gives a wrong one") {
  overt_test::temporary_folder const folder;
  auto const path = (folder.path / "trace.sealed").string();
  auto const key = overt_test::some_session_key();
  using overt::sink::file_storage;
  auto storage = *overt::sink::sealed_storage<file_storage<>>::make(file_storage<>{path}, key);
  REQUIRE(storage.create());
  REQUIRE(storage.append(block_kind::head, "head"));
  for (std::uint64_t i = 0; i < 4; ++i) {
    REQUIRE(*storage.journal(i, fixture::text(i)));
  }
  std::ifstream stream{path + ".journal", std::ios::binary};
  std::string image{std::istreambuf_iterator<char>{stream}, {}};

  std::size_t end = 0;
  auto const opened = [&] {
    texts all;
    auto journal = trace::journal_reader::open(image);
    auto opener = trace::sealed_journal::make(key, storage.head());
    while (auto record = journal ? journal->next() : std::nullopt) {
      auto const plain = opener->open(record->sequence, record->bytes);
      all.emplace_back(plain ? *plain : "refused");
      end = record->offset + overt::sink::journal_format::room_of(record->bytes.size());
    }
    return all;
  };
  auto const whole = opened();
  REQUIRE(whole == texts{fixture::text(0), fixture::text(1), fixture::text(2), fixture::text(3)});
  auto const last = end;
  for (std::size_t i = overt::sink::journal_format::halves_begin; i < last; ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      image[i] = static_cast<char>(image[i] ^ 1 << bit);
      auto const found = opened();
      for (auto const& each : found) {
        if (each != "refused" && std::find(whole.begin(), whole.end(), each) == whole.end()) {
          FAIL("bit " << bit << " of byte " << i);
        }
      }
      image[i] = static_cast<char>(image[i] ^ 1 << bit);
    }
  }
}

#endif
