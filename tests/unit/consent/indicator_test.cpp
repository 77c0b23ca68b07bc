#include <overt/consent/indicator.hpp>

#include <optional>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

using namespace overt::consent;

namespace {
struct lamp {
  static constexpr std::string_view name = "lamp";
  overt::result<void> show() { return {}; }
  std::optional<overt::timestamp> confirmed() { return std::nullopt; }
  void hide() {}
};
struct lamp_without_name {
  overt::result<void> show() { return {}; }
  std::optional<overt::timestamp> confirmed() { return std::nullopt; }
  void hide() {}
};
struct lamp_that_is_sure {
  static constexpr std::string_view name = "lamp";
  overt::result<void> show() { return {}; }
  bool confirmed() { return true; }
  void hide() {}
};

static_assert(indicator<lamp>);
static_assert(!indicator<lamp_without_name>);
static_assert(!indicator<lamp_that_is_sure>);
static_assert(!indicator<int>);
static_assert(!built_in_indicator<lamp>);
static_assert(built_in_indicator<terminal_indicator>);
static_assert(built_in_indicator<x11::window_indicator>);
} // namespace

TEST_CASE("an indicator says what was agreed to") {
  auto const text = indicator_text::of(overt_test::some_terms());
  CHECK(text.applications ==
        std::vector<std::string>{"org.gnome.TextEditor", "https://tickets.example.org/*"});
  CHECK(text.until_wall_ns == overt_test::some_terms().expires_wall_ns);
}
