#pragma once

#include <memory>
#include <string_view>

#include <overt/capture/atspi/element.hpp>

namespace overt::inline v0::capture::atspi {

/// An element as it was when it was read, kept while somebody still needs it. Null: nothing.
using snapshot = std::shared_ptr<element const>;

[[nodiscard]] inline arena_string copy_of(arena_string const& from) {
  return from.view().empty() ? arena_string{} : arena_string{from.view()};
}

/// A second copy, wiped like the first.
[[nodiscard]] inline element copy_of(element const& from) {
  element made{.id = from.id,
               .observed = from.observed,
               .process = from.process,
               .role = from.role,
               .states = from.states,
               .interfaces = from.interfaces,
               .name = copy_of(from.name),
               .description = copy_of(from.description),
               .label = copy_of(from.label),
               .attributes = {},
               .bounds = from.bounds,
               .index_in_parent = from.index_in_parent,
               .children = from.children,
               .path = {},
               .window_title = copy_of(from.window_title),
               .document = from.document,
               .address = copy_of(from.address),
               .value = copy_of(from.value)};
  made.attributes.reserve(from.attributes.size());
  for (auto const& one : from.attributes) {
    made.attributes.push_back({one.key, copy_of(one.value)});
  }
  made.path.reserve(from.path.size());
  for (auto const& one : from.path) {
    made.path.push_back({one.id, one.role, copy_of(one.name)});
  }
  return made;
}

/// Null for null.
[[nodiscard]] inline snapshot snapshot_of(element const* from) {
  return from == nullptr ? snapshot{} : std::make_shared<element const>(copy_of(*from));
}

} // namespace overt::inline v0::capture::atspi
