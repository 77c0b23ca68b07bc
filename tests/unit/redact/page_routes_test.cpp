#include <overt/redact/page_routes.hpp>

#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include <overt/redact/structure.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/left_by.hpp>

namespace {

namespace redact = overt::redact;
using overt_test::has;

template <class Policy = redact::page_routes>
std::string left(std::string_view page, Policy policy = {}, std::string_view origin = "https://a.example") {
  return overt_test::left_in({.origin = origin, .page = page}, overt::button{}, std::move(policy),
                             redact::structure{});
}

template <class Policy = redact::page_routes>
std::string route(std::string_view page, Policy policy = {}, std::string_view origin = "https://a.example") {
  auto const bytes = left(page, std::move(policy), origin);
  auto const begin = bytes.find("\"page\":") + 7;
  auto const quoted = bytes.substr(begin, 1) == "\"";
  return quoted ? bytes.substr(begin + 1, bytes.find('"', begin + 1) - begin - 1)
                : bytes.substr(begin, bytes.find_first_of(",}", begin) - begin);
}

struct table_row {
  std::string_view page;
  std::string_view expected;
};

constexpr table_row table[] = {
    // what is a program's own
    {"/", "/"},
    {"/login", "/login"},
    {"/settings/security", "/settings/security"},
    {"/api/v1/users", "/api/v1/users"},
    {"/api/v12/orders/", "/api/v12/orders/"},
    {"/index.html", "/index.html"},
    {"/account/login.aspx", "/account/login.aspx"},
    {"/de/settings/privacy", "/de/settings/privacy"},
    {"/forgot-password", "/forgot-password"},
    {"/users/new", "/users/new"},
    {"/users/me/settings", "/users/me/settings"},
    {"/user_settings", "/user_settings"},
    {"/help/getting-started", "/help/getting-started"},
    // queries and fragments
    {"?q=jane+doe", "/"},
    {"#access_token=ya29.a0AfH6SMBx", "/"},
    {"/search?q=jane+doe+hiv", "/search"},
    {"/login?next=/users/jane", "/login"},
    {"/callback?code=4/0AX4XfWjExample&state=xyz", "/callback"},
    {"/oauth/authorize?client_id=1&redirect_uri=https%3A%2F%2Fx", "/oauth/authorize"},
    {"/#/users/jane", "/"},
    {"/app#/inbox/jane@x.example", "/app"},
    {"/settings#profile-jane", "/settings"},
    {"/mail?email=jane%40x.example", "/mail"},
    {"/report?from=2024-01-01&patient=4711", "/report"},
    {"/a?b?c#d", "/{id}"},
    // numbers and ids
    {"/users/4711", "/users/{id}"},
    {"/users/4711/orders", "/users/{id}/orders"},
    {"/orders/2024-000123", "/orders/{id}"},
    {"/tickets/1", "/tickets/{id}"},
    {"/issues/42/edit", "/issues/{id}/edit"},
    {"/item/550e8400-e29b-41d4-a716-446655440000", "/item/{id}"},
    {"/item/550E8400E29B41D4A716446655440000", "/item/{id}"},
    {"/commit/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b", "/commit/{id}"},
    {"/objects/5f3c2a1b9d8e7f6a5b4c3d2e", "/objects/{id}"},
    {"/watch/dQw4w9WgXcQ", "/watch/{id}"},
    {"/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/edit", "/{id}/{id}/edit"},
    {"/v123/users", "/{id}/users"},
    {"/vx/users", "/{id}/users"},
    {"/orders/12-34-56", "/orders/{id}"},
    {"/room/abc-defg-hij", "/{id}/{id}"},
    // people
    {"/users/jane", "/users/{id}"},
    {"/users/jane/profile", "/users/{id}/profile"},
    {"/users/green", "/users/{id}"},
    {"/profile/page", "/profile/page"},
    {"/profiles/black", "/profiles/{id}"},
    {"/~jane/", "/{id}/"},
    {"/@jane", "/{id}"},
    {"/u/jane", "/u/{id}"},
    {"/in/jane-doe-4711", "/in/{id}"},
    {"/people/jane.doe@example.com", "/people/{id}"},
    {"/people/jane.doe%40example.com/files", "/people/{id}/files"},
    {"/contacts/doe-jane", "/contacts/{id}"},
    {"/patients/smith", "/patients/{id}"},
    {"/teams/red/members/blue", "/teams/{id}/members/{id}"},
    {"/customers/small-business", "/customers/{id}"},
    {"/tel/+4930901820", "/{id}/{id}"},
    // tokens
    {"/reset/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJl", "/reset/{id}"},
    {"/password/reset/4f6e8a0c2b1d", "/password/reset/{id}"},
    {"/reset-password/blue-table", "/reset-password/{id}"},
    {"/verify/window", "/verify/{id}"},
    {"/invite/open-table-window", "/invite/{id}"},
    {"/share/s/blue", "/share/{id}/{id}"},
    {"/unsubscribe/amFuZUB4", "/unsubscribe/{id}"},
    {"/confirm/123456", "/confirm/{id}"},
    {"/token/refresh", "/token/{id}"},
    {"/bucket/key.pdf?X-Amz-Signature=fe5f80f77d5fa3beca038a248ff027&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE",
     "/{id}/{id}"},
    {"/download/report-jane.pdf?sig=abc&se=2024", "/download/{id}"},
    {"/join/meet-me", "/join/{id}"},
    // search words and names of things
    {"/search/back-pain", "/search/{id}"},
    {"/tags/security", "/tags/{id}"},
    {"/wiki/Jane_Doe", "/wiki/{id}"},
    {"/blog/how-to-print", "/blog/{id}"},
    {"/projects/apollo", "/projects/{id}"},
    {"/projects/new", "/projects/new"},
    // capitals, other scripts, percent signs
    {"/Account/Login", "/{id}/{id}"},
    {"/settingS", "/{id}"},
    {"/b%C3%BCcher/liste", "/{id}/liste"},
    {"/bücher", "/{id}"},
    {"/%E4%BF%9D%E5%AD%98", "/{id}"},
    {"/users%2Fjane", "/{id}"},
    {"/users/jane%2Fdoe/orders", "/users/{id}/orders"},
    {"/settings%00", "/{id}"},
    // shapes
    {"/users;lang=de/orders;page=2", "/users/{id}"},
    {"/settings;lang=de/orders;page=2", "/settings/orders"},
    {"/settings;jsessionid=A1B2C3D4E5F6", "/settings"},
    {"/;jane/settings", "//settings"},
    {"//evil.example/jane", "//{id}/{id}"},
    {"/users//jane", "/users//{id}"},
    {"/users/../jane", "/users/{id}/{id}"},
    {"/./settings", "/{id}/settings"},
    {"/settings/.env", "/settings/{id}"},
    {"/index.html.jane", "/{id}"},
    {"/jane.html", "/{id}"},
    {"/a.html", "/{id}"},
    {"/open-the-new-window", "/{id}"},
    {"/view-new-window", "/view-new-window"},
    {"/-settings", "/{id}"},
    {"/settings-", "/{id}"},
    {"/administration-permissions", "/{id}"},
    {"/users/jane/a/b/c/d/e/f/g/h/i/j/k/l",
     "/users/{id}/{id}/{id}/{id}/{id}/{id}/{id}/{id}/{id}/{id}/{id}/{rest}"},
    {"users/jane", "{page}"},
    {"\\users\\jane", "{page}"},
    {"/users\\jane", "{page}"},
    {"jane@example.com", "{page}"},
    {"text/html;base64,PGI+SmFuZTwvYj4=", "{page}"},
    {"blob:https://a.example/9115d58c-bcda-ff47", "{page}"},
};

} // namespace

TEST_CASE("L26 a table of addresses and what is left of them", "[redact][page_routes][L26]") {
  STATIC_REQUIRE(std::size(table) >= 80);
  for (auto const& [page, expected] : table) {
    INFO(page);
    CHECK(route(page) == expected);
  }
}

TEST_CASE("L26 nothing is left of a file's path", "[redact][page_routes][L26]") {
  CHECK(route("/home/Jane/report.html", redact::page_routes{}, "file://") == "{file}");
  CHECK(route("/settings", redact::page_routes{}, "file://") == "{file}");
}

TEST_CASE("L26 a policy's own segments are told, exactly", "[redact][page_routes][L26]") {
  redact::page_routes const mine{.segments = {"helpcenter", "Account"}};
  CHECK(route("/helpcenter/Account/jane", mine) == "/helpcenter/Account/{id}");
  CHECK(route("/account/helpcenter2", mine) == "/account/{id}");
  CHECK(route("/helpcenter") == "/{id}");
}

TEST_CASE("L26 what a detector finds in a path is not told", "[redact][page_routes][L26]") {
  CHECK(route("/design/orders") == "/design/orders");
  CHECK(route("/design/orders", redact::page_routes{.look_for = overt_test::finds("design")}) ==
        "/{id}/orders");
  CHECK(route("/design/orders", redact::page_routes{.look_for = overt_test::fails()}) == "{page}");
  CHECK(route("/settings/" + std::string(5000, 'a')) == "{page}"); // more than is searched
}

TEST_CASE("L26 the audit tells that a page was replaced, once", "[redact][page_routes][L26]") {
  auto const changed = left("/users/jane?token=kx7vt2mq9z");
  CHECK(has(changed, R"("rule":"page_routes","of":"context","entity":"URL","action":"replaced")"));
  CHECK_FALSE(overt_test::leaks(changed, "kx7vt2mq9z"));
  CHECK_FALSE(has(changed, "jane"));
  CHECK_FALSE(has(left("/settings"), "\"entity\":\"URL\""));
  CHECK_FALSE(has(left(""), "\"entity\":\"URL\""));
  CHECK(redact::page_routes{}.needs() == overt::consent::grants::window_focus);
  CHECK(redact::describe(redact::page_routes{}) != redact::describe(redact::page_routes{.segments = {"x"}}));
}
