#include <overt/detail/sha256.hpp>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

#include <overt_test/catch.hpp>

using overt::detail::sha256;
using overt::detail::to_hex;

namespace {
constexpr bool begins_with(std::string_view text, std::uint8_t first, std::uint8_t last) {
  auto const digest = sha256(text);
  return digest.front() == first && digest.back() == last;
}
static_assert(begins_with("abc", 0xba, 0xad));
static_assert(begins_with("", 0xe3, 0x55));
} // namespace

TEST_CASE("SHA-256 gives the digests of FIPS 180-4") {
  CHECK(to_hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(to_hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(to_hex(sha256(
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqr"
            "smnopqrstnopqrstu")) == "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  CHECK(to_hex(sha256(std::string(1'000'000, 'a'))) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("SHA-256 in parts is SHA-256 of the whole") {
  std::string const text(300, 'x');
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    overt::detail::sha256_state state;
    state.update(std::string_view{text}.substr(0, cut));
    state.update(std::string_view{text}.substr(cut));
    REQUIRE(state.finish() == sha256(text));
  }
}

TEST_CASE("SHA-256 agrees with sha256sum for any length") {
  if (std::system("sha256sum --version >/dev/null 2>&1") != 0) {
    WARN("skipped: sha256sum is not installed");
    return;
  }
  auto const folder =
      std::filesystem::temp_directory_path() / ("overt-sha256-" + std::to_string(std::random_device{}()));
  std::filesystem::create_directory(folder);
  std::mt19937 random{7};
  std::vector<std::string> expected;
  std::string names;
  for (int i = 0; i < 200; ++i) {
    std::string bytes(i < 130 ? static_cast<std::size_t>(i) : random() % 5000, '\0');
    for (auto& byte : bytes) {
      byte = static_cast<char>(random() & 0xff);
    }
    auto const name = "f" + std::to_string(i);
    std::ofstream{folder / name, std::ios::binary} << bytes;
    expected.push_back(to_hex(sha256(bytes)) + "  " + name);
    names += ' ' + name;
  }
  REQUIRE(std::system(("cd '" + folder.string() + "' && sha256sum" + names + " > sums").c_str()) == 0);
  std::ifstream sums{folder / "sums"};
  std::string line;
  for (auto const& each : expected) {
    REQUIRE(std::getline(sums, line));
    CHECK(line == each);
  }
  std::filesystem::remove_all(folder);
}
