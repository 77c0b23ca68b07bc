#include <overt/trace/trace_replacement.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

namespace {

namespace files = std::filesystem;
using overt::trace::trace_replacement;

std::map<std::string, std::string> all_of(files::path const& folder) {
  std::map<std::string, std::string> found;
  for (auto const& each : files::recursive_directory_iterator{folder}) {
    if (each.is_regular_file()) {
      std::ifstream file{each.path(), std::ios::binary};
      found[files::relative(each.path(), folder).string()] = {std::istreambuf_iterator<char>{file}, {}};
    }
  }
  return found;
}

void write_old(files::path const& folder) {
  for (auto const* name : {"t.mcap", "t.0002.mcap", "t.0003.mcap", "t.mcap.journal", "t.0003.mcap.journal",
                           "t.0004.mcap.journal", "t.mcap.review.json"}) {
    overt_test::write(folder / name, "old canary");
  }
  files::create_directory(folder / "t.mcap.pictures");
  overt_test::write(folder / "t.mcap.pictures/7.png", "old canary");
  overt_test::write(folder / "other.mcap", "of somebody else");
}

/// Does it all, or what was left over; `forgotten` is a file that says that the key was destroyed.
overt::result<void> replace(files::path const& folder, bool remove, std::function<void()> after_step = {}) {
  trace_replacement replacing{(folder / "t.mcap").string()};
  replacing.after_step = std::move(after_step);
  auto const forget = [&](std::string const& id) {
    overt_test::write(folder / "forgotten", id);
    return overt::result<void>{};
  };
  if (replacing.is_pending()) {
    return replacing.finish(forget);
  }
  if (!files::exists(folder / "t.mcap")) {
    return {};
  }
  if (auto const begun = replacing.begin(); !begun) {
    return begun;
  }
  if (!remove) {
    overt_test::write(replacing.new_path(".mcap"), "new");
    files::create_directory(replacing.new_path(".mcap.pictures"));
    overt_test::write(replacing.new_path(".mcap.pictures/3.png"), "new");
  }
  if (auto const committed = replacing.commit(
          {.parts = 3, .ending = remove ? std::string{} : std::string{".mcap"}, .old_key = "k1"});
      !committed) {
    return committed;
  }
  return replacing.finish(forget);
}

std::map<std::string, std::string> expected(bool remove) {
  std::map<std::string, std::string> all{{"other.mcap", "of somebody else"}, {"forgotten", "k1"}};
  if (!remove) {
    all["t.mcap"] = "new";
    all["t.mcap.pictures/3.png"] = "new";
  }
  return all;
}

} // namespace

TEST_CASE("G10: the new trace takes the place of the old one, and nothing of the old one stays",
          "[trace][erase]") {
  for (bool const remove : {false, true}) {
    overt_test::temporary_folder folder;
    write_old(folder.path);
    REQUIRE(replace(folder.path, remove));
    CHECK(all_of(folder.path) == expected(remove));
  }
}

TEST_CASE("G10: the bytes of the old files are overwritten before their names go", "[trace][erase]") {
  for (bool const remove : {false, true}) {
    overt_test::temporary_folder folder;
    overt_test::temporary_folder spy; // another name for the same bytes
    write_old(folder.path);
    int links = 0;
    for (auto const& [name, content] : all_of(folder.path)) {
      if (content == "old canary") {
        files::create_hard_link(folder.path / name, spy.path / std::to_string(++links));
      }
    }
    REQUIRE(replace(folder.path, remove));
    CHECK(links == 8);
    for (auto const& [name, content] : all_of(spy.path)) {
      CHECK(content.size() == std::string{"old canary"}.size());
      CHECK(content.find("canary") == std::string::npos);
    }
  }
}

TEST_CASE("G10: a crash at any moment leaves the old or the new trace, and the next run finishes",
          "[trace][erase]") {
  for (bool const remove : {false, true}) {
    int steps = 0;
    {
      overt_test::temporary_folder folder;
      write_old(folder.path);
      REQUIRE(replace(folder.path, remove, [&] { ++steps; }));
    }
    CHECK(steps > 10);
    for (int crash = 1; crash <= steps; ++crash) {
      overt_test::temporary_folder folder;
      write_old(folder.path);
      auto const child = ::fork();
      REQUIRE(child >= 0);
      if (child == 0) {
        int left = crash;
        static_cast<void>(replace(folder.path, remove, [&] {
          if (--left == 0) {
            ::_exit(0);
          }
        }));
        ::_exit(1);
      }
      int status = 0;
      REQUIRE(::waitpid(child, &status, 0) == child);
      REQUIRE((WIFEXITED(status) && WEXITSTATUS(status) == 0));
      auto const between = all_of(folder.path);
      if (!remove) {
        // Whole: a reader takes further parts only where the first one says that there are any.
        REQUIRE(between.count("t.mcap") == 1);
        bool const is_new = between.at("t.mcap") == "new";
        CHECK((is_new || between.at("t.mcap") == "old canary"));
        CHECK((is_new || between.count("t.0003.mcap") == 1));
        for (auto const& [name, content] : between) { // never those of the other one
          CHECK((name.rfind("t.mcap.pictures/", 0) != 0 || is_new == (content == "new")));
        }
      }
      REQUIRE(replace(folder.path, remove));
      CHECK(all_of(folder.path) == expected(remove));
    }
  }
}

TEST_CASE("what an erasure left that was not committed counts for nothing", "[trace][erase]") {
  overt_test::temporary_folder folder;
  write_old(folder.path);
  trace_replacement replacing{(folder.path / "t.mcap").string()};
  REQUIRE(replacing.begin());
  overt_test::write(replacing.new_path(".mcap"), "half of a new");
  CHECK_FALSE(trace_replacement{(folder.path / "t.mcap").string()}.is_pending());
  REQUIRE(replacing.begin());
  CHECK_FALSE(files::exists(replacing.new_path(".mcap")));
  replacing.abandon();
  CHECK(all_of(folder.path).at("t.0002.mcap") == "old canary");
}

TEST_CASE("notes that were changed finish nothing", "[trace][erase]") {
  overt_test::temporary_folder folder;
  write_old(folder.path);
  trace_replacement replacing{(folder.path / "t.mcap").string()};
  REQUIRE(replacing.begin());
  REQUIRE(replacing.commit({.parts = 3}));
  overt_test::write(folder.path / "t.mcap.erasing/ready",
                    "overt erasing 1\nparts 3\nending ../../x\nkey -\n");
  CHECK_FALSE(replacing.finish([](std::string const&) { return overt::result<void>{}; }));
  CHECK(all_of(folder.path).at("t.mcap") == "old canary");
}
