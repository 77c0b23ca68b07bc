#include <overt/consent/plain/english.hpp>

#include <algorithm>

#include <overt_test/catch.hpp>

using namespace overt::consent;

TEST_CASE("English has every sentence, and fills in what the others do") {
  for (auto const& each : english_sentences) {
    CAPTURE(each.words);
    CHECK_FALSE(each.words.empty());
    CHECK(std::count(each.words.begin(), each.words.end(), '{') ==
          std::count(each.words.begin(), each.words.end(), '}'));
  }
}
