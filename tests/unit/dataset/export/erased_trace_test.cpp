#include <overt/dataset/export/erased_trace.hpp>

#include <string>

#include <overt_test/catch.hpp>

TEST_CASE("a trace that was erased is a line of words and back", "[dataset][erase]") {
  namespace dataset = overt::dataset;
  dataset::erased_trace const one{std::string(64, 'c'), "2026-11-26", 12};
  auto const words = dataset::words_of(one);
  auto const read = dataset::erased_trace_from(words);
  REQUIRE(read);
  CHECK(read->trace_sha256 == one.trace_sha256);
  CHECK(read->day == one.day);
  CHECK(read->tasks == 12);
  CHECK_FALSE(dataset::erased_trace_from(words + "x"));
  CHECK_FALSE(dataset::erased_trace_from(words.substr(0, words.size() - 3)));
  CHECK_FALSE(dataset::erased_trace_from("episode 1"));
}
