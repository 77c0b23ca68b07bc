#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <overt/dataset/action.hpp>
#include <overt/dataset/dialect/common_skips.hpp>
#include <overt/dataset/dialect/exported_text.hpp>
#include <overt/dataset/dialect/image_space.hpp>
#include <overt/dataset/dialect/key_names.hpp>
#include <overt/dataset/dialect/python_text.hpp>
#include <overt/dataset/dialect/rendered.hpp>
#include <overt/dataset/export/export_terms.hpp>
#include <overt/event/marker.hpp>

namespace overt::inline v0::dataset {

struct python_options {
  python_spelling spelling = python_spelling::executable;
  triple_click_form triple_click = triple_click_form::computer;
};

/// An action as lines of Python, as AgentNet writes them; points are shares of the picture.
///
///     pyautogui.moveTo(x=0.25, y=0.5)
///     pyautogui.scroll(-3)
///
/// A modifier that is held meanwhile is `pyautogui.keyDown` and `keyUp` around it; the corpus has neither, so
/// in its spelling such an action is skipped. The wheel counts notches, up and right are positive.
class python_code {
public:
  python_code(image_space const& space, python_options options) : space_{space}, options_{options} {}

  [[nodiscard]] rendered operator()(action const& what) const {
    if (auto const skip = detail::common_skip(what); skip) {
      return *skip;
    }
    return std::visit([this](auto const& one) { return this->of(one); }, what.what);
  }

private:
  [[nodiscard]] rendered of(move_action const& one) const {
    auto const at = space_.share(one.at);
    return at ? rendered{"pyautogui.moveTo(" + *at + ")"} : rendered{skip_reason::off_image};
  }

  [[nodiscard]] rendered of(click_action const& one) const {
    auto const at = space_.share(one.at);
    if (!at) {
      return skip_reason::off_image;
    }
    if (one.count == 0 || one.count > 3) {
      return skip_reason::count;
    }
    auto const name = one.which == button_name::left     ? "click"
                      : one.which == button_name::middle ? "middleClick"
                      : one.which == button_name::right  ? "rightClick"
                                                         : "";
    if (*name == '\0' || (one.count > 1 && one.which != button_name::left)) {
      return skip_reason::button;
    }
    auto const clicks = options_.triple_click == triple_click_form::clicks;
    return holding(one.held, one.count == 1   ? "pyautogui." + std::string{name} + "(" + *at + ")"
                             : one.count == 2 ? "pyautogui.doubleClick(" + *at + ")"
                             : clicks         ? "pyautogui.click(" + *at + ", clicks=3)"
                                              : "computer.tripleClick(" + *at + ")");
  }

  [[nodiscard]] rendered of(drag_action const& one) const {
    auto const from = space_.share(one.from);
    auto const to = space_.share(one.to);
    if (!from || !to) {
      return skip_reason::off_image;
    }
    if (one.which != button_name::left && one.which != button_name::middle &&
        one.which != button_name::right) {
      return skip_reason::button;
    }
    return holding(one.held, "pyautogui.moveTo(" + *from + ")\npyautogui.dragTo(" + *to + ", button='" +
                                 std::string{name_of(one.which)} + "')");
  }

  [[nodiscard]] rendered of(scroll_action const& one) const {
    auto const at = space_.share(one.at);
    if (!at) {
      return skip_reason::off_image;
    }
    if (one.dx_v120 == 0 && one.dy_v120 == 0) {
      return skip_reason::empty;
    }
    if (one.dx_v120 % 120 != 0 || one.dy_v120 % 120 != 0) {
      return skip_reason::part_notch;
    }
    auto code = "pyautogui.moveTo(" + *at + ")";
    if (one.dy_v120 != 0) {
      code += "\npyautogui.scroll(" + std::to_string(-std::int64_t{one.dy_v120} / 120) + ")";
    }
    if (one.dx_v120 != 0) {
      code += "\npyautogui.hscroll(" + std::to_string(one.dx_v120 / 120) + ")";
    }
    return holding(one.held, std::move(code));
  }

  [[nodiscard]] static rendered of(text_action const& one) {
    auto text = exported(one);
    if (text.skipped) {
      return *text.skipped;
    }
    auto const literal = python_literal(text.value);
    if (!literal) {
      return skip_reason::not_text;
    }
    return {"pyautogui.write(message=" + *literal + ")", std::move(text.placeholders)};
  }

  [[nodiscard]] rendered of(key_action const& one) const {
    if (!one.symbol) {
      return skip_reason::withheld;
    }
    auto const key = key_name_in(action_dialect::pyautogui, *one.symbol);
    auto names = modifier_names(action_dialect::pyautogui, one.held);
    if (!key || !names) {
      return skip_reason::key_name;
    }
    bool const corpus = options_.spelling == python_spelling::corpus;
    if (!names->empty()) {
      if (one.repeated > 0) {
        return skip_reason::held_key;
      }
      names->push_back(*key);
      return "pyautogui.hotkey(" + (corpus ? "keys=[" + list(*names) + "]" : list(*names)) + ")";
    }
    auto const presses =
        one.repeated > 0 ? ", presses=" + std::to_string(std::uint64_t{one.repeated} + 1) : std::string{};
    return "pyautogui.press(" + (corpus ? "keys=[" + list({*key}) + "]" : list({*key})) + presses + ")";
  }

  [[nodiscard]] static rendered of(wait_action const&) { return std::string{"computer.wait()"}; }
  [[nodiscard]] static rendered of(focus_action const&) { return skip_reason::not_an_act; }
  [[nodiscard]] static rendered of(told_action const&) { return skip_reason::no_input; }

  [[nodiscard]] rendered holding(modifiers held, std::string code) const {
    held = detail::without_locks(held);
    auto const names = modifier_names(action_dialect::pyautogui, held);
    if (!names || (!names->empty() && options_.spelling == python_spelling::corpus)) {
      return skip_reason::modifier;
    }
    for (auto const& name : *names) { // the last one to go down comes up first
      code = "pyautogui.keyDown('" + name + "')\n" + code + "\npyautogui.keyUp('" + name + "')";
    }
    return code;
  }

  [[nodiscard]] static std::string list(std::vector<std::string> const& names) {
    std::string made;
    for (auto const& name : names) {
      made += (made.empty() ? "" : ", ") + *python_literal(name);
    }
    return made;
  }

  image_space space_;
  python_options options_;
};

/// How a task ended, as its last line; nothing where nobody said, or it was given up.
[[nodiscard]] inline std::optional<std::string> python_end(task_outcome outcome) {
  switch (outcome) {
  case task_outcome::success: return "computer.terminate(status='success')";
  case task_outcome::failure: return "computer.terminate(status='failure')";
  default: return std::nullopt;
  }
}

} // namespace overt::inline v0::dataset
