#include <overt/trace/being_recorded.hpp>

#include <csignal>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

#include <overt/sink/cbor.hpp>
#include <overt/sink/jsonl.hpp>
#include <overt/sink/mcap.hpp>
#include <overt/sink/mcap/part_path.hpp>
#include <overt/sink/storage/file_storage.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/known_trace.hpp>
#include <overt_test/storage_systems.hpp>

using overt::trace::being_recorded;

TEST_CASE("a trace is being recorded from its first to its last moment", "[trace][journal]") {
  overt_test::own_folder const folder;
  auto const path = folder / "t.mcap";
  CHECK_FALSE(being_recorded(path)); // nor is what does not exist
  {
    overt::sink::mcap<> out{path};
    REQUIRE(out.open(overt_test::known_session()));
    CHECK(being_recorded(path));
    overt_test::known_source source{out};
    source.push();
    CHECK(being_recorded(path));
    REQUIRE(out.close({}));
    CHECK_FALSE(being_recorded(path));
  }
  auto const left = folder / "left.mcap";
  {
    overt::sink::mcap<> out{left};
    REQUIRE(out.open(overt_test::known_session()));
    overt_test::known_source source{out};
    source.push();
  } // not closed: its journal stays
  CHECK_FALSE(overt_test::content_of(left + ".journal").empty());
  CHECK_FALSE(being_recorded(left));
}

TEST_CASE("a trace of JSON lines or CBOR is being recorded until it is closed", "[trace]") {
  overt_test::own_folder const folder;
  auto const check = [&](auto out, std::string const& path) {
    REQUIRE(out.open(overt_test::known_session()));
    CHECK(being_recorded(path));
    REQUIRE(out.close({}));
    CHECK_FALSE(being_recorded(path));
  };
  check(overt::sink::jsonl{folder / "t.jsonl"}, folder / "t.jsonl");
  check(overt::sink::cbor{folder / "t.cbor"}, folder / "t.cbor");
}

TEST_CASE("a trace of which a later part is written is being recorded", "[trace][journal]") {
  overt_test::own_folder const folder;
  auto const path = folder / "t.mcap";
  overt::sink::mcap<> out{path, {}, {.chunk_ns = 100 * overt_test::ms, .part_bytes = 1}};
  REQUIRE(out.open(overt_test::known_session()));
  overt_test::known_source source{out};
  while (source.sequence() < 200) {
    source.push();
  }
  REQUIRE_FALSE(overt_test::content_of(overt::sink::part_path(path, 3)).empty());
  CHECK(being_recorded(path));
  REQUIRE(out.close({}));
  CHECK_FALSE(being_recorded(path));
}

TEST_CASE("another process that records is seen, and is not once it was killed", "[trace][journal]") {
  overt_test::own_folder const folder;
  auto const path = folder / "t.mcap";
  int ready[2];
  REQUIRE(::pipe(ready) == 0);
  auto const child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) { // nothing of Catch in here
    overt::sink::file_storage<> storage{path, {.half_bytes = 4096, .id = {1}}};
    char const made = storage.create() && storage.journal(1, "record") ? 'y' : 'n';
    static_cast<void>(!::write(ready[1], &made, 1));
    for (;;) {
      ::pause();
    }
  }
  char made = 0;
  CHECK(::read(ready[0], &made, 1) == 1);
  CHECK(made == 'y');
  CHECK(being_recorded(path));
  CHECK(being_recorded(path)); // asking takes nothing away
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  CHECK_FALSE(being_recorded(path));
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST_CASE("where files cannot be locked it is not known", "[trace][journal]") {
  overt_test::own_folder const folder;
  overt_test::watched_calls calls; // has no locks
  overt::sink::file_storage<overt_test::watched_system> storage{
      folder / "t.mcap", {.half_bytes = 4096}, {&calls}};
  REQUIRE(storage.create());
  CHECK_FALSE(being_recorded(folder / "t.mcap"));
  REQUIRE(storage.close());
}
