#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <vector>

#include <overt/capture/atspi/digit_boxes.hpp>
#include <overt/capture/atspi/field_sensitivity.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/capture/atspi/shown_object.hpp>
#include <overt/capture/atspi/sticky_secrets.hpp>
#include <overt/event/context.hpp>

namespace overt::inline v0::capture::atspi {

/// Which of the objects stand beside a field, as far as they tell that it is one of a group: those of its
/// parent, eight each way. Where each field is in a box of its own, what is in the boxes beside it.
[[nodiscard]] inline std::vector<std::size_t> objects_beside(std::deque<shown_object> const& all,
                                                             std::size_t index) {
  constexpr std::size_t each_way = 8;
  constexpr std::size_t most_in_a_box = 4;
  std::vector<std::size_t> found;
  auto const row = [&](std::size_t parent, std::size_t middle, auto use) {
    auto const& children = all[parent].children;
    auto const at = std::ranges::find(children, middle);
    auto const before = static_cast<std::size_t>(at - children.begin());
    auto const end = std::min(children.size(), before + each_way);
    for (auto i = before < each_way ? 0 : before - each_way; i < end; ++i) {
      use(children[i]);
    }
  };
  auto const keep = [&](std::size_t one) {
    if (all[one].shown) {
      found.push_back(one);
    }
  };
  auto const parent = all[index].parent;
  if (parent == shown_object::nothing) {
    return found;
  }
  row(parent, index, keep);
  auto const is_field = [&](std::size_t one) {
    auto const nature = nature_of(all[one].what.role);
    return one != index && (nature == role_nature::text_field || nature == role_nature::password);
  };
  if (std::ranges::any_of(found, is_field) || all[parent].parent == shown_object::nothing) {
    return found;
  }
  found.clear();
  row(all[parent].parent, parent, [&](std::size_t box) {
    auto const& inside = all[box].children;
    for (std::size_t i = 0; i < std::min(inside.size(), most_in_a_box); ++i) {
      keep(inside[i]);
    }
  });
  return found;
}

/// Judges what may take text, and remembers what is secret. What could not be read is `unknown`.
inline void judge_field(std::deque<shown_object>& all, std::size_t index, sticky_secrets& secrets) {
  auto& one = all[index];
  one.judged = true;
  one.kind = secrets.judge(&one.what, {}, input_lane::pointer);
  if (one.kind == field_kind::plain && !has_state(one.what, accessible_state::multi_line)) {
    auto const beside = objects_beside(all, index);
    std::vector<neighbour> around;
    around.reserve(beside.size());
    for (auto const other : beside) {
      around.push_back(neighbour_of(all[other].what));
    }
    auto const self = static_cast<std::size_t>(std::ranges::find(beside, index) - beside.begin());
    one.kind = secrets.judge(&one.what, neighbours{around, self}, input_lane::pointer);
  }
  if (one.wordless && one.kind == field_kind::plain) {
    one.kind = field_kind::unknown; // what it is called tells whether it is secret
  }
}

} // namespace overt::inline v0::capture::atspi
