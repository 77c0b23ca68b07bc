#include <overt/consent/standing.hpp>

#include <overt/consent/validate.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

using namespace overt::consent;
using overt_test::some_day;

TEST_CASE("G3: where a consent stands, by what happened and by the clock") {
  auto terms = overt_test::some_terms();
  CHECK(standing_at(terms, some_day) == standing::holds);
  CHECK(standing_at(terms, terms.granted_wall_ns) == standing::holds);
  CHECK(standing_at(terms, terms.granted_wall_ns - 1) == standing::not_begun);
  CHECK(standing_at(terms, terms.expires_wall_ns - 1) == standing::holds);
  CHECK(standing_at(terms, terms.expires_wall_ns) == standing::expired);
  auto const after = [&](consent_event what) {
    terms.latest = what;
    return standing_at(terms, some_day);
  };
  CHECK(after(consent_event::renewed) == standing::holds);
  CHECK(after(consent_event::requested) == standing::not_answered);
  CHECK(after(consent_event::refused) == standing::refused);
  CHECK(after(consent_event::withdrawn) == standing::withdrawn);
  CHECK(after(consent_event::expired) == standing::expired);
  CHECK(after(consent_event::invalidated) == standing::invalidated);
  CHECK(after(static_cast<consent_event>(200)) == standing::invalidated);
}

TEST_CASE("one predicate: holds_at is standing_at with words") {
  auto terms = overt_test::some_terms();
  for (std::size_t i = 0; i < enumerators(consent_event{}).size(); ++i) {
    terms.latest = static_cast<consent_event>(i);
    for (auto const wall : {terms.granted_wall_ns - 1, some_day, terms.expires_wall_ns}) {
      CHECK(holds_at(terms, wall).has_value() == (standing_at(terms, wall) == standing::holds));
    }
  }
}
