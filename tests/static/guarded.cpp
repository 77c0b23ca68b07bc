// What the types allow and what they refuse, without running anything.
#include <overt/event/guarded.hpp>

#include <bit>
#include <concepts>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <type_traits>

#include <overt/event/key.hpp>

namespace {

using overt::clearance;
using overt::disclosure;
using overt::guarded;
using overt::guarded_text;

template <class Type>
concept hashable = requires(Type const& value) { std::hash<Type>{}(value); };
template <class Type>
concept printable = requires(std::ostream& out, Type const& value) { out << value; };
template <class Type, class Other = Type>
concept comparable = requires(Type const& a, Other const& b) { a == b; };
template <class Type>
concept ordered = requires(Type const& a, Type const& b) { a < b; };
template <class Field, class Key>
concept looks_with = requires(Field const& field, Key const& key) { field.look(key); };
template <class Field, class Key>
concept denies_with = requires(Field& field, Key const& key) { field.deny(key); };
template <class Field, class Key>
concept discloses_with = requires(Field& field, Key const& key) { field.disclose(key); };
template <class Field>
concept shows_a_temporary = requires(Field&& field) { static_cast<Field&&>(field).disclosed(); };
template <class Key>
concept has_an_address = requires(Key& key) { &key; };

// What may stand behind a guard.
static_assert(overt::guardable<overt::arena_string>);
static_assert(overt::guardable<std::uint32_t>);
static_assert(overt::guardable<overt::key_symbol>);
static_assert(overt::guardable<overt::entered_text>);
static_assert(!overt::guardable<std::string>);
static_assert(!overt::guardable<char const*>);
static_assert(!overt::guardable<char[64]>);

// A guard moves, and that is all.
template <class Field>
constexpr bool only_moves =
    std::is_nothrow_move_constructible_v<Field> && !std::is_copy_constructible_v<Field> &&
    !std::is_copy_assignable_v<Field> && !std::is_move_assignable_v<Field> && !std::is_swappable_v<Field>;
static_assert(only_moves<guarded_text> && only_moves<guarded<std::uint32_t>>);

template <class Field, class Content>
constexpr bool is_no_oracle =
    !comparable<Field> && !comparable<Field, Content> && !comparable<Content, Field> && !ordered<Field> &&
    !hashable<Field> && !printable<Field> && !std::is_convertible_v<Field, Content> &&
    !std::is_convertible_v<Content, Field>;
static_assert(is_no_oracle<guarded_text, std::string_view> && is_no_oracle<guarded_text, std::string>);
static_assert(is_no_oracle<guarded<std::uint32_t>, std::uint32_t> &&
              is_no_oracle<guarded<std::uint32_t>, int>);
static_assert(!comparable<guarded_text, std::nullptr_t> && !comparable<guarded_text, char const*>);

// Which key opens what.
static_assert(looks_with<guarded_text, clearance> && looks_with<guarded_text, disclosure>);
static_assert(denies_with<guarded_text, clearance> && denies_with<guarded_text, disclosure>);
static_assert(discloses_with<guarded_text, disclosure>);
static_assert(!discloses_with<guarded_text, clearance>);
static_assert(!looks_with<guarded_text, int> && !discloses_with<guarded_text, int>);
static_assert(!denies_with<guarded_text const, disclosure> &&
              !discloses_with<guarded_text const, disclosure>);
static_assert(!shows_a_temporary<guarded_text> && shows_a_temporary<guarded_text&>);

// A key is made, copied and kept by nobody.
template <class Key>
constexpr bool is_only_lent =
    !std::is_default_constructible_v<Key> && !std::is_copy_constructible_v<Key> &&
    !std::is_move_constructible_v<Key> && !std::is_copy_assignable_v<Key> &&
    !std::is_trivially_copyable_v<Key> && !std::is_aggregate_v<Key> && !has_an_address<Key const>;
static_assert(is_only_lent<clearance> && is_only_lent<disclosure>);
static_assert(std::is_final_v<disclosure>);
static_assert(!std::is_convertible_v<clearance const&, disclosure const&>);
static_assert(!std::is_constructible_v<disclosure, clearance const&>);
static_assert(!std::is_constructible_v<clearance, int>);

} // namespace
