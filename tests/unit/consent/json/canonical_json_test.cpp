#include <overt/consent/json/canonical_json.hpp>

#include <bit>
#include <cstdint>
#include <limits>
#include <string>

#include <overt_test/catch.hpp>

using nlohmann::json;
using overt::consent::canonical_json;

namespace {
std::string canonical(std::string const& text) { return canonical_json(json::parse(text)).value_or("none"); }
std::string number(std::uint64_t bits) {
  return canonical_json(json(std::bit_cast<double>(bits))).value_or("none");
}
} // namespace

TEST_CASE("RFC 8785, section 3.2.2: literals, numbers and strings") {
  CHECK(canonical(R"({
  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
  "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
  "literals": [null, true, false]
})") == "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
        "\"string\":\"\xe2\x82\xac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

TEST_CASE("RFC 8785, section 3.2.3: members stand in the order of their UTF-16 code units") {
  CHECK(canonical(R"({
  "\u20ac": "Euro Sign",
  "\r": "Carriage Return",
  "\ufb33": "Hebrew Letter Dalet With Dagesh",
  "1": "One",
  "\ud83d\ude00": "Emoji: Grinning Face",
  "\u0080": "Control",
  "\u00f6": "Latin Small Letter O With Diaeresis"
})") == "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xc2\x80\":\"Control\","
        "\"\xc3\xb6\":\"Latin Small Letter O With Diaeresis\",\"\xe2\x82\xac\":\"Euro Sign\","
        "\"\xf0\x9f\x98\x80\":\"Emoji: Grinning Face\","
        "\"\xef\xac\xb3\":\"Hebrew Letter Dalet With Dagesh\"}");
}

TEST_CASE("RFC 8785, appendix B: numbers") {
  CHECK(number(0x0000000000000000) == "0");
  CHECK(number(0x8000000000000000) == "0");
  CHECK(number(0x0000000000000001) == "5e-324");
  CHECK(number(0x8000000000000001) == "-5e-324");
  CHECK(number(0x7fefffffffffffff) == "1.7976931348623157e+308");
  CHECK(number(0xffefffffffffffff) == "-1.7976931348623157e+308");
  CHECK(number(0x4340000000000000) == "9007199254740992");
  CHECK(number(0xc340000000000000) == "-9007199254740992");
  CHECK(number(0x4430000000000000) == "295147905179352830000");
  CHECK(number(0x7fffffffffffffff) == "none");
  CHECK(number(0x7ff0000000000000) == "none");
  CHECK(number(0x44b52d02c7e14af5) == "9.999999999999997e+22");
  CHECK(number(0x44b52d02c7e14af6) == "1e+23");
  CHECK(number(0x44b52d02c7e14af7) == "1.0000000000000001e+23");
  CHECK(number(0x444b1ae4d6e2ef4e) == "999999999999999700000");
  CHECK(number(0x444b1ae4d6e2ef4f) == "999999999999999900000");
  CHECK(number(0x444b1ae4d6e2ef50) == "1e+21");
  CHECK(number(0x3eb0c6f7a0b5ed8c) == "9.999999999999997e-7");
  CHECK(number(0x3eb0c6f7a0b5ed8d) == "0.000001");
  CHECK(number(0x41b3de4355555553) == "333333333.3333332");
  CHECK(number(0x41b3de4355555554) == "333333333.33333325");
  CHECK(number(0x41b3de4355555555) == "333333333.3333333");
  CHECK(number(0x41b3de4355555556) == "333333333.3333334");
  CHECK(number(0x41b3de4355555557) == "333333333.33333343");
  CHECK(number(0xbecbf647612f3696) == "-0.0000033333333333333333");
  CHECK(number(0x43143ff3c1cb0959) == "1424953923781206.2");
}

TEST_CASE("whole numbers have one form, however they were written") {
  CHECK(canonical("[2, 2.0, 0.2e1, -0, 1000000]") == "[2,2,2,0,1000000]");
  CHECK(canonical("9007199254740993") == "9007199254740992"); // as every reader with doubles takes it
}

TEST_CASE("layout and order of a file do not matter, and the text is its own canonical form") {
  auto const text = canonical(R"({"b":[1,{"d":"","c":null}],"a":{}})");
  CHECK(text == R"({"a":{},"b":[1,{"c":null,"d":""}]})");
  CHECK(canonical(text) == text);
  CHECK(canonical_json(nlohmann::ordered_json::parse(R"({"b":1,"a":2})")) == R"({"a":2,"b":1})");
}

TEST_CASE("what is not UTF-8 has no canonical form") {
  CHECK_FALSE(canonical_json(json("\xff")));
  CHECK_FALSE(canonical_json(json{{"\xc0\x80", 1}}));
  CHECK_FALSE(canonical_json(json(std::numeric_limits<double>::infinity())));
  CHECK_FALSE(canonical_json(json::binary({1})));
}
