#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>

#include <overt/dataset/action.hpp>
#include <overt/dataset/dialect/common_skips.hpp>
#include <overt/dataset/dialect/exported_text.hpp>
#include <overt/dataset/dialect/image_space.hpp>
#include <overt/dataset/dialect/json_action.hpp>
#include <overt/dataset/dialect/key_names.hpp>
#include <overt/dataset/dialect/rendered.hpp>
#include <overt/dataset/export/export_terms.hpp>

namespace overt::inline v0::dataset {

/// An action as the input of Anthropic's tool `computer_20250124`: pixels of the scaled display, keys as
/// xdotool names them, the wheel in notches.
///
///     {"action":"left_click","coordinate":[1188,381]}
///
/// A modifier that is held during a click or the wheel is its `text`.
class anthropic_action {
public:
  /// `exact_times`: whether the trace has them; on a grid nobody knows how long a key was held.
  anthropic_action(image_space const& space, bool exact_times) : space_{space}, exact_times_{exact_times} {}

  [[nodiscard]] rendered operator()(action const& what) const {
    if (auto const skip = detail::common_skip(what); skip) {
      return *skip;
    }
    if (auto const* const key = what.get_if<key_action>(); key != nullptr) {
      return of(*key, what.ended - what.began);
    }
    return std::visit([this](auto const& one) { return this->of(one); }, what.what);
  }

private:
  static constexpr std::int64_t longest_ns = 100'000'000'000; // what the tool takes

  [[nodiscard]] rendered of(move_action const& one) const {
    auto const at = space_.scaled(one.at);
    return at ? rendered{detail::json_action{}.add("action", "mouse_move").add("coordinate", *at).finish()}
              : rendered{skip_reason::off_image};
  }

  [[nodiscard]] rendered of(click_action const& one) const {
    auto const at = space_.scaled(one.at);
    if (!at) {
      return skip_reason::off_image;
    }
    if (one.count == 0 || one.count > 3) {
      return skip_reason::count;
    }
    bool const left = one.which == button_name::left;
    if ((one.count > 1 && !left) ||
        (!left && one.which != button_name::right && one.which != button_name::middle)) {
      return skip_reason::button;
    }
    auto const* const name = one.count == 3                    ? "triple_click"
                             : one.count == 2                  ? "double_click"
                             : left                            ? "left_click"
                             : one.which == button_name::right ? "right_click"
                                                               : "middle_click";
    detail::json_action made;
    made.add("action", name).add("coordinate", *at);
    return with_held(made, one.held);
  }

  [[nodiscard]] rendered of(drag_action const& one) const {
    auto const from = space_.scaled(one.from);
    auto const to = space_.scaled(one.to);
    if (!from || !to) {
      return skip_reason::off_image;
    }
    if (one.which != button_name::left) {
      return skip_reason::button;
    }
    if (detail::without_locks(one.held) != modifiers::none) {
      return skip_reason::modifier;
    }
    return detail::json_action{}
        .add("action", "left_click_drag")
        .add("start_coordinate", *from)
        .add("coordinate", *to)
        .finish();
  }

  [[nodiscard]] rendered of(scroll_action const& one) const {
    auto const at = space_.scaled(one.at);
    if (!at) {
      return skip_reason::off_image;
    }
    if (one.dx_v120 != 0 && one.dy_v120 != 0) {
      return skip_reason::direction;
    }
    auto const turned = std::int64_t{one.dx_v120} + one.dy_v120;
    if (turned == 0) {
      return skip_reason::empty;
    }
    if (turned % 120 != 0) {
      return skip_reason::part_notch;
    }
    auto const* const direction =
        one.dy_v120 != 0 ? (turned > 0 ? "down" : "up") : (turned > 0 ? "right" : "left");
    detail::json_action made;
    made.add("action", "scroll")
        .add("coordinate", *at)
        .add("scroll_direction", direction)
        .add("scroll_amount", (turned > 0 ? turned : -turned) / 120);
    return with_held(made, one.held);
  }

  [[nodiscard]] static rendered of(text_action const& one) {
    auto text = exported(one);
    if (text.skipped) {
      return *text.skipped;
    }
    return {detail::json_action{}.add("action", "type").add("text", text.value).finish(),
            std::move(text.placeholders)};
  }

  [[nodiscard]] rendered of(key_action const& one, std::int64_t held_ns) const {
    if (!one.symbol) {
      return skip_reason::withheld;
    }
    auto const key = key_name_in(action_dialect::anthropic, *one.symbol);
    auto const names = modifier_names(action_dialect::anthropic, one.held);
    if (!key || !names) {
      return skip_reason::key_name;
    }
    std::string keys;
    for (auto const& name : *names) {
      keys += name + '+';
    }
    keys += *key;
    if (one.repeated == 0) {
      return detail::json_action{}.add("action", "key").add("text", keys).finish();
    }
    if (!exact_times_ || held_ns <= 0) {
      return skip_reason::held_key;
    }
    if (held_ns > longest_ns) {
      return skip_reason::duration;
    }
    return detail::json_action{}
        .add("action", "hold_key")
        .add("text", keys)
        .raw("duration", detail::seconds_text(held_ns))
        .finish();
  }
  [[nodiscard]] rendered of(key_action const& one) const { return of(one, 0); }

  [[nodiscard]] static rendered of(wait_action const& one) {
    if (one.ns <= 0) {
      return skip_reason::empty;
    }
    if (one.ns > longest_ns) {
      return skip_reason::duration;
    }
    return detail::json_action{}.add("action", "wait").raw("duration", detail::seconds_text(one.ns)).finish();
  }

  [[nodiscard]] static rendered of(focus_action const&) { return skip_reason::not_an_act; }
  [[nodiscard]] static rendered of(told_action const&) { return skip_reason::no_input; }

  [[nodiscard]] static rendered with_held(detail::json_action& made, modifiers held) {
    auto const names = modifier_names(action_dialect::anthropic, detail::without_locks(held));
    if (!names) {
      return skip_reason::modifier;
    }
    std::string keys;
    for (auto const& name : *names) {
      keys += (keys.empty() ? "" : "+") + name;
    }
    if (!keys.empty()) {
      made.add("text", keys);
    }
    return made.finish();
  }

  image_space space_;
  bool exact_times_;
};

} // namespace overt::inline v0::dataset
