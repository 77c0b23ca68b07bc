#include <overt/consent/preset.hpp>

#include <overt/event/enumerators.hpp>
#include <overt_test/catch.hpp>

using namespace overt::consent;

TEST_CASE("a preset only takes away") {
  for (std::size_t i = 0; i < enumerators(jurisdiction_preset{}).size(); ++i) {
    auto const rules = rules_of(static_cast<jurisdiction_preset>(i));
    for (unsigned set = 0; set < 1024; ++set) {
      auto const asked = static_cast<grants>(set);
      auto const left = without(asked, rules.denied);
      REQUIRE((left & asked) == left);
      REQUIRE(without(left, rules.denied) == left);
    }
  }
}

TEST_CASE("the rules of the presets") {
  CHECK(has_all(rules_of(jurisdiction_preset::strict).denied,
                grants::screenshot | grants::key_shape | grants::key_raw));
  for (auto const each : {jurisdiction_preset::eu_employee, jurisdiction_preset::de_employee,
                          jurisdiction_preset::fr_employee}) {
    CHECK(rules_of(each).denied == grants::pointer_path);
    CHECK(rules_of(each).retention_days == 30);
    CHECK(rules_of(each).needs_impact_assessment);
    CHECK(rules_of(each).needs_collective_agreement);
  }
  CHECK(rules_of(jurisdiction_preset::research_irb) == preset_rules{});
  CHECK(rules_of(static_cast<jurisdiction_preset>(200)) == rules_of(jurisdiction_preset::strict));
}
