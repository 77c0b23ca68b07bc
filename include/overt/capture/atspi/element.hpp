#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <overt/event/arena_string.hpp>
#include <overt/event/rectangle.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture::atspi {

/// Which accessible object: the program's name on the bus, and a path within it. Neither says anything about
/// content. Both are empty for no object.
struct object_id {
  std::string bus{};
  std::string path{};

  friend auto operator<=>(object_id const&, object_id const&) = default;
  explicit operator bool() const noexcept { return !path.empty(); }
};

/// An ancestor, as far as a path names it.
struct ancestor {
  object_id id{};
  std::uint32_t role = 0; ///< AtspiRole
  arena_string name{};
};

/// An attribute of the element: `id`, `tag`, `text-input-type` …
struct attribute {
  std::string key{};
  arena_string value{};
};

/// What one accessible object was when it was read. All text of it is wiped with it.
struct element {
  object_id id{};
  timestamp observed{};         ///< when the question for it was sent
  std::uint32_t process = 0;    ///< of the program, as the bus knows it
  std::uint32_t role = 0;       ///< AtspiRole (at-spi2-core, atspi-constants.h)
  std::uint64_t states = 0;     ///< bit n: AtspiStateType n
  std::uint32_t interfaces = 0; ///< flags of `has`
  arena_string name{};
  arena_string description{};
  arena_string label{}; ///< name of what labels it (LABELLED_BY), where it has a relation
  std::vector<attribute> attributes{};
  rectangle bounds{}; ///< pixels of the desktop; empty when not known
  std::int32_t index_in_parent = -1;
  std::int32_t children = 0;
  std::vector<ancestor> path{}; ///< from the window down to its parent
  arena_string window_title{};  ///< name of the first ancestor
  object_id document{};         ///< the nearest document of the web around it, or itself; none: not in a page
  arena_string address{};       ///< of that document; empty with a document: could not be told
  arena_string value{};         ///< of a combo box, slider or spin button; never of a text field

  enum has : std::uint32_t {
    text = 1u << 0,
    editable_text = 1u << 1,
    has_value = 1u << 2,
    selection = 1u << 3,
    action = 1u << 4,
    web_document = 1u << 5,
    component = 1u << 6,
  };

  [[nodiscard]] std::string_view attribute_named(std::string_view key) const noexcept {
    for (auto const& one : attributes) {
      if (one.key == key) {
        return one.value.view();
      }
    }
    return {};
  }
};

} // namespace overt::inline v0::capture::atspi
