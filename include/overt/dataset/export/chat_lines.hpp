#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <overt/dataset/dialect/action_space_text.hpp>
#include <overt/dataset/dialect/python_text.hpp>
#include <overt/dataset/episode.hpp>
#include <overt/dataset/export/agentnet_line.hpp>
#include <overt/dataset/export/export_options.hpp>
#include <overt/dataset/export/exported_steps.hpp>
#include <overt/dataset/export/step_json.hpp>
#include <overt/detail/json_text.hpp>

namespace overt::inline v0::dataset {

/// The samples of an episode as JSON lines for supervised fine-tuning (`overt.chat/1`). In all texts that a
/// trainer sees, `<image>` stands as often as there are pictures: an instruction that holds a media token
/// cannot be written (`takes_instruction`), and texts of actions have it escaped or are skipped.
class chat_lines {
public:
  chat_lines(line_origin const& origin, export_options const& options) : origin_{origin}, options_{options} {}

  /// Whether the instruction can be written as it is. It is plain text, in which nothing can be escaped.
  [[nodiscard]] static bool takes_instruction(episode const& of) noexcept {
    return !of.instruction || !has_media_token(*of.instruction);
  }

  /// Appends a line, with its end, for each window of steps. `images`: the names of the pictures, one for
  /// each step. What was skipped stands in the first line alone. Gives the number of lines; none without
  /// steps.
  std::size_t append(v0::detail::json_text& out, episode const& of, exported_steps const& made,
                     std::vector<std::string> const& images) const {
    auto const window = options_.window == 0 ? made.steps.size() : std::size_t{options_.window};
    std::size_t lines = 0;
    for (std::size_t from = 0; from < made.steps.size(); from += window, ++lines) {
      append_sample(out, of, made, images, from, std::min(from + window, made.steps.size()));
      out.raw('\n');
    }
    return lines;
  }

private:
  void append_sample(v0::detail::json_text& out, episode const& of, exported_steps const& made,
                     std::vector<std::string> const& images, std::size_t from, std::size_t to) const {
    bool const messages = options_.form == chat_form::messages;
    auto const system = action_space_text(options_);
    std::size_t place = 0;
    auto const say = [&](std::string_view who, std::string_view what) {
      out.item(place++);
      out.open_record(2);
      out.member(0, messages ? "role" : "from");
      out.string(who);
      out.member(1, messages ? "content" : "value");
      out.string(what);
      out.close_record();
    };
    std::size_t count = 0;
    out.open_record(0);
    if (!messages) {
      out.member(count++, "system");
      out.string(system);
    }
    out.member(count++, messages ? "messages" : "conversations");
    out.open_list(0);
    if (messages) {
      say("system", system);
    }
    for (auto i = from; i < to; ++i) {
      std::string shown{"<image>"};
      if (i == from && of.instruction) {
        shown += "\nTask: " + *of.instruction;
      }
      say(messages ? "user" : "human", shown);
      say(messages ? "assistant" : "gpt", made.steps[i].code.text);
    }
    out.close_list();
    out.member(count++, "images");
    out.open_list(to - from);
    for (auto i = from; i < to; ++i) {
      out.item(i - from);
      out.string(images[i]);
    }
    out.close_list();
    out.member(count++, "overt");
    append_overt(out, of, made, from, to);
    out.close_record();
  }

  void append_overt(v0::detail::json_text& out, episode const& of, exported_steps const& made,
                    std::size_t from, std::size_t to) const {
    std::size_t count = 0;
    auto const text = [&](std::string_view name, std::string_view value) {
      out.member(count++, name);
      out.string(value);
    };
    auto const dialect = dialect_of(options_);
    out.open_record(0);
    text("schema", "overt.chat/1");
    text("dialect", name_of(dialect));
    if (dialect == action_dialect::pyautogui) {
      text("spelling", name_of(options_.spelling));
    }
    out.member(count++, "display_px");
    detail::append_pair(out, made.steps[from].scaled.width, made.steps[from].scaled.height);
    if (options_.px_per_notch) {
      out.member(count++, "px_per_notch");
      out.number(*options_.px_per_notch);
    }
    text("task_id", origin_.task_id);
    out.member(count++, "window");
    detail::append_pair(out, from, to);
    text("consent_receipt", origin_.consent_receipt);
    text("policy", origin_.policy);
    out.member(count++, "steps");
    out.open_list(to - from);
    for (auto i = from; i < to; ++i) {
      out.item(i - from);
      detail::append_step(out, made.steps[i]);
    }
    out.close_list();
    out.member(count++, "skipped");
    detail::append_skipped(out, from == 0 ? made.skipped : std::vector<skipped_action>{});
    out.member(count++, "gaps");
    detail::append_gaps(out, from == 0 ? of.gaps : std::vector<episode_gap>{});
    out.close_record();
  }

  line_origin origin_;
  export_options options_;
};

/// What LLaMA-Factory needs to find the lines: `dataset_info.json`.
[[nodiscard]] inline std::string dataset_info(export_options const& options, std::string_view file) {
  v0::detail::json_text out;
  std::size_t count = 0;
  auto const text = [&](std::string_view name, std::string_view value) {
    out.member(count++, name);
    out.string(value);
  };
  bool const messages = options.form == chat_form::messages;
  out.open_record(0);
  out.member(0, options.name);
  out.open_record(0);
  text("file_name", file);
  text("formatting", "sharegpt");
  out.member(count++, "columns");
  out.open_record(0);
  count = 0;
  text("messages", messages ? "messages" : "conversations");
  text("images", "images");
  text("system", "system");
  out.close_record();
  out.member(1, "tags");
  out.open_record(0);
  count = 0;
  text("role_tag", messages ? "role" : "from");
  text("content_tag", messages ? "content" : "value");
  text("user_tag", messages ? "user" : "human");
  text("assistant_tag", messages ? "assistant" : "gpt");
  text("system_tag", "system");
  out.close_record();
  out.close_record();
  out.close_record();
  out.raw('\n');
  return std::string{out.view()};
}

} // namespace overt::inline v0::dataset
