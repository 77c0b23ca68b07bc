#include <overt/redact/enumerator_literal.hpp>

#include <cstddef>

#include <overt/event/ui_action.hpp>
#include <overt/redact/detect/entity.hpp>
#include <overt_test/catch.hpp>

TEST_CASE("a value's literal is its name", "[redact][enumerator_literal]") {
  for (std::size_t i = 0; i < enumerators(overt::ui_role{}).size(); ++i) {
    auto const role = static_cast<overt::ui_role>(i);
    CHECK(overt::redact::literal_of(role).view() == name_of(role));
  }
  CHECK(overt::redact::literal_of(overt::detect::entity::card).view() == "CARD");
  CHECK(overt::redact::literal_of(static_cast<overt::ui_role>(99)).view() == "?");
}
