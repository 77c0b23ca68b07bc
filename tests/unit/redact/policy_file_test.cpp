#include <overt/redact/json/policy_file.hpp>

#include <string>
#include <string_view>

#include <overt/redact/digest.hpp>
#include <overt/redact/pipeline.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>

namespace {

namespace redact = overt::redact;

std::string left_by(std::string_view policy) {
  auto chain = redact::parse_policy(policy);
  REQUIRE(chain);
  overt_test::bytes_sink sink;
  redact::pipeline<overt::event, redact::file_chain, overt_test::bytes_sink> out{*chain, sink, {}};
  auto const here = overt_test::place();
  out.push(overt_test::happened(1'234, here, overt_test::typed('a')));
  out.push(overt_test::happened(1'234, here, overt_test::move()));
  out.push(overt_test::happened(1'234, here, overt::button{}));
  out.push(overt_test::happened(1'234, here, overt_test::typed('s', overt::modifiers::control)));
  out.finish();
  return sink.text();
}

} // namespace

TEST_CASE("a chain from a file has the digest of the same chain in code", "[redact][policy_file]") {
  redact::only const scope{"mousepad", "https://a.example", "gedit"};
  auto const strict =
      redact::parse_policy(R"({"apps": ["mousepad", "gedit"], "origins": ["https://a.example"]})");
  REQUIRE(strict);
  CHECK(describe(*strict) == describe(redact::strict(scope)));
  CHECK(digest_of(*strict) == digest_of(redact::strict(scope)));
  CHECK(needs_of(*strict) == needs_of(redact::strict(scope)));
  CHECK(time_grid_of(*strict) == time_grid_of(redact::strict(scope)));

  auto const research = redact::parse_policy(
      R"({"preset": "research", "apps": ["mousepad", "gedit"], "origins": ["https://a.example"]})");
  REQUIRE(research);
  CHECK(describe(*research) == describe(redact::research(scope)));
  CHECK(digest_of(*research) == digest_of(redact::research(scope)));
  CHECK(needs_of(*research) == needs_of(redact::research(scope)));
  CHECK(time_grid_of(*research) == 0);

  auto const named = redact::parse_policy(R"({"preset": "strict"})");
  REQUIRE(named);
  CHECK(digest_of(*named) == digest_of(redact::strict({})));
}

TEST_CASE("a chain from a file lets out what the same chain in code does", "[redact][policy_file]") {
  auto const strict = left_by(R"({"apps": ["editor"]})");
  CHECK(overt_test::count_of(strict, "\"symbol\":\"s\"") == 1);
  CHECK(overt_test::count_of(strict, "\"symbol\":\"a\"") == 0);
  CHECK(overt_test::count_of(strict, "\"type\":\"pointer_move\"") == 0);
  CHECK(overt_test::count_of(strict, "\"type\":\"button\"") == 1);
  auto const research = left_by(R"({"preset": "research", "apps": ["editor"]})");
  CHECK(overt_test::count_of(research, "\"symbol\":\"a\"") == 1);
  CHECK(overt_test::count_of(research, "\"type\":\"pointer_move\"") == 1);
  CHECK(overt_test::count_of(research, "\"t\":1234,") == 4);
  CHECK(overt_test::count_of(left_by("{}"), "\"type\":\"button\"") == 0);
}

TEST_CASE("L50 what is not understood is refused", "[redact][policy_file]") {
  for (auto const* const text : {
           "",
           "[]",
           "null",
           "{",
           "{\"apps\": [\"a\"]",
           R"({"app": ["a"]})",
           R"({"Preset": "strict"})",
           R"({"preset": "Strict"})",
           R"({"preset": ""})",
           R"({"preset": null})",
           R"({"preset": ["strict"]})",
           R"({"apps": "a"})",
           R"({"apps": [1]})",
           R"({"apps": [""]})",
           R"({"apps": ["*"]})",
           R"({"apps": ["a*"]})",
           R"({"apps": ["https://a.example"]})",
           R"({"apps": null})",
           R"({"origins": ["a.example"]})",
           R"({"origins": ["https://*.example"]})",
           R"({"origins": {"https://a.example": true}})",
           R"({"secrets": false})",
           R"({"preset": "strict", "exact_times": true})",
           "{} {}",
           "{\"apps\": [\"\xff\"]}",
       }) {
    CAPTURE(text);
    auto const parsed = redact::parse_policy(text);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == overt::error_code::invalid_input);
    CHECK(parsed.error().message.find("Nothing was recorded.") != std::string::npos);
  }
}

TEST_CASE("a policy file that is not there is not found", "[redact][policy_file]") {
  auto const read = redact::read_policy("no such policy.json");
  REQUIRE_FALSE(read);
  CHECK(read.error().code == overt::error_code::not_found);
}
