#include <overt/consent/sodium/private_file.hpp>

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

#if defined(__unix__)

namespace detail = overt::consent::detail;
namespace fs = std::filesystem;

namespace {
std::string read(fs::path const& file) {
  std::array<std::uint8_t, 100> bytes{};
  auto const size = detail::read_private(file, bytes);
  return size ? std::string{bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(*size)} : "refused";
}
} // namespace

TEST_CASE("a private file is written whole or not at all") {
  overt_test::temporary_folder const folder;
  auto const file = folder.path / "a";
  REQUIRE(detail::write_whole(file, "one"));
  CHECK(read(file) == "one");
  CHECK_FALSE(fs::exists(folder.path / "a.new"));
  overt_test::write(folder.path / "b.new", "left by somebody who died");
  REQUIRE(detail::write_whole(folder.path / "b", "two"));
  CHECK(read(folder.path / "b") == "two");
  CHECK_FALSE(detail::write_whole(folder.path / "none" / "c", "three"));
  CHECK_FALSE(detail::write_new(file, "four"));
  CHECK(read(file) == "one");
}

TEST_CASE("shredding overwrites what other names of a file hold") {
  overt_test::temporary_folder const folder;
  auto const file = folder.path / "a";
  REQUIRE(detail::write_new(file, "a secret"));
  fs::create_hard_link(file, folder.path / "backup");
  auto const gone = detail::shred(file);
  REQUIRE(gone);
  CHECK(*gone);
  CHECK_FALSE(fs::exists(file));
  CHECK(fs::file_size(folder.path / "backup") == 8);
  CHECK(read(folder.path / "backup") != "a secret");
  CHECK_FALSE(*detail::shred(file));
}

TEST_CASE("shredding does not follow a link") {
  overt_test::temporary_folder const folder;
  REQUIRE(detail::write_new(folder.path / "other", "mine"));
  fs::create_symlink(folder.path / "other", folder.path / "link");
  REQUIRE(detail::shred(folder.path / "link"));
  CHECK(read(folder.path / "other") == "mine");
  CHECK_FALSE(detail::exists_or_hidden(folder.path / "link"));
}

TEST_CASE("a folder is locked for one at a time") {
  overt_test::temporary_folder const folder;
  auto const others_may = [&] {
    detail::descriptor const other{::open(folder.path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    return ::flock(other.get(), LOCK_EX | LOCK_NB) == 0;
  };
  CHECK(others_may());
  {
    auto const locked = detail::lock_folder(folder.path);
    REQUIRE(locked);
    CHECK_FALSE(others_may());
  }
  CHECK(others_may());
  CHECK(detail::lock_folder(folder.path / "none").error().code == overt::error_code::not_found);
}

TEST_CASE("a file that is too large is refused") {
  overt_test::temporary_folder const folder;
  REQUIRE(detail::write_new(folder.path / "a", std::string(100, 'x')));
  CHECK(read(folder.path / "a") == "refused");
  REQUIRE(detail::write_new(folder.path / "b", std::string(99, 'x')));
  CHECK(read(folder.path / "b").size() == 99);
}

#endif
