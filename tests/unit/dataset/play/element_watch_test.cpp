#include <overt/dataset/play/element_watch.hpp>

#include <optional>
#include <string>
#include <utility>

#include "fake_desktop.hpp"
#include <overt_test/catch.hpp>

using namespace overt_test::replayed;

namespace {

struct watch_at_work {
  desktop on{};
  replay_options options = semantic();
  replay_timing<fake_clock> timing = timing_on(on, options);
  fake_windows behind{&on};
  fake_elements there{&on};
  window_watch<fake_windows, fake_clock> windows{behind, timing};
  element_watch<fake_elements, fake_clock> watch{there, timing};
};

meaning choice_of(std::string after) {
  auto made = button_called("Colour");
  made.act = ui_act::select;
  made.role = ui_role::combo_box;
  made.after = std::move(after);
  return made;
}

} // namespace

TEST_CASE("the point of an action goes with its element") {
  watch_at_work it;
  it.on.elements = [](desktop const&, meaning const&) {
    return std::optional{seen_element{{290, 190, 40, 20}, true, ""}};
  };
  auto const click = at(0, click_action{.at = {100, 100}}, {button_called("Send")});
  auto now = playing(click);
  CHECK_FALSE(it.watch.wait_for(now, it.windows));
  CHECK(now.moved == 1);
  CHECK(now.at->x == 300);
  CHECK(now.at->y == 200);
  auto const key = at(0, key_action{}, {button_called("Send")});
  auto pressing = playing(key);
  CHECK_FALSE(it.watch.wait_for(pressing, it.windows));
  CHECK(pressing.moved == 0);
  CHECK_FALSE(pressing.at);
}

TEST_CASE("an element that is not there differs from one that takes nothing") {
  watch_at_work it;
  auto const click = at(0, click_action{.at = {100, 100}}, {button_called("Send")});
  auto now = playing(click);
  now.number = 2;
  it.on.elements = [](desktop const&, meaning const&) { return std::optional<seen_element>{}; };
  auto const missing = it.watch.wait_for(now, it.windows);
  REQUIRE(missing);
  CHECK(missing->action == 2);
  CHECK(missing->what == difference::element);
  CHECK(missing->expected == "button \"Send\"");
  it.on.elements = [](desktop const&, meaning const& one) {
    return std::optional{seen_element{one.bounds, false, ""}};
  };
  auto const disabled = it.watch.wait_for(now, it.windows);
  REQUIRE(disabled);
  CHECK(disabled->what == difference::disabled);
}

TEST_CASE("what the trace does not tell of an element is not waited for") {
  watch_at_work it;
  it.on.elements = [](desktop const&, meaning const&) { return std::optional<seen_element>{}; };
  auto const click = at(0, click_action{.at = {100, 100}}, {button_called("", {})});
  auto now = playing(click);
  CHECK_FALSE(it.watch.wait_for(now, it.windows));
  CHECK_FALSE(it.watch.wait_for_values(now));
  CHECK(it.on.now == timestamp{});
}

TEST_CASE("what is chosen beside its element is waited for as a list over the window") {
  watch_at_work it;
  auto const click = at(0, click_action{.at = {100, 400}}, {choice_of("Blue")});
  auto now = playing(click);
  CHECK_FALSE(it.watch.wait_for(now, it.windows));
  CHECK(it.on.now >= timestamp{1500 * ms}); // there is none here
}

TEST_CASE("a value that does not become what it was is a difference, unless nobody can tell") {
  watch_at_work it;
  auto const click = at(0, click_action{.at = {100, 100}}, {choice_of("Blue")});
  auto const now = playing(click);
  it.on.elements = [](desktop const& on, meaning const& one) {
    return std::optional{seen_element{one.bounds, true, on.now < timestamp{500 * ms} ? "Red" : "Blue"}};
  };
  CHECK_FALSE(it.watch.wait_for_values(now));
  CHECK(it.on.now >= timestamp{500 * ms});
  it.on.elements = [](desktop const&, meaning const& one) {
    return std::optional{seen_element{one.bounds, true, "Red"}};
  };
  auto const found = it.watch.wait_for_values(now);
  REQUIRE(found);
  CHECK(found->what == difference::value);
  CHECK(found->expected == "combo_box \"Colour\": Blue");
  CHECK(found->found == "Red");
  it.on.elements = [](desktop const&, meaning const&) { return std::optional<seen_element>{}; };
  CHECK_FALSE(it.watch.wait_for_values(now)); // its dialog was closed by it
}

TEST_CASE("a button that flashes for a key that is typed has no value afterwards") {
  watch_at_work it;
  it.on.elements = [](desktop const&, meaning const& one) {
    return std::optional{seen_element{one.bounds, true, "off"}};
  };
  auto seven = button_called("7");
  seven.act = ui_act::toggle;
  seven.role = ui_role::toggle_button;
  seven.after = "on";
  auto const key = at(0, key_action{}, {seven});
  CHECK_FALSE(it.watch.wait_for_values(playing(key)));
  auto const click = at(0, click_action{.at = {100, 100}}, {seven});
  CHECK(it.watch.wait_for_values(playing(click)));
}

TEST_CASE("a replay that was stopped while an element was waited for has found no difference") {
  watch_at_work it;
  it.options.stop = [&] { return it.on.now >= timestamp{100 * ms}; };
  it.on.elements = [](desktop const&, meaning const&) { return std::optional<seen_element>{}; };
  auto const click = at(0, click_action{.at = {100, 100}}, {button_called("Send")});
  auto now = playing(click);
  CHECK_FALSE(it.watch.wait_for(now, it.windows));
  CHECK(it.timing.was_stopped());
}

TEST_CASE("where programs tell of no elements, none is waited for") {
  watch_at_work it;
  no_elements none;
  element_watch watch{none, it.timing};
  auto const click = at(0, click_action{.at = {100, 100}}, {choice_of("Blue")});
  auto now = playing(click);
  CHECK_FALSE(watch.wait_for(now, it.windows));
  CHECK_FALSE(watch.wait_for_values(now));
  CHECK(it.on.now == timestamp{});
}
