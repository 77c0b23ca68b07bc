#include <overt/session_breaks.hpp>

#include <cstdint>
#include <optional>
#include <utility>

#include <overt/event/event.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>

using overt_test::happened;
using overt_test::place;
using breaks = overt::detail::session_breaks<overt::event>;

TEST_CASE("what is of before the end of a pause", "[recorder][pause]") {
  breaks one;
  auto const of = [&](auto payload, std::int64_t when = 200) {
    return one.began_before(happened(when, place(), std::move(payload)));
  };
  CHECK_FALSE(of(overt::button{}, 1)); // there was none
  one.number(7);
  one.number((std::uint64_t{1} << 48) + 3);
  one.number((std::uint64_t{1} << 48) + 5);
  one.resume({100});
  CHECK(of(overt::button{}, 100));
  CHECK_FALSE(of(overt::button{}, 101));
  CHECK(of(overt::frame{.grabbed = {100}}));
  CHECK_FALSE(of(overt::frame{.grabbed = {101}}));
  CHECK(of(overt::text{.began = {50}}));
  CHECK_FALSE(of(overt::text{.began = {150}}));
  CHECK(of(overt::text{.made_of = {7, 9}})); // begun before, ended after
  CHECK_FALSE(of(overt::text{.made_of = {8, 9}}));
  CHECK(of(overt::ui_action{.made_of = {(std::uint64_t{1} << 48) + 5}}));
  CHECK_FALSE(of(overt::ui_action{.made_of = {(std::uint64_t{1} << 48) + 6}}));
  CHECK_FALSE(of(overt::ui_action{.made_of = {(std::uint64_t{2} << 48) + 1}})); // a source that gave none
  CHECK(of(overt::text{.source = overt::text_source::filled}));
  CHECK_FALSE(of(overt::text{.source = overt::text_source::filled})); // the next field
}

TEST_CASE("what shows more than its own place, of before an exemption", "[recorder][pause]") {
  breaks one;
  auto const shows = [&](auto payload) {
    return one.shows_exempt(happened(200, place(), std::move(payload)));
  };
  CHECK_FALSE(shows(overt::frame{.grabbed = {1}}));
  one.narrow({100});
  CHECK(shows(overt::frame{.grabbed = {100}}));
  CHECK_FALSE(shows(overt::frame{.grabbed = {101}}));
  CHECK_FALSE(shows(overt::button{}));
}

TEST_CASE("where the keyboard was last", "[recorder][pause]") {
  using enum overt::capture::context_aspect;
  using enum overt::input_lane;
  breaks one;
  CHECK_FALSE(one.place());
  auto const a = place();
  auto const b = place();
  auto const c = place();
  one.saw(happened(1, a, overt::button{}));
  CHECK(one.place() == a); // better than nothing
  one.heard({application, keyboard, {2}, b});
  CHECK(one.place() == b);
  one.saw(happened(3, a, overt::button{}));
  one.heard({application, pointer, {3}, a});
  one.heard({field, keyboard, {3}, a});
  one.heard({application, keyboard, {4}, {}});
  CHECK(one.place() == b);
  one.saw(happened(5, c, overt_test::typed('a')));
  CHECK(one.place() == c);
}

TEST_CASE("of the monitors the latest is kept", "[recorder][pause]") {
  breaks one;
  auto first = happened(1, {}, overt::display{.epoch = 1});
  auto second = happened(2, {}, overt::display{.epoch = 2});
  auto key = happened(3, place(), overt_test::typed('a'));
  CHECK_FALSE(one.keep_monitors(first));
  CHECK(first.is_moved_from());
  CHECK_FALSE(one.keep_monitors(key));
  CHECK_FALSE(key.is_moved_from());
  auto const replaced = one.keep_monitors(second);
  REQUIRE(replaced);
  CHECK(replaced->get_if<overt::display>()->epoch == 1);
  auto const kept = one.take_monitors();
  REQUIRE(kept);
  CHECK(kept->get_if<overt::display>()->epoch == 2);
  CHECK_FALSE(one.take_monitors());
}
