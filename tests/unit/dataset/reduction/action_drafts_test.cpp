#include <overt/dataset/reduction/action_drafts.hpp>

#include <vector>

#include <overt_test/catch.hpp>

using overt::timestamp;
using overt::dataset::action_drafts;
using overt::dataset::action_flaw;
using overt::dataset::action_place;
using overt::dataset::click_action;
using overt::dataset::gap_lane;
using overt::dataset::moment;

namespace {
moment at(std::uint64_t sequence) { return {sequence, timestamp{static_cast<std::int64_t>(sequence) * 10}}; }
} // namespace

TEST_CASE("an action began with its first press, and was approached with its first move") {
  action_drafts drafts;
  auto const click = drafts.begin(click_action{}, at(5), action_place{});
  drafts.adopt_move(click, at(3));
  drafts.adopt(click, at(4), gap_lane::keyboard); // a modifier
  drafts.adopt(click, at(7), gap_lane::pointer);
  drafts.adopt_told(click, 9);
  auto const& made = drafts[click].what;
  CHECK(made.approached.ns == 30);
  CHECK(made.began.ns == 40);
  CHECK(made.ended.ns == 70);
  CHECK(made.onset == 5);
  CHECK(made.flaw == action_flaw::none);
}

TEST_CASE("a gap of its lane in the middle is a cut") {
  for (auto const lane : {gap_lane::keyboard, gap_lane::pointer}) {
    action_drafts drafts;
    auto const click = drafts.begin(click_action{}, at(5), action_place{});
    drafts.cut(6, lane);
    drafts.adopt(click, at(7), gap_lane::pointer);
    CHECK((drafts[click].what.flaw == action_flaw::cut) == (lane == gap_lane::pointer));
  }
  action_drafts drafts;
  drafts.cut(4, gap_lane::pointer);
  auto const click = drafts.begin(click_action{}, at(5), action_place{});
  drafts.adopt(click, at(7), gap_lane::pointer);
  drafts.cut(8, gap_lane::pointer);
  CHECK(drafts[click].what.flaw == action_flaw::none);
}

TEST_CASE("what was joined is found by either number") {
  action_drafts drafts;
  auto const first = drafts.begin(click_action{}, at(1), action_place{});
  auto const second = drafts.begin(click_action{}, at(2), action_place{});
  auto const third = drafts.begin(click_action{}, at(3), action_place{});
  drafts.join(second, first);
  drafts.join(third, second);
  drafts.join(third, first); // already
  drafts.adopt(third, at(4), gap_lane::pointer);
  CHECK(drafts[second].what.children == std::vector<std::uint64_t>{1, 2, 3, 4});
  CHECK(&drafts[second] == &drafts[first]);
  CHECK(drafts[first].what.ended.ns == 40);
  CHECK(drafts[first].what.onset == 1);
}
