#include <overt/consent/line_file.hpp>

#include <filesystem>
#include <string>
#include <utility>

#if defined(__unix__)
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#endif

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

using overt::consent::detail::line_file;
using overt::consent::detail::read_lines;

#if defined(__unix__)

TEST_CASE("a file of lines is its owner's alone, grows, and is read whole") {
  overt_test::temporary_folder const folder;
  auto const path = folder.path / "lines";
  CHECK(read_lines(path).error().code == overt::error_code::not_found);
  for (auto const* const line : {"one\n", "two\n"}) {
    auto file = line_file::open(path);
    REQUIRE(file);
    CHECK(file->append(line));
  }
  CHECK(*read_lines(path) == "one\ntwo\n");
  struct stat found{};
  REQUIRE(::stat(path.c_str(), &found) == 0);
  CHECK((found.st_mode & 0777u) == 0600u);

  auto again = line_file::open(path);
  REQUIRE(again);
  CHECK(again->size() == 8);
  CHECK(*again->read_from(4) == "two\n");
  auto moved = std::move(*again);
  CHECK(moved.append("three\n"));
  CHECK(moved.size() == 14);
}

TEST_CASE("a file of lines is not reached through a link, not made of a folder, not shared with others") {
  overt_test::temporary_folder const folder;
  overt_test::write(folder.path / "elsewhere", "");
  std::filesystem::create_symlink(folder.path / "elsewhere", folder.path / "link");
  CHECK_FALSE(line_file::open(folder.path / "link"));
  CHECK_FALSE(line_file::open(folder.path));
  CHECK_FALSE(line_file::open(folder.path / "none" / "lines"));
  REQUIRE(::chmod((folder.path / "elsewhere").c_str(), 0666) == 0);
  auto const open_to_all = line_file::open(folder.path / "elsewhere");
  REQUIRE_FALSE(open_to_all);
  CHECK(open_to_all.error().code == overt::error_code::permission_denied);
  CHECK(open_to_all.error().message.find("chmod 600") != std::string::npos);
}

TEST_CASE("what does not fit on the disk is not there afterwards, not even a part") {
  overt_test::temporary_folder const folder;
  auto const path = folder.path / "lines";
  auto file = line_file::open(path);
  REQUIRE(file);
  REQUIRE(file->append("whole\n"));

  struct rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  auto const handler = std::signal(SIGXFSZ, SIG_IGN);
  struct rlimit const little{.rlim_cur = 8, .rlim_max = before.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &little) == 0);
  auto const written = file->append("too long\n");
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
  std::signal(SIGXFSZ, handler);

  CHECK_FALSE(written);
  auto const done = std::move(*file); // lets go of the lock at the end
  CHECK(*done.read_from(0) == "whole\n");
  CHECK(std::filesystem::file_size(path) == 6);
}

#endif
