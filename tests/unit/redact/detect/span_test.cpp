#include <overt/redact/detect/span.hpp>

#include <cstddef>
#include <vector>

#include <overt_test/catch.hpp>

namespace detect = overt::detect;
using detect::entity;

TEST_CASE("findings are in order however they were added", "[detect]") {
  detect::findings found;
  found.add({10, 12, entity::email, 1.0f, "b"});
  found.add({0, 2, entity::email, 1.0f, "a"});
  found.add({20, 22, entity::email, 1.0f, "c"});
  found.add({12, 14, entity::email, 1.0f, "touching"});
  REQUIRE(found.spans().size() == 4);
  CHECK(found.spans()[0].begin == 0);
  CHECK(found.spans()[1].begin == 10);
  CHECK(found.spans()[2].rule == overt::literal{"touching"});
  CHECK(found.spans()[3].begin == 20);
}

TEST_CASE("the higher score names what both cover, then the longer", "[detect]") {
  detect::findings found;
  found.add({0, 10, entity::phone, 0.5f, "phone"});
  found.add({5, 15, entity::card, 1.0f, "card"});
  REQUIRE(found.spans().size() == 1);
  CHECK(found.spans()[0].type == entity::card);
  CHECK(found.spans()[0].begin == 0);
  CHECK(found.spans()[0].end == 15);
  found.add({14, 40, entity::iban, 1.0f, "iban"});
  REQUIRE(found.spans().size() == 1);
  CHECK(found.spans()[0].type == entity::iban);
  CHECK(found.spans()[0].end == 40);
}

TEST_CASE("one span may join many", "[detect]") {
  detect::findings found;
  for (std::size_t i = 0; i < 10; ++i) {
    found.add({i * 10, i * 10 + 5, entity::phone, 0.6f, "phone"});
  }
  found.add({12, 73, entity::secret, 0.5f, "long"});
  REQUIRE(found.spans().size() == 4);
  CHECK(found.spans()[1].begin == 10);
  CHECK(found.spans()[1].end == 75);
  CHECK(found.spans()[1].type == entity::phone);
}

TEST_CASE("no byte that a span covered is bare after joining", "[detect]") {
  unsigned state = 7;
  auto const random = [&](unsigned below) {
    state = state * 1664525u + 1013904223u; // Numerical Recipes
    return (state >> 16) % below;
  };
  for (int round = 0; round < 2000; ++round) {
    detect::findings found;
    std::vector<bool> covered(128, false);
    for (unsigned i = 0; i < 12; ++i) {
      auto const begin = random(100);
      auto const end = begin + 1 + random(20);
      found.add({begin, end, static_cast<entity>(random(5)), static_cast<float>(random(10)) / 10, "x"});
      for (auto at = begin; at < end; ++at) {
        covered[at] = true;
      }
    }
    std::vector<bool> after(128, false);
    std::size_t last = 0;
    for (auto const& one : found.spans()) {
      REQUIRE(one.begin >= last);
      REQUIRE(one.begin < one.end);
      last = one.end;
      for (auto at = one.begin; at < one.end; ++at) {
        after[at] = true;
      }
    }
    REQUIRE(after == covered);
    REQUIRE(found.complete());
  }
}

TEST_CASE("L51 a span that does not fit, or ends before it begins, makes findings incomplete", "[detect]") {
  detect::findings found;
  found.add({5, 5, entity::email, 1.0f, "empty"});
  CHECK(found.empty());
  CHECK(found.complete());
  found.add({5, 4, entity::email, 1.0f, "wrong"});
  CHECK(found.empty());
  CHECK_FALSE(found.complete());
  found.clear();
  for (std::size_t i = 0; i <= detect::findings::capacity; ++i) {
    CHECK(found.complete());
    found.add({i * 2, i * 2 + 1, entity::email, 1.0f, "x"});
  }
  CHECK_FALSE(found.complete());
}
