#include <overt/event/enumerators.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string_view>
#include <type_traits>

#include <overt/event/event.hpp>
#include <overt/event/result.hpp>
#include <overt_test/catch.hpp>

namespace {

enum class fruit : std::uint8_t { apple, pear };
constexpr auto enumerators(fruit) { return std::array<std::string_view, 2>{"apple", "pear"}; }

} // namespace

TEST_CASE("a value has a name, and a name a value", "[event][enumerators]") {
  CHECK(overt::name_of(fruit::pear) == "pear");
  auto value = fruit::apple;
  CHECK(overt::value_named("pear", value));
  CHECK(value == fruit::pear);
  CHECK_FALSE(overt::value_named("plum", value));
  CHECK_FALSE(overt::value_named("", value));
  CHECK_FALSE(overt::value_named("Pear", value));
  CHECK(value == fruit::pear);
  CHECK(overt::name_of(static_cast<fruit>(9)) == "?");
}

// The last enumerator shows that none was forgotten in the list of names.
#define OVERT_TEST_LAST_NAME(type, last)                                                                     \
  CHECK(static_cast<std::size_t>(overt::type::last) + 1 == enumerators(overt::type{}).size());               \
  CHECK(overt::name_of(overt::type::last) == std::string_view{#last})

TEST_CASE("the names of each vocabulary end where its values do", "[event][enumerators]") {
  OVERT_TEST_LAST_NAME(key_phase, release);
  OVERT_TEST_LAST_NAME(key_class, modifier);
  OVERT_TEST_LAST_NAME(text_source, filled);
  OVERT_TEST_LAST_NAME(button_phase, release);
  OVERT_TEST_LAST_NAME(button_name, other);
  OVERT_TEST_LAST_NAME(ui_act, set_value);
  OVERT_TEST_LAST_NAME(ui_role, window);
  OVERT_TEST_LAST_NAME(clipboard_operation, paste);
  OVERT_TEST_LAST_NAME(focus_target, element);
  OVERT_TEST_LAST_NAME(frame_reason, period);
  OVERT_TEST_LAST_NAME(frame_state, no_room);
  OVERT_TEST_LAST_NAME(cursor_shape, forbidden);
  OVERT_TEST_LAST_NAME(screen_part, unplaced);
  OVERT_TEST_LAST_NAME(marker_kind, note);
  OVERT_TEST_LAST_NAME(task_outcome, abandoned);
  OVERT_TEST_LAST_NAME(withheld_reason, paused);
  OVERT_TEST_LAST_NAME(source_state, closed);
  OVERT_TEST_LAST_NAME(consent_state, narrowed);
  OVERT_TEST_LAST_NAME(amount, thousands);
  OVERT_TEST_LAST_NAME(field_kind, secret);
  OVERT_TEST_LAST_NAME(error_code, misuse);
}

#undef OVERT_TEST_LAST_NAME

TEMPLATE_TEST_CASE("names within a vocabulary differ", "[event][enumerators]", overt::key_class,
                   overt::ui_role, overt::withheld_reason, overt::frame_reason, overt::error_code) {
  constexpr auto names = enumerators(TestType{});
  CHECK(std::set<std::string_view>(names.begin(), names.end()).size() == names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto value = TestType{};
    REQUIRE(overt::value_named(names[i], value));
    CHECK(static_cast<std::size_t>(value) == i);
  }
}

TEST_CASE("flags join, meet and are taken out", "[event][enumerators]") {
  using enum overt::modifiers;
  auto const held = shift | control;
  CHECK(static_cast<int>(held) == 3);
  CHECK(overt::has_all(held, shift));
  CHECK(overt::has_all(held, held));
  CHECK_FALSE(overt::has_all(held, shift | alt));
  CHECK(overt::has_all(held, none));
  CHECK(overt::without(held, shift) == control);
  CHECK(overt::without(held, alt) == held);
  CHECK(static_cast<unsigned>(num_lock) == 1u << (flags(none).size() - 1));
  CHECK(static_cast<unsigned>(overt::capability::input_methods) ==
        1u << (flags(overt::capability::none).size() - 1));
}
