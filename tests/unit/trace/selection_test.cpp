#include <overt/trace/selection.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/traces.hpp>

TEST_CASE("selection: by time, the bound among them, and by payload") {
  overt_test::sample_trace const sample;
  auto const& key = sample.events()[1];
  auto const& move = sample.events()[2];
  overt::trace::selection chosen;
  CHECK(chosen.takes_all());
  CHECK(chosen.takes(key));
  chosen.from = move.head().time;
  CHECK_FALSE(chosen.takes_all());
  CHECK_FALSE(chosen.takes(key));
  CHECK(chosen.takes(move));
  chosen.payloads = {"key", "text"};
  CHECK_FALSE(chosen.takes(move));
  chosen.from.reset();
  CHECK(chosen.takes(key));
  chosen.payloads = {"pointer"}; // the begin of a name is no name
  CHECK_FALSE(chosen.takes(move));
}
