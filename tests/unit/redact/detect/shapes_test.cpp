#include <overt/redact/detect/shapes.hpp>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt_test/catch.hpp>

namespace {

namespace detect = overt::detect;
namespace detail = overt::detect::detail;

unsigned next_random(unsigned& state, unsigned below) {
  state = state * 1664525u + 1013904223u;
  return (state >> 16) % below;
}

using places = std::set<std::pair<std::size_t, std::size_t>>;

/// Where one family alone finds something.
template <class Scan>
places alone(Scan scan) {
  places found;
  scan([&](std::size_t begin, std::size_t end, detect::entity, float, overt::literal) {
    found.emplace(begin, end);
  });
  return found;
}

} // namespace

TEST_CASE("the one pass finds what the families find by themselves", "[detect]") {
  constexpr std::string_view pieces[] = {"a@b.cd",
                                         "192.168.17.4",
                                         "536-90-4399",
                                         "00:1A:2B:3C:4D:5E",
                                         " ",
                                         ", ",
                                         "2001:db8::1",
                                         "GB29 NWBK 6016 1331 9268 19",
                                         "x",
                                         "(415) 555-0132",
                                         "aa-bb-cc-dd-ee-f0",
                                         "0012.3456.789A",
                                         "-",
                                         ":",
                                         "12",
                                         "4111 1111 1111 1111",
                                         "j (at) c.de",
                                         "AB123456C"};
  unsigned state = 17;
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (auto size = next_random(state, 8); size > 0; --size) {
      text += pieces[next_random(state, std::size(pieces))];
    }
    INFO(text);
    auto const all = alone([&](auto found) { detect::scan_shapes(text, found); });
    auto const has_all = [&](places const& wanted) {
      for (auto const& [begin, end] : wanted) {
        bool covered = false;
        for (auto const& [from, to] : all) {
          covered = covered || (from <= begin && end <= to);
        }
        if (!covered) {
          UNSCOPED_INFO(text.substr(begin, end - begin));
          return false;
        }
      }
      return true;
    };
    REQUIRE(has_all(alone([&](auto found) { detect::scan_email(text, found); })));
    REQUIRE(has_all(alone([&](auto found) { detect::scan_written_email(text, found); })));
    REQUIRE(has_all(alone([&](auto found) { detect::scan_ipv4(text, found); })));
    REQUIRE(has_all(alone([&](auto found) { detect::scan_ipv6(text, found); })));
    REQUIRE(has_all(alone([&](auto found) { detect::scan_mac(text, found); })));
    REQUIRE(has_all(alone([&](auto found) { detect::scan_us_ssn(text, found); })));
    REQUIRE(has_all(alone([&](auto found) { detect::scan_cards(text, found); })));
  }
}

TEST_CASE("what is a card for certain is nothing else", "[detect]") {
  auto const types = [](std::string_view text) {
    std::vector<overt::detect::entity> all;
    overt::detect::scan_shapes(text, [&](std::size_t, std::size_t, overt::detect::entity type, float,
                                         overt::literal) { all.push_back(type); });
    return all;
  };
  using enum overt::detect::entity;
  CHECK(types("paid with 4111 1111 1111 1111 today") == std::vector{card});
  CHECK(types("paid with 4111111111111111 today") == std::vector{card});
  // A plus makes it a phone as well, which takes the plus with it.
  auto const with_plus = types("call + 4351 8184 1639 8487 today");
  CHECK(std::count(with_plus.begin(), with_plus.end(), phone) == 1);
  // One digit is wrong: it may be anything still.
  CHECK(types("paid with 4111 1111 1111 1112 today").size() > 1);
}

TEST_CASE("digits inside of a token begin nothing", "[detect]") {
  using overt::detect::detail::after_inner_digits;
  CHECK(after_inner_digits("xaB3kd", 3) == 3); // the letters begin the word, after all
  CHECK(after_inner_digits("9aB3kd", 3) == 4);
  CHECK(after_inner_digits("9aB34567kd", 3) == 8);
  CHECK(after_inner_digits("9aB345678kd", 3) == 3);
  CHECK(after_inner_digits("abcdefgh3kd", 8) == 9);
  CHECK(after_inner_digits("9aB3-4", 3) == 3);
}
