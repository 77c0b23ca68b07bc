#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace overt::inline v0::dataset {

// The closed vocabularies of an export.

enum class export_format : std::uint8_t {
  agentnet, ///< one line a task, `overt.agentnet/1`
  chat,     ///< one line a sample for supervised fine-tuning, `overt.chat/1`
};

constexpr auto enumerators(export_format) { return std::array<std::string_view, 2>{"agentnet", "chat"}; }

/// The action space that an action is written in.
enum class action_dialect : std::uint8_t {
  anthropic, ///< JSON of the tool `computer_20250124`
  openai,    ///< JSON of the tool `computer_use_preview`
  ui_tars,   ///< calls as UI-TARS 1.5 writes them
  pyautogui, ///< Python, points from 0 to 1
};

constexpr auto enumerators(action_dialect) {
  return std::array<std::string_view, 4>{"anthropic/computer_20250124", "openai/computer_use_preview",
                                         "ui_tars/1.5", "pyautogui"};
}

/// How the lines of a sample for chat are shaped; trainers read either.
enum class chat_form : std::uint8_t {
  messages, ///< `messages` with `role` and `content`
  sharegpt, ///< `conversations` with `from` and `value`
};

constexpr auto enumerators(chat_form) { return std::array<std::string_view, 2>{"messages", "sharegpt"}; }

/// Two spellings of keys exist in AgentNet's Python, and they are not equal: PyAutoGUI ignores the keyword
/// `keys` of `hotkey`, so the corpus form presses nothing.
enum class python_spelling : std::uint8_t {
  executable, ///< `pyautogui.press('enter')`, `pyautogui.hotkey('ctrl', 'c')`
  corpus,     ///< `pyautogui.press(keys=['enter'])`, `pyautogui.hotkey(keys=['ctrl', 'c'])`
};

constexpr auto enumerators(python_spelling) {
  return std::array<std::string_view, 2>{"executable", "corpus"};
}

/// PyAutoGUI has no `computer`; AgentNet's readers do.
enum class triple_click_form : std::uint8_t {
  computer, ///< `computer.tripleClick(x=, y=)`
  clicks,   ///< `pyautogui.click(x=, y=, clicks=3)`
};

constexpr auto enumerators(triple_click_form) {
  return std::array<std::string_view, 2>{"computer", "clicks"};
}

/// Why an action is not in a dataset. Nothing is bent until it fits: what a dialect cannot say is counted.
enum class skip_reason : std::uint8_t {
  flawed,      ///< its press or release is missing, or something in the middle of it was withheld
  no_picture,  ///< there was none before it, or it is lost
  off_image,   ///< it happened outside of the picture that its step would show
  withheld,    ///< which key it was, is not in the trace
  empty,       ///< a text of no characters, a wheel that ended where it began
  not_typed,   ///< a text that was pasted or filled in; the act that did it is an action of its own
  not_text,    ///< bytes that are no UTF-8
  button,      ///< the dialect does not have this button, or this button so many times
  count,       ///< more clicks in one place than the dialect has
  modifier,    ///< the dialect cannot hold a key meanwhile
  key_name,    ///< the dialect has no name for the key
  keys,        ///< more keys at once than the dialect takes
  held_key,    ///< a key that was held down until it repeated
  part_notch,  ///< the wheel stopped between two of the units that the dialect counts in
  direction,   ///< the wheel turned both ways at once
  duration,    ///< longer than the dialect waits
  image_token, ///< it holds the text `<image>`, `<video>` or `<audio>`, which trainers take for one
  no_input,    ///< the program told of it, its input is not in the trace
  not_an_act,  ///< the focus moved
  unsupported, ///< the dialect has no such action
};

constexpr auto enumerators(skip_reason) {
  return std::array<std::string_view, 20>{
      "flawed",    "no_picture", "off_image",   "withheld", "empty",      "not_typed",  "not_text",
      "button",    "count",      "modifier",    "key_name", "keys",       "held_key",   "part_notch",
      "direction", "duration",   "image_token", "no_input", "not_an_act", "unsupported"};
}

} // namespace overt::inline v0::dataset
