#include <overt/consent/terms.hpp>

#include <overt/event/enumerators.hpp>
#include <overt_test/catch.hpp>

using namespace overt::consent;

TEST_CASE("the vocabularies of the record have its names") {
  static_assert(overt::named_enum<consent_event> && overt::named_enum<screenshot_mode>);
  static_assert(overt::named_enum<key_timing> && overt::named_flags<never>);
  CHECK(overt::name_of(consent_event::withdrawn) == "dpv:ConsentWithdrawn");
  CHECK(overt::name_of(key_timing::segment_5s) == "segment_5s");
  CHECK(flags(never{})[0] == "password_fields");
}
