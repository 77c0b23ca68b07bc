#include <overt/sink/jsonl.hpp>

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <utility>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <overt/redact/pipeline.hpp>
#include <overt/redact/presets.hpp>
#include <overt/redact/unverified.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>

namespace {

namespace redact = overt::redact;
namespace fs = std::filesystem;
using overt_test::happened;
using overt_test::place;

/// A folder of its own for each test.
struct folder {
  fs::path path = fs::temp_directory_path() / ("overt-jsonl-" + std::to_string(std::random_device{}()));
  folder() { fs::create_directory(path); }
  ~folder() { fs::remove_all(path); }
  folder(folder const&) = delete;
  folder& operator=(folder const&) = delete;
  [[nodiscard]] std::string operator/(char const* name) const { return (path / name).string(); }
};

std::string content_of(std::string const& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

using small = overt::basic_event<overt::text, overt::button, overt::gap, overt::redaction>;

struct discloses_all {
  overt::verdict operator()(overt::text& what, overt::disclosure const& key) const {
    what.value.disclose(key);
    return overt::verdict::release(key);
  }
  overt::verdict operator()(overt::button&, overt::disclosure const& key) const {
    return overt::verdict::release(key);
  }
};
using chain_type = decltype(redact::only{} | redact::secrets{} | discloses_all{} | redact::unverified{});
using pipeline = redact::pipeline<small, chain_type, overt::sink::jsonl>;

struct session {
  explicit session(overt::sink::jsonl& file)
      : out{redact::only{"editor"} | redact::secrets{} | discloses_all{} | redact::unverified{}, file, {}} {}
  void text(std::string_view value) {
    out.push(happened<small>(1, here, overt::text{.value = overt_test::guarded_of(value)}));
  }
  void buttons(int count) {
    for (int i = 0; i < count; ++i) {
      out.push(happened<small>(1, here, overt::button{}));
    }
  }
  pipeline out;
  overt::context_ptr here = place();
};

} // namespace

TEST_CASE("a trace begins with its session and ends with its counts", "[sink][jsonl]") {
  folder const here;
  auto const path = here / "trace.jsonl";
  overt::sink::jsonl file{path};
  REQUIRE(file.open(
      {.receipt_id = "r\"1\"",
       .policy = R"({"chain":[]})",
       .policy_digest = "d",
       .indicator = "lamp",
       .time_grid_ns = 5,
       .anchor = overt::clock_anchor{{1}, 2, 3},
       .sources = {{.backend = "x11", .can_see = overt::capability::keys | overt::capability::title}}}));
  session{file}.buttons(2);
  REQUIRE(file.close({.written = {{"button", 2}, {"gap", 1}}}));
  auto const bytes = content_of(path);
  auto const lines = overt_test::count_of(bytes, "\n");
  CHECK(lines == 4);
  CHECK(bytes.starts_with(R"({"type":"session","schema":"overt.jsonl/2","version":")"));
  CHECK(bytes.find(R"("receipt":"r\"1\"","policy_digest":"d","policy":{"chain":[]},"indicator":"lamp",)"
                   R"("time_grid_ns":5,"clock":{"monotonic_ns":1,"wall_ns":2,"uncertainty_ns":3},)"
                   R"("sources":[{"backend":"x11","state":"opened","can_see":["keys","title"],)"
                   R"("cannot_see":[],"reason":""}],"kept_until":null,"purposes":[],"crc":")") !=
        std::string::npos);
  CHECK(
      bytes.find(R"({"seq":1,"t":0,"type":"button","from":0,"context":{"application":"editor","title":null,)"
                 R"("origin":"","page":null,"field":"plain"},"phase":"press","which":"left","number":1,)"
                 R"("clicks":1,"held":[],"at":{"x":0,"y":0,"display":0,"display_epoch":0},"injected":false,)"
                 R"("device":0,"crc":")") != std::string::npos);
  CHECK(bytes.find(R"({"type":"end","written":{"button":2,"gap":1},"crc":")") != std::string::npos);
  CHECK(bytes.ends_with("\"}\n"));
}

TEST_CASE("text is escaped so that every line is one JSON object", "[sink][jsonl]") {
  folder const here;
  auto const path = here / "trace.jsonl";
  overt::sink::jsonl file{path};
  REQUIRE(file.open({}));
  std::string controls;
  for (char letter = 0; letter < 0x20; ++letter) {
    controls += letter;
  }
  {
    session all{file};
    all.text(controls + "\x7f");
    all.text("quote \" backslash \\ slash /");
    all.text("\xc3\xa9 \xf0\x9f\x98\x80 \xe2\x80\xa8");
    all.text("a\x80z\xc3(\xed\xa0\x80\xf4\x90\x80\x80\xff");
    all.text("cut \xf0\x9f\x98");
    all.text("\"}\n{\"seq\":99,\"type\":\"key\"}");
    all.text("");
  }
  REQUIRE(file.close({}));
  auto const bytes = content_of(path);
  CHECK(overt_test::count_of(bytes, "\n") == 9);
  CHECK(
      bytes.find(
          R"("value":"\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f)"
          R"(\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f)"
          "\x7f\"") != std::string::npos);
  CHECK(bytes.find(R"("value":"quote \" backslash \\ slash /")") != std::string::npos);
  CHECK(bytes.find("\"value\":\"\xc3\xa9 \xf0\x9f\x98\x80 \xe2\x80\xa8\"") != std::string::npos);
  auto const bad = [](int times) {
    std::string text;
    for (int i = 0; i < times; ++i) {
      text += "\xef\xbf\xbd";
    }
    return text;
  };
  CHECK(bytes.find("\"value\":\"a" + bad(1) + "z" + bad(1) + "(" + bad(3 + 4 + 1) + "\"") !=
        std::string::npos);
  CHECK(bytes.find("\"value\":\"cut " + bad(3) + "\"") != std::string::npos);
  CHECK(bytes.find(R"("value":"\"}\n{\"seq\":99,\"type\":\"key\"}")") != std::string::npos);
  CHECK(bytes.find(R"("value":"")") != std::string::npos);
}

TEST_CASE("a trace is readable by its owner alone", "[sink][jsonl]") {
  folder const here;
  auto const path = here / "trace.jsonl";
  auto const mask = ::umask(0);
  overt::sink::jsonl file{path};
  auto const opened = file.open({});
  ::umask(mask);
  REQUIRE(opened);
  struct stat found{};
  REQUIRE(::stat(path.c_str(), &found) == 0);
  CHECK((found.st_mode & 0777) == 0600);
  REQUIRE(file.close({}));
}

TEST_CASE("a trace that is there is never overwritten, nor followed to", "[sink][jsonl]") {
  folder const here;
  auto const path = here / "trace.jsonl";
  std::ofstream{path} << "the first one";
  fs::create_symlink(here / "nowhere", here / "dangling");
  fs::create_symlink("/dev/null", here / "device");
  for (auto const* const name : {"trace.jsonl", "dangling", "device", "no such folder/trace.jsonl", ""}) {
    CAPTURE(name);
    overt::sink::jsonl file{here / name};
    auto const opened = file.open({});
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == overt::error_code::output_failed);
    CHECK(opened.error().message.find("Nothing was recorded") != std::string::npos);
  }
  CHECK(content_of(path) == "the first one");
  CHECK_FALSE(fs::exists(here / "nowhere"));
}

TEST_CASE("a sink that was not opened fails and does not crash", "[sink][jsonl]") {
  overt::sink::jsonl file{"never opened"};
  session{file}.buttons(1000);
  CHECK_FALSE(file.flush());
  CHECK_FALSE(file.close({}));
  CHECK_FALSE(overt::sink::jsonl{"neither"}.close({}));
}

namespace {
/// No file of this process may grow beyond so many bytes, as if the disk were full.
class full_disk {
public:
  explicit full_disk(std::size_t bytes) : handler_{std::signal(SIGXFSZ, SIG_IGN)} {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit const now{.rlim_cur = bytes, .rlim_max = before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &now);
  }
  ~full_disk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  full_disk(full_disk const&) = delete;
  full_disk& operator=(full_disk const&) = delete;

private:
  rlimit before_{};
  void (*handler_)(int);
};
} // namespace

TEST_CASE("a full disk is an error at the next flush and at the end", "[sink][jsonl]") {
  folder const here;
  auto const path = here / "trace.jsonl";
  overt::sink::jsonl file{path};
  bool opened = false;
  bool first = false;
  overt::result<void> flushed;
  overt::result<void> flushed_again;
  overt::result<void> closed;
  {
    full_disk const full{100'000};
    opened = file.open({}).has_value();
    session all{file};
    all.buttons(100);
    first = file.flush().has_value();
    all.buttons(5000);
    flushed = file.flush();
    all.buttons(10);
    flushed_again = file.flush();
    closed = file.close({});
  }
  CHECK(opened);
  CHECK(first);
  for (auto const* const outcome : {&flushed, &flushed_again, &closed}) {
    REQUIRE_FALSE(*outcome);
    CHECK(outcome->error().code == overt::error_code::output_failed);
    CHECK(outcome->error().message.find("What was written before is kept.") != std::string::npos);
  }
  // nothing is written after the hole
  auto const bytes = content_of(path);
  CHECK(bytes.size() <= 100'000);
  CHECK(bytes.find("\"type\":\"end\"") == std::string::npos);
}

TEST_CASE("lines are written in batches and at every flush", "[sink][jsonl]") {
  folder const here;
  auto const path = here / "trace.jsonl";
  overt::sink::jsonl file{path};
  REQUIRE(file.open({}));
  auto const begun = fs::file_size(path);
  CHECK(begun > 0); // what a trace is stands in it from the start
  session all{file};
  all.buttons(1);
  CHECK(fs::file_size(path) == begun);
  REQUIRE(file.flush());
  CHECK(fs::file_size(path) > begun);
  auto const flushed = fs::file_size(path);
  all.buttons(1000);
  CHECK(fs::file_size(path) >= flushed + overt::sink::jsonl::batch_bytes);
  REQUIRE(file.close({}));
  CHECK(overt_test::count_of(content_of(path), "\n") == 1003);
}
