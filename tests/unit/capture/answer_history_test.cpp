#include <overt/capture/answer_history.hpp>

#include <cstdint>
#include <vector>

#include <overt_test/catch.hpp>

namespace {

using overt::capture::answer_history;

overt::context_ptr some_place() { return overt::context_ptr{overt::context{}}; }

} // namespace

TEST_CASE("there is no answer before one was given", "[capture][answer_history]") {
  answer_history history;
  CHECK(history.at_or_after({0}) == nullptr);
  CHECK(history.before({1000}) == nullptr);
  auto const here = some_place();
  history.add({10}, here);
  CHECK(history.at_or_after({11}) == nullptr);
  CHECK(history.before({10}) == nullptr);
  REQUIRE(history.at_or_after({10}) != nullptr);
  CHECK(history.at_or_after({10})->where == here);
  CHECK(history.at_or_after({-5})->where == here);
  CHECK(history.before({11})->where == here);
}

TEST_CASE("the same answer again makes its run longer", "[capture][answer_history]") {
  answer_history history;
  auto const here = some_place();
  for (std::int64_t i = 0; i < 1000; ++i) {
    history.add({i}, here);
  }
  CHECK(history.at_or_after({0})->where == here);
  CHECK(history.at_or_after({999})->first == overt::timestamp{0});
  CHECK(history.at_or_after({1000}) == nullptr);
}

TEST_CASE("an answer about a moment in between names the later run", "[capture][answer_history]") {
  answer_history history;
  auto const first = some_place();
  auto const second = some_place();
  history.add({10}, first);
  history.add({20}, first);
  history.add({30}, second);
  CHECK(history.at_or_after({15})->where == first);
  CHECK(history.at_or_after({20})->where == first);
  CHECK(history.at_or_after({21})->where == second);
  CHECK(history.before({30})->where == first);
  CHECK(history.before({31})->where == second);
}

TEST_CASE("an answer that was overtaken changes nothing", "[capture][answer_history]") {
  answer_history history;
  auto const first = some_place();
  auto const second = some_place();
  history.add({10}, first);
  history.add({20}, second);
  history.add({15}, first);
  CHECK(history.at_or_after({12})->where == second);
  CHECK(history.at_or_after({21}) == nullptr);
}

TEST_CASE("a place that could not be identified is an answer too", "[capture][answer_history]") {
  answer_history history;
  history.add({10}, {});
  history.add({20}, {});
  REQUIRE(history.at_or_after({15}) != nullptr);
  CHECK_FALSE(history.at_or_after({15})->where);
}

TEST_CASE("what was forgotten is unknown, not what came after it", "[capture][answer_history]") {
  answer_history history;
  std::vector<overt::context_ptr> places;
  for (std::int64_t i = 0; i < 65; ++i) { // one more than it remembers
    places.push_back(some_place());
    history.add({100 + i * 10}, places.back());
  }
  // the run at 100 is gone: about 100 and before nothing is known any more
  REQUIRE(history.at_or_after({100}) != nullptr);
  CHECK_FALSE(history.at_or_after({100})->where);
  CHECK_FALSE(history.at_or_after({50})->where);
  // nor about what lay between it and the oldest that is left
  CHECK_FALSE(history.at_or_after({105})->where);
  CHECK_FALSE(history.at_or_after({110})->where);
  CHECK(history.at_or_after({111})->where == places[2]);
  CHECK(history.at_or_after({740})->where == places[64]);
  CHECK(history.at_or_after({741}) == nullptr);
}
