#include <overt/sink/storage/system_call.hpp>

#include <cerrno>
#include <string>
#include <utility>

#include <overt_test/catch.hpp>
#include <overt_test/storage_systems.hpp>

namespace {

using overt_test::call_fate;
using overt_test::content_of;
using overt_test::own_folder;
using overt_test::watched_calls;
using overt_test::watched_system;
namespace calls_of = overt::sink::detail;

} // namespace

TEST_CASE("system call: an interrupted one is made again, another failure is not", "[sink][storage]") {
  int made = 0;
  CHECK(calls_of::uninterrupted([&] {
          errno = EINTR;
          return ++made < 4 ? -1 : 7;
        }) == 7);
  CHECK(made == 4);
  made = 0;
  CHECK(calls_of::uninterrupted([&] {
          ++made;
          errno = EIO;
          return -1;
        }) == -1);
  CHECK(made == 1);
}

TEST_CASE("system call: all bytes are written at their place, in however many calls", "[sink][storage]") {
  own_folder const folder;
  watched_calls calls;
  watched_system system{&calls};
  calls_of::descriptor<watched_system> file{system.create_new((folder / "a").c_str()), system};
  REQUIRE(file.is_open());
  CHECK(calls_of::write_all(system, file.get(), "-----", 0) == 0);
  calls.decide = [](char const*, std::size_t) { return call_fate{.most = 1}; };
  CHECK(calls_of::write_all(system, file.get(), "abc", 1) == 0);
  CHECK(content_of(folder / "a") == "-abc-");
  CHECK(calls_of::write_all(system, file.get(), "", 0) == 0);
  calls.decide = [](char const*, std::size_t) { return call_fate{ENOSPC}; };
  CHECK(calls_of::write_all(system, file.get(), "x", 0) == ENOSPC);
}

TEST_CASE("system call: a descriptor is closed once", "[sink][storage]") {
  own_folder const folder;
  watched_calls calls;
  watched_system system{&calls};
  {
    calls_of::descriptor<watched_system> file{system.create_new((folder / "a").c_str()), system};
    auto moved = std::move(file);
    CHECK(moved.is_open());
    calls.made = 0;
    calls.decide = [](char const*, std::size_t) { return call_fate{EIO}; };
    CHECK(moved.close() == EIO);
    CHECK(moved.close() == 0);
    CHECK_FALSE(moved.is_open());
  }
  CHECK(calls.made == 1);
}
