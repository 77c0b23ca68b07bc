#include <overt/consent/purpose.hpp>

#include <overt/event/enumerators.hpp>
#include <overt_test/catch.hpp>

using overt::consent::purpose;

TEST_CASE("purposes are a closed set in which evaluating people does not exist") {
  static_assert(overt::named_enum<purpose>);
  static_assert(enumerators(purpose{}).size() == 4);
  auto found = purpose::academic_research;
  CHECK(overt::value_named("overt:TrainComputerUseModel", found));
  CHECK(found == purpose::train_computer_use_model);
  for (auto const* name :
       {"dpv:PersonnelPerformanceEvaluation", "dpv:PersonnelMonitoring", "dpv:Advertising", "*", ""}) {
    CHECK_FALSE(overt::value_named(name, found));
  }
}
