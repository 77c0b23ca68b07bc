#include <overt/consent/plain/language.hpp>

#include <overt_test/catch.hpp>

using namespace overt::consent;

TEST_CASE("a language is named by its tag, whatever the region") {
  CHECK(*language_named("en") == language::english);
  CHECK(*language_named("en-GB") == language::english);
  CHECK(*language_named("de") == language::german);
  CHECK(*language_named("de-AT-1996") == language::german);
}

TEST_CASE("a language without sentences is an error, not another language") {
  for (auto const* tag : {"fr", "", "d", "deu", "DE", "-de", "nds"}) {
    CAPTURE(tag);
    auto const none = language_named(tag);
    REQUIRE_FALSE(none);
    CHECK(none.error().code == overt::error_code::unsupported);
    CHECK(none.error().message.find("Choose one that the person reads well") != std::string::npos);
  }
}
