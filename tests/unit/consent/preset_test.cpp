#include <overt/consent/preset.hpp>

#include <overt/event/enumerators.hpp>
#include <overt_test/catch.hpp>

using namespace overt::consent;

TEST_CASE("G12: a preset only takes away") {
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

TEST_CASE("G16: the rules of the presets") {
  using enum jurisdiction_preset;
  CHECK(has_all(rules_of(strict).denied, grants::screenshot | grants::key_shape | grants::key_raw));
  for (auto const each : {eu_employee, de_employee, fr_employee}) {
    CHECK(has_all(rules_of(each).denied, grants::pointer_path));
    CHECK(rules_of(each).retention_days == 30);
    CHECK(rules_of(each).needs_impact_assessment);
    CHECK(rules_of(each).needs_collective_agreement);
    CHECK(rules_of(each).only_local_storage);
    CHECK(rules_of(each).needs_review);
  }
  CHECK(rules_of(eu_employee).denied == grants::pointer_path);
  CHECK(rules_of(de_employee).denied == grants::pointer_path);
  CHECK(rules_of(de_employee).no_person_aggregates);
  CHECK_FALSE(rules_of(eu_employee).no_person_aggregates);
  CHECK(has_all(rules_of(fr_employee).denied, grants::key_semantic | grants::key_raw | grants::screenshot));
  CHECK(rules_of(uk_employee).needs_impact_assessment);
  CHECK(rules_of(uk_employee).needs_collective_agreement);
  CHECK(rules_of(us_notice_state).needs_acknowledgement);
  CHECK(rules_of(research_irb).needs_review_board);
  CHECK(rules_of(us_other) == preset_rules{});
  CHECK(rules_of(static_cast<jurisdiction_preset>(200)) == rules_of(strict));
}

TEST_CASE("every preset says that it is no legal advice") {
  for (std::size_t i = 0; i < enumerators(jurisdiction_preset{}).size(); ++i) {
    CHECK(rules_of(static_cast<jurisdiction_preset>(i)).advice.find("not legal advice") !=
          std::string_view::npos);
  }
}
