#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <overt/dataset/action.hpp>
#include <overt/event/context.hpp>

namespace overt::inline v0::dataset {

/// What was disclosed of a text; empty where nothing was.
[[nodiscard]] inline std::string_view disclosed_text(guarded_text const& from) noexcept {
  auto const* const text = from.disclosed();
  return text == nullptr ? std::string_view{} : text->view();
}

[[nodiscard]] inline action_place disclosed_place(std::optional<context> const& where) {
  if (!where) {
    return {};
  }
  return {.application = std::string{disclosed_text(where->application)},
          .title = std::string{disclosed_text(where->title)},
          .origin = std::string{disclosed_text(where->origin)},
          .page = std::string{disclosed_text(where->page)}};
}

/// Whether an action that began at `place` may go on at `where`: in the same application and site. A title
/// may change on the way, with the first letter that is typed.
[[nodiscard]] inline bool goes_on_at(action_place const& place,
                                     std::optional<context> const& where) noexcept {
  return place.application == (where ? disclosed_text(where->application) : std::string_view{}) &&
         place.origin == (where ? disclosed_text(where->origin) : std::string_view{});
}

} // namespace overt::inline v0::dataset
