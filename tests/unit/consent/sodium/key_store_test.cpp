#include <overt/consent/sodium/key_store.hpp>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#if defined(__unix__)
#include <sys/stat.h>
#endif

#include <overt_test/catch.hpp>
#include <overt_test/sealed.hpp>

#if defined(__unix__)

namespace consent = overt::consent;
namespace fs = std::filesystem;
using overt_test::some_day;
using overt_test::terms_for;

namespace {

std::string content(fs::path const& file) {
  std::ifstream stream{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

struct fixture {
  overt_test::temporary_folder folder{};
  consent::key_store keys = *consent::key_store::make(folder.path / "keys");
  consent::secret_key mine = *consent::secret_key::generate();
  consent::secret_key stranger = *consent::secret_key::generate();
  consent::receipt terms = terms_for({{"me", mine.public_half()}});

  [[nodiscard]] fs::path file(consent::key_id const& id, std::string const& ending = ".key") const {
    return keys.folder() / (id.text() + ending);
  }
  [[nodiscard]] consent::key_id minted() const { return keys.mint(terms, some_day)->id(); }
  [[nodiscard]] overt::error_code opening(consent::key_id const& id) const {
    return keys.open(id, mine, some_day).error().code;
  }
};

} // namespace

TEST_CASE("a minted key opens for those that the receipt names") {
  fixture f;
  auto const key = f.keys.mint(f.terms, some_day);
  REQUIRE(key);
  auto const opened = f.keys.open(key->id(), f.mine, some_day);
  REQUIRE(opened);
  CHECK(std::equal(opened->bytes().begin(), opened->bytes().end(), key->bytes().begin()));
  auto const refused = f.keys.open(key->id(), f.stranger, some_day);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == overt::error_code::permission_denied);
  CHECK(refused.error().message.find("this trace is sealed for others") == 0);
  consent::key_id other;
  CHECK(f.keys.open(other, f.mine, some_day).error().code == overt::error_code::not_found);
  struct stat found{};
  REQUIRE(::stat(f.file(key->id()).c_str(), &found) == 0);
  CHECK((found.st_mode & 0777) == 0600);
  REQUIRE(::stat(f.keys.folder().c_str(), &found) == 0);
  CHECK((found.st_mode & 0777) == 0700);
}

TEST_CASE("without a recipient or an end there is no key") {
  fixture f;
  CHECK(f.keys.mint(terms_for({}), some_day).error().code == overt::error_code::consent_mismatch);
  f.terms.retention_days = 0;
  CHECK(f.keys.mint(f.terms, some_day).error().code == overt::error_code::consent_mismatch);
  CHECK(f.keys.list()->empty());
}

TEST_CASE("a destroyed key stays destroyed when its file is brought back") {
  fixture f;
  auto const id = f.minted();
  fs::copy_file(f.file(id), f.folder.path / "backup");
  REQUIRE(f.keys.open(id, f.mine, some_day));
  REQUIRE(f.keys.destroy(id));
  CHECK(f.opening(id) == overt::error_code::consent_missing);
  CHECK_FALSE(fs::exists(f.file(id)));

  fs::copy_file(f.folder.path / "backup", f.file(id));
  CHECK(f.keys.list()->at(0).destroyed);
  CHECK(f.opening(id) == overt::error_code::consent_missing);
  CHECK_FALSE(fs::exists(f.file(id))); // and what was brought back is gone
  CHECK(f.keys.accept(content(f.folder.path / "backup")).error().code == overt::error_code::consent_missing);

  // It is the tombstone that refuses, nothing else: without it the same file opens.
  fs::copy_file(f.folder.path / "backup", f.file(id));
  fs::remove(f.file(id, ".destroyed"));
  CHECK(f.keys.open(id, f.mine, some_day));
}

TEST_CASE("a tombstone that is empty or a folder still refuses") {
  fixture f;
  auto const id = f.minted();
  SECTION("empty") { overt_test::write(f.file(id, ".destroyed"), ""); }
  SECTION("folder") { fs::create_directory(f.file(id, ".destroyed")); }
  SECTION("broken link") { fs::create_symlink("nowhere", f.file(id, ".destroyed")); }
  CHECK(f.opening(id) == overt::error_code::consent_missing);
}

TEST_CASE("a destroyed id is never minted again, nor one that is in use") {
  fixture f;
  auto const destroyed = f.minted();
  auto const used = f.minted();
  REQUIRE(f.keys.destroy(destroyed));
  int asked = 0;
  auto const repeating = [&](std::span<std::uint8_t> id) {
    auto const& give = asked == 0 ? destroyed : used;
    std::copy(give.bytes.begin(), give.bytes.end(), id.begin());
    id[0] = static_cast<std::uint8_t>(id[0] ^ (asked == 2 ? 0xff : 0));
    ++asked;
  };
  auto const key = f.keys.mint(f.terms, some_day, repeating);
  REQUIRE(key);
  CHECK(asked == 3);
  CHECK(key->id() != used);
  auto const always = [&](std::span<std::uint8_t> id) {
    std::copy(destroyed.bytes.begin(), destroyed.bytes.end(), id.begin());
  };
  CHECK_FALSE(f.keys.mint(f.terms, some_day, always));
}

TEST_CASE("destroying overwrites the wrapped key, and its other names with it") {
  fixture f;
  auto const id = f.minted();
  auto const before = content(f.file(id));
  fs::create_hard_link(f.file(id), f.folder.path / "other name");
  CHECK(content(f.folder.path / "other name") == before);
  CHECK(*f.keys.destroy(id));
  CHECK(content(f.folder.path / "other name").size() == before.size());
  CHECK(content(f.folder.path / "other name") != before);
  CHECK_FALSE(*f.keys.destroy(id)); // nothing more to destroy
}

TEST_CASE("an id that is not here can be destroyed before it comes") {
  fixture f;
  auto const away = *consent::key_store::make(f.folder.path / "elsewhere");
  auto const id = away.mint(f.terms, some_day)->id();
  auto const text = content(away.folder() / (id.text() + ".key"));
  fixture g;
  CHECK(*g.keys.accept(text) == id);
  CHECK(g.keys.accept(text).error().code == overt::error_code::misuse);
  CHECK(g.keys.open(id, f.mine, some_day));
  CHECK_FALSE(*f.keys.destroy(id));
  CHECK_FALSE(f.keys.accept(text));
}

TEST_CASE("tombstones in a second folder outlive the store") {
  fixture f;
  auto const stones = f.folder.path / "stones";
  auto const keys = *consent::key_store::make(f.folder.path / "store", stones);
  auto const id = keys.mint(f.terms, some_day)->id();
  fs::copy(f.folder.path / "store", f.folder.path / "whole backup");
  REQUIRE(keys.destroy(id));
  fs::remove_all(f.folder.path / "store");
  fs::copy(f.folder.path / "whole backup", f.folder.path / "store");
  fs::permissions(f.folder.path / "store", fs::perms::owner_all);
  auto const again = *consent::key_store::at(f.folder.path / "store", stones);
  CHECK(again.open(id, f.mine, some_day).error().code == overt::error_code::consent_missing);
}

TEST_CASE("keys end with their time") {
  fixture f;
  auto const id = f.minted();
  auto const later = some_day + 30 * overt_test::day;
  CHECK(f.keys.open(id, f.mine, later));
  CHECK(f.keys.open(id, f.mine, later + overt_test::second).error().code ==
        overt::error_code::consent_missing);
  CHECK(*f.keys.destroy_expired(later) == 0);
  CHECK(*f.keys.destroy_expired(later + overt_test::second) == 1);
  CHECK(f.opening(id) == overt::error_code::consent_missing);
  f.terms.retention_days = 2'000'000; // for ever: the end of what a date can say
  CHECK(f.keys.open(f.minted(), f.mine, later));
}

TEST_CASE("withdrawing a consent destroys the keys of its record and no other") {
  fixture f;
  auto const one = f.minted();
  auto const two = f.minted();
  auto const other = f.keys.mint(terms_for({{"me", f.mine.public_half()}}, "another"), some_day)->id();
  auto const unnamed = f.keys.mint(terms_for({{"me", f.mine.public_half()}}, ""), some_day)->id();
  CHECK(*f.keys.destroy_of_receipt("") == 0);
  CHECK(*f.keys.destroy_of_receipt(f.terms.record_id) == 2);
  CHECK(f.keys.is_destroyed(one));
  CHECK(f.keys.is_destroyed(two));
  CHECK(f.keys.open(other, f.mine, some_day));
  CHECK(f.keys.open(unnamed, f.mine, some_day));
}

TEST_CASE("the list of keys says what is there") {
  fixture f;
  auto const id = f.minted();
  auto const gone = f.minted();
  auto const broken = f.minted();
  REQUIRE(f.keys.destroy(gone));
  fs::resize_file(f.file(broken), 100);
  overt_test::write(f.keys.folder() / "notes.txt", "not a key");
  auto const all = f.keys.list();
  REQUIRE(all);
  REQUIRE(all->size() == 3);
  for (auto const& each : *all) {
    CHECK(each.destroyed == (each.id == gone));
    CHECK(each.damaged == (each.id == broken));
    if (each.id == id) {
      CHECK(each.receipt == f.terms.record_id);
      CHECK(each.until_wall_ns == some_day + 30 * overt_test::day);
      CHECK(each.fingerprints == std::vector{consent::fingerprint_of(f.mine.public_half())});
    }
  }
  CHECK(f.opening(broken) == overt::error_code::invalid_input);
  fs::copy_file(f.file(id), f.file(broken), fs::copy_options::overwrite_existing);
  CHECK(f.opening(broken) == overt::error_code::invalid_input); // another key under this name
}

TEST_CASE("a key store where others may write is refused") {
  overt_test::temporary_folder const folder;
  CHECK(consent::key_store::at(folder.path / "none").error().code == overt::error_code::not_found);
  REQUIRE(consent::key_store::make(folder.path / "keys"));
  for (::mode_t const mode : {0770u, 0702u, 0777u}) {
    REQUIRE(::chmod((folder.path / "keys").c_str(), mode) == 0);
    CHECK(consent::key_store::at(folder.path / "keys").error().code == overt::error_code::permission_denied);
  }
  REQUIRE(::chmod((folder.path / "keys").c_str(), 0755) == 0);
  CHECK(consent::key_store::at(folder.path / "keys"));
  overt_test::write(folder.path / "file", "");
  CHECK_FALSE(consent::key_store::make(folder.path / "file"));
}

TEST_CASE("of several that bring the same key at the same time one is the first") {
  fixture f;
  auto const away = *consent::key_store::make(f.folder.path / "elsewhere");
  for (int round = 0; round < 10; ++round) {
    auto const id = away.mint(f.terms, some_day)->id();
    auto const text = content(away.folder() / (id.text() + ".key"));
    std::vector<std::thread> threads;
    std::vector<int> outcomes(6, -1); // 1: taken, 0: it was here, 2: anything else
    for (auto& outcome : outcomes) {
      threads.emplace_back([&] {
        auto const taken = f.keys.accept(text);
        outcome = taken ? 1 : taken.error().code == overt::error_code::misuse ? 0 : 2;
      });
    }
    for (auto& each : threads) {
      each.join();
    }
    CHECK(std::count(outcomes.begin(), outcomes.end(), 1) == 1);
    CHECK(std::count(outcomes.begin(), outcomes.end(), 0) == 5);
    CHECK(f.keys.open(id, f.mine, some_day));
  }
}

TEST_CASE("L57 G10: a key in the place of another is for the same people, and no longer") {
  fixture f;
  f.terms.recipients.push_back({"other", f.stranger.public_half()});
  auto const old = f.minted();
  auto const third = *consent::secret_key::generate();
  std::vector<consent::recipient> const known{{"me", f.mine.public_half()}, {"new", third.public_half()}};
  auto const fresh = f.keys.mint_instead_of(old, known);
  REQUIRE(fresh);
  CHECK(fresh->id() != old);
  CHECK(f.keys.open(fresh->id(), f.mine, some_day));
  CHECK_FALSE(f.keys.open(fresh->id(), third, some_day)); // could not open the old one
  auto const list = *f.keys.list();
  REQUIRE(list.size() == 2);
  CHECK(list[0].until_wall_ns == list[1].until_wall_ns);
  CHECK(list[0].receipt == list[1].receipt);
  CHECK(f.keys.open(old, f.mine, some_day)); // until it is destroyed
  CHECK_FALSE(f.keys.mint_instead_of(old, std::vector<consent::recipient>{{"new", third.public_half()}}));
  REQUIRE(f.keys.destroy(old));
  CHECK_FALSE(f.keys.mint_instead_of(old, known));
}

TEST_CASE("threads share a key store") {
  fixture f;
  std::vector<std::thread> threads;
  std::vector<std::vector<consent::key_id>> made(4);
  for (std::size_t t = 0; t < made.size(); ++t) {
    threads.emplace_back([&, t] {
      auto const own = *consent::key_store::at(f.keys.folder());
      for (int i = 0; i < 20; ++i) {
        made[t].push_back(own.mint(f.terms, some_day)->id());
        if (i % 2 == 0) {
          static_cast<void>(own.destroy(made[t].back()));
        }
      }
    });
  }
  for (auto& each : threads) {
    each.join();
  }
  CHECK(f.keys.list()->size() == 80);
  for (auto const& list : made) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      CHECK(f.keys.is_destroyed(list[i]) == (i % 2 == 0));
      CHECK(f.keys.open(list[i], f.mine, some_day).has_value() == (i % 2 != 0));
    }
  }
}

#endif
