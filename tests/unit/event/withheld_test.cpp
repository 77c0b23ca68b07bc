#include <overt/event/withheld.hpp>

#include <string>

#include <overt/event/redaction.hpp>
#include <overt_test/catch.hpp>

TEST_CASE("where somebody did not agree to be recorded, nothing is counted", "[event][withheld]") {
  std::string hidden;
  for (auto const name : enumerators(overt::withheld_reason{})) {
    auto reason = overt::withheld_reason{};
    REQUIRE(overt::value_named(name, reason));
    hidden += overt::hides_amount(reason) ? std::string{name} + " " : std::string{};
  }
  CHECK(hidden ==
        "outside_scope secret_field unknown_field unconfirmed stale_context no_context consent_ended "
        "indicator_lost screen_locked erased paused ");
}

TEST_CASE("amounts are told in buckets", "[event][redaction]") {
  using enum overt::amount;
  CHECK(overt::bucket_of(0) == under_ten);
  CHECK(overt::bucket_of(9) == under_ten);
  CHECK(overt::bucket_of(10) == tens);
  CHECK(overt::bucket_of(99) == tens);
  CHECK(overt::bucket_of(100) == hundreds);
  CHECK(overt::bucket_of(999) == hundreds);
  CHECK(overt::bucket_of(1000) == thousands);
  CHECK(overt::bucket_of(~0ull) == thousands);
}
