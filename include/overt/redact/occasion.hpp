#pragma once

#include <cstdint>

#include <overt/event/context.hpp>
#include <overt/event/event_header.hpp>

namespace overt::inline v0::redact {

/// When and where the event happened that a policy with a memory is asked about.
///
/// A policy that has to remember something between events (when it last let a move pass) says what in a
/// nested type `memory`, which a pipeline makes once and hands to every call. The policy itself stays plain
/// data:
///
///     struct thinned {
///       std::uint32_t max_hz = 4;
///       struct memory { timestamp last{}; };
///       verdict operator()(pointer_move& what, memory& kept, occasion const& at, disclosure const& key)
///       const;
///     };
struct occasion {
  event_header const& head;
  context const& where;      ///< empty for what has no place
  std::uint64_t written = 0; ///< the sequence number of the event that left last; 0 before the first
};

/// A policy with a memory.
template <class Policy>
concept remembers = requires { typename Policy::memory; };

} // namespace overt::inline v0::redact
