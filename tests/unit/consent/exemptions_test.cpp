#include <overt/consent/exemptions.hpp>

#include <string>
#include <vector>

#include <overt_test/catch.hpp>

using overt::consent::exemptions;

TEST_CASE("nothing is exempt to begin with", "[consent][exemptions]") {
  exemptions const none;
  CHECK(none.empty());
  CHECK_FALSE(none.cover("editor", ""));
  CHECK_FALSE(none.cover("", ""));
}

TEST_CASE("an application is exempt by its exact name, and all that it shows", "[consent][exemptions]") {
  exemptions some;
  REQUIRE(some.add_application("org.gnome.TextEditor"));
  REQUIRE(some.add_application("org.gnome.TextEditor"));
  CHECK(some.size() == 1);
  CHECK(some.cover("org.gnome.TextEditor", ""));
  CHECK(some.cover("org.gnome.TextEditor", "https://example.org"));
  CHECK_FALSE(some.cover("org.gnome.TextEdito", ""));
  CHECK_FALSE(some.cover("org.gnome.TextEditor2", ""));
}

TEST_CASE("a site is exempt with all of its origin, however it was written", "[consent][exemptions]") {
  for (auto const* written : {"https://example.org", "https://EXAMPLE.org/", "https://example.org/private/*",
                              "https://example.org:443", "example.org", "https://example.org/private/page"}) {
    CAPTURE(written);
    exemptions some;
    REQUIRE(some.add_site(written));
    CHECK(some.cover("browser", "https://example.org"));
    CHECK(some.cover("browser", "https://example.org:443"));
    CHECK_FALSE(some.cover("browser", "https://www.example.org"));
    CHECK_FALSE(some.cover("browser", "https://example.org:8443"));
    CHECK_FALSE(some.cover("browser", "https://example.org.evil.net"));
    CHECK_FALSE(some.cover("browser", ""));
    CHECK(some.cover("browser", "http://example.org") == (std::string{written} == "example.org"));
  }
  exemptions below;
  REQUIRE(below.add_site("https://*.example.org/*"));
  CHECK(below.cover("browser", "https://www.example.org"));
  CHECK_FALSE(below.cover("browser", "https://example.org"));
}

TEST_CASE("what is no name and no address exempts nothing", "[consent][exemptions]") {
  exemptions some;
  for (std::string const& wrong : std::vector<std::string>{"", "two\nlines", "a\tb", std::string(257, 'a')}) {
    CHECK_FALSE(some.add_application(wrong));
    CHECK_FALSE(some.add_site(wrong));
  }
  for (auto const* wrong : {"*", "https://", "https://*", "https://*.org", "https://me@example.org", "a b"}) {
    CAPTURE(wrong);
    auto const added = some.add_site(wrong);
    REQUIRE_FALSE(added);
    CHECK(added.error().code == overt::error_code::invalid_input);
  }
  CHECK(some.empty());
}

TEST_CASE("there is an end to it", "[consent][exemptions]") {
  exemptions some;
  for (std::size_t i = 0; i < exemptions::most; ++i) {
    REQUIRE(some.add_application("app" + std::to_string(i)));
  }
  CHECK_FALSE(some.add_application("one more"));
  CHECK(some.add_application("app0")); // is there already
  CHECK(some.size() == exemptions::most);
}
