#include <overt/sink/mcap/part_path.hpp>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include <overt_test/catch.hpp>

using overt::sink::part_path;

TEST_CASE("the first part has the name that was given") {
  CHECK(part_path("trace.mcap", 1) == "trace.mcap");
  CHECK(part_path("folder/trace", 1) == "folder/trace");
}

TEST_CASE("later parts have their number before what says the type") {
  CHECK(part_path("trace.mcap", 2) == "trace.0002.mcap");
  CHECK(part_path("/a.b/trace.mcap", 3) == "/a.b/trace.0003.mcap");
  CHECK(part_path("a.b.mcap", 12) == "a.b.0012.mcap");
}

TEST_CASE("a name without a type, and a point that is not one of a type") {
  CHECK(part_path("trace", 2) == "trace.0002");
  CHECK(part_path("/a.b/trace", 2) == "/a.b/trace.0002");
  CHECK(part_path(".trace", 2) == ".trace.0002");
  CHECK(part_path("/a/.trace", 2) == "/a/.trace.0002");
  CHECK(part_path("c:\\a.b\\trace", 2) == "c:\\a.b\\trace.0002");
}

TEST_CASE("9,999 parts stand in their order in a listing, and no number is short of room") {
  std::vector<std::string> names;
  for (std::uint32_t part = 2; part < 10'000; ++part) {
    names.push_back(part_path("t.mcap", part));
  }
  CHECK(std::is_sorted(names.begin(), names.end()));
  CHECK(part_path("t.mcap", 123'456) == "t.123456.mcap");
  CHECK(part_path("t.mcap", UINT32_MAX) == "t.4294967295.mcap");
  CHECK(std::set<std::string>{names.begin(), names.end()}.size() == names.size());
}
