#include <overt/dataset/play/key_plan.hpp>

#include <cstdint>
#include <vector>

#include <overt_test/catch.hpp>

using overt::key_symbol;
using overt::modifiers;
using overt::dataset::key_place;
using overt::dataset::key_plan;
using overt::dataset::modifier_keys;

TEST_CASE("a symbol of the layout is pressed where it is") {
  key_plan plan;
  plan.add({'a'}, {38, modifiers::none});
  plan.add({'A'}, {38, modifiers::shift});
  plan.add({'a'}, {99, modifiers::alt_graph}); // another place of the same: the first stays
  auto const small = plan.press_of({'a'});
  REQUIRE(small);
  CHECK(small->key == key_place{38, modifiers::none});
  CHECK_FALSE(small->give);
  CHECK(plan.press_of({'A'})->key == key_place{38, modifiers::shift});
  CHECK_FALSE(plan.press_of({'b'})); // not in it, and no key is left over
}

TEST_CASE("what the layout lacks is given to a key that is left over, once") {
  key_plan plan;
  plan.add_spare(200);
  plan.add_spare(201);
  auto const first = plan.press_of({0x010065e5});
  REQUIRE(first);
  CHECK(first->give);
  auto const again = plan.press_of({0x010065e5});
  CHECK_FALSE(again->give);
  CHECK(again->key == first->key);
  auto const second = plan.press_of({0x01002192});
  CHECK(second->give);
  CHECK_FALSE(second->key == first->key);
  // The third takes the key of the first, which has to be given anew after that.
  auto const third = plan.press_of({0x01002193});
  CHECK(third->key == first->key);
  CHECK(plan.press_of({0x010065e5})->give);
}

TEST_CASE("keys that were given symbols are given back, each once") {
  key_plan plan;
  plan.add_spare(200);
  plan.add_spare(201);
  plan.add_spare(202);
  CHECK(plan.take_given().empty());
  (void)plan.press_of({0x010065e5});
  (void)plan.press_of({0x01002192});
  CHECK(plan.take_given().size() == 2);
  CHECK(plan.take_given().empty());
  CHECK(plan.press_of({0x010065e5})->give);
}

TEST_CASE("locks are no keys to hold") {
  CHECK(modifier_keys(modifiers::none).empty());
  CHECK(modifier_keys(modifiers::caps_lock | modifiers::num_lock).empty());
  CHECK(modifier_keys(modifiers::control | modifiers::shift) == std::vector<key_symbol>{{0xffe3}, {0xffe1}});
}
