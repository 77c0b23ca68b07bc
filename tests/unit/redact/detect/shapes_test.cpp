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

TEST_CASE("the next trigger is the first byte that is not nothing", "[detect]") {
  unsigned state = 3;
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (auto size = next_random(state, 40); size > 0; --size) {
      text += "abcdefgh ,xyz\n\xc3\xa9z1@:(-."[next_random(state, next_random(state, 4) == 0 ? 22 : 16)];
    }
    for (std::size_t from = 0; from <= text.size(); ++from) {
      auto expected = from;
      while (expected < text.size() &&
             detail::triggers[static_cast<unsigned char>(text[expected])] == detail::trigger::nothing) {
        ++expected;
      }
      REQUIRE(detail::next_trigger(text, from) == expected);
    }
  }
}

TEST_CASE("every dot is found, in any case and at every place", "[detect]") {
  unsigned state = 5;
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (auto size = next_random(state, 50); size > 0; --size) {
      text += "dotDOT x"[next_random(state, 8)];
    }
    std::vector<std::size_t> found;
    detail::for_each_dot(text, [&](std::size_t at) { found.push_back(at); });
    std::vector<std::size_t> expected;
    for (std::size_t at = 0; at + 3 <= text.size(); ++at) {
      if (detail::to_lower(text[at]) == 'd' && detail::to_lower(text[at + 1]) == 'o' &&
          detail::to_lower(text[at + 2]) == 't') {
        expected.push_back(at);
      }
    }
    REQUIRE(found == expected);
  }
}

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
