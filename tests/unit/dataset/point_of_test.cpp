#include <overt/dataset/point_of.hpp>

#include <utility>

#include <overt_test/catch.hpp>

namespace dataset = overt::dataset;

TEST_CASE("an action of the pointer began at a point, one of the keyboard did not", "[dataset][point_of]") {
  auto const x_of = [](dataset::action_kind kind) {
    dataset::action const what{.what = std::move(kind)};
    auto const* const at = dataset::point_of(what);
    return at == nullptr ? -1 : at->x;
  };
  CHECK(x_of(dataset::move_action{.at = {.x = 1}}) == 1);
  CHECK(x_of(dataset::click_action{.at = {.x = 2}}) == 2);
  CHECK(x_of(dataset::drag_action{.from = {.x = 3}, .to = {.x = 9}}) == 3);
  CHECK(x_of(dataset::scroll_action{.at = {.x = 4}}) == 4);
  CHECK(x_of(dataset::text_action{}) == -1);
  CHECK(x_of(dataset::key_action{}) == -1);
  CHECK(x_of(dataset::told_action{}) == -1);
}
