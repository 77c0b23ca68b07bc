#include <overt/consent/plain/german.hpp>

#include <algorithm>

#include <overt_test/catch.hpp>

using namespace overt::consent;

TEST_CASE("German has every sentence, and fills in what the others do") {
  for (auto const& each : german_sentences) {
    CAPTURE(each.words);
    CHECK_FALSE(each.words.empty());
    CHECK(std::count(each.words.begin(), each.words.end(), '{') ==
          std::count(each.words.begin(), each.words.end(), '}'));
  }
}
