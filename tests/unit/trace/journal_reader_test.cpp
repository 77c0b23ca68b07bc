#include <overt/trace/journal_reader.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/sink/storage/journal_format.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/plain_blocks.hpp>

namespace {

namespace format = overt::sink::journal_format;
using overt::trace::journal_reader;
using overt::trace::journal_stop;
using overt_test::record_text;

/// A journal written by hand, by what its format says.
struct image_maker {
  std::string image = std::string(8192 + 2 * 4096, '\0');
  std::size_t at[2] = {8192, 8192 + 4096};

  image_maker() {
    format::put_head(image.data(), {.half_bytes = 4096, .id = {7}});
    format::put_head(image.data() + 4096, {.half_bytes = 4096, .id = {7}});
  }
  void put(std::uint64_t generation, std::uint64_t sequence, std::string_view bytes) {
    auto& where = at[(generation - 1) % 2];
    char* const to = image.data() + where;
    format::put(to, static_cast<std::uint32_t>(bytes.size()));
    format::put(to + 8, generation);
    format::put(to + 16, sequence);
    format::put(to + 4, format::checksum({to + 8, 16}, bytes));
    std::memcpy(to + 24, bytes.data(), bytes.size());
    where += format::room_of(bytes.size());
  }
  void put(std::uint64_t generation, std::uint64_t sequence) {
    put(generation, sequence, record_text(sequence));
  }
};

struct reading {
  std::vector<std::uint64_t> sequences{};
  std::size_t wrong = 0;
  bool sound = false;
  bool opened = false;
};

template <class Reader = journal_reader>
reading read(std::string_view image) {
  reading got;
  auto opened = Reader::open(image);
  got.opened = opened.has_value();
  while (opened) {
    auto const record = opened->next();
    if (!record) {
      break;
    }
    got.wrong += record->bytes == record_text(record->sequence) ? 0 : 1;
    got.sequences.push_back(record->sequence);
  }
  got.sound = opened && opened->sound();
  return got;
}

/// Two halves: 1 to 6 of generation 3 are the older, 7 to 10 of generation 4.
image_maker sample() {
  image_maker made;
  for (std::uint64_t sequence = 1; sequence <= 6; ++sequence) {
    made.put(3, sequence);
  }
  for (std::uint64_t sequence = 7; sequence <= 10; ++sequence) {
    made.put(4, sequence);
  }
  return made;
}

using numbers = std::vector<std::uint64_t>;

/// Whether `got` is 1 to 10, less the end of each half.
bool loses_only_ends(numbers const& got) {
  std::uint64_t next = 1;
  for (auto const sequence : got) {
    if (sequence == 7) {
      next = 7;
    }
    if (sequence != next || sequence > 10) {
      return false;
    }
    ++next;
  }
  return true;
}

} // namespace

TEST_CASE("journal reader: records in the order in which they were written", "[trace][journal]") {
  auto const made = sample();
  auto const got = read(made.image);
  CHECK(got.sequences == numbers{1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  CHECK(got.sound);
  auto opened = journal_reader::open(made.image);
  REQUIRE(opened);
  CHECK(opened->id() == overt::sink::trace_id{7});
  while (opened->next()) {}
  CHECK(opened->halves()[0].generation == 3);
  CHECK(opened->halves()[0].records == 6);
  CHECK(opened->halves()[0].end == made.at[0]);
  CHECK(opened->halves()[1].records == 4);

  image_maker other; // the second half is the older one
  other.put(4, 1);
  other.put(5, 2);
  CHECK(read(other.image).sequences == numbers{1, 2});
}

TEST_CASE("journal reader: an empty journal, and what is none", "[trace][journal]") {
  CHECK(read(image_maker{}.image).sequences.empty());
  CHECK(read(image_maker{}.image).sound);
  CHECK_FALSE(journal_reader::open(""));
  CHECK_FALSE(journal_reader::open(std::string(20'000, '\0')));
  CHECK(journal_reader::open(std::string(20'000, 'x')).error().code == overt::error_code::invalid_input);
  auto newer = image_maker{}.image;
  for (std::size_t const at : {std::size_t{0}, std::size_t{4096}}) {
    format::put(&newer[at + 8], std::uint32_t{2});
    format::put(&newer[at + 32], overt::detail::crc32c_of({&newer[at], 32}));
  }
  CHECK_FALSE(journal_reader::open(newer));
}

TEST_CASE("journal reader: one of its heads is enough", "[trace][journal]") {
  for (std::size_t const at : {std::size_t{0}, std::size_t{4096}}) {
    auto made = sample();
    std::memset(&made.image[at], 'x', 4096);
    auto const got = read(made.image);
    CHECK(got.sequences.size() == 10);
    CHECK_FALSE(got.sound);
  }
}

TEST_CASE("journal reader: what is left of an earlier filling is not read", "[trace][journal]") {
  image_maker made;
  made.put(1, 1, std::string(64, 'a'));
  made.put(1, 2, std::string(64, 'b'));
  made.at[0] = 8192; // the half is used again, and nothing marks the end
  made.put(3, 9, std::string(64, 'c'));
  auto opened = journal_reader::open(made.image);
  REQUIRE(opened);
  CHECK(opened->next()->sequence == 9);
  CHECK_FALSE(opened->next());
  CHECK(opened->halves()[0].why == journal_stop::stale);

  // This is what the test would show without the check.
  using careless =
      overt::trace::basic_journal_reader<overt::trace::detail::journal_checks{.generation = false}>;
  auto shown = careless::open(made.image);
  REQUIRE(shown);
  CHECK(shown->next()->sequence == 9);
  CHECK(shown->next()->sequence == 2);
}

TEST_CASE("journal reader: a record of the other half is not believed", "[trace][journal]") {
  image_maker made;
  made.at[1] = 8192;
  made.put(2, 1); // generation 2 in half 0
  CHECK(read(made.image).sequences.empty());
  CHECK_FALSE(read(made.image).sound);
}

TEST_CASE("journal reader: an image that is cut at any byte", "[trace][journal]") {
  auto const made = sample();
  std::size_t silent = 0;
  for (std::size_t size = 0; size < made.image.size(); ++size) {
    auto const got = read(std::string_view{made.image}.substr(0, size));
    silent += got.sound ? 1 : 0;
    if (got.wrong != 0 || !loses_only_ends(got.sequences) || got.opened != (size >= format::head_bytes)) {
      FAIL("cut at " << size);
    }
    // A record that is there to its end is read.
    std::size_t whole = 0;
    std::size_t end = 8192;
    for (std::uint64_t sequence = 1; sequence <= 10; ++sequence) {
      if (sequence == 7) {
        end = 8192 + 4096;
      }
      whole += end + 24 + record_text(sequence).size() <= size ? 1 : 0;
      end += format::room_of(record_text(sequence).size());
    }
    if (got.sequences.size() != whole) {
      FAIL("cut at " << size << ": " << got.sequences.size() << " of " << whole);
    }
  }
  CHECK(silent == 0);
}

TEST_CASE("journal reader: every bit flipped", "[trace][journal]") {
  auto made = sample();
  // Which record each byte belongs to: 0 for none.
  std::vector<std::uint64_t> owner(made.image.size(), 0);
  std::size_t at = 8192;
  for (std::uint64_t sequence = 1; sequence <= 10; ++sequence) {
    if (sequence == 7) {
      at = 8192 + 4096;
    }
    for (std::size_t i = 0; i < 24 + record_text(sequence).size(); ++i) {
      owner[at + i] = sequence;
    }
    at += format::room_of(record_text(sequence).size());
  }
  using careless =
      overt::trace::basic_journal_reader<overt::trace::detail::journal_checks{.checksum = false}>;
  std::size_t wrong_without_checksum = 0;
  std::size_t failures = 0;
  for (std::size_t bit = 0; bit < made.image.size() * 8; ++bit) {
    auto const flip = [&] { made.image[bit / 8] = static_cast<char>(made.image[bit / 8] ^ 1 << bit % 8); };
    flip();
    auto const got = read(made.image);
    auto const hit = owner[bit / 8];
    numbers expected;
    for (std::uint64_t sequence = 1; sequence <= 10; ++sequence) {
      bool const behind = hit != 0 && sequence >= hit && (sequence <= 6) == (hit <= 6);
      if (!behind) {
        expected.push_back(sequence);
      }
    }
    failures += got.wrong == 0 && got.sequences == expected && (hit == 0 || !got.sound) ? 0 : 1;
    if (hit != 0) {
      auto const shown = read<careless>(made.image);
      wrong_without_checksum += shown.wrong != 0 || !loses_only_ends(shown.sequences) ? 1 : 0;
    }
    flip();
  }
  CHECK(failures == 0);
  CHECK(wrong_without_checksum > 1000);
}

TEST_CASE("journal reader: bytes of somebody else's making do no harm", "[trace][journal]") {
  std::uint64_t state = 42;
  auto const random = [&state] {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::uint32_t>(state >> 33);
  };
  std::size_t read_back = 0;
  for (int round = 0; round < 20'000; ++round) {
    auto made = sample();
    for (std::uint32_t i = random() % 4 + 1; i > 0; --i) {
      format::put(&made.image[8192 + random() % (made.image.size() - 8192 - 8)],
                  random() % 2 == 0 ? random() : random() % 5000);
    }
    auto const got = read(std::string_view{made.image}.substr(0, 4200 + random() % made.image.size()));
    read_back += got.sequences.size();
    REQUIRE(got.wrong == 0);
    REQUIRE(loses_only_ends(got.sequences));
  }
  CHECK(read_back > 0);
}
