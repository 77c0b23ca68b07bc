#include <overt/redact/detect/ip.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <overt_test/catch.hpp>

namespace {

namespace detect = overt::detect;
using list = std::vector<std::string>;

/// What the family finds with a score of at least 0.5.
list found_in(std::string_view text) {
  list result;
  detect::scan_ipv4(text,
                    [&](std::size_t begin, std::size_t end, detect::entity, float score, overt::literal) {
                      if (score >= 0.495f) {
                        result.emplace_back(text.substr(begin, end - begin));
                      }
                    });
  return result;
}

} // namespace

TEST_CASE("IPv4 addresses are found", "[detect]") {
  auto const text = GENERATE(values<std::string>(
      {"192.168.17.4", "8.8.8.8", "255.255.255.0", "10.0.0.138", "172.16.254.1", "203.0.113.7"}));
  INFO(text);
  CHECK(found_in(text) == list{text});
  CHECK(found_in("so: " + text + ", then") == list{text});
}

TEST_CASE("versions and other numbers with dots are no addresses", "[detect]") {
  auto const text = GENERATE(
      values<std::string>({"1.2.3", "256.1.1.1", "192.168.1.256", "01.2.3.4", "1.2.3.4.5", "v192.168.17.4",
                           "version 10.0.19041.1", "version 10.20.30.40", "127.0.0.1", "0.0.0.0",
                           "255.255.255.255", "x.192.168.17.4", "192.168.17.4.x", "firmware 3.20.100.7"}));
  INFO(text);
  CHECK(found_in(text) == list{});
}

TEST_CASE("what follows an address is no part of it", "[detect]") {
  auto const [text, expected] =
      GENERATE(table<std::string, list>({{"192.168.17.4:8080", {"192.168.17.4"}},
                                         {"192.168.17.4/24", {"192.168.17.4"}},
                                         {"http://192.168.17.4/x", {"192.168.17.4"}},
                                         {"192.168.17.4.", {"192.168.17.4"}}}));
  INFO(text);
  CHECK(found_in(text) == expected);
}

TEST_CASE("IPv6 addresses are found, and colons of other kinds are not", "[detect]") {
  auto const six = [](std::string_view text) {
    list result;
    detect::scan_ipv6(text,
                      [&](std::size_t begin, std::size_t end, detect::entity, float score, overt::literal) {
                        if (score >= 0.495f) {
                          result.emplace_back(text.substr(begin, end - begin));
                        }
                      });
    return result;
  };
  auto const text = GENERATE(
      values<std::string>({"2001:db8::1", "2001:0db8:85a3:0000:0000:8a2e:0370:7334", "fe80::1%eth0",
                           "2400:c401::5054:ff:fe1b:b031", "::ffff:192.0.2.1", "64:ff9b::192.0.2.1",
                           "A099::09C0:876A:130B", "2001:db8:1::", "684D:1111:222:3333:4444:5555:6:77"}));
  INFO(text);
  CHECK(six(text) == list{text});
  CHECK(six("[" + text + "]:80") == list{text});
  CHECK(six("from " + text + ".") == list{text});
  for (auto const* const other :
       {"std::byte", "a::b", "dead::beef", "12:34:56", "1:2:3:4", ":::", "::", "2001::db8::1", "12345:db8::1",
        "abc:def", "aa:bb:cc:dd:ee:ff", "684D:1111:222:3333:4444:5555:77", "text2001:db8::1",
        "2001:db8::256.1.1.1"}) {
    INFO(other);
    CHECK(six(other) == list{});
  }
}
