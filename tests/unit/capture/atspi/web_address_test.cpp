#include <overt/capture/atspi/web_address.hpp>

#include <array>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

using overt::capture::atspi::parse_address;

TEST_CASE("addresses have an origin and a page", "[atspi][web_address]") {
  struct row {
    std::string_view url;
    std::string_view origin;
    std::string_view page;
  };
  auto const rows = std::to_array<row>({
      {"https://example.org", "https://example.org", ""},
      {"https://example.org/", "https://example.org", "/"},
      {"https://example.org/a/b?c=d#e", "https://example.org", "/a/b?c=d#e"},
      {"https://example.org?c", "https://example.org", "?c"},
      {"https://example.org#e", "https://example.org", "#e"},
      {"HTTPS://Example.ORG/Path", "https://example.org", "/Path"},
      {"http://example.org/", "http://example.org", "/"},
      {"http://example.org:80/", "http://example.org", "/"},
      {"https://example.org:443/", "https://example.org", "/"},
      {"https://example.org:0443/", "https://example.org", "/"},
      {"https://example.org:/", "https://example.org", "/"},
      {"https://example.org:80/", "https://example.org:80", "/"},
      {"http://example.org:443/", "http://example.org:443", "/"},
      {"https://example.org:8443/x", "https://example.org:8443", "/x"},
      {"https://example.org:65535/", "https://example.org:65535", "/"},
      {"http://localhost:3000/", "http://localhost:3000", "/"},
      {"http://127.0.0.1:8080/a", "http://127.0.0.1:8080", "/a"},
      {"http://[::1]/", "http://[::1]", "/"},
      {"http://[2001:DB8::1]:8080/x", "http://[2001:db8::1]:8080", "/x"},
      {"http://[::1]:80/", "http://[::1]", "/"},
      {"https://user@example.org/", "https://example.org", "/"},
      {"https://user:word@example.org:8443/", "https://example.org:8443", "/"},
      {"https://example.org@elsewhere.net/", "https://elsewhere.net", "/"},
      {"https://example.org/@user", "https://example.org", "/@user"},
      {"https://example.org/?to=a@b.net", "https://example.org", "/?to=a@b.net"},
      {"https://example.org?@elsewhere.net/", "https://example.org", "?@elsewhere.net/"},
      {"https://example.org#@elsewhere.net/", "https://example.org", "#@elsewhere.net/"},
      {"https://example.org/?q=\\d+", "https://example.org", "/?q=\\d+"},
      {"https://example.org/a/../b/%2e%2e/c", "https://example.org", "/a/../b/%2e%2e/c"},
      {"https://example.org./", "https://example.org.", "/"},
      {"https://xn--bcher-kva.example/", "https://xn--bcher-kva.example", "/"},
      {"https://bücher.example/", "https://bücher.example", "/"},
      {"https://例え.jp/", "https://例え.jp", "/"},
      {"https://a_b.example.org/", "https://a_b.example.org", "/"},
      {"https://example.org/ü?ö#漢", "https://example.org", "/ü?ö#漢"},
      {"https://example.org/a b", "https://example.org", "/a b"},
      {"ftp://example.org:21/f", "ftp://example.org", "/f"},
      {"wss://example.org:443/s", "wss://example.org", "/s"},
      {"file:///folder/x/page.html", "file://", "/folder/x/page.html"},
      {"file://localhost/folder/x", "file://", "/folder/x"},
      {"FILE:///C:/x", "file://", "/C:/x"},
      {"file://server/share", "file://server", "/share"},
      {"about:blank", "about:", "blank"},
      {"about:srcdoc", "about:", "srcdoc"},
      {"About:newtab", "about:", "newtab"},
      {"data:text/html,<p>x", "data:", "text/html,<p>x"},
      {"data:,https://example.org/", "data:", ",https://example.org/"},
      {"blob:https://example.org/4d1e", "https://example.org", "blob:https://example.org/4d1e"},
      {"blob:https://Example.org:443/4d1e", "https://example.org", "blob:https://Example.org:443/4d1e"},
      {"chrome-error://chromewebdata/", "chrome-error://chromewebdata", "/"},
      {"chrome://settings/passwords", "chrome://settings", "/passwords"},
      {"chrome-extension://abcdefgh/p.html", "chrome-extension://abcdefgh", "/p.html"},
      {"moz-extension://0a1b-2c/p.html", "moz-extension://0a1b-2c", "/p.html"},
      {"vscode-file://vscode-app/x", "vscode-file://vscode-app", "/x"},
      {"app://-/index.html", "app://-", "/index.html"},
  });
  for (auto const& one : rows) {
    INFO(one.url);
    auto const address = parse_address(one.url);
    CHECK(address.known);
    CHECK(address.origin.view() == one.origin);
    CHECK(address.page.view() == one.page);
  }
}

TEST_CASE("where it is in doubt whose page it is, nothing is known", "[atspi][web_address]") {
  auto const hostile = std::to_array<std::string_view>({
      "",
      "example.org",
      "//example.org/",
      "/a/b",
      "https:",
      "https:/",
      "https://",
      "https:///",
      "https:///example.org",
      "https:example.org",
      "https:/example.org",
      "https://?example.org",
      "https://#example.org",
      "https://:443/",
      "https://user@/",
      "https://@/",
      "https://example.org\\@elsewhere.net/",
      "https://example.org\\.elsewhere.net/",
      "https:\\\\example.org\\",
      "https://elsewhere.net/\\example.org/",
      "https://a@b@example.org/",
      "https://example.org:port/",
      "https://example.org:99999/",
      "https://example.org:4294967739/",
      "https://example.org:-1/",
      "https://example.org:0/",
      "https://example.org:443:443/",
      "https://exa mple.org/",
      " https://example.org/",
      "https://example.org\n.elsewhere.net/",
      "https://example.org/\r\nx",
      "https://example.org/\t",
      "https://example.org/\x7f",
      "https://example.org%2eelsewhere.net/",
      "https://exa%00mple.org/",
      "https://example.org%40elsewhere.net/",
      "https://example.org,elsewhere.net/",
      "https://example.org;x/",
      "https://*.example.org/",
      "https://.example.org/",
      "https://example..org/",
      "https://example。org/",
      "https://example.org／x",
      "https://ｅxample.org/",
      "https://exam\xffple.org/",
      "https://exam\xc2\xadple.org/",
      "https://exa\xe2\x80\x8bmple.org/",
      "https://[::1/",
      "https://::1]/",
      "https://[]/",
      "https://[::1]x/",
      "https://[fe80::1%25eth0]/",
      "https://a[::1]/",
      "ht tp://example.org/",
      "1http://example.org/",
      "://example.org/",
      "javascript:alert(1)",
      "javascript://example.org/%0aalert(1)",
      "mailto:a@example.org",
      "view-source:https://example.org/",
      "blob:null/4d1e",
      "blob:",
      "blob:blob:https://example.org/1",
      "filesystem:https://example.org/temporary/",
      "file:/folder/x",
      "file://user@ser ver/x",
      "aboutblank",
  });
  for (auto const url : hostile) {
    INFO(url);
    auto const address = parse_address(url);
    CHECK_FALSE(address.known);
    CHECK(address.origin.view().empty());
    CHECK(address.page.view().empty());
  }
}

TEST_CASE("long addresses and hosts are not known", "[atspi][web_address]") {
  auto const address_of = [](std::size_t host, std::size_t path) {
    return parse_address("https://" + std::string(host, 'a') + "/" + std::string(path, 'b'));
  };
  CHECK(address_of(255, 10'000).known);
  CHECK_FALSE(address_of(256, 1).known);
  CHECK_FALSE(address_of(10, 20'000).known);
  CHECK_FALSE(parse_address(std::string(100, 'a') + "://example.org/").known);
  using namespace std::string_view_literals;
  CHECK_FALSE(parse_address("https://example.org/\0x"sv).known);
  CHECK_FALSE(parse_address("https://example.org\0.elsewhere.net/"sv).known);
}
