#include <overt/trace/json/recorded_from_json.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/traces.hpp>

TEST_CASE("recorded from JSON: an event comes back as it was written, with its place or without") {
  overt_test::sample_trace const sample;
  overt::name_pool names;
  for (auto const& line : sample.lines()) {
    auto const read = overt::trace::recorded_from_json<overt::event>(nlohmann::json::parse(line), names);
    REQUIRE(read);
    CHECK(overt_test::as_line(*read) == line);
    CHECK(read->head().where.has_value() == (line.find("\"context\":{") != std::string::npos));
  }
}

TEST_CASE(
    "recorded from JSON: an event without a source is the recorder's, and what is no event is refused") {
  overt_test::sample_trace const sample;
  overt::name_pool names;
  auto json = nlohmann::json::parse(sample.lines().front());
  auto const read = overt::trace::recorded_from_json<overt::event>(json, names);
  REQUIRE(read);
  CHECK(read->head().source == overt::recorder_source);
  json["unknown"] = 1;
  CHECK_FALSE(overt::trace::recorded_from_json<overt::event>(json, names));
  CHECK_FALSE(overt::trace::recorded_from_json<overt::event>(nlohmann::json::array(), names));
  CHECK_FALSE(overt::trace::recorded_from_json<overt::event>(nlohmann::json(nullptr), names));
}
