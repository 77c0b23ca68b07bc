#include <overt/capture/picture_plan.hpp>

#include <string_view>
#include <utility>
#include <vector>

#include <overt_test/catch.hpp>

using namespace overt;

namespace {

constexpr rectangle monitor{0, 0, 800, 600};
constexpr rectangle upper{0, 0, 800, 300};
constexpr rectangle lower{0, 300, 800, 300};

capture::read_window window_of(std::string_view application, std::string_view origin, rectangle page) {
  capture::read_window made{.window = {.id = 1,
                                       .process = 1,
                                       .application = std::string{application},
                                       .inside = monitor,
                                       .active = true},
                            .agreed = true};
  made.contents.understood = capture::window_reading::complete;
  if (!origin.empty()) {
    made.contents.pages.push_back({.where = page, .origin = arena_string{origin}});
  }
  for (auto const& where : {upper, lower}) {
    made.contents.elements.push_back(
        {.where = grown(where, -100), .what = screen_part::text, .text = arena_string{"words"}});
  }
  return made;
}

std::vector<bool> conversations_in(capture::read_window one) {
  std::vector<capture::read_window> all;
  all.push_back(std::move(one));
  auto const plan = capture::plan_picture(std::move(all), monitor, [](context&) { return true; });
  std::vector<bool> marked;
  for (auto const& element : plan.elements) {
    marked.push_back(element.conversation);
  }
  return marked;
}

} // namespace

TEST_CASE("L31, G13: what stands in a conversation is marked", "[capture][pictures]") {
  using marks = std::vector<bool>;
  CHECK(conversations_in(window_of("thunderbird", {}, {})) == marks{true, true});
  CHECK(conversations_in(window_of("mousepad", {}, {})) == marks{false, false});
  CHECK(conversations_in(window_of("chromium", "https://app.slack.com", lower)) == marks{false, true});
  CHECK(conversations_in(window_of("chromium", "https://example.org", lower)) == marks{false, false});
}
