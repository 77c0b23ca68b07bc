#include <overt/sink/memory_failure.hpp>

#include <overt_test/catch.hpp>

TEST_CASE("a sink without memory says so, and what to do", "[sink]") {
  overt::sink::memory_failure why;
  auto const said = why.take();
  REQUIRE_FALSE(said);
  CHECK(said.error().code == overt::error_code::output_failed);
  CHECK(said.error().message.find("no memory") != std::string::npos);
  // That sinks end with it where memory runs out: unit_no_memory_alone.
}
