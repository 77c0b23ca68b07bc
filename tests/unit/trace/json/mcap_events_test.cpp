#include <overt/trace/json/mcap_events.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/event/event.hpp>
#include <overt/sink/mcap.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/known_trace.hpp>
#include <overt_test/trace_files.hpp>

namespace {

namespace sink = overt::sink;
using overt_test::memory_files;
using reading = overt::trace::mcap_events<overt::event, memory_files>;

memory_files written(std::uint64_t events, bool closed, sink::mcap_options options = {.chunk_bytes = 3000}) {
  overt_test::own_folder folder;
  auto const path = folder / "t.mcap";
  sink::mcap<> out{path, {}, options};
  REQUIRE(out.open(overt_test::known_session()));
  overt_test::known_source source{out};
  while (source.sequence() < events) {
    source.push();
  }
  if (closed) {
    REQUIRE(out.close({.written = {{"key", 12}, {"button", 3}}}));
  }
  return memory_files::of(path);
}

overt::result<reading> open(memory_files const& files, std::uint32_t part = 1) {
  return reading::open(files, part, std::make_shared<overt::name_pool>());
}

/// An MCAP file that a builder makes, of this profile and with these records at its front.
std::string built(std::string_view profile, std::vector<std::pair<std::string, std::string>> const& about) {
  sink::mcap_builder<> builder;
  if (!about.empty()) {
    builder.metadata("overt", about);
  }
  std::string file{builder.head(profile, "test")};
  builder.appended();
  file += builder.end(file.size());
  builder.appended();
  return file;
}

std::uint64_t count(reading& from) {
  std::uint64_t events = 0;
  std::uint64_t last = 0;
  for (;;) {
    auto const next = from.next();
    REQUIRE(next);
    if (!*next) {
      return events;
    }
    CHECK((*next)->head().sequence == ++last);
    ++events;
  }
}

} // namespace

TEST_CASE("a complete file says what it is of, and how many events it has") {
  auto const files = written(300, true);
  auto opened = open(files);
  REQUIRE(opened);
  CHECK(opened->complete());
  CHECK_FALSE(opened->more_parts());
  CHECK(opened->name() == "t.mcap");
  CHECK(opened->session().at("receipt") == "known");
  CHECK(opened->about("part") == "1");
  CHECK(opened->about("first_seq") == "1");
  CHECK(opened->about("trace")->size() == 32);
  CHECK_FALSE(opened->about("no such thing"));
  CHECK(opened->counts().at("key") == 12);
  CHECK(opened->counts().at("button") == 3);
  CHECK(opened->damage().empty());
  CHECK(count(*opened) == 300);
}

TEST_CASE("a file without end is read with its journal, each event once") {
  auto const files = written(300, false);
  auto opened = open(files);
  REQUIRE(opened);
  CHECK_FALSE(opened->complete());
  CHECK(opened->session().at("receipt") == "known");
  CHECK(count(*opened) == 300);
  CHECK(opened->damage().size() == 1); // it has no end
  CHECK(opened->restart({}, {}));
  CHECK(count(*opened) == 300);
}

TEST_CASE("without its journal, the chunks of a file without end are what is left") {
  auto const files = written(300, false);
  files[1].journal.clear();
  auto opened = open(files);
  REQUIRE(opened);
  auto const left = count(*opened);
  CHECK(left < 300);
  CHECK(left > 200);
}

TEST_CASE("a journal alone is enough when nothing else was written") {
  auto const files = written(20, false, {});
  files[1].file.clear();
  auto opened = open(files);
  REQUIRE(opened);
  CHECK(count(*opened) == 20);
  CHECK(opened->session().is_null());
}

TEST_CASE("the journal of a complete file is not looked at") {
  auto const files = written(300, true);
  files[1].journal = "no journal at all";
  auto opened = open(files);
  REQUIRE(opened);
  CHECK(count(*opened) == 300);
}

TEST_CASE("a part that is followed by others says so, and only the last has counts") {
  auto const files = written(600, true, {.chunk_bytes = 3000, .part_bytes = 30'000});
  auto const parts = static_cast<std::uint32_t>(files.parts().size());
  REQUIRE(parts > 2);
  auto first = open(files);
  REQUIRE(first);
  CHECK(first->more_parts());
  CHECK(first->counts().empty());
  auto last = open(files, parts);
  REQUIRE(last);
  CHECK_FALSE(last->more_parts());
  CHECK(last->counts().at("key") == 12);
  CHECK(last->about("part") == std::to_string(parts));
  CHECK(last->about("trace") == first->about("trace"));
}

TEST_CASE("what is no trace of ours is refused by its name") {
  memory_files const files;
  SECTION("an MCAP file of another program") {
    files[1].file = built("ros2", {});
    auto const opened = open(files);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == overt::error_code::invalid_input);
    CHECK(opened.error().message.find("t.mcap") != std::string::npos);
    CHECK(opened.error().message.find("ros2") != std::string::npos);
  }
  SECTION("a later version") {
    files[1].file = built("overt", {{"schema", "overt.mcap/999"}, {"session", "{}"}});
    auto const opened = open(files);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == overt::error_code::unsupported);
    CHECK(opened.error().message.find("t.mcap") != std::string::npos);
  }
  SECTION("one that does not say what it is of") {
    files[1].file = built("overt", {});
    CHECK_FALSE(open(files));
  }
  SECTION("one whose session is no JSON") {
    files[1].file = built("overt", {{"schema", std::string{sink::mcap_schema}}, {"session", "{"}});
    CHECK_FALSE(open(files));
  }
  SECTION("no file") {
    auto const opened = open(files);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == overt::error_code::not_found);
  }
}

TEST_CASE("a chunk that is damaged is an error where the file is complete, and told where it is not") {
  auto const files = written(600, true);
  auto const middle = files[1].file.size() / 3;
  files[1].file[middle] = static_cast<char>(files[1].file[middle] ^ 1);
  auto opened = open(files);
  REQUIRE(opened);
  bool failed = false;
  for (;;) {
    auto const next = opened->next();
    failed = !next;
    if (failed || !*next) {
      break;
    }
  }
  CHECK(failed);

  auto rest = reading::salvage(files, 1, std::make_shared<overt::name_pool>());
  REQUIRE(rest);
  std::uint64_t events = 0;
  for (;;) {
    auto const next = rest->next();
    REQUIRE(next);
    if (!*next) {
      break;
    }
    ++events;
  }
  CHECK(events > 450);
  CHECK(events < 600);
  CHECK_FALSE(rest->damage().empty());
}
