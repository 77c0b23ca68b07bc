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

/// How many members an aggregate has: the longest braced list it accepts. Counting up to 32 is enough for
/// payloads.
template <class Aggregate, std::size_t Count = 33>
consteval std::size_t member_count() {
  if constexpr (takes_members<Aggregate>(std::make_index_sequence<Count>{})) {
    return Count;
  } else if constexpr (Count == 0) {
    return 0;
  } else {
    return member_count<Aggregate, Count - 1>();
  }
}

} // namespace overt::inline v0::detail
