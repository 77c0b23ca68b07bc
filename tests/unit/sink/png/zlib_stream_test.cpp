#include <overt/sink/png/zlib_stream.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt_test/catch.hpp>

namespace detail = overt::sink::detail;

TEST_CASE("what is compressed in pieces comes back in pieces", "[sink][png]") {
  std::mt19937 random{5};
  detail::zlib_writer writer{1};
  detail::zlib_reader reader;
  std::string out;
  for (int round = 0; round < 30; ++round) {
    std::vector<unsigned char> plain(1 + random() % 300'000);
    auto const few = random() % 2 == 0;
    for (auto& each : plain) {
      each = static_cast<unsigned char>(few ? random() % 3 : random());
    }
    out = "front";
    REQUIRE(writer.begin(out));
    std::span<unsigned char const> left{plain};
    while (!left.empty()) {
      auto const size = std::min<std::size_t>(left.size(), 1 + random() % 70'000);
      REQUIRE(writer.add(left.first(size), size == left.size()));
      left = left.subspan(size);
    }
    REQUIRE(std::string_view{out}.starts_with("front"));
    REQUIRE(reader.begin());
    std::string_view packed{out};
    packed.remove_prefix(5);
    std::vector<unsigned char> back(plain.size() + 1);
    std::size_t filled = 0;
    REQUIRE(reader.read(packed, back, filled));
    CHECK(filled == plain.size());
    CHECK(reader.ended());
    CHECK(packed.empty());
    back.resize(filled);
    CHECK(back == plain);
  }
}

TEST_CASE("damaged zlib data is refused", "[sink][png]") {
  detail::zlib_writer writer{1};
  detail::zlib_reader reader;
  std::string out;
  std::array<unsigned char, 1000> const plain{};
  REQUIRE(writer.begin(out));
  REQUIRE(writer.add(plain, true));
  out.back() = static_cast<char>(out.back() ^ 1); // of the checksum
  REQUIRE(reader.begin());
  std::string_view packed{out};
  std::array<unsigned char, 1001> back{};
  std::size_t filled = 0;
  CHECK_FALSE((reader.read(packed, back, filled) && reader.ended()));
}

TEST_CASE("more memory than there can be is refused", "[sink][png]") {
  CHECK(detail::wiping_memory::take(nullptr, 0xffff'ffffU, 0xffff'ffffU) == nullptr);
  auto* const some = detail::wiping_memory::take(nullptr, 3, 50);
  REQUIRE(some != nullptr);
  detail::wiping_memory::give_back(nullptr, some);
}
