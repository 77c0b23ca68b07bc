#pragma once

#include <string>

#include <overt/dataset/export/export_options.hpp>

namespace overt::inline v0::dataset {

/// What a model is told of the actions it may answer with: the first message of every sample.
[[nodiscard]] inline std::string action_space_text(export_options const& options) {
  std::string text{"You operate a computer. Each message shows the screen; answer with one action."};
  switch (dialect_of(options)) {
  case action_dialect::anthropic:
    text += " An action is a JSON object, the input of the tool computer_20250124. Coordinates are [x, y] in "
            "pixels of the display. Actions: left_click, right_click, middle_click, double_click, "
            "triple_click (coordinate; text for keys held meanwhile), left_click_drag (start_coordinate, "
            "coordinate), mouse_move (coordinate), scroll (coordinate, scroll_direction, scroll_amount in "
            "notches of the wheel), type (text), key (text, as xdotool names keys), hold_key (text, duration "
            "in seconds), wait (duration in seconds).";
    break;
  case action_dialect::openai:
    text +=
        " An action is a JSON object of the tool computer_use_preview. x and y are pixels of the display. "
        "Types: click (button, x, y), double_click (x, y), drag (path of points), move (x, y), scroll (x, "
        "y, scroll_x, scroll_y in pixels, right and down are positive), type (text), keypress (keys), "
        "wait.";
    break;
  case action_dialect::ui_tars:
    text += " Points are pixels of the picture after its sides are brought to multiples of 28. Actions: "
            "click(point='<point>x y</point>'), left_double(point=...), right_single(point=...), "
            "drag(start_point=..., end_point=...), hotkey(key='ctrl c'), type(content='...') with \\n, \\' "
            "and \\\\ escaped, scroll(point=..., direction='up, down, left or right'), wait(), "
            "finished(content='...').";
    break;
  default:
    text +=
        " An action is Python for PyAutoGUI; x and y are shares of the picture's width and height, from 0 "
        "to 1. Also computer.wait() and computer.terminate(status='success' or 'failure').";
    text += options.triple_click == triple_click_form::computer ? " A triple click is "
                                                                  "computer.tripleClick(x=, y=)."
                                                                : "";
  }
  return text;
}

} // namespace overt::inline v0::dataset
