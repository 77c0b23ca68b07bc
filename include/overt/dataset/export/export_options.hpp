#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <overt/consent/purpose.hpp>
#include <overt/dataset/export/export_terms.hpp>
#include <overt/detail/json_text.hpp>
#include <overt/event/enumerators.hpp>
#include <overt/event/result.hpp>
#include <overt/event/screen_picture.hpp>

namespace overt::inline v0::dataset {

/// What is written, and how. All of it stands in the manifest; with the same options the same episodes give
/// the same bytes.
struct export_options {
  consent::purpose purpose = consent::purpose::train_computer_use_model;
  export_format format = export_format::agentnet;
  std::string name = "overt"; ///< of the dataset, in `dataset_info.json`: letters, digits, - and _

  // Of AgentNet, and of the dialect `pyautogui`.
  python_spelling spelling = python_spelling::executable;
  triple_click_form triple_click = triple_click_form::computer;

  // Of chat.
  action_dialect dialect = action_dialect::anthropic;
  chat_form form = chat_form::messages;
  std::uint32_t window = 0; ///< steps of a sample; 0: the whole episode
  /// The size that the dialects `anthropic` and `openai` think a picture has; its own unless told. Pictures
  /// are never scaled here: whoever trains scales them to it.
  std::optional<picture_size> display{};
  std::optional<std::uint32_t> px_per_notch{}; ///< of `openai`, which needs it
  std::int64_t least_pixels = 100 * 28 * 28;   ///< of `ui_tars`, see `size_in_patches`
  std::int64_t most_pixels = std::int64_t{16384} * 28 * 28;

  bool gallery = false; ///< a page for each episode, to look at
};

/// The dialect that is written; AgentNet has one.
[[nodiscard]] constexpr action_dialect dialect_of(export_options const& options) noexcept {
  return options.format == export_format::agentnet ? action_dialect::pyautogui : options.dialect;
}

/// Errors: `misuse` for what is missing, or has no sense together.
[[nodiscard]] inline result<void> check(export_options const& options) {
  auto const refused = [](char const* why) { return failure{error_code::misuse, why}; };
  if (options.name.empty() || options.name.size() > 64 ||
      options.name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") !=
          std::string::npos) {
    return refused("A dataset's name has 1 to 64 letters, digits, - and _.");
  }
  auto const dialect = dialect_of(options);
  if (dialect == action_dialect::openai && options.px_per_notch.value_or(0) == 0) {
    return refused("The dialect openai counts the wheel in pixels, and nobody defines how many a notch has: "
                   "say how many pixels a notch scrolls.");
  }
  if (options.px_per_notch && dialect != action_dialect::openai) {
    return refused("Pixels of a notch have a meaning in the dialect openai alone.");
  }
  if (options.display && (dialect == action_dialect::ui_tars || dialect == action_dialect::pyautogui)) {
    return refused("A size of the display has a meaning in the dialects anthropic and openai alone.");
  }
  if (options.display && (options.display->width <= 0 || options.display->height <= 0 ||
                          options.display->width > screen_picture::longest_side ||
                          options.display->height > screen_picture::longest_side)) {
    return refused("The size of the display makes no sense.");
  }
  if (options.least_pixels <= 0 || options.most_pixels < options.least_pixels) {
    return refused("The limits of a picture's pixels make no sense.");
  }
  if (options.format == export_format::agentnet && options.window != 0) {
    return refused("AgentNet has one line an episode; windows of steps are of chat.");
  }
  return {};
}

/// The options as JSON: those that have a meaning for this format, in one order.
inline void append_options(v0::detail::json_text& out, export_options const& options) {
  std::size_t count = 0;
  auto const text = [&](std::string_view name, std::string_view value) {
    out.member(count++, name);
    out.string(value);
  };
  auto const number = [&](std::string_view name, auto value) {
    out.member(count++, name);
    out.number(value);
  };
  auto const dialect = dialect_of(options);
  out.open_record(0);
  text("purpose", v0::name_of(options.purpose));
  text("format", v0::name_of(options.format));
  text("name", options.name);
  text("dialect", v0::name_of(dialect));
  if (dialect == action_dialect::pyautogui) {
    text("spelling", v0::name_of(options.spelling));
    text("triple_click", v0::name_of(options.triple_click));
  }
  if (options.format == export_format::chat) {
    text("form", v0::name_of(options.form));
    number("window", options.window);
  }
  if (options.display) {
    out.member(count++, "display");
    out.raw('[');
    out.number(options.display->width);
    out.raw(',');
    out.number(options.display->height);
    out.raw(']');
  }
  if (dialect == action_dialect::openai) {
    number("px_per_notch", options.px_per_notch.value_or(0));
  }
  if (dialect == action_dialect::ui_tars) {
    number("least_pixels", options.least_pixels);
    number("most_pixels", options.most_pixels);
  }
  number("gallery", options.gallery);
  out.close_record();
}

} // namespace overt::inline v0::dataset
