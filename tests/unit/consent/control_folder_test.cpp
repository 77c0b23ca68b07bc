#include <overt/consent/control_folder.hpp>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

#include <overt_test/catch.hpp>
#include <overt_test/runtime_folder.hpp>

namespace {
namespace fs = std::filesystem;

} // namespace

TEST_CASE("the folder is made for its user alone", "[consent][control]") {
  overt_test::runtime_folder const here;
  auto const made = overt::consent::control_folder();
  REQUIRE(made);
  CHECK(*made == (here.folder / "overt").string());
  CHECK(fs::status(*made).permissions() == fs::perms::owner_all);
  CHECK(overt::consent::control_folder()); // again
}

TEST_CASE("a folder that others may use, a link and a file are refused", "[consent][control]") {
  overt_test::runtime_folder const here;
  auto const path = here.folder / "overt";
  SECTION("others may look into it") {
    fs::create_directory(path);
    fs::permissions(path, fs::perms::owner_all | fs::perms::group_read);
  }
  SECTION("a link") {
    fs::create_directory(here.folder / "elsewhere");
    fs::permissions(here.folder / "elsewhere", fs::perms::owner_all);
    fs::create_symlink(here.folder / "elsewhere", path);
  }
  SECTION("a file") { std::fclose(std::fopen(path.c_str(), "w")); }
  auto const refused = overt::consent::control_folder();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == overt::error_code::permission_denied);
}

TEST_CASE("where no runtime folder is set it is in /tmp", "[consent][control]") {
  overt_test::runtime_folder const here;
  for (auto const* value : {"", "not/absolute"}) {
    ::setenv("XDG_RUNTIME_DIR", value, 1);
    auto const expected = "/tmp/overt-" + std::to_string(::geteuid());
    bool const was_there = fs::exists(expected);
    auto const made = overt::consent::control_folder();
    REQUIRE(made);
    CHECK(*made == expected);
    if (!was_there) {
      std::error_code in_use; // by a recorder that began meanwhile
      fs::remove(expected, in_use);
    }
  }
}

TEST_CASE("a path that is too long for a socket is said to be", "[consent][control]") {
  CHECK(overt::consent::detail::control_address("/run/user/1000/overt/1.socket"));
  CHECK_FALSE(overt::consent::detail::control_address(std::string(108, 'a')));
}
