#include <overt/consent/json/ledger.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#if defined(__unix__)
#include <sys/wait.h>
#include <unistd.h>
#endif

#include <nlohmann/json.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

namespace consent = overt::consent;
using consent::append_entry;
using consent::ledger_kind;

namespace {

std::string content(std::filesystem::path const& file) {
  std::ifstream in{file, std::ios::binary};
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

struct ledger {
  overt_test::temporary_folder folder{};
  std::filesystem::path path = folder.path / "ledger.jsonl";
  overt_test::manual_clock clock{};

  std::string add(ledger_kind kind, std::uint64_t count = 0) {
    auto const head = append_entry(path, {.kind = kind, .count = count}, clock);
    REQUIRE(head);
    return *head;
  }
};

} // namespace

#if defined(__unix__)

TEST_CASE("G11: entries are appended, each with its time, and the head is given") {
  ledger kept;
  auto const first = kept.add(ledger_kind::consent_given);
  kept.clock.pass(5 * overt_test::second);
  auto const second = kept.add(ledger_kind::paused, 10);
  auto const found = consent::verify(kept.path, first);
  REQUIRE(found);
  CHECK(found->sound());
  CHECK(found->hashes == std::vector<std::string>{first, second});
  CHECK(found->entries[1].wall_ns - found->entries[0].wall_ns == 5 * overt_test::second);
  CHECK(consent::verify(kept.folder.path / "none").error().code == overt::error_code::not_found);
}

TEST_CASE("G11: a ledger that lost its end is noticed by the head it had") {
  ledger kept;
  kept.add(ledger_kind::consent_given);
  auto const size = std::filesystem::file_size(kept.path);
  auto const head = kept.add(ledger_kind::exported, 3);
  std::filesystem::resize_file(kept.path, size);
  CHECK(consent::verify(kept.path)->sound());
  CHECK_FALSE(consent::verify(kept.path, head)->sound());
  kept.add(ledger_kind::paused); // goes on, and still lacks it
  CHECK_FALSE(consent::verify(kept.path, head)->sound());
}

TEST_CASE("an entry that says what none may say is not written") {
  ledger kept;
  CHECK_FALSE(append_entry(kept.path, {.subject = "jane@example.org"}, kept.clock));
  CHECK_FALSE(std::filesystem::exists(kept.path));
}

TEST_CASE("what a crash left of a line, at any byte, is told and closed by the next entry") {
  ledger kept;
  kept.add(ledger_kind::consent_given);
  auto const before = content(kept.path);
  kept.add(ledger_kind::exported, 3);
  auto const after = content(kept.path);
  for (std::size_t size = 1; size < after.size(); size += (size % 13) + 1) {
    overt_test::write(kept.path, after.substr(0, size));
    kept.add(ledger_kind::paused);
    auto const found = consent::verify(kept.path);
    REQUIRE(found);
    CHECK(found->sound());
    CHECK(content(kept.path).starts_with(after.substr(0, size))); // nothing was taken away
    bool const whole = size == before.size() || size == before.size() - 1 || size == after.size() - 1;
    CHECK(found->interruptions == (whole ? 0u : 1u));
    auto const told = found->entries.size() < 2 ? 0 : found->entries.size() - 2;
    if (!whole) {
      CHECK(found->entries[told].kind == ledger_kind::interrupted);
      CHECK(found->entries[told].count == (size < before.size() ? size : size - before.size()));
    }
    CHECK(found->entries.back().kind == ledger_kind::paused);
  }
}

TEST_CASE("a crash while a crash is closed is closed too") {
  ledger kept;
  kept.add(ledger_kind::consent_given);
  auto const sound = content(kept.path);
  overt_test::write(kept.path, sound + "{\"count\":0,\"dig");
  kept.add(ledger_kind::paused);
  auto const after = content(kept.path);
  for (auto size = sound.size() + 1; size < after.size(); size += 11) {
    overt_test::write(kept.path, after.substr(0, size));
    kept.add(ledger_kind::resumed);
    auto const found = consent::verify(kept.path);
    CHECK(found->sound());
    CHECK(found->interruptions >= 1);
    CHECK(found->entries.back().kind == ledger_kind::resumed);
  }
}

TEST_CASE("zeros that a power cut left at the end are told and closed") {
  ledger kept;
  kept.add(ledger_kind::consent_given);
  overt_test::write(kept.path, content(kept.path) + std::string(300, '\0'));
  kept.add(ledger_kind::paused);
  auto const found = consent::verify(kept.path);
  CHECK(found->sound());
  CHECK(found->interruptions == 1);
}

TEST_CASE("a ledger whose last line was changed takes no entry, and the message says what to do") {
  ledger kept;
  kept.add(ledger_kind::consent_given);
  kept.add(ledger_kind::exported, 3);
  auto changed = content(kept.path);
  changed.replace(changed.rfind("\"count\":3"), 9, "\"count\":2");
  overt_test::write(kept.path, changed);
  auto const refused = append_entry(kept.path, {.kind = ledger_kind::paused}, kept.clock);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == overt::error_code::invalid_input);
  CHECK(refused.error().message.find("overt ledger verify") != std::string::npos);
  CHECK(content(kept.path) == changed);
}

TEST_CASE("a long ledger is appended to without reading all of it") {
  ledger kept;
  for (int i = 0; i < 300; ++i) {
    kept.add(ledger_kind::paused, static_cast<std::uint64_t>(i));
  }
  CHECK(std::filesystem::file_size(kept.path) > (64u << 10));
  auto const found = consent::verify(kept.path);
  CHECK(found->sound());
  CHECK(found->entries.size() == 300);
}

TEST_CASE("G11: processes and threads that append at once lose nothing and break nothing") {
  ledger kept;
  constexpr int each = 40;
  std::vector<pid_t> children;
  for (std::uint64_t process = 1; process <= 2; ++process) {
    auto const child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      for (int i = 0; i < each; ++i) {
        if (!append_entry(kept.path, {.kind = ledger_kind::paused, .count = process}, kept.clock)) {
          ::_exit(1);
        }
      }
      ::_exit(0);
    }
    children.push_back(child);
  }
  auto const write = [&](std::uint64_t count) {
    for (int i = 0; i < each; ++i) {
      static_cast<void>(append_entry(kept.path, {.kind = ledger_kind::paused, .count = count}, kept.clock));
    }
  };
  std::thread beside{write, 3};
  write(4);
  beside.join();
  for (auto const child : children) {
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
  }
  auto const found = consent::verify(kept.path);
  REQUIRE(found);
  CHECK(found->sound());
  std::multiset<std::uint64_t> writers;
  for (auto const& entry : found->entries) {
    writers.insert(entry.count);
  }
  for (std::uint64_t writer = 1; writer <= 4; ++writer) {
    CHECK(writers.count(writer) == each);
  }
}

TEST_CASE("L54: a ledger has ids, counts, hashes and closed words, whatever it is given") {
  ledger kept;
  for (std::size_t i = 0; i < enumerators(ledger_kind{}).size(); ++i) {
    REQUIRE(append_entry(kept.path,
                         {.kind = static_cast<ledger_kind>(i),
                          .record_id = "0b8c4e8e-6a5d-4a3f-9a53-0d5bb1d1a001",
                          .subject = std::string(32, 'c'),
                          .purpose = consent::purpose::academic_research,
                          .count = i,
                          .digest = std::string(64, 'd'),
                          .who = std::string(32, 'e')},
                         kept.clock));
  }
  std::istringstream lines{content(kept.path)};
  std::set<std::string> const words = [] {
    std::set<std::string> all{""};
    for (auto const name : enumerators(ledger_kind{})) {
      all.emplace(name);
    }
    for (auto const name : enumerators(consent::purpose{})) {
      all.emplace(name);
    }
    return all;
  }();
  std::string line;
  while (std::getline(lines, line)) {
    auto const entry = nlohmann::json::parse(line);
    CHECK(entry.size() == 12);
    for (auto const& [name, value] : entry.items()) {
      if (value.is_number_unsigned()) {
        continue;
      }
      REQUIRE(value.is_string());
      auto const text = value.get<std::string>();
      bool const id = overt::detail::is_lower_hex(text, 32) || overt::detail::is_lower_hex(text, 64) ||
                      consent::detail::is_uuid_text(text);
      bool const time = overt::detail::parse_date_time(text).has_value() && text.size() == 20;
      CHECK((id || (name == "time" && time) || words.count(text) == 1));
    }
  }
}

#endif
