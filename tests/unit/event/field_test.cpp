#include <overt/event/field.hpp>

#include <string>
#include <string_view>

#include <overt/event/context.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/payloads.hpp>

TEST_CASE("fields are visited in their order, with their unit", "[event][field]") {
  overt_test::ticket_opened ticket{.number = 17};
  std::string names;
  overt::for_each_field(ticket, [&](auto const& description, auto& member) {
    names += std::string{description.name} + " ";
    if constexpr (requires { member += 1; }) {
      member += 1;
    }
  });
  CHECK(names == "number priority title ");
  CHECK(ticket.number == 18);

  std::string units;
  overt::pointer_move const move{};
  overt::for_each_field(move.at, [&](auto const& description, auto const&) {
    units += std::string{overt::name_of(description.unit)} + " ";
  });
  CHECK(units == "px px none none ");
}
