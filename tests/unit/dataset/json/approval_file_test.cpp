#include <overt/dataset/json/approval_file.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include <sys/stat.h>

#include <overt_test/catch.hpp>

namespace {

using overt::error_code;
using namespace overt::dataset;
namespace fs = std::filesystem;

struct some_trace {
  some_trace()
      : folder{fs::temp_directory_path() / ("overt-approval-" + std::to_string(std::random_device{}()))} {
    fs::create_directory(folder);
    std::ofstream{path(), std::ios::binary} << "what was recorded";
  }
  ~some_trace() { fs::remove_all(folder); }
  [[nodiscard]] std::string path() const { return (folder / "t.mcap").string(); }
  [[nodiscard]] std::string digest() const { return *overt::trace::files_digest(path()); }
  [[nodiscard]] std::string text() const {
    std::ifstream file{approval_path(path()), std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
  }
  void put(std::string const& content) const {
    std::ofstream{approval_path(path()), std::ios::binary} << content;
  }

  fs::path folder;
};

} // namespace

TEST_CASE("G11: what the person decided is read back as it was", "[dataset][approval]") {
  some_trace const trace;
  CHECK(read_approval(trace.path()).error().code == error_code::consent_missing);
  CHECK(read_approval(trace.path()).error().message.find("overt review " + trace.path()) !=
        std::string::npos);
  approval_record const decided{.trace_sha256 = trace.digest(),
                                .receipt_id = "00000000-0000-4000-8000-000000000002",
                                .decision = approval_decision::elsewhere,
                                .deleted_spans = 2,
                                .deleted_places = 1};
  REQUIRE(write_approval(trace.path(), decided));
  auto const read = read_approval(trace.path());
  REQUIRE(read);
  CHECK(read->record() == decided);
  CHECK(trace.text() == "{\"schema\":\"overt.review/1\",\"trace_sha256\":\"" + trace.digest() +
                            "\",\"receipt_id\":\"00000000-0000-4000-8000-000000000002\",\"decision\":"
                            "\"elsewhere\",\"deleted\":{\"spans\":2,\"places\":1}}\n");
  struct stat found{};
  REQUIRE(::stat(approval_path(trace.path()).c_str(), &found) == 0);
  CHECK((found.st_mode & 0777) == 0600);
  CHECK(std::distance(fs::directory_iterator{trace.folder}, {}) == 2); // nothing is left beside it
  REQUIRE(write_approval(trace.path(), decided));                      // again, in its place
}

TEST_CASE("G11: any later change of the trace needs another look", "[dataset][approval]") {
  some_trace const trace;
  approval_record const decided{.trace_sha256 = trace.digest(), .receipt_id = "r"};
  REQUIRE(write_approval(trace.path(), decided));
  CHECK(read_approval(trace.path()));
  std::ofstream{trace.path(), std::ios::binary | std::ios::app} << '.';
  CHECK(read_approval(trace.path()).error().code == error_code::consent_mismatch);
  // Nor is something approved that is not what was looked at.
  auto const before = trace.text();
  CHECK(write_approval(trace.path(), decided).error().code == error_code::consent_mismatch);
  CHECK(trace.text() == before);
  std::ofstream{trace.path(), std::ios::binary} << "what was recorded";
  CHECK(read_approval(trace.path()));
  std::ofstream{trace.folder / "t.0002.mcap", std::ios::binary} << "another part";
  CHECK(read_approval(trace.path()).error().code == error_code::consent_mismatch);
}

TEST_CASE("an approval file that says more, less or something else is refused", "[dataset][approval]") {
  some_trace const trace;
  CHECK(write_approval(trace.path(), {.trace_sha256 = trace.digest()}).error().code == error_code::misuse);
  REQUIRE(write_approval(trace.path(), {.trace_sha256 = trace.digest(), .receipt_id = "r"}));
  auto const good = trace.text();
  auto const with = [&](std::string_view from, std::string_view to) {
    auto text = good;
    auto const at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
  };
  for (auto const& text :
       {std::string{}, std::string{"yes"}, good.substr(0, good.size() / 2),
        with("overt.review/1", "overt.review/2"), with("in_review", "by_default"),
        with("\"receipt_id\":\"r\",", ""), with("\"r\"", "\"\""), with("\"spans\":0", "\"spans\":-1"),
        with("\"spans\":0", "\"spans\":0,\"note\":\"ada\""),
        with("{\"schema\"", "{\"who\":\"ada\",\"schema\""),
        with("{\"schema\"", "{\"schema\":\"x\",\"schema\""),
        with("\"trace_sha256\":\"", "\"trace_sha256\":\"g"), std::string(100'000, ' ')}) {
    trace.put(text);
    auto const read = read_approval(trace.path());
    REQUIRE_FALSE(read);
    CHECK(read.error().code == error_code::invalid_input);
    CHECK(read.error().message.find("ada") == std::string::npos);
  }
  trace.put(good);
  CHECK(read_approval(trace.path()));
}
