#include <overt/consent/json/receipt_format.hpp>

#include <overt_test/catch.hpp>

using namespace overt::consent::detail;

TEST_CASE("the shapes of a record's texts") {
  CHECK(is_uuid("6b1a6e3e-0a55-4c1c-9f2e-2f6d2a0b7f11"));
  CHECK_FALSE(is_uuid("6b1a6e3e00a55-4c1c-9f2e-2f6d2a0b7f11"));
  CHECK_FALSE(is_uuid("6b1a6e3e-0a55-4c1c-9f2e-2f6d2a0b7f1g"));
  for (auto const* good : {"en", "deu", "de-AT", "zh-Hant-TW", "de-1996"}) {
    CHECK(is_language(good));
  }
  for (auto const* bad : {"", "e", "engl", "EN", "en-", "-en", "en--US", "en_US"}) {
    CHECK_FALSE(is_language(bad));
  }
  for (auto const* good : {"DE", "US-CA", "GB-ENG", "FR-1"}) {
    CHECK(is_jurisdiction(good));
  }
  for (auto const* bad : {"", "D", "de", "DEU", "US-", "US-ABCD", "US-ca"}) {
    CHECK_FALSE(is_jurisdiction(bad));
  }
}
