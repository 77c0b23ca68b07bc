#include <overt/sink/storage/block_file.hpp>

#include <cerrno>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <overt_test/catch.hpp>
#include <overt_test/storage_systems.hpp>

#include <sys/stat.h>

namespace {

using overt_test::call_fate;
using overt_test::content_of;
using overt_test::own_folder;
using overt_test::watched_calls;
using overt_test::watched_system;
using watched_file = overt::sink::block_file<watched_system>;

bool is(char const* name, std::string_view which) { return name == which; }

} // namespace

TEST_CASE("block file: new, for its owner alone, never overwritten", "[sink][storage]") {
  own_folder const folder;
  auto const path = folder / "a.trace";
  overt::sink::block_file<> file{path};
  REQUIRE(file.create());
  CHECK(file.append("one"));
  CHECK(file.append("two"));
  CHECK(file.size() == 6);
  CHECK(file.synced_size() == 0);
  CHECK(file.sync());
  CHECK(file.synced_size() == 6);
  CHECK(content_of(path) == "onetwo");
  struct stat found{};
  REQUIRE(::stat(path.c_str(), &found) == 0);
  CHECK((found.st_mode & 0777) == 0600);
  overt::sink::block_file<> again{path};
  auto const refused = again.create();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == overt::error_code::output_failed);
  CHECK(file.close());
  CHECK(content_of(path) == "onetwo");
}

TEST_CASE("block file: wrong use is said", "[sink][storage]") {
  overt::sink::block_file<> file{"/nowhere/a.trace"};
  CHECK(file.append("x").error().code == overt::error_code::misuse);
  CHECK(file.sync().error().code == overt::error_code::misuse);
  CHECK(file.close().error().code == overt::error_code::misuse);
  auto const made = file.create();
  REQUIRE_FALSE(made);
  CHECK(made.error().message.find("/nowhere/a.trace") != std::string::npos);
}

TEST_CASE("block file: a block that does not fit is taken back, and later ones go on", "[sink][storage]") {
  own_folder const folder;
  auto const path = folder / "a.trace";
  watched_calls calls;
  watched_file file{path, {&calls}};
  REQUIRE(file.create());
  REQUIRE(file.append("first"));
  bool full = true;
  std::size_t writes = 0;
  calls.decide = [&](char const* name, std::size_t) -> call_fate {
    return full && is(name, "write_at") ? (++writes % 2 == 1 ? call_fate{.most = 3} : call_fate{ENOSPC})
                                        : call_fate{};
  };
  auto const refused = file.append("a second block");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("No space left") != std::string::npos);
  CHECK(file.size() == 5);
  CHECK(content_of(path) == "first");
  full = false;
  CHECK(file.append("third"));
  CHECK(content_of(path) == "firstthird");
  CHECK(file.close());
}

TEST_CASE("block file: what cannot be taken back yet is taken back before the next block",
          "[sink][storage]") {
  own_folder const folder;
  auto const path = folder / "a.trace";
  watched_calls calls;
  watched_file file{path, {&calls}};
  REQUIRE(file.create());
  REQUIRE(file.append("first"));
  bool broken = true;
  std::size_t writes = 0;
  calls.decide = [&](char const* name, std::size_t) -> call_fate {
    if (broken && is(name, "write_at")) {
      return ++writes == 1 ? call_fate{.most = 3} : call_fate{EIO};
    }
    return broken && is(name, "cut") ? call_fate{EIO} : call_fate{};
  };
  CHECK_FALSE(file.append("a second block"));
  CHECK(content_of(path) == "firsta s"); // as the disk has it
  CHECK_FALSE(file.append("x"));         // still not
  broken = false;
  CHECK(file.append("x"));
  CHECK(content_of(path) == "firstx");
  broken = true;
  writes = 0;
  CHECK_FALSE(file.append("more"));
  broken = false;
  CHECK(file.close());
  CHECK(content_of(path) == "firstx");
}

TEST_CASE("block file: short and interrupted writes go on", "[sink][storage]") {
  own_folder const folder;
  auto const path = folder / "a.trace";
  watched_calls calls;
  watched_file file{path, {&calls}};
  REQUIRE(file.create());
  calls.decide = [](char const*, std::size_t index) -> call_fate {
    return index % 2 == 0 ? call_fate{EINTR} : call_fate{.most = 2};
  };
  CHECK(file.append("a block of some length"));
  CHECK(file.sync());
  CHECK(file.synced_size() == 22);
  CHECK(content_of(path) == "a block of some length");
}

TEST_CASE("block file: a device that takes nothing is an error, not a wait", "[sink][storage]") {
  own_folder const folder;
  watched_calls calls;
  watched_file file{folder / "a.trace", {&calls}};
  REQUIRE(file.create());
  calls.decide = [](char const* name, std::size_t) {
    return is(name, "write_at") ? call_fate{.most = 0} : call_fate{};
  };
  CHECK_FALSE(file.append("x"));
}

TEST_CASE("block file: a failed sync is final", "[sink][storage]") {
  own_folder const folder;
  watched_calls calls;
  watched_file file{folder / "a.trace", {&calls}};
  REQUIRE(file.create());
  REQUIRE(file.append("one"));
  REQUIRE(file.sync());
  REQUIRE(file.append("two"));
  calls.decide = [](char const* name, std::size_t) {
    return is(name, "sync_data") ? call_fate{EIO} : call_fate{};
  };
  CHECK_FALSE(file.sync());
  calls.decide = {};
  auto const before = calls.made;
  auto const again = file.sync(); // the system would say yes now
  CHECK(calls.made == before);
  REQUIRE_FALSE(again);
  CHECK(again.error().message.find("new trace") != std::string::npos);
  CHECK(file.sync_failed());
  CHECK(file.synced_size() == 3);
}

TEST_CASE("block file: a sync with nothing new asks nothing of the disk", "[sink][storage]") {
  own_folder const folder;
  watched_calls calls;
  watched_file file{folder / "a.trace", {&calls}};
  REQUIRE(file.create());
  REQUIRE(file.append("one"));
  REQUIRE(file.sync());
  auto const before = calls.made;
  CHECK(file.sync());
  CHECK(calls.made == before);
}

TEST_CASE("block file: it moves before and after it is open", "[sink][storage]") {
  own_folder const folder;
  auto const path = folder / "a.trace";
  overt::sink::block_file<> first{path};
  auto second = std::move(first);
  REQUIRE(second.create());
  REQUIRE(second.append("one"));
  auto third = std::move(second);
  CHECK(third.append("two"));
  CHECK(third.close());
  CHECK(content_of(path) == "onetwo");
}
