#include <overt/sink/mcap/trace_part.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/event/event.hpp>
#include <overt/sink/uncompressed.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>

namespace {

namespace sink = overt::sink;
using overt::error_code;

/// A disk in memory that does as it is told. A handle.
class told_storage {
public:
  struct disk {
    std::vector<std::pair<sink::block_kind, std::string>> blocks{};
    std::vector<std::string> journal{};
    std::size_t journal_room = 1000; ///< records
    std::size_t turns = 0;
    std::size_t syncs = 0;
    bool created = false;
    bool closed = false;
    bool full = false;

    [[nodiscard]] std::size_t count(sink::block_kind kind) const {
      std::size_t found = 0;
      for (auto const& [each, bytes] : blocks) {
        found += each == kind ? 1 : 0;
      }
      return found;
    }
    /// The first bytes of the records.
    [[nodiscard]] std::string kinds() const {
      std::string found;
      for (auto const& record : journal) {
        found += record.front();
      }
      return found;
    }
  };

  explicit told_storage(std::shared_ptr<disk> of) : disk_{std::move(of)} {}

  [[nodiscard]] overt::result<void> create() {
    disk_->created = !disk_->full;
    return outcome();
  }
  [[nodiscard]] overt::result<void> append(sink::block_kind kind, std::string_view bytes) {
    if (!disk_->full) {
      disk_->blocks.emplace_back(kind, bytes);
      size_ += bytes.size();
    }
    return outcome();
  }
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] overt::result<bool> journal(std::uint64_t, std::string_view bytes) {
    if (disk_->journal.size() >= disk_->journal_room) {
      return false;
    }
    disk_->journal.emplace_back(bytes);
    return true;
  }
  [[nodiscard]] overt::result<void> turn_journal() {
    disk_->journal.clear();
    ++disk_->turns;
    return {};
  }
  [[nodiscard]] overt::result<void> sync() {
    ++disk_->syncs;
    return {};
  }
  [[nodiscard]] overt::result<void> close() {
    disk_->closed = true;
    return {};
  }

private:
  [[nodiscard]] overt::result<void> outcome() const {
    return disk_->full ? overt::failure{error_code::disk_full, "the disk is full"} : overt::result<void>{};
  }
  std::shared_ptr<disk> disk_;
  std::uint64_t size_ = 0;
};

using part = sink::trace_part<overt::event, sink::uncompressed, told_storage>;

struct scene {
  std::shared_ptr<told_storage::disk> disk = std::make_shared<told_storage::disk>();
  part file{{}, 1'000'000'000};
  std::uint64_t number = 0;
  overt::context here{.field = overt::field_kind::plain};

  scene() {
    REQUIRE(file.prepare(told_storage{disk}));
    REQUIRE(file.begin({}, {}));
  }

  template <class Payload>
  overt::result<bool> add(Payload payload, overt::context const* where, bool journalled = true) {
    ++number;
    overt::recorded_head const head{.sequence = number,
                                    .time = {static_cast<std::int64_t>(number) * overt_test::ms}};
    overt::event const what{overt::event_header{}, std::move(payload)};
    return file.add(head, where, what, journalled);
  }
  overt::result<bool> move(bool journalled = true) { return add(overt_test::move(), &here, journalled); }
  overt::result<bool> click(bool journalled = true) { return add(overt::button{}, nullptr, journalled); }
};

} // namespace

TEST_CASE("a part is a head, chunks and an end") {
  scene of;
  CHECK(of.file.is_open());
  CHECK(of.disk->count(sink::block_kind::head) == 1);
  REQUIRE(of.click());
  REQUIRE(of.move());
  CHECK(of.disk->count(sink::block_kind::chunk) == 0);
  REQUIRE(of.file.commit());
  CHECK(of.disk->count(sink::block_kind::chunk) == 1);
  CHECK(of.disk->turns == 1);
  REQUIRE(of.file.commit()); // nothing to write
  CHECK(of.disk->count(sink::block_kind::chunk) == 1);
  REQUIRE(of.file.end(nullptr));
  CHECK(of.disk->count(sink::block_kind::end) == 1);
  CHECK(of.disk->closed);
  CHECK_FALSE(of.file.is_open());
}

TEST_CASE("each event is in the journal before its chunk is in the file, with the place it names") {
  scene of;
  REQUIRE(*of.click());
  REQUIRE(*of.move());
  REQUIRE(*of.move());
  CHECK(of.disk->kinds() == "mcrr");
  REQUIRE(of.file.commit());
  REQUIRE(*of.move());
  CHECK(of.disk->kinds() == "cr"); // what was told before may be lost with its chunk
}

TEST_CASE("what is not to be journalled is not") {
  scene of;
  REQUIRE(*of.click(false));
  REQUIRE(*of.move(false));
  CHECK(of.disk->journal.empty());
  CHECK(of.file.open_bytes() > 0);
}

TEST_CASE("without room in the journal nothing is taken") {
  scene of;
  SECTION("a message") {
    of.disk->journal_room = 0;
    auto const taken = of.click();
    REQUIRE(taken);
    CHECK_FALSE(*taken);
    CHECK(of.file.open_bytes() == 0);
    CHECK(*of.click(false));
    CHECK(of.file.open_bytes() > 0);
  }
  SECTION("a row whose place has no room") {
    of.disk->journal_room = 0;
    auto const taken = of.move();
    REQUIRE(taken);
    CHECK_FALSE(*taken);
    CHECK(of.file.open_bytes() == 0);
    CHECK(*of.move(false));
    REQUIRE(of.file.commit());
    CHECK(of.disk->blocks.back().second.find("\"context\":") != std::string::npos);
  }
  SECTION("a row that has none itself") {
    of.disk->journal_room = 1;
    auto const taken = of.move();
    REQUIRE(taken);
    CHECK_FALSE(*taken);
    REQUIRE(of.file.commit());
    of.disk->journal_room = 2;
    CHECK(*of.move());
    CHECK(of.disk->kinds() == "cr");
  }
}

TEST_CASE("a chunk that could not be written waits, and is written once with what came after it") {
  scene of;
  REQUIRE(*of.click());
  of.disk->full = true;
  for (int i = 0; i < 3; ++i) {
    auto const written = of.file.commit();
    REQUIRE_FALSE(written);
    CHECK(written.error().code == error_code::disk_full);
    REQUIRE(*of.move(false));
  }
  CHECK(of.disk->count(sink::block_kind::chunk) == 0);
  CHECK(of.disk->turns == 0);
  of.disk->full = false;
  REQUIRE(of.file.commit());
  CHECK(of.disk->count(sink::block_kind::chunk) == 1);
  CHECK(overt_test::count_of(of.disk->blocks.back().second, "\"number\":1") == 1);
  REQUIRE(of.file.commit());
  CHECK(of.disk->count(sink::block_kind::chunk) == 1);
}

TEST_CASE(
    "a file that cannot be created is not there, and a head that cannot be written can be tried again") {
  auto const disk = std::make_shared<told_storage::disk>();
  part file{{}, 1'000'000'000};
  disk->full = true;
  CHECK_FALSE(file.prepare(told_storage{disk}));
  CHECK_FALSE(file.is_prepared());
  CHECK_FALSE(file.is_open());
  disk->full = false;
  REQUIRE(file.prepare(told_storage{disk}));
  CHECK(file.is_prepared());
  disk->full = true;
  CHECK_FALSE(file.begin({}, {}));
  CHECK_FALSE(file.is_open());
  disk->full = false;
  REQUIRE(file.begin({}, {}));
  CHECK(file.is_open());
  CHECK(disk->count(sink::block_kind::head) == 1);
  CHECK(overt_test::count_of(disk->blocks.front().second, "more_parts") == 0);
}

TEST_CASE("an end that could not be written says the next time what holds then") {
  scene of;
  REQUIRE(*of.click());
  REQUIRE(of.file.commit());
  of.disk->full = true;
  CHECK_FALSE(of.file.end(nullptr));
  of.disk->full = false;
  overt::session_end const counts{.written = {{"button", 1}}};
  REQUIRE(of.file.end(&counts));
  auto const& end = of.disk->blocks.back().second;
  CHECK(overt_test::count_of(end, "more_parts") == 1);
  CHECK(overt_test::count_of(end, "counts") >= 1);
}

TEST_CASE("the next file has what the last did not, and tells its schemas again") {
  scene of;
  REQUIRE(*of.move());
  REQUIRE(of.file.commit());
  auto const next = std::make_shared<told_storage::disk>();
  REQUIRE(of.file.prepare(told_storage{next}));
  REQUIRE(of.file.end(nullptr));
  REQUIRE(of.file.begin({}, {.number = 2, .first_sequence = 2}));
  REQUIRE(*of.move());
  CHECK(next->kinds() == "cr");
  REQUIRE(of.file.commit());
  CHECK(next->count(sink::block_kind::chunk) == 1);
  CHECK(next->blocks.back().second.find("overt/stream") != std::string::npos);
}

TEST_CASE("a sync is the storage's") {
  scene of;
  REQUIRE(of.file.sync());
  CHECK(of.disk->syncs == 1);
}
