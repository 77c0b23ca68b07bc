#include <overt/consent/holding.hpp>

#include <overt/event/enumerators.hpp>

#include <overt_test/catch.hpp>

TEST_CASE("a holding is a trace or a dataset, and held until it is erased") {
  namespace consent = overt::consent;
  CHECK(overt::name_of(consent::holding_kind::dataset) == "dataset");
  CHECK(overt::name_of(consent::holding_state::erased) == "erased");
  consent::holding const fresh;
  CHECK(fresh.state == consent::holding_state::held);
  CHECK(fresh.id.empty());
}
