#include <overt/sink/mcap/part_records.hpp>

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <overt_test/catch.hpp>

namespace {

namespace sink = overt::sink;

/// Keeps what a builder would be given.
struct kept_records {
  std::vector<std::pair<std::string, std::map<std::string, std::string>>> records{};
  std::map<std::string, std::pair<std::string, std::string>> attachments{};

  void metadata(std::string_view name, std::span<std::pair<std::string, std::string> const> entries) {
    records.emplace_back(name, std::map<std::string, std::string>{entries.begin(), entries.end()});
  }
  void attachment(std::string_view name, std::string_view type, std::int64_t, std::string_view bytes) {
    attachments[std::string{name}] = {std::string{type}, std::string{bytes}};
  }
  [[nodiscard]] std::map<std::string, std::string> const& of(std::string_view name) const {
    for (auto const& [given, entries] : records) {
      if (given == name) {
        return entries;
      }
    }
    FAIL("there is no record " << name);
    return records.front().second;
  }
};

} // namespace

TEST_CASE("the front of a part says which part of which trace it is, and what session") {
  overt::session_info info;
  info.receipt_id = "r-1";
  info.policy = "{\"chain\":[]}";
  info.receipt = "{\"id\":\"r-1\"}";
  info.time_grid_ns = 0;
  info.anchor =
      overt::clock_anchor{.monotonic = {5}, .wall_ns = 1'700'000'000'000'000'000, .uncertainty_ns = 7};
  kept_records kept;
  sink::add_part_records(kept, info, {"00112233445566778899aabbccddeeff", 3, 4711});
  auto const& about = kept.of("overt");
  CHECK(about.at("schema") == sink::mcap_schema);
  CHECK(about.at("library") == sink::library_name());
  CHECK(about.at("trace") == "00112233445566778899aabbccddeeff");
  CHECK(about.at("part") == "3");
  CHECK(about.at("first_seq") == "4711");
  auto const session = nlohmann::json::parse(about.at("session"));
  CHECK(session.at("receipt") == "r-1");
  auto const& clock = kept.of("clock");
  CHECK(clock.at("mono_anchor_ns") == "5");
  CHECK(clock.at("wall_anchor_ns") == "1700000000000000000");
  CHECK(clock.at("uncertainty_ns") == "7");
  CHECK(clock.at("time_grid_ns") == "0");
  CHECK(kept.attachments.at("policy.json") ==
        std::pair<std::string, std::string>{"application/json", info.policy});
  CHECK(kept.attachments.at("receipt.json").second == info.receipt);
}

TEST_CASE("on a grid there is no anchor to the clock on the wall") {
  overt::session_info info;
  info.time_grid_ns = 5'000'000'000;
  kept_records kept;
  sink::add_part_records(kept, info, {});
  auto const& clock = kept.of("clock");
  CHECK(clock.at("time_grid_ns") == "5000000000");
  CHECK_FALSE(clock.contains("wall_anchor_ns"));
  CHECK_FALSE(clock.contains("mono_anchor_ns"));
  CHECK(kept.attachments.empty());
}

TEST_CASE("what each source can see is said under its name") {
  overt::session_info info;
  info.sources.push_back(overt::source{.backend = "x11"});
  info.sources.push_back(overt::source{.backend = "atspi"});
  kept_records kept;
  sink::add_part_records(kept, info, {});
  auto const& capabilities = kept.of("capabilities");
  REQUIRE(capabilities.size() == 2);
  CHECK(nlohmann::json::parse(capabilities.at("x11")).is_object());
  CHECK(nlohmann::json::parse(capabilities.at("atspi")).is_object());
}

TEST_CASE("the end of a part says whether another follows, and the last what was written") {
  kept_records between;
  sink::add_end_records(between, nullptr);
  CHECK(between.of("end").at("more_parts") == "true");
  CHECK(between.records.size() == 1);
  overt::session_end const counts{.written = {{"key", 12}, {"button", 0}}};
  kept_records last;
  sink::add_end_records(last, &counts);
  CHECK(last.of("end").at("more_parts") == "false");
  CHECK(last.of("counts").at("key") == "12");
  CHECK(last.of("counts").at("button") == "0");
}
