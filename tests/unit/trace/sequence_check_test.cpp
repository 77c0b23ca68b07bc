#include <overt/trace/sequence_check.hpp>

#include <overt_test/catch.hpp>

namespace {
overt::gap took(std::uint64_t count, overt::withheld_reason why = overt::withheld_reason::disk_full) {
  return {.reason = why, .of = overt::literal{"key"}, .count = count};
}
} // namespace

TEST_CASE("numbers follow each other", "[trace][sequence]") {
  overt::trace::sequence_check check;
  CHECK(check.follows(1, nullptr));
  CHECK(check.follows(2, nullptr));
  CHECK_FALSE(check.follows(4, nullptr));
  CHECK(check.follows(5, nullptr));
  CHECK_FALSE(check.follows(5, nullptr));
  CHECK_FALSE(check.follows(3, nullptr));
  CHECK(check.next() == 4);
}

TEST_CASE("a later part begins where the one before ended", "[trace][sequence]") {
  overt::trace::sequence_check check{100};
  CHECK(check.follows(100, nullptr));
}

TEST_CASE("gaps take the numbers that they count, one gap for each payload", "[trace][sequence]") {
  overt::trace::sequence_check check;
  auto const keys = took(10);
  auto const moves = took(5);
  CHECK(check.follows(1, nullptr));
  CHECK(check.follows(2, &keys));  // 2 to 11
  CHECK(check.follows(3, &moves)); // and five more: to 16
  CHECK(check.next() == 17);
  CHECK(check.follows(17, nullptr));
  CHECK(check.follows(18, nullptr));
}

TEST_CASE("two losses may stand side by side", "[trace][sequence]") {
  overt::trace::sequence_check check;
  auto const first = took(10);
  auto const second = took(3, overt::withheld_reason::damaged);
  CHECK(check.follows(1, &first));
  CHECK(check.follows(11, &second));
  CHECK(check.follows(14, nullptr));
}

TEST_CASE("what a gap does not explain is found", "[trace][sequence]") {
  auto const ten = took(10);
  for (auto const wrong : {2u, 10u, 12u}) {
    overt::trace::sequence_check check;
    CHECK(check.follows(1, &ten));
    CHECK_FALSE(check.follows(wrong, nullptr));
  }
  overt::trace::sequence_check check;
  auto const other = took(10, overt::withheld_reason::no_room); // never had numbers
  CHECK(check.follows(1, &other));
  CHECK_FALSE(check.follows(11, nullptr));
}
