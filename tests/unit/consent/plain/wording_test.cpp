#include <overt/consent/plain/wording.hpp>

#include <array>
#include <string>

#include <overt_test/catch.hpp>

using namespace overt::consent;

TEST_CASE("what is filled in stands in its place, and is not filled in again") {
  CHECK(worded_as(language::english, sentence::days, {"30"}) == "30 days");
  CHECK(worded_as(language::german, sentence::replaced, {"A", "{2}", "c"}) == "A: c statt {2}");
  CHECK(worded_as(language::english, sentence::reader, {"{1}", "k"}) == "{1}, with the key k");
  CHECK(worded_as(language::english, sentence::days, {}) == "{0} days");
}

TEST_CASE("all languages fill in the same things in each sentence") {
  for (std::size_t i = 0; i < sentence_count; ++i) {
    for (auto const* place : {"{0}", "{1}", "{2}"}) {
      auto const has = [&](language in) {
        return words_of(in, static_cast<sentence>(i)).find(place) != std::string_view::npos;
      };
      CAPTURE(words_of(language::english, static_cast<sentence>(i)));
      CHECK(has(language::english) == has(language::german));
    }
  }
}
