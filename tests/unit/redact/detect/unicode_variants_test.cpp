#include <overt/redact/detect/scan.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <overt/detail/utf8.hpp>

#include <overt_test/catch.hpp>

namespace {

namespace detect = overt::detect;
using detect::entity;

void put(std::string& out, std::uint32_t character) {
  char bytes[4] = {};
  out.append(bytes, overt::detail::encode_utf8(character, bytes));
}

/// The text with each of its ASCII characters replaced by what `replace` gives.
template <class Replace>
std::string rewritten(std::string_view text, Replace replace) {
  std::string out;
  for (auto const byte : text) {
    put(out, replace(static_cast<std::uint32_t>(static_cast<unsigned char>(byte))));
  }
  return out;
}

bool is_digit(std::uint32_t c) { return c >= '0' && c <= '9'; }
bool is_letter(std::uint32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Ways in which a person, a page or a program may write the same text in Unicode.
std::vector<std::string> variants(std::string_view text) {
  std::vector<std::string> all;
  for (auto const zero : detect::detail::decimal_zeros) { // 66 kinds of digits
    all.push_back(rewritten(text, [&](std::uint32_t c) { return is_digit(c) ? zero + (c - '0') : c; }));
  }
  for (std::uint32_t const space : {0xa0u, 0x1680u, 0x2000u, 0x2002u, 0x2003u, 0x2005u, 0x2007u, 0x2009u,
                                    0x200au, 0x202fu, 0x205fu, 0x3000u}) {
    all.push_back(rewritten(text, [&](std::uint32_t c) { return c == ' ' ? space : c; }));
  }
  for (std::uint32_t const dash :
       {0x2010u, 0x2011u, 0x2012u, 0x2013u, 0x2014u, 0x2015u, 0x2212u, 0x2043u, 0xfe58u, 0xfe63u, 0xff0du}) {
    all.push_back(rewritten(text, [&](std::uint32_t c) { return c == '-' ? dash : c; }));
  }
  // Invisible characters after each character: zero-width, soft hyphen, direction marks, variation selectors,
  // marks.
  for (std::uint32_t const unseen :
       {0x200bu, 0x200cu, 0x200du, 0x2060u, 0xfeffu, 0xadu,    0x200eu, 0x200fu, 0x202au, 0x202cu,
        0x2066u, 0x2069u, 0x61cu,  0xfe0eu, 0xfe0fu, 0xe0100u, 0x301u,  0x336u,  0x20e3u, 0x34fu}) {
    std::string out;
    for (auto const byte : text) {
      out += byte;
      put(out, unseen);
    }
    all.push_back(out);
  }
  all.push_back(
      rewritten(text, [](std::uint32_t c) { return c > ' ' ? c + 0xfee0 : 0x3000u; })); // full width
  // Mathematical letters: bold, sans-serif, monospace.
  for (std::uint32_t const alphabet : {0x1d400u, 0x1d5a0u, 0x1d670u}) {
    all.push_back(rewritten(text, [&](std::uint32_t c) {
      return !is_letter(c) ? c : c >= 'a' ? alphabet + 26 + (c - 'a') : alphabet + (c - 'A');
    }));
  }
  // Letters that look the same in Cyrillic.
  all.push_back(rewritten(text, [](std::uint32_t c) -> std::uint32_t {
    return c == 'a' ? 0x430 : c == 'e' ? 0x435 : c == 'o' ? 0x43e : c == 'p' ? 0x440 : c == 'B' ? 0x412 : c;
  }));
  return all;
}

void check_all(std::string_view text, entity type) {
  auto const all = variants(text);
  REQUIRE(all.size() > 60);
  for (auto const& variant : all) {
    INFO(variant);
    detect::findings found;
    detect::scan(detect::all(), variant, found);
    REQUIRE(found.complete());
    REQUIRE(found.spans().size() == 1);
    CHECK(found.spans()[0].type == type);
    CHECK(found.spans()[0].begin == 0);
    CHECK(found.spans()[0].end == variant.size());
    auto const within = "(" + variant + ")"; // brackets are no part of it
    detect::scan(detect::all(), within, found);
    REQUIRE(found.spans().size() == 1);
    CHECK(found.spans()[0].begin <= 1);
    CHECK(found.spans()[0].end == variant.size() + 1);
  }
}

} // namespace

TEST_CASE("L9 an e-mail address in every style of Unicode", "[detect]") {
  check_all("jane.doe-42@example.com", entity::email);
}
TEST_CASE("L9 a card number in every style of Unicode", "[detect]") {
  check_all("4111 1111 1111 1111", entity::card);
  check_all("4111-1111-1111-1111", entity::card);
}
TEST_CASE("L9 an IBAN in every style of Unicode", "[detect]") {
  check_all("GB29 NWBK 6016 1331 9268 19", entity::iban);
}
TEST_CASE("L9 a US social security number in every style of Unicode", "[detect]") {
  check_all("536-90-4399", entity::us_ssn);
}
TEST_CASE("L9 a phone number in every style of Unicode", "[detect]") {
  check_all("+44 20 7946 0958", entity::phone);
  check_all("415-555-0132", entity::phone);
}
