// Which types are payloads.
#include <overt/event/payload.hpp>

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <overt/event/event.hpp>
#include <overt_test/payloads.hpp>

namespace {

// A described type with one member, to ask about the member.
template <class Member>
struct holding {
  Member member{};
  static constexpr std::string_view name = "holding";
  static constexpr auto fields() { return overt::fields(overt::field("member", &holding::member)); }
};

enum class unnamed : std::uint8_t { one, two };

struct undescribed {
  int number = 0;
};

static_assert(overt::payload<holding<int>>);
static_assert(overt::payload<holding<bool>>);
static_assert(overt::payload<holding<double>>);
static_assert(overt::payload<holding<std::uint8_t>>);
static_assert(overt::payload<holding<overt::guarded_text>>);
static_assert(overt::payload<holding<overt::guarded<std::uint32_t>>>);
static_assert(overt::payload<holding<overt::literal>>);
static_assert(overt::payload<holding<overt::timestamp>>);
static_assert(overt::payload<holding<overt::key_class>>);
static_assert(overt::payload<holding<overt::modifiers>>);
static_assert(overt::payload<holding<overt::rectangle>>);
static_assert(overt::payload<holding<std::vector<overt::rectangle>>>);
static_assert(overt::payload<holding<std::vector<overt::ui_step>>>);
static_assert(overt::payload<holding<std::optional<std::uint64_t>>>);
static_assert(overt::payload<holding<overt_test::ticket_priority>>);

// Text that nothing could withhold, however deep it stands.
static_assert(!overt::payload<holding<std::string>>);
static_assert(!overt::payload<holding<std::string_view>>);
static_assert(!overt::payload<holding<char const*>>);
static_assert(!overt::payload<holding<char>>);
static_assert(!overt::payload<holding<char8_t>>);
static_assert(!overt::payload<holding<wchar_t>>);
static_assert(!overt::payload<holding<char32_t>>);
static_assert(!overt::payload<holding<std::array<char, 8>>>);
static_assert(!overt::payload<holding<std::vector<std::string>>>);
static_assert(!overt::payload<holding<std::vector<char>>>);
static_assert(!overt::payload<holding<std::optional<std::string>>>);
static_assert(!overt::payload<holding<holding<std::string>>>);
static_assert(!overt::payload<holding<std::vector<holding<std::string>>>>);
static_assert(!overt::payload<holding<overt::short_text<8>>>);
static_assert(!overt::payload<holding<overt::arena_string>>);
static_assert(!overt::payload<holding<void*>>);
static_assert(!overt::payload<holding<unnamed>>);
static_assert(!overt::payload<holding<undescribed>>);

struct with_a_hidden_member {
  int number = 0;
  overt::guarded_text hidden{};
  static constexpr std::string_view name = "hides";
  static constexpr auto fields() {
    return overt::fields(overt::field("number", &with_a_hidden_member::number));
  }
};
static_assert(overt::holds_no_plain_text<with_a_hidden_member>);
static_assert(!overt::describes_every_member<with_a_hidden_member> && !overt::payload<with_a_hidden_member>);

struct without_a_name {
  int number = 0;
  static constexpr auto fields() { return overt::fields(overt::field("number", &without_a_name::number)); }
};
static_assert(!overt::payload<without_a_name>);

struct not_an_aggregate {
  not_an_aggregate() {}
  int number = 0;
  [[maybe_unused]] static constexpr std::string_view name = "not_an_aggregate";
  static constexpr auto fields() { return overt::fields(overt::field("number", &not_an_aggregate::number)); }
};
static_assert(!overt::payload<not_an_aggregate>);

struct empty {
  static constexpr std::string_view name = "empty";
  static constexpr auto fields() { return overt::fields(); }
};
static_assert(overt::payload<empty>);

// Lanes and what a full ring drops first.
static_assert(overt::lane_of<overt::key>() == overt::input_lane::keyboard);
static_assert(overt::lane_of<overt::button>() == overt::input_lane::pointer);
static_assert(overt::lane_of<overt::gap>() == overt::input_lane::none);
static_assert(overt::lane_of<overt_test::ticket_opened>() == overt::input_lane::keyboard); // the strictest
static_assert(overt::is_expendable<overt::pointer_move>() && overt::is_expendable<overt::pointer_delta>());
static_assert(!overt::is_expendable<overt::key>() && !overt::is_expendable<overt::button>());

// Absolute and relative movement are different types.
static_assert(!std::is_convertible_v<overt::pointer_move, overt::pointer_delta>);
static_assert(!std::is_convertible_v<overt::pointer_delta, overt::pointer_move>);

// An event is no oracle either.
template <class Event>
concept comparable = requires(Event const& a, Event const& b) { a == b; };
static_assert(overt::any_event<overt::event> && overt::any_event<overt_test::ticket_event>);
static_assert(!overt::any_event<overt::key>);
static_assert(std::is_nothrow_move_constructible_v<overt::event> &&
              !std::is_copy_constructible_v<overt::event>);
static_assert(!std::is_move_assignable_v<overt::event> && !std::is_copy_assignable_v<overt::event>);
static_assert(!comparable<overt::event> && !std::is_default_constructible_v<overt::event>);
static_assert(overt::event::carries<overt::key> && !overt::event::carries<overt_test::ticket_opened>);

// Small where there are many.
static_assert(sizeof(overt::key) <= 48 && sizeof(overt::pointer_move) <= 20);
static_assert(sizeof(overt::event) <= 160);

} // namespace
