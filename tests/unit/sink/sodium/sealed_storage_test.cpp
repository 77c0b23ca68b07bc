#include <overt/sink/sodium/sealed_storage.hpp>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/consent/sodium/key_store.hpp>
#include <overt/sink/storage/file_storage.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/sealed.hpp>

using overt::sink::block_kind;
using overt_test::kept_bytes;
using overt_test::memory_storage;
using storage_in_memory = overt::sink::sealed_storage<memory_storage>;

static_assert(overt::sink::trace_storage<storage_in_memory>);
static_assert(overt::sink::trace_storage<overt::sink::sealed_storage<overt::sink::file_storage<>>>);

namespace {

std::string base64(std::string_view text, std::size_t skip) {
  text.remove_prefix(skip);
  std::string out(sodium_base64_ENCODED_LEN(text.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  ::sodium_bin2base64(out.data(), out.size(), reinterpret_cast<std::uint8_t const*>(text.data()), text.size(),
                      sodium_base64_VARIANT_ORIGINAL);
  return out.substr(0, text.size() / 3 * 4); // whole groups: the last characters depend on what follows
}

std::string hexadecimal(std::string_view text) {
  return overt::detail::to_hex({reinterpret_cast<std::uint8_t const*>(text.data()), text.size()});
}

std::string wide(std::string_view text) {
  std::string out;
  for (auto const c : text) {
    out += c;
    out += '\0';
  }
  return out;
}

std::string changed(std::string text, int (*how)(int)) {
  std::transform(text.begin(), text.end(), text.begin(), [&](char c) { return static_cast<char>(how(c)); });
  return text;
}

/// The canary in the forms in which it may leave: as it is, in parts of four, backwards, in capitals, as
/// UTF-16, hexadecimal and base64 (at each of three places), and with percent signs.
std::vector<std::string> forms_of(std::string const& canary) {
  std::vector<std::string> forms{canary, {canary.rbegin(), canary.rend()}, wide(canary), hexadecimal(canary)};
  for (std::size_t i = 0; i + 4 <= canary.size(); ++i) {
    forms.push_back(canary.substr(i, 4));
    forms.push_back(changed(canary.substr(i, 4), std::toupper));
  }
  for (std::size_t skip = 0; skip < 3; ++skip) {
    forms.push_back(base64(canary, skip));
  }
  std::string percent;
  for (auto const c : canary) {
    percent += "%" + hexadecimal({&c, 1});
  }
  forms.push_back(percent);
  forms.push_back(changed(hexadecimal(canary), std::toupper));
  return forms;
}

std::vector<std::string> found_in(std::string const& bytes, std::string const& canary) {
  std::vector<std::string> found;
  for (auto const& each : forms_of(canary)) {
    if (bytes.find(each) != std::string::npos) {
      found.push_back(each);
    }
  }
  return found;
}

std::string all_files(std::filesystem::path const& folder) {
  std::string all;
  for (auto const& each : std::filesystem::recursive_directory_iterator{folder}) {
    all += each.path().filename().string() + "\n";
    if (each.is_regular_file()) {
      std::ifstream stream{each.path(), std::ios::binary};
      all.append(std::istreambuf_iterator<char>{stream}, {});
    }
  }
  return all;
}

/// Writes a session with a canary in blocks and journal, and gives every byte on the disk while it runs and
/// after.
template <class Storage>
std::string bytes_left_by(Storage storage, std::filesystem::path const& folder, std::string const& canary) {
  std::string all;
  CHECK(storage.create());
  CHECK(storage.append(block_kind::head, "head " + canary));
  for (std::uint64_t i = 0; i < 50; ++i) {
    CHECK(storage.journal(i, canary + std::to_string(i)));
  }
  all += all_files(folder);
  CHECK(storage.append(block_kind::chunk, std::string(100, ' ') + canary));
  CHECK(storage.turn_journal());
  CHECK(storage.journal(50, canary));
  all += all_files(folder);
  CHECK(storage.append(block_kind::end, canary));
  CHECK(storage.turn_journal());
  CHECK(storage.close());
  return all + all_files(folder);
}

} // namespace

TEST_CASE("a sealed storage counts plain bytes and hands on sealed ones") {
  kept_bytes kept;
  auto const key = overt_test::some_session_key();
  auto storage = *storage_in_memory::make(memory_storage{kept}, key);
  REQUIRE(storage.create());
  CHECK(kept.file.empty());
  CHECK_FALSE(storage.journal(1, "before the head")); // nobody could open it
  REQUIRE(storage.append(block_kind::head, "head"));
  REQUIRE(storage.append(block_kind::chunk, "chunk"));
  CHECK(storage.size() == 9);
  CHECK(kept.file.size() == overt_test::sealed_places({"head", "chunk"}).back());
  CHECK(overt::sink::sealed_format::head_from(
            {reinterpret_cast<std::uint8_t const*>(kept.file.data()), 72}) == storage.head());
  REQUIRE(storage.append(block_kind::end, "end"));
  CHECK(storage.append(block_kind::chunk, "too late").error().code == overt::error_code::misuse);
  CHECK(storage.size() == 12);
}

TEST_CASE("a block that could not be appended is sealed again under the same index") {
  kept_bytes kept;
  auto const key = overt_test::some_session_key();
  auto storage = *storage_in_memory::make(memory_storage{kept}, key);
  storage.inner().fails = 1;
  CHECK_FALSE(storage.append(block_kind::head, "head"));
  CHECK(storage.size() == 0);
  REQUIRE(storage.append(block_kind::head, "head"));
  storage.inner().fails = 1;
  CHECK_FALSE(storage.append(block_kind::end, "end"));
  REQUIRE(storage.append(block_kind::end, "end"));
  auto const seal = *overt::sink::block_seal::make(key, storage.head());
  auto const places = overt_test::sealed_places({"head", "end"});
  REQUIRE(kept.file.size() == places.back());
  for (std::size_t i = 0; i < 2; ++i) {
    auto const header =
        seal.header_from({reinterpret_cast<std::uint8_t const*>(kept.file.data()) + places[i], 60});
    REQUIRE(header);
    CHECK(header->index == i);
  }
}

TEST_CASE("records that found no room take no number") {
  kept_bytes kept;
  auto const key = overt_test::some_session_key();
  auto storage = *storage_in_memory::make(memory_storage{kept}, key);
  REQUIRE(storage.append(block_kind::head, "head"));
  storage.inner().no_room = 1;
  CHECK_FALSE(*storage.journal(1, "a"));
  CHECK(*storage.journal(1, "a"));
  CHECK(*storage.journal(2, "b"));
  REQUIRE(kept.records.size() == 2);
  CHECK(overt::sink::block_seal::number_of(kept.records[0].second) == 0);
  CHECK(overt::sink::block_seal::number_of(kept.records[1].second) == 1);
}

#if defined(__unix__)

TEST_CASE("no plain byte of a sealed session is in its file, journal or key store") {
  std::string const canary = "Zq7vKxWyPj-canary-Hd3mQ";
  auto const mine = *overt::consent::secret_key::generate();
  overt_test::temporary_folder const folder;
  auto const keys = *overt::consent::key_store::make(folder.path / "keys");
  auto const key = *keys.mint(overt_test::terms_for({{"me", mine.public_half()}}), overt_test::some_day);
  using overt::sink::file_storage;
  auto const path = (folder.path / "trace.sealed").string();
  auto storage = *overt::sink::sealed_storage<file_storage<>>::make(file_storage<>{path}, key);
  auto const left = bytes_left_by(std::move(storage), folder.path, canary);
  CHECK(found_in(left, canary).empty());
  // Nor the key, nor the secret half, in the usual forms.
  for (auto const secret : {key.bytes(), mine.bytes()}) {
    std::string const text{secret.begin(), secret.end()};
    for (auto const& form : {text.substr(0, 8), text.substr(24), hexadecimal(text), base64(text, 0),
                             base64(text, 1), base64(text, 2)}) {
      CHECK(left.find(form) == std::string::npos);
    }
  }

  // The same session without a seal: the search finds it, in the file and in the journal.
  overt_test::temporary_folder const plain;
  auto const shown = bytes_left_by(file_storage<>{(plain.path / "trace").string()}, plain.path, canary);
  CHECK(found_in(shown, canary).size() > 5);
  CHECK(shown.find(canary + "49") != std::string::npos);
  for (auto const& form : forms_of(canary)) { // and each form would be found
    CHECK_FALSE(found_in("x" + form, canary).empty());
  }
}

#endif
