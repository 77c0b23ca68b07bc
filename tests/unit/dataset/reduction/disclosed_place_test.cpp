#include <overt/dataset/reduction/disclosed_place.hpp>

#include <optional>

#include <overt_test/catch.hpp>
#include <overt_test/disclosed.hpp>
#include <overt_test/payloads.hpp>

using overt::dataset::disclosed_place;
using overt::dataset::goes_on_at;
using overt_test::disclosed_text_of;

TEST_CASE("a place is what was disclosed of it") {
  std::optional<overt::context> where;
  CHECK(disclosed_place(where) == overt::dataset::action_place{});
  where.emplace(overt::context{.application = disclosed_text_of("editor"),
                               .title = overt_test::guarded_of("not this"),
                               .origin = disclosed_text_of("https://example.com"),
                               .page = disclosed_text_of("/a")});
  auto const place = disclosed_place(where);
  CHECK(place.application == "editor");
  CHECK(place.title.empty());
  CHECK(place.origin == "https://example.com");
  CHECK(place.page == "/a");
  CHECK(goes_on_at(place, where));
  CHECK(goes_on_at({.application = "editor", .title = "*", .origin = "https://example.com"}, where));
  CHECK_FALSE(goes_on_at({.application = "editor"}, where));
  CHECK_FALSE(goes_on_at(place, std::nullopt));
  CHECK(goes_on_at({}, std::nullopt));
}
