#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

namespace overt::inline v0::detail {

/// Stands for any member in a braced list.
struct any_member {
  template <class Member>
  operator Member() const;
};

template <class Aggregate, std::size_t... Number>
consteval bool takes_members(std::index_sequence<Number...>) {
  return requires { Aggregate{(static_cast<void>(Number), any_member{})...}; };
}

/// Whether an aggregate has exactly so many members: it accepts a braced list of that length, and none that
/// is longer. Asking this is much cheaper for a compiler than counting.
template <class Aggregate, std::size_t Count>
consteval bool has_members() {
  return takes_members<Aggregate>(std::make_index_sequence<Count>{}) &&
         !takes_members<Aggregate>(std::make_index_sequence<Count + 1>{});
}

} // namespace overt::inline v0::detail
