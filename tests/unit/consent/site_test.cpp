#include <overt/consent/site.hpp>

#include <overt_test/catch.hpp>

using overt::consent::is_site;
using overt::consent::site_covers;

TEST_CASE("an entry without a path covers the origin") {
  for (auto const* site :
       {"https://example.org", "https://example.org/", "https://example.org/*", "example.org"}) {
    CAPTURE(site);
    CHECK(site_covers(site, "https://example.org"));
    CHECK(site_covers(site, "https://example.org/"));
    CHECK(site_covers(site, "HTTPS://Example.org/a/b?c=d#e"));
    CHECK_FALSE(site_covers(site, "http://example.org/"));
    CHECK_FALSE(site_covers(site, "https://www.example.org/"));
    CHECK_FALSE(site_covers(site, "https://example.org.evil.net/"));
    CHECK_FALSE(site_covers(site, "https://example.org@evil.net/"));
    CHECK_FALSE(site_covers(site, "https://example.org\\@evil.net/x@"));
    CHECK_FALSE(site_covers(site, "https://example.org:8443/"));
    CHECK_FALSE(site_covers(site, "https:///"));
    CHECK_FALSE(site_covers(site, ""));
    CHECK_FALSE(site_covers(site, "example.org"));
  }
}

TEST_CASE("an entry with a path covers no more than it says") {
  CHECK(site_covers("https://h.org/a/*", "https://h.org/a/b"));
  CHECK_FALSE(site_covers("https://h.org/a/*", "https://h.org/ab"));
  CHECK_FALSE(site_covers("https://h.org/a/*", "https://h.org"));
  CHECK_FALSE(site_covers("https://h.org/a/*", "https://h.org/a/../b"));
  CHECK_FALSE(site_covers("https://h.org/a/*", "https://h.org/a/%2e%2e/b"));
  CHECK(site_covers("https://h.org/a", "https://h.org/a?q#f"));
  CHECK_FALSE(site_covers("https://h.org/a", "https://h.org/a/b"));
}

TEST_CASE("a star in front covers subdomains") {
  CHECK(site_covers("https://*.example.org/*", "https://a.example.org/x"));
  CHECK(site_covers("https://*.example.org/*", "https://a.b.example.org/x"));
  CHECK_FALSE(site_covers("https://*.example.org/*", "https://example.org/x"));
  CHECK_FALSE(site_covers("https://*.example.org/*", "https://badexample.org/x"));
  CHECK_FALSE(site_covers("https://*.example.org/*", "https://x@a.example.org/"));
}

TEST_CASE("wildcards for everything are no site and cover nothing") {
  for (auto const* site : {"*", "*.*", "**", "https://*", "https://*/*", "*://example.org", "https://*.org/*",
                           "*.org", "https://exa*.org", "https://example.org/*/x", "https://", "",
                           "https://a b.org", "https://me@example.org", "https://*.org./", "https://*../"}) {
    CAPTURE(site);
    CHECK_FALSE(is_site(site));
    CHECK_FALSE(site_covers(site, "https://example.org/"));
  }
}
