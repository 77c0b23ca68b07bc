#include <overt/trace/json/parsed_json.hpp>

#include <cstddef>
#include <string>
#include <utility>

#include <overt_test/catch.hpp>

using overt::trace::parsed_json;

TEST_CASE("parsed JSON is what the library makes of it", "[trace]") {
  for (std::string const text :
       {"null", "true", "[]", "{}", "-1", "18446744073709551615", "1.5", R"("\u00e4")",
        R"([1,[2,[]],{"a":[{}]},"x"])", R"({"a":1,"b":{"c":[null,false]},"":"empty"})",
        R"({"a":{"b":[1,2]},"a":3,"c":1,"c":{"d":[4]}})", " {\"a\" : 1}\n"}) {
    INFO(text);
    auto const expected = nlohmann::json::parse(text);
    CHECK(parsed_json::text(text).value() == expected);
    std::string item;
    nlohmann::json::to_cbor(expected, item);
    CHECK(parsed_json::cbor(item).value() == expected);
  }
}

TEST_CASE("what is no JSON of a trace is null", "[trace]") {
  for (std::string const text :
       {"", "{", "[1,", R"({"a":1}x)", R"({"a":1,})", "nul", "1e999", R"("\ud800")", "\xff"}) {
    INFO(text);
    CHECK(parsed_json::text(text).value().is_null());
  }
  CHECK(parsed_json::cbor("\x82\x01").value().is_null()); // cut off
  CHECK(parsed_json::cbor("\x01\x01").value().is_null()); // something behind it
  CHECK(parsed_json::cbor("\x41x").value().is_null());    // bytes
  CHECK(parsed_json::cbor("\xc1\x01").value().is_null()); // a tag
  auto const nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  CHECK(parsed_json::text(nested(parsed_json::deepest)).value().is_array());
  CHECK(parsed_json::text(nested(parsed_json::deepest + 1)).value().is_null());
  CHECK(parsed_json::text(nested(1'000'000)).value().is_null());
}

TEST_CASE("members of parsed JSON can be put and erased", "[trace]") {
  auto json = parsed_json::text(R"({"a":[1,{"b":2}],"c":3})");
  json.erase("a");
  json.erase("none");
  json.set("c", parsed_json::text(R"({"d":[4]})"));
  json.set("e", parsed_json::text("5"));
  CHECK(json.value() == nlohmann::json::parse(R"({"c":{"d":[4]},"e":5})"));
  json = parsed_json::text("[6]");
  auto const moved = std::move(json);
  CHECK(moved.value() == nlohmann::json::parse("[6]"));
}
