#include <overt/consent/sodium/session_key.hpp>

#include <algorithm>
#include <type_traits>

#include <overt_test/catch.hpp>

namespace consent = overt::consent;

static_assert(!std::is_copy_constructible_v<consent::session_key>);
static_assert(std::is_nothrow_move_constructible_v<consent::session_key>);

TEST_CASE("session keys are random, and have an id that can be written down") {
  consent::key_id id;
  id.bytes = {0x00, 0x9f, 0xab};
  auto const one = consent::session_key::generate(id);
  auto const other = consent::session_key::generate(id);
  REQUIRE(one);
  REQUIRE(other);
  CHECK_FALSE(std::equal(one->bytes().begin(), one->bytes().end(), other->bytes().begin()));
  CHECK(one->id() == id);
  CHECK(id.text() == "009fab00000000000000000000000000");
  CHECK(*consent::key_id::parse(id.text()) == id);
  for (auto const* wrong : {"", "009fab", "009FAB00000000000000000000000000",
                            "009fab000000000000000000000000001", "../fab00000000000000000000000000"}) {
    CHECK_FALSE(consent::key_id::parse(wrong));
  }
}
