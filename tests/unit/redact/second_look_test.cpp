#include <overt/redact/second_look.hpp>

#include <string>

#include <overt/redact/chain.hpp>
#include <overt/redact/only.hpp>
#include <overt/redact/secrets.hpp>
#include <overt_test/catch.hpp>

namespace redact = overt::redact;
using overt::consent::grants;
using redact::second_look;

TEST_CASE("a second look is no part of a description while it is as usual", "[redact][second_look]") {
  CHECK(second_look{}.describe().empty());
  CHECK(second_look{}.needs() == grants::none);
  auto const chain = redact::only{"editor"} | redact::secrets{};
  CHECK(describe(chain | second_look{}) == describe(chain));
}

TEST_CASE("without a second look the receipt has to name raw keys", "[redact][second_look]") {
  auto const off = second_look::switched_off();
  CHECK(off.needs() == grants::key_raw);
  CHECK(off.describe() == redact::describe(redact::unverified{}));
  CHECK(off.detectors.types == 0);
  second_look less;
  less.detectors.threshold_percent = 51;
  CHECK(less.needs() == grants::key_raw);
  less.detectors = {.types = overt::detect::all().types & ~1u};
  CHECK(less.needs() == grants::key_raw);
  second_look more;
  more.detectors.threshold_percent = 20;
  CHECK(more.needs() == grants::none);
}

TEST_CASE("detectors that no other policy has are described", "[redact][second_look]") {
  second_look own{.detectors = {.threshold_percent = 20}, .described = true};
  CHECK(own.describe().starts_with(R"({"detectors":{"my_data":0,)"));
  CHECK(own.describe().ends_with(R"(,"policy":"second_look"})"));
}
