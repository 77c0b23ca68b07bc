#include <overt/sink/packed/column.hpp>

#include <cstdint>
#include <limits>
#include <string>

#include <overt/event/event.hpp>
#include <overt/sink/packed/row_writer.hpp>
#include <overt_test/catch.hpp>

namespace packed = overt::sink::packed;

TEST_CASE("columns have the names of members, with a dot in records", "[sink][packed]") {
  std::string names;
  for (auto const& each : packed::columns_of<overt::scroll>) {
    names += std::string{each.name()} + " ";
  }
  CHECK(names ==
        "seq t from context dx_v120 dy_v120 held at.x at.y at.display at.display_epoch injected device ");
  CHECK(packed::columns_of<overt::scroll>[4].unit == overt::unit::v120);
  CHECK(packed::columns_of<overt::scroll>[7].unit == overt::unit::pixels);
}

TEST_CASE("a column holds what its member can be, and nothing else", "[sink][packed]") {
  auto const bits = [](std::int64_t value) { return static_cast<std::uint64_t>(value); };
  auto const& x = packed::columns_of<overt::pointer_move>[4];
  CHECK(x.holds(bits(std::numeric_limits<std::int32_t>::min())));
  CHECK(x.holds(bits(std::numeric_limits<std::int32_t>::max())));
  CHECK_FALSE(x.holds(bits(std::int64_t{1} << 31)));
  CHECK_FALSE(x.holds(bits(-(std::int64_t{1} << 31) - 1)));
  auto const& display = packed::columns_of<overt::pointer_move>[6];
  CHECK(display.holds(65535));
  CHECK_FALSE(display.holds(65536));
  CHECK_FALSE(display.holds(bits(-1)));
  auto const& phase = packed::columns_of<overt::key>[4];
  CHECK(phase.holds(2));
  CHECK_FALSE(phase.holds(3));
  auto const& held = packed::columns_of<overt::key>[6];
  CHECK(held.holds(127));
  CHECK_FALSE(held.holds(128));
  CHECK(packed::head_columns[0].holds(~std::uint64_t{0}));
  CHECK(packed::head_columns[1].holds(~std::uint64_t{0}));
}

TEST_CASE("payloads have layouts of their own", "[sink][packed]") {
  CHECK(packed::layout_of<overt::key> != packed::layout_of<overt::scroll>);
  CHECK(packed::layout_of<overt::pointer_move> != packed::layout_of<overt::pointer_delta>);
}
