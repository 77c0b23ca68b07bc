#include <overt/trace/sodium/sealed_source.hpp>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <overt/consent/sodium/key_store.hpp>
#include <overt/sink/storage/file_storage.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/sealed.hpp>

namespace trace = overt::trace;
using overt_test::sample_blocks;
using overt_test::sealed_places;
using sealed_bytes = trace::sealed_source<trace::memory_source>;
using trace::lost_block;
using trace::sealed_fault;

static_assert(trace::byte_source<sealed_bytes>);
static_assert(trace::byte_source<trace::sealed_source<trace::file_source>>);

namespace {

std::string read(sealed_bytes& from, std::uint64_t offset, std::size_t size) {
  std::string out(size, '\0');
  auto const count = from.read(offset, out);
  return count ? out.substr(0, *count) : "failed";
}

/// What became of a damaged copy of the sample.
struct outcome {
  bool opened = false;
  bool noticed = false; ///< refused, or the damages name something
  std::size_t lost = 0; ///< blocks that cannot be read
  bool wrong = false;   ///< a byte that was not in the sample, or a lost block that nothing tells of
};

/// `Believe` shows that these tests can fail: then a lost block's filler counts as read.
outcome look_at(std::string const& file, overt::consent::session_key const& key, bool believe = false) {
  outcome found;
  auto strict = sealed_bytes::open(trace::memory_source{file}, key);
  auto filled = sealed_bytes::open(trace::memory_source{file}, key, lost_block::is_skipped);
  if (!strict || !filled) {
    found.noticed = true;
    found.lost = sample_blocks().size();
    return found;
  }
  found.opened = true;
  std::uint64_t offset = 0;
  for (auto const& block : sample_blocks()) {
    auto const got = read(believe ? *filled : *strict, offset, block.size());
    if (got == "failed" || got.empty()) {
      ++found.lost;
    } else {
      found.wrong = found.wrong || !block.starts_with(got);
      found.lost += got == block ? 0 : 1;
    }
    auto const padded = read(*filled, offset, block.size());
    found.wrong = found.wrong || (got == block && padded != block);
    offset += block.size();
  }
  found.wrong = found.wrong || !strict->verify() || (found.lost != 0 && strict->complete());
  found.noticed = !strict->complete();
  return found;
}

} // namespace

TEST_CASE("a sealed trace is read as what was written, at any place") {
  auto const key = overt_test::some_session_key();
  auto const file = overt_test::sealed_sample(key);
  auto const plain = overt_test::joined(sample_blocks());
  auto opened = sealed_bytes::open(trace::memory_source{file}, key);
  REQUIRE(opened);
  CHECK(opened->size() == plain.size());
  CHECK(opened->ended());
  for (std::size_t from = 0; from <= plain.size(); ++from) {
    for (std::size_t const size : {1u, 7u, 200u}) {
      CHECK(read(*opened, from, size) == plain.substr(from, size));
    }
  }
  CHECK(read(*opened, plain.size() + 5, 3).empty());
  REQUIRE(opened->verify());
  CHECK(opened->complete());
}

TEST_CASE("every changed bit of a sealed trace is noticed and costs one block at most") {
  auto const key = overt_test::some_session_key();
  auto const file = overt_test::sealed_sample(key);
  REQUIRE_FALSE(look_at(file, key).noticed);
  std::size_t lost = 0;
  for (std::size_t i = 0; i < file.size() * 8; ++i) {
    auto changed = file;
    changed[i / 8] = static_cast<char>(changed[i / 8] ^ 1 << i % 8);
    auto const found = look_at(changed, key);
    if (!found.noticed || found.wrong || !found.opened || found.lost > 1) {
      FAIL("bit " << i << ": noticed " << found.noticed << ", wrong " << found.wrong << ", lost "
                  << found.lost);
    }
    lost += found.lost;
  }
  // Each bit outside of the head costs its block.
  CHECK(lost == (file.size() - overt::sink::sealed_format::heads_size) * 8);
  auto changed = file;
  changed[sealed_places()[2] + 65] ^= 1;
  CHECK(look_at(changed, key, true).wrong); // what is looked for can be seen
}

TEST_CASE("a sealed trace that was cut anywhere is noticed and loses only what is not there") {
  auto const key = overt_test::some_session_key();
  auto const file = overt_test::sealed_sample(key);
  auto const places = sealed_places();
  for (std::size_t size = 0; size < file.size(); ++size) {
    auto const found = look_at(file.substr(0, size), key);
    auto const there = static_cast<std::size_t>(
        std::count_if(places.begin() + 1, places.end(), [=](auto end) { return end <= size; }));
    if (!found.noticed || found.wrong || found.lost != sample_blocks().size() - there) {
      FAIL("cut after " << size << ": lost " << found.lost << ", there " << there);
    }
  }
}

TEST_CASE("torn, zeroed and overwritten places cost the blocks that they touch") {
  auto const key = overt_test::some_session_key();
  auto const file = overt_test::sealed_sample(key);
  auto const places = sealed_places();
  for (std::size_t from = places[0]; from < file.size(); from += 3) {
    for (std::size_t const size : {1u, 16u, 60u, 100u, 200u}) {
      auto changed = file;
      auto const until = std::min(file.size(), from + size);
      std::fill(changed.begin() + static_cast<std::ptrdiff_t>(from),
                changed.begin() + static_cast<std::ptrdiff_t>(until), '\xa5');
      std::size_t touched = 0;
      for (std::size_t i = 0; i + 1 < places.size(); ++i) {
        touched += changed.substr(places[i], places[i + 1] - places[i]) !=
                   file.substr(places[i], places[i + 1] - places[i]);
      }
      auto const found = look_at(changed, key);
      if (found.noticed != (touched != 0) || found.wrong || found.lost != touched) {
        FAIL("from " << from << ", " << size << " bytes: lost " << found.lost << " of " << touched);
      }
    }
  }
}

TEST_CASE("a lost block is an error that names it, or a record that readers skip") {
  auto const key = overt_test::some_session_key();
  auto file = overt_test::sealed_sample(key);
  auto const plain = overt_test::joined(sample_blocks());
  auto const first = sample_blocks()[0].size();
  auto const size = sample_blocks()[1].size();
  file[sealed_places()[1] + 62] ^= 1;
  auto strict = sealed_bytes::open(trace::memory_source{file}, key);
  std::string out(plain.size(), '\0');
  auto const failed = strict->read(0, out);
  REQUIRE_FALSE(failed);
  CHECK(failed.error().message.find("block 1 was changed") != std::string::npos);
  CHECK(failed.error().message.find("canary") == std::string::npos);

  auto filled = sealed_bytes::open(trace::memory_source{file}, key, lost_block::is_skipped);
  REQUIRE(read(*filled, 0, plain.size()).size() == plain.size());
  auto expected = plain;
  std::string record{"\x80", 1};
  record += static_cast<char>(size - 9);
  record.resize(size, '\0');
  expected.replace(first, size, record);
  CHECK(read(*filled, 0, plain.size()) == expected);
  CHECK(read(*filled, first + 1, 4) == expected.substr(first + 1, 4));
  REQUIRE(filled->damages().size() == 1);
  CHECK(filled->damages()[0].block == 1);

  file = overt_test::sealed_sample(key);
  file[sealed_places()[0]] ^= 1; // the header of the first block
  filled = sealed_bytes::open(trace::memory_source{file}, key, lost_block::is_skipped);
  auto const begin = read(*filled, 0, first);
  CHECK(begin.substr(0, 10) == std::string{"\x89MCAP0\r\n\x80"} + static_cast<char>(first - 17));
  CHECK(read(*filled, first, size) == sample_blocks()[1]);
}

TEST_CASE("a sealed trace opens with its own key only") {
  auto const key = overt_test::some_session_key(1);
  auto const file = overt_test::sealed_sample(key);
  auto const other = overt_test::some_session_key(2);
  auto const refused = sealed_bytes::open(trace::memory_source{file}, other);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == overt::error_code::permission_denied);
  CHECK(refused.error().message.find("sealed with another key") != std::string::npos);
  // Another key that says it is this one opens nothing.
  auto const imposter = overt_test::some_session_key(1);
  auto opened = sealed_bytes::open(trace::memory_source{file}, imposter);
  REQUIRE(opened);
  CHECK(opened->size() == 0);
  CHECK_FALSE(opened->complete());
}

TEST_CASE("a trace whose head is not sealed to it is not opened") {
  auto const key = overt_test::some_session_key();
  auto const one = overt_test::sealed_sample(key);
  auto const two = overt_test::sealed_sample(key);
  auto const heads = overt::sink::sealed_format::heads_size;
  auto opened = sealed_bytes::open(trace::memory_source{one.substr(0, heads) + two.substr(heads)}, key);
  CHECK(opened->size() == 0);
}

#if defined(__unix__)

TEST_CASE("from a receipt to a sealed file and back, until its key is destroyed") {
  namespace consent = overt::consent;
  using overt_test::some_day;
  overt_test::temporary_folder const folder;
  auto const path = (folder.path / "trace.sealed").string();
  auto const mine = *consent::secret_key::generate();
  auto const stranger = *consent::secret_key::generate();
  auto const keys = *consent::key_store::make(folder.path / "keys");
  {
    auto const key = keys.mint(overt_test::terms_for({{"me", mine.public_half()}}), some_day);
    REQUIRE(key);
    using overt::sink::file_storage;
    auto storage = *overt::sink::sealed_storage<file_storage<>>::make(file_storage<>{path}, *key);
    REQUIRE(storage.create());
    for (std::size_t i = 0; i < sample_blocks().size(); ++i) {
      REQUIRE(storage.append(overt_test::kind_at(i, sample_blocks().size()), sample_blocks()[i]));
    }
    REQUIRE(storage.close());
  }
  auto const open = [&](consent::secret_key const& who) -> overt::result<std::string> {
    auto file = trace::file_source::open(path);
    auto const head = trace::read_sealed_head(*file);
    auto const key = keys.open(head->key, who, some_day);
    if (!key) {
      return key.error();
    }
    auto plain = *trace::sealed_source<trace::file_source>::open(*std::move(file), *key);
    std::string out(1000, '\0');
    out.resize(*plain.read(0, out));
    return out;
  };
  CHECK(*open(mine) == overt_test::joined(sample_blocks()));
  CHECK(open(stranger).error().message.find("this trace is sealed for others") == 0);

  auto const id = keys.list()->at(0).id;
  auto const file = keys.folder() / (id.text() + ".key");
  std::filesystem::copy_file(file, folder.path / "backup");
  REQUIRE(keys.destroy(id));
  CHECK(open(mine).error().code == overt::error_code::consent_missing);
  std::filesystem::copy_file(folder.path / "backup", file);
  CHECK(open(mine).error().message.find("was destroyed") != std::string::npos);
}

#endif
