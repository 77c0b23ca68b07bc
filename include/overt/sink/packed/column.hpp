#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <type_traits>

#include <overt/sink/packed/leaves.hpp>

namespace overt::inline v0::sink::packed {

enum class column_kind : std::uint8_t {
  number,
  boolean,
  name,  ///< an entry of a vocabulary
  flags, ///< a set of entries of a vocabulary
};

/// What one number of a row is: its name ("at.x" for a member of a record), its kind and what it can be.
struct column {
  std::array<char, 64> letters{};
  std::size_t length = 0;
  overt::unit unit = overt::unit::none;
  column_kind kind = column_kind::number;
  bool is_signed = false;
  std::uint64_t low = 0; ///< in two's complement when signed
  std::uint64_t high = 0;
  std::span<std::string_view const> names{}; ///< of values from 0, or of bits from the lowest

  [[nodiscard]] constexpr std::string_view name() const noexcept { return {letters.data(), length}; }

  /// Whether these 64 bits are a value of the column.
  [[nodiscard]] constexpr bool holds(std::uint64_t bits) const noexcept {
    return is_signed ? static_cast<std::int64_t>(low) <= static_cast<std::int64_t>(bits) &&
                           static_cast<std::int64_t>(bits) <= static_cast<std::int64_t>(high)
                     : bits <= high;
  }
};

namespace detail {

template <class Names>
consteval auto as_views(Names const& names) {
  std::array<std::string_view, std::tuple_size_v<Names>> views{};
  for (std::size_t i = 0; i < views.size(); ++i) {
    views[i] = names[i];
  }
  return views;
}

template <named_enum Enum>
inline constexpr auto names_of_enum = as_views(enumerators(Enum{}));
template <named_flags Flags>
inline constexpr auto names_of_flags = as_views(flags(Flags{}));

template <class Leaf>
constexpr column column_of(unit in) {
  column made{.unit = in};
  if constexpr (std::same_as<Leaf, bool>) {
    made.kind = column_kind::boolean;
    made.high = 1;
  } else if constexpr (named_enum<Leaf>) {
    made.kind = column_kind::name;
    made.names = names_of_enum<Leaf>;
    made.high = made.names.size() - 1;
  } else if constexpr (named_flags<Leaf>) {
    static_assert(names_of_flags<Leaf>.size() < 64, "overt: a set in a packed payload has at most 63 flags");
    made.kind = column_kind::flags;
    made.names = names_of_flags<Leaf>;
    made.high = (std::uint64_t{1} << made.names.size()) - 1;
  } else if constexpr (std::same_as<Leaf, timestamp>) {
    made = column_of<std::int64_t>(in);
  } else {
    made.is_signed = std::is_signed_v<Leaf>;
    made.low = to_bits(std::numeric_limits<Leaf>::min());
    made.high = to_bits(std::numeric_limits<Leaf>::max());
  }
  return made;
}

/// Puts a part of a name behind what is there; a name that is too long does not compile.
constexpr void put_name(column& to, std::string_view part) {
  for (char const letter : part) {
    to.letters[to.length++] = letter;
  }
}

template <class Leaf>
consteval column named_column(std::string_view name, unit in) {
  auto made = column_of<Leaf>(in);
  put_name(made, name);
  return made;
}

template <class Value, std::size_t Count>
constexpr void collect_columns(std::array<column, Count>& all, std::size_t& next, column const& path,
                               unit in) {
  if constexpr (is_guarded<Value>) {
    return;
  } else if constexpr (is_leaf<Value>) {
    all[next] = column_of<Value>(in);
    put_name(all[next], path.name());
    ++next;
  } else {
    std::apply(
        [&]<class... Description>(Description const&... description) {
          auto const one = [&]<class Member>(Member const& member) {
            column longer = path;
            put_name(longer, path.length > 0 ? "." : "");
            put_name(longer, member.name);
            collect_columns<typename Member::member_type>(all, next, longer, member.unit);
          };
          (one(description), ...);
        },
        Value::fields());
  }
}

} // namespace detail

/// The columns that every stream begins with.
inline constexpr std::array<column, 4> head_columns{
    detail::named_column<std::uint64_t>("seq", unit::event_number),
    detail::named_column<timestamp>("t", unit::nanoseconds),
    detail::named_column<std::uint16_t>("from", unit::none),
    detail::named_column<std::uint64_t>("context", unit::none),
};

namespace detail {
template <class Payload>
consteval auto make_columns() {
  std::array<column, head_columns.size() + packed::leaf_count<Payload>> all{};
  for (std::size_t i = 0; i < head_columns.size(); ++i) {
    all[i] = head_columns[i];
  }
  std::size_t next = head_columns.size();
  collect_columns<Payload>(all, next, column{}, unit::none);
  return all;
}
} // namespace detail

/// All columns of a payload's stream, in the order in which they are written.
template <packed_payload Payload>
inline constexpr auto columns_of = detail::make_columns<Payload>();

} // namespace overt::inline v0::sink::packed
