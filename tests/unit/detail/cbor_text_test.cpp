#include <overt/detail/cbor_text.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

namespace {

template <class Write>
std::string hex(Write&& write) {
  overt::detail::cbor_text out;
  write(out);
  std::string digits;
  for (char const byte : out.view()) {
    constexpr std::string_view hexadecimal = "0123456789abcdef";
    digits += hexadecimal[static_cast<unsigned char>(byte) >> 4];
    digits += hexadecimal[static_cast<unsigned char>(byte) & 15];
  }
  return digits;
}

std::string number(auto value) {
  return hex([&](auto& out) { out.number(value); });
}
std::string string(std::string_view value) {
  return hex([&](auto& out) { out.string(value); });
}

} // namespace

TEST_CASE("numbers are as in appendix A of RFC 8949", "[detail][cbor]") {
  CHECK(number(0) == "00");
  CHECK(number(23) == "17");
  CHECK(number(24) == "1818");
  CHECK(number(100) == "1864");
  CHECK(number(1000) == "1903e8");
  CHECK(number(1000000) == "1a000f4240");
  CHECK(number(1000000000000) == "1b000000e8d4a51000");
  CHECK(number(std::numeric_limits<std::uint64_t>::max()) == "1bffffffffffffffff");
  CHECK(number(-1) == "20");
  CHECK(number(-100) == "3863");
  CHECK(number(-1000) == "3903e7");
  CHECK(number(std::numeric_limits<std::int64_t>::min()) == "3b7fffffffffffffff");
  CHECK(number(1.1) == "fb3ff199999999999a");
  CHECK(number(100000.0F) == "fa47c35000");
  CHECK(number(false) == "f4");
  CHECK(number(true) == "f5");
  CHECK(hex([](auto& out) { out.null(); }) == "f6");
  for (std::uint64_t const edge :
       {std::uint64_t{23}, std::uint64_t{255}, std::uint64_t{65535}, std::uint64_t{4294967295}}) {
    CHECK(number(edge).size() < number(edge + 1).size());
  }
}

TEST_CASE("strings, lists and records are as in appendix A of RFC 8949", "[detail][cbor]") {
  CHECK(string("") == "60");
  CHECK(string("IETF") == "6449455446");
  CHECK(string("\xc3\xbc") == "62c3bc");
  CHECK(hex([](auto& out) { out.bytes({"\x01\x02\x03\x04", 4}); }) == "4401020304");
  CHECK(hex([](auto& out) {
          out.open_list(2);
          out.number(1);
          out.number(2);
          out.close_list();
        }) == "820102");
  CHECK(hex([](auto& out) {
          out.open_record(1);
          out.member(0, "a");
          out.number(1);
          out.close_record();
        }) == "a1616101");
  CHECK(string(std::string(300, 'x')).starts_with("79012c7878"));
}

TEST_CASE("what is not UTF-8 is replaced, as in JSON", "[detail][cbor]") {
  CHECK(string("a\x80z") == "6561efbfbd7a");
  CHECK(string("\xff") == "63efbfbd");
  CHECK(string("\xf0\x9f\x98") == "69efbfbdefbfbdefbfbd");
}
