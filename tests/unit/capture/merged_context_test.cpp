#include <overt/capture/merged_context.hpp>

#include <string>
#include <string_view>

#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>
#include <overt_test/keys.hpp>

namespace {

std::string seen(overt::guarded_text const& text) {
  return overt_test::with_clearance(
      [&](overt::clearance const& key) { return std::string{text.look(key).view()}; });
}

} // namespace

TEST_CASE("application and title come from one, page and field from the other", "[capture][merged_context]") {
  overt::capture::merged_context merged;
  auto const window = overt_test::place({.application = "browser",
                                         .field = overt::field_kind::unobserved,
                                         .title = "A page",
                                         .origin = "https://not.this",
                                         .page = "/nor-this"});
  auto const element = overt_test::place({.application = "not this",
                                          .field = overt::field_kind::secret,
                                          .title = "nor this",
                                          .origin = "https://a.example",
                                          .page = "/login"});
  auto const both = merged.of(window, element);
  CHECK(seen(both->application) == "browser");
  CHECK(seen(both->title) == "A page");
  CHECK(seen(both->origin) == "https://a.example");
  CHECK(seen(both->page) == "/login");
  CHECK(both->field == overt::field_kind::secret);
  CHECK(both->application.state() == overt::guard_state::withheld);
}

TEST_CASE("the same two give the same place, others another", "[capture][merged_context]") {
  overt::capture::merged_context merged;
  auto const window = overt_test::place();
  auto const element = overt_test::place();
  auto const other = overt_test::place();
  auto const both = merged.of(window, element);
  CHECK(merged.of(window, element) == both);
  CHECK_FALSE(merged.of(window, other) == both);
  CHECK_FALSE(merged.of(other, element) == both);
  CHECK_FALSE(both == window);
}
