#include <overt/redact/detect/shapes.hpp>

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
