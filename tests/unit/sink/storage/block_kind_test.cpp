#include <overt/sink/storage/block_kind.hpp>

#include <overt/event/enumerators.hpp>
#include <overt_test/catch.hpp>

TEST_CASE("block kind: its values stand in sealed files, and keep their numbers", "[sink][storage]") {
  CHECK(static_cast<int>(overt::sink::block_kind::head) == 0);
  CHECK(static_cast<int>(overt::sink::block_kind::chunk) == 1);
  CHECK(static_cast<int>(overt::sink::block_kind::end) == 2);
  CHECK(overt::name_of(overt::sink::block_kind::chunk) == "chunk");
}
