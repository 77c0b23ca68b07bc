#include <overt/consent/json/holdings.hpp>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include <overt/detail/sha256.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

namespace consent = overt::consent;
using consent::append_holding;
using consent::holding;
using consent::holding_kind;
using consent::holding_state;
using consent::holdings;

namespace {
std::string const first(32, '1');
std::string const second(32, '2');
std::string const dataset(32, 'd');
} // namespace

#if defined(__unix__)

TEST_CASE("the last line of an id says how a holding is") {
  overt_test::temporary_folder const folder;
  overt_test::manual_clock const clock;
  auto const file = folder.path / "holdings.jsonl";
  CHECK(holdings::read(file)->all().empty());

  holding const trace{.id = first,
                      .path = "/data/a \"b\".mcap",
                      .record_id = "0b8c4e8e-6a5d-4a3f-9a53-0d5bb1d1a001",
                      .key_id = std::string(32, 'e'),
                      .key_store = "/data/keys"};
  REQUIRE(append_holding(file, trace, clock));
  REQUIRE(append_holding(file, {.id = second, .path = "/data/b.mcap"}, clock));
  REQUIRE(append_holding(file,
                         {.id = dataset,
                          .kind = holding_kind::dataset,
                          .path = "/data/set",
                          .made_from = {first, second},
                          .purpose = consent::purpose::academic_research},
                         clock));
  auto read = holdings::read(file);
  REQUIRE(read);
  REQUIRE(read->all().size() == 3);
  auto expected = trace;
  expected.wall_ns = overt_test::some_day;
  CHECK(*read->find(first) == expected);
  CHECK(read->at("/data/b.mcap")->id == second);
  CHECK(read->at("/data/none") == nullptr);
  REQUIRE(read->made_from(first).size() == 1);
  CHECK(read->made_from(first)[0].purpose == consent::purpose::academic_research);

  REQUIRE(append_holding(file, {.id = first, .state = holding_state::erased, .path = trace.path}, clock));
  read = holdings::read(file);
  CHECK(read->all().size() == 3);
  CHECK(read->find(first)->state == holding_state::erased);
  CHECK(read->at(trace.path) == nullptr);
  CHECK(read->find(std::string(32, '9')) == nullptr);
}

TEST_CASE("what cannot be read of a list is counted, and a line that a crash left does not take the next") {
  overt_test::temporary_folder const folder;
  overt_test::manual_clock const clock;
  auto const file = folder.path / "holdings.jsonl";
  REQUIRE(append_holding(file, {.id = first, .path = "/a"}, clock));
  std::ofstream{file, std::ios::app | std::ios::binary} << "{\"v\":1,\"time\":\"20";
  REQUIRE(append_holding(file, {.id = second, .path = "/b"}, clock));
  auto const read = holdings::read(file);
  REQUIRE(read);
  CHECK(read->all().size() == 2);
  CHECK(read->damaged_lines() == 1);
}

TEST_CASE("a holding without a right id is not written") {
  overt_test::temporary_folder const folder;
  overt_test::manual_clock const clock;
  auto const file = folder.path / "holdings.jsonl";
  for (auto const& id : {std::string{}, std::string{"trace"}, std::string(32, 'Z')}) {
    CHECK(append_holding(file, {.id = id}, clock).error().code == overt::error_code::misuse);
  }
  CHECK_FALSE(append_holding(file, {.id = first, .made_from = {"x"}}, clock));
  CHECK_FALSE(append_holding(file, {.id = first, .record_id = "me"}, clock));
  CHECK_FALSE(std::filesystem::exists(file));
}

#endif

TEST_CASE(
    "L55: ids are random: the same thing never has the same id, and no id can be computed from content") {
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) {
    ids.insert(consent::new_holding_id());
  }
  CHECK(ids.size() == 1000);
  CHECK(overt::detail::is_lower_hex(*ids.begin(), 32));
  // Were an id the hash of something short, trying all of them would find it.
  for (int number = 0; number < 20000; ++number) {
    auto const guess = overt::detail::to_hex(overt::detail::sha256("+1202555" + std::to_string(number)));
    if (ids.count(guess.substr(0, 32)) + ids.count(guess.substr(32)) != 0) {
      FAIL("an id is a plain hash");
    }
  }
}
