#include <overt/sink/cbor.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include <overt/detail/cbor_cursor.hpp>
#include <overt/sink/sink.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/traces.hpp>

static_assert(overt::sink::sink_for<overt::sink::cbor, overt::event>);

namespace {
std::string new_path() {
  return (std::filesystem::temp_directory_path() / ("overt-cbor-" + std::to_string(std::random_device{}())))
      .string();
}
} // namespace

TEST_CASE("a CBOR trace is a sequence that a CBOR library reads", "[sink][cbor]") {
  overt_test::sample_trace const sample;
  auto const bytes = overt_test::bytes_written_by<overt::sink::cbor>(sample);
  std::vector<nlohmann::json> items;
  for (std::size_t at = 0; at < bytes.size();) {
    // The library takes one item at a time when it is told where it ends, so each frame is measured first.
    auto const size = [&] {
      overt::detail::cbor_cursor cursor{std::string_view{bytes}.substr(at)};
      REQUIRE(cursor.skip());
      return bytes.size() - at - cursor.left().size();
    }();
    auto const frame = nlohmann::json::from_cbor(bytes.substr(at, size), true, true,
                                                 nlohmann::json::cbor_tag_handler_t::ignore);
    REQUIRE(frame.size() == 2);
    CHECK(frame[1].get_binary().size() == 4);
    items.push_back(nlohmann::json::from_cbor(frame[0].get_binary()));
    at += size;
  }
  REQUIRE(items.size() == sample.lines().size() + 2);
  CHECK(items.front()["schema"] == "overt.cbor/1");
  CHECK(items.front()["policy"] == R"({"chain":[]})");
  for (std::size_t i = 0; i < sample.lines().size(); ++i) {
    CHECK(items[i + 1] == nlohmann::json::parse(sample.lines()[i]));
  }
  CHECK(items.back() == nlohmann::json{{"type", "end"}, {"written", {{"key", 1}, {"gap", 2}}}});
}

TEST_CASE("a CBOR trace is its owner's alone, and is never overwritten", "[sink][cbor]") {
  auto const path = new_path();
  overt::sink::cbor out{path};
  REQUIRE(out.open({}));
  struct stat found{};
  REQUIRE(::stat(path.c_str(), &found) == 0);
  CHECK((found.st_mode & 0777) == 0600);
  REQUIRE(out.close({}));
  overt::sink::cbor again{path};
  auto const opened = again.open({});
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == overt::error_code::output_failed);
  std::filesystem::remove(path);
  overt::sink::cbor never{path};
  never.write(overt_test::sample_trace{}.events().front());
  CHECK_FALSE(never.flush());
  CHECK_FALSE(never.close({}));
}
