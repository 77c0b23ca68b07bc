#include <overt/consent/file_watch.hpp>

#include <chrono>
#include <string>

#if defined(__unix__)
#include <sys/stat.h>
#endif

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

using overt::consent::file_watch;
using overt_test::write;

namespace {
void age(std::filesystem::path const& file, int seconds) {
  std::filesystem::last_write_time(file, std::filesystem::file_time_type::clock::now() -
                                             std::chrono::seconds{seconds});
}
} // namespace

TEST_CASE("a file is unchanged until its content is another") {
  overt_test::temporary_folder const folder;
  auto const file = folder.path / "policy";
  write(file, "one");
  auto opened = file_watch::read(file);
  REQUIRE(opened);
  CHECK(opened->content == "one");
  auto& watch = opened->watch;
  CHECK(watch.unchanged());
  CHECK(watch.unchanged());

  SECTION("touched") {
    age(file, 1000);
    CHECK(watch.unchanged());
    CHECK(watch.unchanged());
  }
  SECTION("saved again with the same bytes, by renaming") {
    write(folder.path / "new", "one");
    std::filesystem::rename(folder.path / "new", file);
    CHECK(watch.unchanged());
  }
  SECTION("one byte, of the same size, with its old time") {
    auto const time = std::filesystem::last_write_time(file);
    write(file, "onf");
    std::filesystem::last_write_time(file, time);
    CHECK_FALSE(watch.unchanged());
    CHECK(watch.changed_content() == "onf");
  }
  SECTION("gone") {
    std::filesystem::remove(file);
    CHECK_FALSE(watch.unchanged());
    CHECK(watch.changed_content() == "");
  }
  SECTION("longer, then as it was") {
    write(file, "one more");
    CHECK_FALSE(watch.unchanged());
    write(file, "one");
    CHECK(watch.unchanged());
  }
  SECTION("a folder in its place") {
    std::filesystem::remove(file);
    std::filesystem::create_directory(file);
    CHECK_FALSE(watch.unchanged());
  }
  SECTION("grown beyond all measure") {
    write(file, std::string(file_watch::largest + 1, 'x'));
    CHECK_FALSE(watch.unchanged());
  }
#if defined(__unix__)
  SECTION("a pipe in its place does not make anybody wait") {
    std::filesystem::remove(file);
    REQUIRE(::mkfifo(file.c_str(), 0600) == 0);
    CHECK_FALSE(watch.unchanged());
    CHECK_FALSE(file_watch::on(file));
  }
#endif
}

TEST_CASE("writes in quick succession do not hide behind coarse file times") {
  overt_test::temporary_folder const folder;
  auto const file = folder.path / "policy";
  for (int i = 0; i < 200; ++i) {
    write(file, "a" + std::to_string(i % 10));
    auto watch = file_watch::on(file);
    REQUIRE(watch);
    write(file, "b" + std::to_string(i % 10));
    REQUIRE_FALSE(watch->unchanged());
  }
}

TEST_CASE("what cannot be watched is an error") {
  overt_test::temporary_folder const folder;
  auto const gone = file_watch::on(folder.path / "none");
  REQUIRE_FALSE(gone);
  CHECK(gone.error().code == overt::error_code::not_found);
  write(folder.path / "large", std::string(file_watch::largest + 1, 'x'));
  auto const large = file_watch::on(folder.path / "large");
  REQUIRE_FALSE(large);
  CHECK(large.error().code == overt::error_code::invalid_input);
  write(folder.path / "full", std::string(file_watch::largest, 'x'));
  CHECK(file_watch::on(folder.path / "full"));
  CHECK_FALSE(file_watch::on(folder.path));
}
