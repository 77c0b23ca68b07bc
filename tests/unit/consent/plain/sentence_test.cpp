#include <overt/consent/plain/sentence.hpp>

#include <overt/consent/plain/english.hpp>

#include <overt_test/catch.hpp>

using namespace overt::consent;

TEST_CASE("a table that lacks a sentence, has an empty one or another order is not complete") {
  CHECK(is_complete(english_sentences));
  auto table = english_sentences;
  table.back() = {};
  CHECK_FALSE(is_complete(table));
  table = english_sentences;
  table[3].words = "";
  CHECK_FALSE(is_complete(table));
  table = english_sentences;
  std::swap(table[3], table[4]);
  CHECK_FALSE(is_complete(table));
}
