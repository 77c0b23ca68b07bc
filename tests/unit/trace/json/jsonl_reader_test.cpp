#include <overt/trace/json/jsonl_reader.hpp>

#include <cstddef>
#include <string>
#include <string_view>

#include <overt/sink/jsonl.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/traces.hpp>

namespace {

using reader = overt::trace::jsonl_reader<>;
using overt_test::read_all;

/// The first version, as it was written before lines had checksums.
constexpr std::string_view first_version =
    R"({"type":"session","schema":"overt.jsonl/1","version":"0.1.0","receipt":"r1","policy_digest":"d","policy":{"chain":[]},"indicator":"lamp","time_grid_ns":5000000000,"clock":null,"sources":[]})"
    "\n"
    R"({"seq":1,"t":0,"type":"pointer_move","from":0,"context":{"application":"editor","title":null,"origin":"","page":null,"field":"plain"},"at":{"x":-3,"y":4,"display":0,"display_epoch":1},"injected":false,"device":2})"
    "\n"
    R"({"seq":2,"t":5000000000,"type":"gap","from":null,"context":null,"reason":"no_room","of":"key","count":7})"
    "\n"
    R"({"type":"end","written":{"pointer_move":1,"gap":1}})"
    "\n";

} // namespace

TEST_CASE("a JSON trace comes back as it was written", "[trace][jsonl]") {
  overt_test::sample_trace const sample;
  auto const read = read_all<reader>(overt_test::bytes_written_by<overt::sink::jsonl>(sample));
  CHECK(read.errors.empty());
  CHECK(read.lines == sample.lines());
  CHECK(read.session["schema"] == "overt.jsonl/2");
  CHECK(read.session["policy"] == nlohmann::json{{"chain", nlohmann::json::array()}});
  CHECK(read.end["written"] == nlohmann::json{{"key", 1}, {"gap", 2}});
  CHECK_FALSE(read.end.contains("crc"));
}

TEST_CASE("a trace of the first version is read", "[trace][jsonl]") {
  auto const read = read_all<reader>(std::string{first_version});
  CHECK(read.errors.empty());
  REQUIRE(read.lines.size() == 2);
  auto const move = nlohmann::json::parse(read.lines[0]);
  CHECK(move["at"]["x"] == -3);
  CHECK(move["context"]["application"] == "editor");
  CHECK(nlohmann::json::parse(read.lines[1])["count"] == 7);
  CHECK(read.session["receipt"] == "r1");
  CHECK(read.end["written"]["gap"] == 1);
}

TEST_CASE("a line without a checksum is accepted in the first version alone", "[trace][jsonl]") {
  overt_test::sample_trace const sample;
  auto bytes = overt_test::bytes_written_by<overt::sink::jsonl>(sample);
  auto const second = bytes.find('\n') + 1;
  auto const third = bytes.find('\n', second) + 1;
  auto const session = bytes.substr(0, second);
  CHECK(read_all<reader>(session + sample.lines()[0] + "\n").errors.size() == 1);
  CHECK(read_all<reader>(bytes.substr(second)).errors.size() == sample.lines().size() + 1); // no session
  auto const old_session = std::string{first_version.substr(0, first_version.find('\n') + 1)};
  CHECK(read_all<reader>(old_session + bytes.substr(second, third - second)).errors.size() == 1);
  CHECK(read_all<reader>(session + session).errors.size() == 1);
  CHECK(read_all<reader>(bytes + bytes).errors.size() > 1);
  auto newer = std::string{first_version};
  newer.replace(newer.find("jsonl/1"), 7, "jsonl/2");
  CHECK_FALSE(read_all<reader>(newer).errors.empty());
  CHECK(read_all<reader>(newer).lines.empty());
}

TEST_CASE("one flipped bit of a JSON trace never gives a wrong event, and is always told", "[trace][jsonl]") {
  overt_test::sample_trace const sample;
  auto bytes = overt_test::bytes_written_by<overt::sink::jsonl>(sample);
  REQUIRE(bytes.size() > 1000);
  std::size_t wrong = 0;
  std::size_t silent = 0;
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8);
    auto const read = read_all<reader>(bytes);
    wrong += overt_test::nothing_is_wrong(sample, read) ? 0 : 1;
    silent += read.errors.empty() ? 1 : 0;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8);
  }
  CHECK(wrong == 0);
  CHECK(silent == 0);
}

TEST_CASE("without its checksums the same trace has wrong events after a flipped bit", "[trace][jsonl]") {
  // What the test above is worth: as the first version, the same bits go unnoticed.
  auto bytes = std::string{first_version};
  auto const sound = read_all<reader>(bytes).lines;
  std::size_t silently_wrong = 0;
  for (std::size_t bit = bytes.find('\n') * 8; bit < bytes.size() * 8; ++bit) {
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8);
    auto const read = read_all<reader>(bytes);
    silently_wrong += read.errors.empty() && read.lines != sound ? 1 : 0;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8);
  }
  CHECK(silently_wrong > 100);
}

TEST_CASE("a JSON trace that was cut gives what is before the cut", "[trace][jsonl]") {
  overt_test::sample_trace const sample;
  auto const bytes = overt_test::bytes_written_by<overt::sink::jsonl>(sample);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    auto const read = read_all<reader>(bytes.substr(0, size));
    bool const is_start = read.lines.size() <= sample.lines().size() &&
                          std::equal(read.lines.begin(), read.lines.end(), sample.lines().begin());
    bool const at_line_end = size == 0 || bytes[size - 1] == '\n' || bytes[size] == '\n';
    if (!is_start || read.errors.size() != (at_line_end ? 0 : 1)) {
      FAIL("cut at " << size);
    }
    CHECK(read.end.is_null() == (size + 1 < bytes.size()));
  }
}

TEST_CASE("hostile lines are errors", "[trace][jsonl]") {
  auto const old_session = std::string{first_version.substr(0, first_version.find('\n') + 1)};
  std::string deep(200'000, '[');
  for (auto const& line :
       {std::string{"{\"type\":" + deep}, std::string{"{\"type\":" + deep + std::string(200'000, ']') + "}"},
        std::string{"[]"}, std::string{"{}"}, std::string{"null"}, std::string{""}, std::string{"\0", 1},
        std::string{R"({"seq":1,"t":0,"type":"gap","reason":"no_room","of":"","count":-1})"},
        std::string{R"({"seq":2,"t":0,"type":"gap","reason":"no_room","of":"","count":1})"},
        std::string{R"({"seq":1,"t":0,"type":"gap","reason":"no_room","of":"","count":1,"more":1})"}}) {
    CHECK(read_all<reader>(old_session + line + "\n").errors.size() == 1);
  }
}

TEST_CASE("numbers that a gap took are not missing", "[trace][jsonl]") {
  auto const session = std::string{first_version.substr(0, first_version.find('\n') + 1)};
  auto const lost = std::string{
      R"({"seq":1,"t":0,"type":"gap","from":null,"context":null,"reason":"disk_full","of":"key","count":4})"
      "\n"};
  auto const after = [](int number) {
    return "{\"seq\":" + std::to_string(number) +
           R"(,"t":0,"type":"gap","from":null,"context":null,"reason":"late","of":"key","count":1})"
           "\n";
  };
  CHECK(read_all<reader>(session + lost + after(5)).errors.empty());
  CHECK(read_all<reader>(session + lost + after(6)).errors.size() == 1);
}
