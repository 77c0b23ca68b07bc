#include <overt/dataset/play/window_watch.hpp>

#include <optional>
#include <string>
#include <utility>

#include "fake_desktop.hpp"
#include <overt_test/catch.hpp>

using namespace overt_test::replayed;

namespace {

/// One window has the focus, and another is at every point.
struct two_windows {
  std::optional<seen_window> with_focus{};
  std::optional<seen_window> under_pointer{};

  std::optional<seen_window> focused() { return with_focus; }
  std::optional<seen_window> at(screen_point) { return under_pointer; }
};

seen_window window_called(std::string title) {
  return {.process = 7, .application = "editor", .title = std::move(title)};
}

} // namespace

TEST_CASE("the keyboard waits for the window with the focus, and the pointer for the one at the point") {
  desktop on;
  auto const options = timed();
  auto timing = timing_on(on, options);
  two_windows windows{window_called("note"), window_called("other")};
  window_watch watch{windows, timing};
  auto const key = at(0, key_action{});
  auto pressing = playing(key);
  CHECK_FALSE(watch.wait_for(pressing));
  CHECK(pressing.window.title == "note");
  auto const click = at(0, click_action{.at = {5, 5}});
  auto clicking = playing(click);
  clicking.number = 3;
  auto const found = watch.wait_for(clicking);
  REQUIRE(found);
  CHECK(found->action == 3);
  CHECK(found->what == difference::window);
  CHECK(found->expected == "editor: note");
  CHECK(found->found == "editor: other");
  CHECK(on.now >= timestamp{options.limit_ns});
}

TEST_CASE("semantically an element that has a name is looked for where its window has gone") {
  for (bool const is_semantic : {true, false}) {
    for (bool const is_named : {true, false}) {
      desktop on;
      auto const options = is_semantic ? semantic() : timed();
      auto timing = timing_on(on, options);
      two_windows windows{window_called("note"), window_called("other")};
      window_watch watch{windows, timing};
      auto const click =
          at(0, click_action{.at = {5, 5}}, {button_called(is_named ? "Send" : "", {0, 0, 9, 9})});
      auto now = playing(click);
      CHECK(watch.wait_for(now).has_value() == !(is_semantic && is_named));
    }
  }
}

TEST_CASE("what is not waited for to the end is no difference") {
  desktop on;
  auto options = semantic();
  options.stop = [&] { return on.now >= timestamp{100 * ms}; };
  auto timing = timing_on(on, options);
  two_windows windows{};
  window_watch watch{windows, timing};
  auto const key = at(0, key_action{});
  auto now = playing(key);
  CHECK_FALSE(watch.wait_for(now));
  CHECK(timing.was_stopped());
}

TEST_CASE("a list over the window is waited for, though not for long") {
  desktop on;
  auto const options = semantic();
  auto timing = timing_on(on, options);
  two_windows windows{};
  window_watch watch{windows, timing};
  auto const click = at(0, click_action{.at = {5, 5}});
  watch.wait_for_list(playing(click));
  CHECK(on.now >= timestamp{1500 * ms});
  CHECK(on.now < timestamp{1600 * ms});
  windows.under_pointer = seen_window{.application = "editor", .popup = true};
  auto const before = on.now;
  watch.wait_for_list(playing(click));
  CHECK(on.now == before);
}
