#include <overt/redact/exempt.hpp>

#include <string>
#include <vector>

#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>

namespace redact = overt::redact;

TEST_CASE("a place is exempt by its application or its site", "[redact][exempt]") {
  overt::consent::exemptions some;
  REQUIRE(some.add_application("editor"));
  REQUIRE(some.add_site("https://a.example"));
  CHECK(redact::is_exempt(some, *overt_test::place()));
  CHECK_FALSE(redact::is_exempt(some, *overt_test::place({.application = "other"})));
  CHECK(redact::is_exempt(some, *overt_test::place({.application = "other", .origin = "https://a.example"})));
  CHECK_FALSE(redact::is_exempt(some, overt::context{}));
}

TEST_CASE("the application of a place is exempted without anybody naming it", "[redact][exempt]") {
  overt::consent::controls const hand;
  redact::exempt_application_of(*overt_test::place(), hand);
  CHECK(hand.state().exempt.applications() == std::vector<std::string>{"editor"});
  redact::exempt_application_of(overt::context{}, hand); // nobody knows which
  CHECK(hand.state().exempt.size() == 1);
}
