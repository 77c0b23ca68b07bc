#include <overt/consent/grants.hpp>

#include <overt_test/catch.hpp>

using overt::consent::grants;

TEST_CASE("grants are named as in the record") {
  static_assert(overt::named_flags<grants>);
  CHECK(list_of(grants::none) == "nothing");
  CHECK(list_of(grants::key_semantic | grants::key_raw | grants::raw_timing) ==
        "key.semantic, key.raw, timing.raw");
  CHECK(list_of(grants::screenshot) == "screenshot");
  CHECK(has_all(grants::scroll | grants::screenshot, grants::scroll));
  CHECK_FALSE(has_all(grants::scroll, grants::scroll | grants::screenshot));
}
