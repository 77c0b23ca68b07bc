#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/element_reader.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/dataset/atspi/connection.hpp>
#include <overt/dataset/play/seen_element.hpp>
#include <overt/event/arena_string.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::dataset::atspi {

/// Whether an element is asked for the text in it: one that can be written into, and is no secret.
[[nodiscard]] inline bool is_asked_for_text(capture::atspi::element const& what) {
  auto const nature = capture::atspi::nature_of(what.role);
  return has_state(what, capture::atspi::accessible_state::editable) &&
         nature != capture::atspi::role_nature::password && nature != capture::atspi::role_nature::terminal &&
         (what.interfaces & capture::atspi::element::text) != 0;
}

/// The element of a program that has the focus; nothing when that is not known by the deadline. The text of a
/// secret field is not asked for. The connection is open.
[[nodiscard]] inline std::optional<seen_field> focused_field(connection& on, std::uint32_t process,
                                                             timestamp deadline) {
  struct answer {
    std::optional<seen_field> field{};
    bool came = false;
  };
  // Shared, because an answer may come when nobody waits for it any more.
  auto const got = std::make_shared<answer>();
  on.focus().find(process, [&reader = on.reader(), got](capture::atspi::object_id const& id) {
    if (!id) {
      got->came = true;
      return;
    }
    reader.read(id, [&reader, got, id](capture::atspi::element const* what) {
      if (what != nullptr) {
        got->field = seen_field{.editable = has_state(*what, capture::atspi::accessible_state::editable)};
      }
      if (what == nullptr || !is_asked_for_text(*what)) {
        got->came = true;
        return;
      }
      reader.read_text(id, [got](arena_string const* text) {
        if (text != nullptr) {
          got->field->text.emplace(text->view());
        }
        got->came = true;
      });
    });
  });
  (void)on.wait_for([&] { return got->came; }, deadline);
  return got->field;
}

} // namespace overt::inline v0::dataset::atspi
