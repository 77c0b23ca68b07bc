#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
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

/// An action of OpenAI's tool `computer_use_preview`: pixels of the given display, the wheel in pixels, down
/// and right are positive, a drag with its whole path.
///
///     {"type":"click","button":"left","x":1188,"y":381}
class openai_action {
public:
  /// `px_per_notch`: how far a notch of the wheel scrolls. Nobody defines it, so whoever exports says it.
  openai_action(image_space const& space, std::uint32_t px_per_notch)
      : space_{space}, px_per_notch_{px_per_notch} {}

  [[nodiscard]] rendered operator()(action const& what) const {
    if (auto const skip = detail::common_skip(what); skip) {
      return *skip;
    }
    return std::visit([this](auto const& one) { return this->of(one); }, what.what);
  }

private:
  [[nodiscard]] rendered of(move_action const& one) const {
    auto const at = space_.scaled(one.at);
    return at ? rendered{detail::json_action{}.add("type", "move").add("x", at->x).add("y", at->y).finish()}
              : rendered{skip_reason::off_image};
  }

  [[nodiscard]] rendered of(click_action const& one) const {
    auto const at = space_.scaled(one.at);
    if (!at) {
      return skip_reason::off_image;
    }
    if (one.which == button_name::other) {
      return skip_reason::button;
    }
    if (one.count == 0 || one.count > 2) {
      return skip_reason::count;
    }
    if (detail::without_locks(one.held) != modifiers::none) {
      return skip_reason::modifier;
    }
    detail::json_action made;
    if (one.count == 2) {
      if (one.which != button_name::left) {
        return skip_reason::button;
      }
      made.add("type", "double_click");
    } else {
      auto const name = one.which == button_name::middle ? std::string_view{"wheel"} : name_of(one.which);
      made.add("type", "click").add("button", name);
    }
    return made.add("x", at->x).add("y", at->y).finish();
  }

  [[nodiscard]] rendered of(drag_action const& one) const {
    if (one.which != button_name::left) {
      return skip_reason::button;
    }
    if (detail::without_locks(one.held) != modifiers::none) {
      return skip_reason::modifier;
    }
    std::string path{"["};
    auto const put = [&](screen_point point) {
      auto const at = space_.scaled(point);
      if (at) {
        path += path.size() == 1 ? "" : ",";
        path += detail::json_action{}.add("x", at->x).add("y", at->y).finish();
      }
      return at.has_value();
    };
    bool inside = put(one.from);
    for (auto const& point : one.path) {
      inside = inside && put(point.at);
    }
    if (!inside || !put(one.to)) {
      return skip_reason::off_image;
    }
    return detail::json_action{}.add("type", "drag").raw("path", path + ']').finish();
  }

  [[nodiscard]] rendered of(scroll_action const& one) const {
    auto const at = space_.scaled(one.at);
    if (!at) {
      return skip_reason::off_image;
    }
    if (one.dx_v120 == 0 && one.dy_v120 == 0) {
      return skip_reason::empty;
    }
    if (detail::without_locks(one.held) != modifiers::none) {
      return skip_reason::modifier;
    }
    auto const dx = std::int64_t{one.dx_v120} * px_per_notch_;
    auto const dy = std::int64_t{one.dy_v120} * px_per_notch_;
    if (dx % 120 != 0 || dy % 120 != 0) {
      return skip_reason::part_notch;
    }
    return detail::json_action{}
        .add("type", "scroll")
        .add("x", at->x)
        .add("y", at->y)
        .add("scroll_x", dx / 120)
        .add("scroll_y", dy / 120)
        .finish();
  }

  [[nodiscard]] static rendered of(text_action const& one) {
    auto text = exported(one);
    if (text.skipped) {
      return *text.skipped;
    }
    return {detail::json_action{}.add("type", "type").add("text", text.value).finish(),
            std::move(text.placeholders)};
  }

  [[nodiscard]] static rendered of(key_action const& one) {
    if (!one.symbol) {
      return skip_reason::withheld;
    }
    if (one.repeated > 0) {
      return skip_reason::held_key;
    }
    auto const key = key_name_in(action_dialect::openai, *one.symbol);
    auto names = modifier_names(action_dialect::openai, one.held);
    if (!key || !names) {
      return skip_reason::key_name;
    }
    names->push_back(*key);
    v0::detail::json_text keys;
    keys.open_list(names->size());
    for (std::size_t i = 0; i < names->size(); ++i) {
      keys.item(i);
      keys.string((*names)[i]);
    }
    keys.close_list();
    return detail::json_action{}.add("type", "keypress").raw("keys", keys.view()).finish();
  }

  [[nodiscard]] static rendered of(wait_action const&) {
    return detail::json_action{}.add("type", "wait").finish();
  }
  [[nodiscard]] static rendered of(focus_action const&) { return skip_reason::not_an_act; }
  [[nodiscard]] static rendered of(told_action const&) { return skip_reason::no_input; }

  image_space space_;
  std::uint32_t px_per_notch_;
};

} // namespace overt::inline v0::dataset
