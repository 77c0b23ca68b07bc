#include <overt/event/basic_event.hpp>

#include <string>
#include <type_traits>
#include <utility>

#include <overt/event/event.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/keys.hpp>
#include <overt_test/payloads.hpp>

using overt_test::guarded_of;
using overt_test::ticket_event;
using overt_test::ticket_opened;

TEST_CASE("an event carries one payload of its list", "[event][basic_event]") {
  ticket_event moved{{.time = {1'000}}, overt::pointer_move{.at = {.x = -3, .y = 7}}};
  CHECK(moved.header.time == overt::timestamp{1'000});
  CHECK(moved.payload_index() == 1);
  CHECK(moved.payload_index() == ticket_event::index<overt::pointer_move>);
  CHECK(moved.payload_name() == "pointer_move");
  CHECK(moved.get_if<overt::key>() == nullptr);
  CHECK(moved.get_if<ticket_opened>() == nullptr);
  REQUIRE(moved.get_if<overt::pointer_move>() != nullptr);
  CHECK(moved.get_if<overt::pointer_move>()->at.x == -3);
  CHECK(std::as_const(moved).get_if<overt::pointer_move>()->at.y == 7);
}

TEST_CASE("a user's own payload is one like ours", "[event][basic_event]") {
  ticket_event opened{{}, ticket_opened{.number = 17, .title = guarded_of("printer")}};
  CHECK(opened.payload_name() == "ticket_opened");
  CHECK(ticket_event::names[ticket_event::index<ticket_opened>] == "ticket_opened");
  CHECK(ticket_event::carries<ticket_opened>);
  CHECK_FALSE(ticket_event::carries<overt::scroll>);
  auto const& payload = *opened.get_if<ticket_opened>();
  CHECK(payload.number == 17);
  overt_test::with_clearance(
      [&](overt::clearance const& key) { CHECK(payload.title.look(key).view() == "printer"); });
}

TEST_CASE("a visit gets the payload itself, not the box it is kept in", "[event][basic_event]") {
  static_assert(sizeof(overt::ui_action) > overt::detail::largest_inline_payload);
  ticket_event acted{{},
                     overt::ui_action{.role = overt::ui_role::menu_item, .label = guarded_of("Save As…")}};
  auto const name_of_payload = [](auto const& payload) {
    return std::remove_cvref_t<decltype(payload)>::name;
  };
  CHECK(acted.visit(name_of_payload) == "ui_action");
  CHECK(std::as_const(acted).visit(name_of_payload) == "ui_action");
  CHECK(acted.get_if<overt::ui_action>()->role == overt::ui_role::menu_item);

  acted.visit([](auto& payload) {
    if constexpr (requires { payload.act; }) {
      payload.act = overt::ui_act::toggle;
    }
  });
  CHECK(acted.get_if<overt::ui_action>()->act == overt::ui_act::toggle);
}

TEST_CASE("a visit reaches each payload of the library's event", "[event][basic_event]") {
  std::string seen;
  auto const note = [&](auto payload) {
    overt::event const made{{}, std::move(payload)};
    made.visit([&](auto const& stored) { seen += std::string{stored.name} + " "; });
    CHECK(made.payload_name() == made.visit([](auto const& stored) { return stored.name; }));
  };
  note(overt::key{});
  note(overt::text{});
  note(overt::pointer_move{});
  note(overt::pointer_delta{});
  note(overt::button{});
  note(overt::scroll{});
  note(overt::ui_action{});
  note(overt::clipboard{});
  note(overt::focus{});
  note(overt::display{});
  note(overt::frame{});
  note(overt::marker{});
  note(overt::gap{});
  note(overt::source{});
  note(overt::consent_change{});
  note(overt::redaction{});
  CHECK(seen ==
        "key text pointer_move pointer_delta button scroll ui_action clipboard focus display frame marker "
        "gap source consent_change redaction ");
  CHECK(overt::event::payload_count == 16);
}

TEST_CASE("what is left of a moved event says so", "[event][basic_event]") {
  ticket_event first{{.produced = 5}, ticket_opened{.number = 17, .title = guarded_of("printer")}};
  CHECK_FALSE(first.is_moved_from());
  ticket_event second{std::move(first)};
  CHECK(first.is_moved_from());
  CHECK_FALSE(second.is_moved_from());
  CHECK(second.header.produced == 5);
  CHECK(second.get_if<ticket_opened>()->number == 17);

  // Moving from what is left stays "moved from": nothing becomes an event again.
  ticket_event third{std::move(first)};
  CHECK(third.is_moved_from());
  CHECK(first.is_moved_from());
}

TEST_CASE("the payload of a moved event is denied", "[event][basic_event]") {
  ticket_event first{{}, ticket_opened{.title = guarded_of("printer")}};
  ticket_event const second{std::move(first)};
  CHECK(first.get_if<ticket_opened>()->title.state() == overt::guard_state::denied);
  CHECK(second.get_if<ticket_opened>()->title.state() == overt::guard_state::withheld);
}
