// Looks through the whole memory of this process for keys and for what was opened, after their end.

#include <overt/trace/sodium/sealed_source.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <optional>
#include <span>
#include <string>
#include <vector>

#if defined(__linux__)
#include <fcntl.h>
#include <unistd.h>
#endif

#include <overt/consent/sodium/key_file.hpp>
#include <overt/consent/sodium/key_store.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/sealed.hpp>

#if defined(__linux__)

namespace consent = overt::consent;
using overt_test::some_day;

namespace {

/// Something to look for, kept so that looking for it does not find the note of it.
class needle {
public:
  explicit needle(std::span<std::uint8_t const> bytes) : masked_(bytes.begin(), bytes.end()) {
    for (auto& each : masked_) {
      each = static_cast<std::uint8_t>(each ^ 0x5a);
    }
  }

  /// In how many places of this process's readable memory it stands.
  [[nodiscard]] int copies() const {
    int const memory = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    REQUIRE(memory >= 0);
    static std::array<std::uint8_t, 1 << 16> window;
    int found = 0;
    std::ifstream maps{"/proc/self/maps"};
    for (std::string line; std::getline(maps, line);) {
      unsigned long long from = 0;
      unsigned long long until = 0;
      char readable = 0;
      if (std::sscanf(line.c_str(), "%llx-%llx %c", &from, &until, &readable) != 3 || readable != 'r') {
        continue;
      }
      auto const own = reinterpret_cast<std::uintptr_t>(window.data());
      while (from < until) {
        window.fill(0);
        auto const size = std::min<unsigned long long>(until - from, window.size());
        auto const count = ::pread(memory, window.data(), size, static_cast<off_t>(from));
        if (count <= 0) {
          break;
        }
        auto const whole = std::span{window}.first(static_cast<std::size_t>(count));
        for (std::size_t at = 0; at + masked_.size() <= whole.size(); ++at) {
          bool const here =
              std::equal(masked_.begin(), masked_.end(), whole.begin() + static_cast<std::ptrdiff_t>(at),
                         [](auto masked, auto byte) { return (masked ^ 0x5a) == byte; });
          bool const in_window = from + at + masked_.size() > own && from + at < own + window.size();
          found += here && !in_window ? 1 : 0;
        }
        if (from + static_cast<unsigned long long>(count) >= until) {
          break;
        }
        from += static_cast<unsigned long long>(count) - (masked_.size() - 1);
      }
    }
    window.fill(0);
    ::close(memory);
    return found;
  }

private:
  std::vector<std::uint8_t> masked_;
};

/// The beginning and the end of a key: libsodium may have looked at parts.
std::vector<needle> parts(std::span<std::uint8_t const> key) {
  return {needle{key.first(12)}, needle{key.subspan(10, 12)}, needle{key.last(12)}};
}

int copies(std::vector<needle> const& all) {
  int found = 0;
  for (auto const& each : all) {
    found += each.copies();
  }
  return found;
}

} // namespace

TEST_CASE("keys are nowhere in memory when their time is over") {
  overt_test::temporary_folder const folder;
  std::vector<needle> session;
  std::vector<needle> secret;
  std::vector<needle> derived;
  std::string file;
  consent::key_id id;
  {
    auto const mine = *consent::secret_key::generate();
    auto const keys = *consent::key_store::make(folder.path / "keys");
    auto const key = *keys.mint(overt_test::terms_for({{"me", mine.public_half()}}), some_day);
    id = key.id();
    session = parts(key.bytes());
    secret = parts(mine.bytes());
    std::array<std::uint8_t, 32> block_key{};
    ::crypto_kdf_derive_from_key(block_key.data(), 32, 1, "overtsea", key.bytes().data());
    derived = parts(block_key);
    ::sodium_memzero(block_key.data(), block_key.size());
    REQUIRE(consent::write_key_file(folder.path / "me.key", mine));
    CHECK(copies(session) >= 3); // once, in protected memory; and what is looked for is found
    CHECK(copies(secret) >= 3);
    CHECK(copies(derived) == 0);
    {
      auto const seal = *overt::sink::block_seal::make(key, {});
      CHECK(copies(derived) >= 3);
    }
    file = overt_test::sealed_sample(key);
  }
  CHECK(copies(session) == 0);
  CHECK(copies(secret) == 0);
  CHECK(copies(derived) == 0);
  {
    auto const mine = *consent::read_key_file(folder.path / "me.key");
    auto const key = *consent::key_store::at(folder.path / "keys")->open(id, mine, some_day);
    CHECK(copies(session) >= 3);
    CHECK(copies(secret) >= 3);
    auto opened = *overt::trace::sealed_source<overt::trace::memory_source>::open(
        overt::trace::memory_source{file}, key);
    REQUIRE(opened.verify());
  }
  CHECK(copies(session) == 0);
  CHECK(copies(secret) == 0);
  CHECK(copies(derived) == 0);
}

TEST_CASE("what was opened is nowhere in memory when the reader is gone") {
  auto const key = overt_test::some_session_key();
  std::string file;
  std::optional<needle> canary;
  {
    std::string text = "canary-" + consent::fingerprint_of({}) + "-in a block";
    for (auto& each : text) {
      each = static_cast<char>(each + 1); // what no other string of this program is
    }
    canary.emplace(std::span{reinterpret_cast<std::uint8_t const*>(text.data()), text.size()});
    file = overt_test::sealed_sample(key, {text, text});
    CHECK(canary->copies() > 0);
    overt::detail::wipe(text.data(), text.size());
  }
  auto const before = canary->copies(); // the copies that this test made of it
  {
    auto opened = *overt::trace::sealed_source<overt::trace::memory_source>::open(
        overt::trace::memory_source{file}, key);
    REQUIRE(opened.verify());
    CHECK(canary->copies() == before + 1);
  }
  CHECK(canary->copies() == before);
}

#endif
