#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/capture/backend.hpp>
#include <overt/capture/screen_reading.hpp>
#include <overt/capture/screen_windows.hpp>
#include <overt/capture/visible_parts.hpp>
#include <overt/event/context.hpp>
#include <overt/event/conversation.hpp>
#include <overt/event/frame.hpp>
#include <overt/event/screen_element.hpp>

namespace overt::inline v0::capture {

/// Asks whether an application, or a page in it, was agreed to.
[[nodiscard]] inline bool is_agreed(scope_question const& scope, std::string_view application,
                                    std::string_view origin = {}) {
  context where{.application = guarded_text{arena_string{application}},
                .origin = origin.empty() ? guarded_text{} : guarded_text{arena_string{origin}}};
  return scope && scope(where);
}

/// One window with what was read of it.
struct read_window {
  screen_window window{};
  window_contents contents{};
  bool agreed = false; ///< the application is
};

/// What of which windows may be drawn, and what stands there: made before the pixels are taken.
struct picture_plan {
  frame_state state = frame_state::taken;
  std::vector<screen_part_of> parts{}; ///< to be drawn, from the lowest to the highest
  std::vector<rectangle> shown{};      ///< the same, without the windows' numbers
  std::vector<screen_element> elements{};
};

namespace detail {

/// The parts of one window: all of it where its application was agreed to, else its agreed pages. Pages that
/// were not agreed to are told as foreign, those within agreed ones too.
[[nodiscard]] inline std::vector<rectangle> parts_of(read_window& one, rectangle const& monitor,
                                                     scope_question const& scope) {
  std::vector<rectangle> parts;
  auto const add = [&](rectangle const& part) {
    if (auto const in = clipped(clipped(part, one.window.inside), monitor); !is_empty(in)) {
      parts.push_back(in);
    }
  };
  if (one.agreed) {
    add(one.window.inside);
  }
  for (auto const& page : one.contents.pages) {
    bool const known = !page.origin.view().empty();
    if (!known || !is_agreed(scope, one.window.application, page.origin.view())) {
      one.contents.elements.push_back({.where = page.where, .what = screen_part::foreign});
    } else if (!one.agreed) {
      add(page.where);
    }
  }
  return parts;
}

/// Marks what stands in a window or a page that other people write into.
inline void mark_conversations(read_window& one) {
  bool const everywhere = is_conversation(one.window.application);
  for (auto& element : one.contents.elements) {
    element.conversation =
        everywhere || std::ranges::any_of(one.contents.pages, [&](screen_page const& page) {
          return is_conversation({}, page.origin.view()) &&
                 (element.what == screen_part::unplaced || !is_empty(clipped(element.where, page.where)));
        });
  }
}

/// Leaves of the elements what can be seen: within the window's own parts, and under no window over it.
inline void keep_visible(std::vector<screen_element>& elements, std::span<rectangle const> own,
                         std::span<rectangle const> over) {
  std::erase_if(elements, [&](screen_element& one) {
    if (one.what == screen_part::unplaced || is_empty(one.where)) {
      return false; // the policy has to know of it
    }
    one.visible.clear();
    for (auto const& part : own) {
      for (auto const& left : visible_parts(clipped(one.where, part), over)) {
        one.visible.push_back(left);
      }
    }
    return one.visible.empty();
  });
}

} // namespace detail

/// Puts the windows together, from the lowest to the highest. The one with the keyboard has to be understood,
/// and popups; another that was not is left out, as is every window with a private page.
[[nodiscard]] inline picture_plan plan_picture(std::vector<read_window> windows, rectangle const& monitor,
                                               scope_question const& scope) {
  picture_plan plan;
  std::vector<std::size_t> begins; // of each window's parts
  std::erase_if(windows, [&](read_window const& one) {
    bool const failed = one.contents.understood == window_reading::failed;
    bool const leave_out = failed || std::ranges::any_of(one.contents.pages, &screen_page::is_private);
    if (leave_out && (one.window.active || (failed && one.window.popup))) {
      plan.state = frame_state::unreadable;
    }
    return leave_out;
  });
  for (auto& one : windows) {
    detail::mark_conversations(one);
    begins.push_back(plan.shown.size());
    for (auto const& part : detail::parts_of(one, monitor, scope)) {
      plan.parts.push_back({one.window.id, part});
      plan.shown.push_back(part);
    }
  }
  begins.push_back(plan.shown.size());
  for (std::size_t i = 0; i < windows.size(); ++i) {
    std::span<rectangle const> const all{plan.shown};
    auto& elements = windows[i].contents.elements;
    detail::keep_visible(elements, all.subspan(begins[i], begins[i + 1] - begins[i]),
                         all.subspan(begins[i + 1]));
    std::ranges::move(elements, std::back_inserter(plan.elements));
  }
  if (plan.parts.empty()) {
    plan.state = frame_state::unreadable;
  }
  return plan;
}

} // namespace overt::inline v0::capture
