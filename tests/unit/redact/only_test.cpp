#include <overt/redact/only.hpp>

#include <string>
#include <string_view>
#include <utility>

#include <overt/redact/pipeline.hpp>
#include <overt/redact/presets.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>

namespace {

namespace redact = overt::redact;
using overt_test::guarded_of;
using overt_test::happened;
using overt_test::place_of;

/// Everything that can happen in a place, under the widest preset.
std::string left_in(redact::only scope, place_of where) {
  auto chain = redact::research(std::move(scope));
  overt_test::bytes_sink sink;
  redact::pipeline<overt::event, decltype(chain), overt_test::bytes_sink> out{std::move(chain), sink, {}};
  auto const here = overt_test::place(where);
  out.push(happened(1, here, overt_test::typed('a')));
  out.push(happened(1, here, overt::text{.value = guarded_of(where.title)}));
  out.push(happened(1, here, overt_test::move()));
  out.push(happened(1, here, overt::button{}));
  out.push(happened(1, here, overt::focus{}));
  out.push(happened(1, here, overt::ui_action{.label = guarded_of(where.title)}));
  out.push(happened(1, here, overt::marker{.instruction = guarded_of(where.title)}));
  out.finish();
  return sink.text();
}

bool agreed(redact::only scope, place_of where) {
  return left_in(std::move(scope), where).find("\"type\":\"button\"") != std::string::npos;
}

} // namespace

TEST_CASE("the scope is the applications that were named, exactly", "[redact][only]") {
  redact::only const scope{"editor", "org.gnome.TextEditor"};
  CHECK(agreed(scope, {.application = "editor"}));
  CHECK(agreed(scope, {.application = "org.gnome.TextEditor"}));
  CHECK_FALSE(agreed(scope, {.application = "Editor"}));
  CHECK_FALSE(agreed(scope, {.application = "editor "}));
  CHECK_FALSE(agreed(scope, {.application = "edito"}));
  CHECK_FALSE(agreed(scope, {.application = "editors"}));
  CHECK_FALSE(agreed(scope, {.application = std::string_view{"editor\0", 7}}));
  CHECK_FALSE(agreed(scope, {.application = ""}));
}

TEST_CASE("an unknown application is none", "[redact][only]") {
  CHECK_FALSE(agreed({}, {.application = "editor"}));
  CHECK_FALSE(agreed({}, {.application = ""}));
  CHECK_FALSE(agreed({""}, {.application = ""}));
  CHECK_FALSE(agreed({"*"}, {.application = "editor"}));
  CHECK_FALSE(agreed({"://"}, {.application = "", .origin = ""}));
}

TEST_CASE("the scope is the origins that were named, exactly", "[redact][only]") {
  redact::only const scope{"browser", "https://a.example"};
  CHECK(agreed(scope, {.application = "browser", .origin = "https://a.example"}));
  CHECK(agreed(scope, {.application = "another", .origin = "https://a.example"}));
  for (auto const* const other : {"https://b.example", "http://a.example", "https://a.example:8443",
                                  "https://A.example", "https://a.example/", "https://a.example.evil.net",
                                  "https://x.a.example", "https://a.example@evil.net", "editor", "browser"}) {
    // the browser was named as an application: its pages still count by their origin
    CHECK_FALSE(agreed(scope, {.application = "browser", .origin = other}));
  }
}

TEST_CASE("an application does not become a site, nor a site an application", "[redact][only]") {
  CHECK_FALSE(agreed({"https://a.example"}, {.application = "https://a.example"}));
  CHECK_FALSE(agreed({"editor"}, {.application = "other", .origin = "editor"}));
}

TEST_CASE("L30 a place that was not agreed to leaves nothing of itself", "[redact][only][canary]") {
  constexpr std::string_view canary = "Kx7vT2mQ9z";
  auto const denied =
      left_in({"editor"}, {.application = canary, .title = canary, .origin = canary, .page = canary});
  CHECK_FALSE(overt_test::leaks(denied, canary));
  CHECK(overt_test::count_of(denied, "\n") == 1);
  CHECK(denied.find(R"("context":null,"reason":"outside_scope","of":"","count":null)") != std::string::npos);
}

TEST_CASE("of an agreed place the title and the page stay", "[redact][only][canary]") {
  constexpr std::string_view canary = "Kx7vT2mQ9z";
  auto const left = left_in({"https://a.example"}, {.application = "browser",
                                                    .field = overt::field_kind::secret,
                                                    .title = canary,
                                                    .origin = "https://a.example",
                                                    .page = canary});
  CHECK_FALSE(overt_test::leaks(left, canary));
  redact::only const scope{"editor"};
  auto chain = redact::strict(scope);
  overt_test::bytes_sink sink;
  redact::pipeline<overt::event, decltype(chain), overt_test::bytes_sink> out{std::move(chain), sink, {}};
  out.push(happened(1, overt_test::place({.title = canary, .page = canary}), overt::button{}));
  CHECK(sink.text().find(
            R"("context":{"application":"editor","title":null,"origin":"","page":null,"field":"plain"})") !=
        std::string::npos);
  CHECK_FALSE(overt_test::leaks(sink.text(), canary));
}
