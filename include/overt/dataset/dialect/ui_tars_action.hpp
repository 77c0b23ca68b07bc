#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <overt/dataset/action.hpp>
#include <overt/dataset/dialect/common_skips.hpp>
#include <overt/dataset/dialect/exported_text.hpp>
#include <overt/dataset/dialect/image_space.hpp>
#include <overt/dataset/dialect/key_names.hpp>
#include <overt/dataset/dialect/python_text.hpp>
#include <overt/dataset/dialect/rendered.hpp>
#include <overt/dataset/export/export_terms.hpp>

namespace overt::inline v0::dataset {

/// An action as UI-TARS 1.5 writes it: pixels of the picture after it was brought to multiples of 28, the
/// wheel as a direction without an amount, keys with blanks between them.
///
///     click(point='<point>1196 385</point>')
class ui_tars_action {
public:
  explicit ui_tars_action(image_space const& space) : space_{space} {}

  [[nodiscard]] rendered operator()(action const& what) const {
    if (auto const skip = detail::common_skip(what); skip) {
      return *skip;
    }
    return std::visit([this](auto const& one) { return this->of(one); }, what.what);
  }

private:
  static constexpr std::size_t most_keys = 3;

  [[nodiscard]] std::optional<std::string> point(screen_point where) const {
    auto const at = space_.scaled(where);
    return at ? std::optional{"'<point>" + std::to_string(at->x) + ' ' + std::to_string(at->y) + "</point>'"}
              : std::nullopt;
  }

  [[nodiscard]] static rendered of(move_action const&) { return skip_reason::unsupported; }

  [[nodiscard]] rendered of(click_action const& one) const {
    auto const at = point(one.at);
    if (!at) {
      return skip_reason::off_image;
    }
    if (detail::without_locks(one.held) != modifiers::none) {
      return skip_reason::modifier;
    }
    bool const left = one.which == button_name::left;
    if (!left && (one.which != button_name::right || one.count > 1)) {
      return skip_reason::button;
    }
    if (one.count == 0 || one.count > 2) {
      return skip_reason::count;
    }
    return std::string{!left            ? "right_single"
                       : one.count == 2 ? "left_double"
                                        : "click"} +
           "(point=" + *at + ')';
  }

  [[nodiscard]] rendered of(drag_action const& one) const {
    auto const from = point(one.from);
    auto const to = point(one.to);
    if (!from || !to) {
      return skip_reason::off_image;
    }
    if (one.which != button_name::left) {
      return skip_reason::button;
    }
    if (detail::without_locks(one.held) != modifiers::none) {
      return skip_reason::modifier;
    }
    return "drag(start_point=" + *from + ", end_point=" + *to + ')';
  }

  [[nodiscard]] rendered of(scroll_action const& one) const {
    auto const at = point(one.at);
    if (!at) {
      return skip_reason::off_image;
    }
    if (one.dx_v120 == 0 && one.dy_v120 == 0) {
      return skip_reason::empty;
    }
    if (one.dx_v120 != 0 && one.dy_v120 != 0) {
      return skip_reason::direction;
    }
    if (detail::without_locks(one.held) != modifiers::none) {
      return skip_reason::modifier;
    }
    auto const* const direction =
        one.dy_v120 != 0 ? (one.dy_v120 > 0 ? "down" : "up") : (one.dx_v120 > 0 ? "right" : "left");
    return "scroll(point=" + *at + ", direction='" + direction + "')";
  }

  [[nodiscard]] static rendered of(text_action const& one) {
    auto text = exported(one);
    if (text.skipped) {
      return *text.skipped;
    }
    if (has_media_token(text.value)) {
      return skip_reason::image_token; // its readers know no escape for `<`
    }
    auto const literal = python_literal(text.value);
    if (!literal) {
      return skip_reason::not_text;
    }
    return {"type(content=" + *literal + ')', std::move(text.placeholders)};
  }

  [[nodiscard]] static rendered of(key_action const& one) {
    if (!one.symbol) {
      return skip_reason::withheld;
    }
    if (one.repeated > 0) {
      return skip_reason::held_key;
    }
    auto const key = key_name_in(action_dialect::ui_tars, *one.symbol);
    auto const names = modifier_names(action_dialect::ui_tars, one.held);
    if (!key || !names) {
      return skip_reason::key_name;
    }
    if (names->size() + 1 > most_keys) {
      return skip_reason::keys;
    }
    std::string keys;
    for (auto const& name : *names) {
      keys += name + ' ';
    }
    return "hotkey(key=" + *python_literal(keys + *key) + ')';
  }

  [[nodiscard]] static rendered of(wait_action const&) { return std::string{"wait()"}; }
  [[nodiscard]] static rendered of(focus_action const&) { return skip_reason::not_an_act; }
  [[nodiscard]] static rendered of(told_action const&) { return skip_reason::no_input; }

  image_space space_;
};

} // namespace overt::inline v0::dataset
