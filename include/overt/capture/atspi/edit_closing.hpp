#pragma once

#include <memory>
#include <optional>

#include <overt/capture/atspi/edit_count.hpp>
#include <overt/capture/atspi/edit_session.hpp>
#include <overt/capture/atspi/snapshot.hpp>
#include <overt/event/text.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture::atspi {

/// A field that was left and whose text was asked for.
struct edit_closing {
  snapshot field{};
  edit_count count{};
  std::shared_ptr<field_text> before{};
  timestamp when{};
  bool entered = false; ///< by Enter, after which a program may have emptied it already
  bool secret = false;  ///< it turned out so since
};

/// What is told of it, now that `found` stands there; null: it could not be read. Nothing when it is the same
/// as before.
[[nodiscard]] inline std::optional<text> text_after(edit_closing const& left, arena_string const* found) {
  auto const& pressed = left.count.pressed();
  bool const compared = found != nullptr && left.before != nullptr && left.before->known;
  bool const put_in = pressed.entered > 0 || pressed.pasted > 0;
  bool const emptied = left.entered && put_in && found != nullptr && found->view().empty();
  if (emptied) {
    found = nullptr; // a program takes what was entered and empties the field: what it was, nobody saw
  } else if (compared && left.before->value.view() == found->view()) {
    return std::nullopt;
  }
  if (!compared && !pressed.any()) {
    return std::nullopt; // without keys only a difference shows that something was put there
  }
  return text_of(left.count.sure(), pressed, left.count.all_sure(), found);
}

} // namespace overt::inline v0::capture::atspi
