#include <overt/dataset/erase.hpp>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include <overt/dataset/exporter.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>
#include <overt_test/episodes.hpp>
#include <overt_test/pictures.hpp>

namespace {

namespace dataset = overt::dataset;
namespace files = std::filesystem;
using dataset::export_format;
using nlohmann::json;
using exporter = dataset::exporter<overt_test::raw_pictures>;
using outcome = exporter::outcome;

std::string const first_trace(64, 'c');
std::string const second_trace(64, 'd');
constexpr std::int64_t some_wall = 20'000 * overt_test::day;

dataset::session_facts facts_of(std::string const& trace) {
  auto facts = overt_test::some_session();
  facts.trace_sha256 = trace;
  return facts;
}

/// Episodes of a trace, in which everything can be told from those of another.
std::vector<dataset::episode> episodes_of(std::string const& trace) {
  std::vector<dataset::episode> made;
  auto const letter = trace.front();
  for (std::uint64_t first : {1U, 101U, 201U}) {
    auto one = overt_test::some_episode(first);
    one.instruction = std::string("canary") + letter + std::to_string(first);
    one.actions[1] = overt_test::done(
        overt_test::typed(std::string("typed") + letter + std::to_string(first)), first + 30, 3000);
    made.push_back(std::move(one));
  }
  return made;
}

/// Of one colour, which says of which trace and frame it is.
std::uint32_t colour_of(std::string const& trace, std::uint64_t sequence) {
  return (trace == first_trace ? 0x9d8b00U : 0xb7c500U) + static_cast<std::uint32_t>(sequence);
}

auto pictures_of(std::string const& trace) {
  return [&](std::uint64_t sequence) -> overt::result<overt::screen_picture> {
    auto made = *overt::screen_picture::black({0, 0, 192, 108});
    made.fill({0, 0, 192, 108}, colour_of(trace, sequence));
    return made;
  };
}

/// Two pixels as the codec writes them.
std::string pixels_of(std::uint32_t colour) {
  std::string two;
  for (int i = 0; i < 8; ++i) {
    two += static_cast<char>(colour >> 8 * (i % 4) & 0xff);
  }
  return two;
}

void add_all(exporter& out, std::string const& trace, outcome wanted) {
  auto const facts = facts_of(trace);
  for (auto const& each : episodes_of(trace)) {
    auto const done = out.add(each, facts, overt_test::some_approval(facts), pictures_of(trace));
    REQUIRE(done);
    CHECK(*done == wanted);
  }
}

/// Both traces, their episodes one after the other.
void write_set(files::path const& folder, dataset::export_options const& options, bool with_first = true) {
  auto out = exporter::open(folder.string(), options, overt_test::some_receipt());
  REQUIRE(out);
  auto const first = episodes_of(first_trace);
  auto const second = episodes_of(second_trace);
  for (std::size_t i = 0; i < first.size(); ++i) {
    for (auto const& [trace, one] :
         {std::pair{first_trace, &first[i]}, std::pair{second_trace, &second[i]}}) {
      if (trace == first_trace && !with_first) {
        continue;
      }
      auto const facts = facts_of(trace);
      REQUIRE(out->add(*one, facts, overt_test::some_approval(facts), pictures_of(trace)));
    }
  }
  REQUIRE(out->finish());
}

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

/// That nothing of the first trace is in any byte, everything of the second is, and the manifest is right.
void check_erased(files::path const& folder, std::uint64_t tasks) {
  auto const all = all_of(folder);
  std::string bytes;
  for (auto const& [name, content] : all) {
    bytes += name + '\n' + content;
  }
  for (std::uint64_t first : {1U, 101U, 201U}) {
    for (auto const* const what : {"canary", "typed"}) {
      CHECK(bytes.find(std::string{what} + "c" + std::to_string(first)) == std::string::npos);
      CHECK(bytes.find(std::string{what} + "d" + std::to_string(first)) != std::string::npos);
    }
    auto facts = facts_of(first_trace);
    CHECK(bytes.find(dataset::task_id(facts, overt_test::some_episode(first))) == std::string::npos);
  }
  for (std::uint64_t const frame : {2U, 22U, 102U, 222U}) {
    CHECK(bytes.find(pixels_of(colour_of(first_trace, frame))) == std::string::npos);
    CHECK(bytes.find(pixels_of(colour_of(second_trace, frame))) != std::string::npos);
  }
  auto const manifest = json::parse(all.at("manifest.json"));
  CHECK(manifest.at("traces").size() == 1);
  CHECK(manifest.at("traces")[0].at("sha256") == second_trace);
  CHECK(manifest.at("episodes").at("all") == 3);
  CHECK(manifest.at("counts").at("lines") == 3);
  CHECK(manifest.at("erased") ==
        json::array({{{"sha256", first_trace}, {"day", "2024-10-04"}, {"tasks", tasks}}}));
  for (auto const& file : manifest.at("files")) {
    auto const& content = all.at(file.at("name"));
    CHECK(overt::detail::to_hex(overt::detail::sha256(content)) == file.at("sha256").get<std::string>());
  }
  CHECK(manifest.at("files").size() + 2 == all.size());
  CHECK(all.at("datasheet.md").find("had it erased") != std::string::npos);
}

} // namespace

TEST_CASE("G10: what came from a trace is in no byte of the dataset, and does not come back",
          "[dataset][erase]") {
  for (auto const format : {export_format::agentnet, export_format::chat}) {
    overt_test::temporary_folder folder;
    auto const set = folder.path / "set";
    dataset::export_options const options{.format = format, .gallery = true};
    write_set(set, options);
    auto const before = all_of(set);
    auto const done = dataset::erase(set.string(), first_trace, some_wall);
    REQUIRE(done);
    CHECK(done->tasks == 3);
    CHECK(done->had_it);
    CHECK_FALSE(done->needs_finish);
    check_erased(set, 3);
    // What is left is, but for the list of what was erased, what an export of the other trace alone makes.
    write_set(folder.path / "alone", options, false);
    for (auto const& [name, content] : all_of(folder.path / "alone")) {
      if (name != "manifest.json" && name != "datasheet.md" && name != "progress") {
        CHECK(all_of(set).at(name) == content);
      }
    }
    // The same export again, with the same trace.
    auto out = exporter::open(set.string(), options, overt_test::some_receipt());
    REQUIRE(out);
    add_all(*out, first_trace, outcome::erased);
    add_all(*out, second_trace, outcome::already);
    REQUIRE(out->finish());
    check_erased(set, 3);
    // And erasing again.
    auto const again = dataset::erase(set.string(), first_trace, some_wall + overt_test::day);
    REQUIRE(again);
    CHECK(again->tasks == 0);
    CHECK(again->had_it);
    check_erased(set, 3);
    auto const other = dataset::erase(set.string(), std::string(64, 'e'), some_wall);
    REQUIRE(other);
    CHECK_FALSE(other->had_it);
    check_erased(set, 3);
    CHECK(before.size() > all_of(set).size());
  }
}

TEST_CASE("G10: an interrupted erasure of a dataset is finished by the next one", "[dataset][erase]") {
  dataset::export_options const options;
  int steps = 0;
  {
    overt_test::temporary_folder folder;
    write_set(folder.path / "set", options);
    REQUIRE(dataset::erase((folder.path / "set").string(), first_trace, some_wall, [&] { ++steps; }));
  }
  CHECK(steps > 15);
  for (int crash = 1; crash < steps; ++crash) {
    overt_test::temporary_folder folder;
    auto const set = folder.path / "set";
    write_set(set, options);
    auto const child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      int left = crash;
      static_cast<void>(dataset::erase(set.string(), first_trace, some_wall, [&] {
        if (--left == 0) {
          ::_exit(0);
        }
      }));
      ::_exit(1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE((WIFEXITED(status) && WEXITSTATUS(status) == 0));
    REQUIRE(dataset::erase(set.string(), first_trace, some_wall));
    check_erased(set, 3);
    auto out = exporter::open(set.string(), options, overt_test::some_receipt());
    REQUIRE(out);
    add_all(*out, first_trace, outcome::erased);
    add_all(*out, second_trace, outcome::already);
  }
}

TEST_CASE("G10: an export into a dataset that is half erased is refused", "[dataset][erase]") {
  overt_test::temporary_folder folder;
  auto const set = folder.path / "set";
  write_set(set, {});
  auto const child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    int left = 3; // the promise is written, nothing else
    static_cast<void>(dataset::erase(set.string(), first_trace, some_wall, [&] {
      if (--left == 0) {
        ::_exit(0);
      }
    }));
    ::_exit(1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK_FALSE(exporter::open(set.string(), {}, overt_test::some_receipt()));
}

TEST_CASE("G10: a whole dataset is removed, and nothing that no export has made", "[dataset][erase]") {
  overt_test::temporary_folder folder;
  auto const set = folder.path / "set";
  write_set(set, {.format = export_format::chat, .gallery = true});
  REQUIRE(dataset::erase_all(set.string()));
  CHECK_FALSE(files::exists(set));
  write_set(set, {});
  overt_test::write(set / "notes.txt", "mine");
  REQUIRE(dataset::erase_all(set.string()));
  CHECK(all_of(set) == std::map<std::string, std::string>{{"notes.txt", "mine"}});
  CHECK_FALSE(dataset::erase_all(set.string()));
  CHECK_FALSE(dataset::erase(set.string(), first_trace, some_wall));
}

TEST_CASE("G10: a dataset of an earlier version loses its manifest, and the same export writes one",
          "[dataset][erase]") {
  overt_test::temporary_folder folder;
  auto const set = folder.path / "set";
  write_set(set, {});
  auto progress = all_of(set).at("progress");
  auto const made = progress.find("made ");
  progress.erase(made, progress.find('\n', made) + 1 - made);
  overt_test::write(set / "progress", progress);
  auto const done = dataset::erase(set.string(), first_trace, some_wall);
  REQUIRE(done);
  CHECK(done->needs_finish);
  CHECK_FALSE(files::exists(set / "manifest.json"));
  CHECK_FALSE(files::exists(set / "datasheet.md"));
  auto out = exporter::open(set.string(), {}, overt_test::some_receipt());
  REQUIRE(out);
  REQUIRE(out->finish());
  check_erased(set, 3);
}
