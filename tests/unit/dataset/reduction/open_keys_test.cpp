#include <overt/dataset/reduction/open_keys.hpp>

#include <overt_test/catch.hpp>

using overt::key_class;
using overt::key_symbol;
using overt::dataset::action_drafts;
using overt::dataset::key_facts;
using overt::dataset::open_keys;

namespace {
key_facts letter(std::uint32_t keysym) { return {.kind = key_class::letter, .symbol = key_symbol{keysym}}; }
} // namespace

TEST_CASE("a release finds its press, once") {
  open_keys keys;
  keys.press(letter('a'), 1);
  keys.press(letter('b'), 2);
  CHECK(keys.find(letter('a')) == 1);
  CHECK(keys.release(letter('a')) == 1);
  CHECK(keys.release(letter('a')) == action_drafts::none);
  CHECK(keys.release(letter('b')) == 2);
}

TEST_CASE("a press whose release was not written is replaced by the next of its key") {
  open_keys keys;
  keys.press(letter('a'), 1);
  keys.press(letter('a'), 2);
  CHECK(keys.release(letter('a')) == 2);
  CHECK(keys.release(letter('a')) == action_drafts::none);
}

TEST_CASE("keys that nobody names are told apart by their class, the latest first") {
  open_keys keys;
  keys.press({.kind = key_class::letter}, 1);
  keys.press({.kind = key_class::letter}, 2);
  CHECK(keys.release({.kind = key_class::digit}) == action_drafts::none);
  CHECK(keys.release({.kind = key_class::letter}) == 2);
  CHECK(keys.release({.kind = key_class::letter}) == 1);
}

TEST_CASE("presses without releases do not pile up") {
  open_keys keys;
  for (std::size_t i = 0; i < 1000; ++i) {
    keys.press({.kind = key_class::letter}, i);
  }
  std::size_t found = 0;
  while (keys.release({.kind = key_class::letter}) != action_drafts::none) {
    ++found;
  }
  CHECK(found == 128);
}
