#include <overt/capture/hold_buffer.hpp>

#include <algorithm>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

#include <overt/event/marker.hpp>
#include <overt_test/catch.hpp>

namespace {

using small = overt::basic_event<overt::marker>;

small at(std::int64_t ns, std::uint64_t number) {
  return {{.time = {ns}, .produced = number}, overt::marker{}};
}

using pair = std::pair<std::int64_t, std::uint64_t>;

pair taken(overt::capture::hold_buffer<small>& buffer) {
  pair got{};
  buffer.take_front([&](small&& what) { got = {what.header.time.ns, what.header.produced}; });
  return got;
}

} // namespace

TEST_CASE("A8 events come out in the order of their times, however they came", "[capture][hold_buffer]") {
  std::mt19937 random{3};
  for (int round = 0; round < 50; ++round) {
    overt::capture::hold_buffer<small> buffer{64};
    std::vector<pair> expected;
    for (std::uint64_t i = 0; i < 64; ++i) {
      auto const when = static_cast<std::int64_t>(random() % 20);
      buffer.insert(at(when, i));
      expected.emplace_back(when, i);
    }
    CHECK(buffer.full());
    std::sort(expected.begin(), expected.end()); // and equal times by their numbers
    for (auto const& next : expected) {
      REQUIRE(buffer.front().header.produced == next.second);
      REQUIRE(taken(buffer) == next);
    }
    CHECK(buffer.empty());
  }
}

TEST_CASE("A6 equal times lose nothing and keep their order in the buffer", "[capture][hold_buffer]") {
  overt::capture::hold_buffer<small> buffer{100};
  for (std::uint64_t i = 0; i < 100; ++i) {
    buffer.insert(at(7, i));
  }
  for (std::uint64_t i = 0; i < 100; ++i) {
    REQUIRE(taken(buffer) == pair{7, i});
  }
}

TEST_CASE("its memory goes round", "[capture][hold_buffer]") {
  overt::capture::hold_buffer<small> buffer{3};
  std::mt19937 random{5};
  std::vector<pair> model;
  for (std::uint64_t i = 0; i < 2000; ++i) {
    if (!buffer.full() && (buffer.empty() || random() % 2 == 0)) {
      auto const when = static_cast<std::int64_t>(random() % 100);
      buffer.insert(at(when, i));
      model.insert(std::upper_bound(model.begin(), model.end(), pair{when, UINT64_MAX}), {when, i});
    } else {
      REQUIRE(taken(buffer) == model.front());
      model.erase(model.begin());
    }
    REQUIRE(buffer.size() == model.size());
  }
}

TEST_CASE("one place is enough", "[capture][hold_buffer]") {
  overt::capture::hold_buffer<small> buffer{1};
  for (std::uint64_t i = 0; i < 5; ++i) {
    buffer.insert(at(1, i));
    CHECK(buffer.full());
    CHECK(taken(buffer).second == i);
  }
}
