#include <overt/consent/json/ledger_check.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

namespace consent = overt::consent;
using consent::check_ledger;
using consent::ledger_fault;
using consent::ledger_kind;

namespace {

/// The lines of a sound ledger, without their ends.
std::vector<std::string> some_lines(std::size_t count) {
  std::vector<std::string> lines;
  auto previous = consent::detail::no_hash();
  for (std::size_t i = 0; i < count; ++i) {
    consent::detail::ledger_line line{
        .entry = {.kind = i == 0 ? ledger_kind::consent_given : ledger_kind::paused,
                  .record_id = "0b8c4e8e-6a5d-4a3f-9a53-0d5bb1d1a001",
                  .count = i,
                  .wall_ns = overt_test::some_day + static_cast<std::int64_t>(i) * overt_test::second},
        .number = i + 1,
        .previous = previous};
    lines.push_back(line.write());
    previous = line.hash;
  }
  return lines;
}

std::string joined(std::vector<std::string> const& lines) {
  std::string text;
  for (auto const& each : lines) {
    text += each + '\n';
  }
  return text;
}

std::size_t wrong_line(std::string const& text) {
  auto const found = check_ledger(text);
  return found.wrong ? found.wrong->line : 0;
}

} // namespace

TEST_CASE("G11: a ledger as it was written is sound, and the empty one is too") {
  auto const found = check_ledger(joined(some_lines(5)));
  CHECK(found.sound());
  REQUIRE(found.entries.size() == 5);
  CHECK(found.entries[0].kind == ledger_kind::consent_given);
  CHECK(found.entries[4].count == 4);
  CHECK(found.head() == found.hashes.back());
  CHECK(check_ledger("").sound());
  CHECK(check_ledger("").head() == std::string(64, '0'));
}

TEST_CASE("G11: every change of one byte is found, in every line, with the line") {
  auto const text = joined(some_lines(3));
  std::size_t line = 1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      auto changed = text;
      changed[i] = static_cast<char>(static_cast<unsigned char>(changed[i]) ^ (1u << bit));
      auto const found = wrong_line(changed);
      // The end of a line is the beginning of the next one's trouble, or this one's.
      if (found != line) {
        FAIL("byte " << i << ", bit " << bit << " of line " << line << ": said to be line " << found);
      }
    }
    line += text[i] == '\n' ? 1 : 0;
  }
  SUCCEED();
}

TEST_CASE("G11: every byte taken out, put in or doubled is found") {
  auto const text = joined(some_lines(3));
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto without = text;
    without.erase(i, 1);
    CHECK(wrong_line(without) != 0);
    for (char const letter : {'0', ' ', '\n', '\0'}) {
      auto with = text;
      with.insert(i, 1, letter);
      if (wrong_line(with) == 0) {
        FAIL("not found: a byte more at " << i);
      }
    }
  }
}

TEST_CASE("G11: every line that is removed, moved, doubled or of another ledger is found") {
  auto const lines = some_lines(6);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    auto const at = static_cast<std::ptrdiff_t>(i);
    auto removed = lines;
    removed.erase(removed.begin() + at);
    if (i + 1 < lines.size()) { // without its last line, a ledger is one that is shorter: see the head
      CHECK(check_ledger(joined(removed)).wrong == consent::ledger_problem{i + 1, ledger_fault::out_of_row});
    }
    auto doubled = lines;
    doubled.insert(doubled.begin() + at, lines[i]);
    CHECK(wrong_line(joined(doubled)) == i + 2);
    auto inserted = lines;
    inserted.insert(inserted.begin() + at, some_lines(9).back());
    CHECK(wrong_line(joined(inserted)) == i + 1);
    for (std::size_t j = i + 1; j < lines.size(); ++j) {
      auto swapped = lines;
      std::swap(swapped[i], swapped[j]);
      CHECK(wrong_line(joined(swapped)) == i + 1);
    }
  }
}

TEST_CASE("G11: a line that was written anew, with a right hash of its own, breaks the one after it") {
  auto lines = some_lines(5);
  consent::detail::ledger_line line;
  REQUIRE(line.read(lines[2]));
  line.entry.count = 99;
  lines[2] = line.write();
  CHECK(check_ledger(joined(lines)).wrong == consent::ledger_problem{4, ledger_fault::out_of_row});

  lines = some_lines(5);
  REQUIRE(line.read(lines[4]));
  line.number = 6; // follows by its hash, and is not the next
  lines[4] = line.write();
  CHECK(check_ledger(joined(lines)).wrong == consent::ledger_problem{5, ledger_fault::out_of_row});
}

TEST_CASE("G11: a ledger whose end was taken away, or that was written anew, lacks the head it had") {
  auto const lines = some_lines(6);
  auto const whole = check_ledger(joined(lines));
  for (std::size_t kept = 0; kept < lines.size(); ++kept) {
    auto const shorter = joined({lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(kept)});
    CHECK(check_ledger(shorter).sound()); // by itself nothing is wrong with it
    auto const found = check_ledger(shorter, whole.head());
    REQUIRE_FALSE(found.sound());
    CHECK(*found.wrong == consent::ledger_problem{kept, ledger_fault::shortened});
  }
  CHECK(check_ledger(joined(lines), whole.head()).sound());
  CHECK(check_ledger(joined(lines), whole.hashes[2]).sound()); // it grew since
  CHECK(check_ledger(joined(lines), std::string(64, '0')).sound());
  CHECK_FALSE(check_ledger(joined(lines), "abc").sound());
}

TEST_CASE("a line that a crash cut off is wrong until an entry closes it, and cannot be changed after") {
  auto const lines = some_lines(3);
  for (std::size_t i = 1; i < lines[2].size(); i += 7) {
    auto const torn = lines[2].substr(0, i);
    auto const before = joined({lines[0], lines[1]});
    auto const open = check_ledger(before + torn);
    REQUIRE_FALSE(open.sound());
    CHECK(*open.wrong == consent::ledger_problem{3, ledger_fault::cut_off});
    CHECK(open.entries.size() == 2);

    consent::detail::ledger_line closing{
        .entry = {.kind = ledger_kind::interrupted,
                  .count = torn.size(),
                  .digest = overt::detail::to_hex(overt::detail::sha256(torn)),
                  .wall_ns = overt_test::some_day},
        .number = 3,
        .previous = open.head()};
    auto const closed = before + torn + '\n' + closing.write() + '\n';
    auto const found = check_ledger(closed);
    CHECK(found.sound());
    CHECK(found.interruptions == 1);
    CHECK(found.entries.size() == 3);
    auto changed = closed;
    changed[before.size()] ^= 1;
    CHECK_FALSE(check_ledger(changed).sound());
    auto without = closed;
    without.erase(before.size(), torn.size() + 1);
    CHECK_FALSE(check_ledger(without).sound());
  }
}

TEST_CASE("what is wrong is said in a sentence") {
  for (auto const fault :
       {ledger_fault::changed, ledger_fault::out_of_row, ledger_fault::cut_off, ledger_fault::shortened}) {
    auto const said = describe(consent::ledger_problem{4, fault});
    CHECK(said.find("line 4") != std::string::npos);
    CHECK(said.back() == '.');
  }
}
