#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <overt/dataset/export/erased_trace.hpp>
#include <overt/dataset/export/export_facts.hpp>
#include <overt/dataset/export/export_options.hpp>
#include <overt/dataset/export/export_totals.hpp>
#include <overt/event/enumerators.hpp>

namespace overt::inline v0::dataset {

/// What each reason to skip an action means, for a person.
[[nodiscard]] constexpr std::string_view meaning_of(skip_reason why) noexcept {
  switch (why) {
  case skip_reason::flawed: return "its press or release is missing, or something in the middle of it";
  case skip_reason::no_picture: return "there is no picture from before it";
  case skip_reason::off_image: return "it happened outside of the picture that its step would show";
  case skip_reason::withheld: return "which key it was, was withheld";
  case skip_reason::empty: return "nothing was written or scrolled in the end";
  case skip_reason::not_typed: return "a text that was pasted or filled in, not typed";
  case skip_reason::not_text: return "a text with bytes that are no characters";
  case skip_reason::button: return "the format has no such button";
  case skip_reason::count: return "the format has no such number of clicks";
  case skip_reason::modifier: return "the format cannot hold a key meanwhile";
  case skip_reason::key_name: return "the format has no name for the key";
  case skip_reason::keys: return "more keys at once than the format takes";
  case skip_reason::held_key: return "a key that was held down until it repeated";
  case skip_reason::part_notch: return "the wheel stopped between two units of the format";
  case skip_reason::direction: return "the wheel turned both ways at once";
  case skip_reason::duration: return "longer than the format waits";
  case skip_reason::image_token: return "its text would be taken for a picture";
  case skip_reason::no_input: return "the program told of it; how it was done is not in the trace";
  case skip_reason::not_an_act: return "the focus moved, which nobody does by itself";
  case skip_reason::unsupported: return "the format has no such action";
  }
  return "";
}

/// `datasheet.md`: what somebody should know before using a dataset, in the order of "Datasheets for
/// Datasets" (Gebru et al., 2021), as far as an export knows it.
[[nodiscard]] inline std::string datasheet(export_facts const& facts, export_totals const& totals,
                                           std::vector<erased_trace> const& erased = {}) {
  auto const& options = facts.options;
  auto const number = [](auto value) { return std::to_string(value); };
  auto const exact = options.format == export_format::agentnet ? "agentnet.jsonl" : "train.jsonl";
  std::string text;
  text += "# Datasheet: " + options.name + "\n\n## What it is for\n\n";
  text += "The purpose that the recorded person agreed to, and the only one: `" +
          std::string{name_of(options.purpose)} + "`. ";
  text += "Using it to evaluate, rank or monitor people is not what was agreed.\n\n";
  text += "## What it consists of\n\n| | |\n|---|---|\n";
  auto const row = [&](std::string_view what, std::string_view value) {
    text += "| " + std::string{what} + " | " + std::string{value} + " |\n";
  };
  row("episodes", number(totals.written));
  row("lines in " + std::string{exact}, number(totals.lines));
  row("steps", number(totals.steps));
  row("of them with something withheld", number(totals.redacted));
  row("pictures", number(totals.pictures));
  row("action space", name_of(dialect_of(options)));
  if (dialect_of(options) == action_dialect::pyautogui) {
    row("spelling of keys", options.spelling == python_spelling::executable
                                ? "executable: `pyautogui.hotkey('ctrl', 'c')`"
                                : "corpus: `pyautogui.hotkey(keys=['ctrl', 'c'])`, which PyAutoGUI itself "
                                  "ignores");
  }
  if (options.px_per_notch) {
    row("pixels of a notch of the wheel, as whoever exported said", number(*options.px_per_notch));
  }
  if (options.display) {
    row("size to which pictures have to be scaled",
        number(options.display->width) + " x " + number(options.display->height));
  }
  text +=
      "\nWhat stands in texts as `<SECRET:…>` or `<WITHHELD>` was withheld before it was recorded; such "
      "steps say `\"redacted\": true`, and `placeholders` says where. Parts of pictures in one colour were "
      "masked the same way.\n\n## How it was collected\n\n";
  text += "Recorded with consent, receipt `" + facts.receipt_id + "`, under the policy with the digest `" +
          facts.policy_digest + "`. Traces:\n\n| SHA-256 | episodes | times |\n|---|---|---|\n";
  for (auto const& [sha256, trace] : totals.traces) {
    text += "| `" + sha256 + "` | " + number(trace.episodes) + " | " +
            (trace.time_grid_ns == 0 ? "exact" : "on a grid of " + number(trace.time_grid_ns) + " ns") +
            " |\n";
  }
  text += "\n## What is not in it\n\n";
  auto const count_of = [&](std::uint64_t value, std::string_view what) {
    if (value > 0) {
      text += "- episodes, because " + std::string{what} + ": " + number(value) + "\n";
    }
  };
  count_of(totals.no_steps, "nothing of them could be written");
  count_of(totals.image_token, "their instruction holds a text that trainers take for a picture");
  text += "- gaps, where the trace says that something is missing: " + number(totals.gaps) + "\n";
  text += "\nActions that were not written, by reason; none was bent until it fitted:\n\n";
  text += "| reason | actions | |\n|---|---|---|\n";
  for (std::size_t i = 0; i < totals.skipped.size(); ++i) {
    auto const why = static_cast<skip_reason>(i);
    if (totals.skipped[i] > 0) {
      text += "| `" + std::string{name_of(why)} + "` | " + number(totals.skipped[i]) + " | " +
              std::string{meaning_of(why)} + " |\n";
    }
  }
  if (!erased.empty()) {
    text +=
        "\nErased, because the person had it erased. Copies of this dataset from before hold it still and "
        "have to be replaced:\n\n| SHA-256 of the trace | day | tasks |\n|---|---|---|\n";
    for (auto const& one : erased) {
      text += "| `" + one.trace_sha256 + "` | " + one.day + " | " + number(one.tasks) + " |\n";
    }
  }
  text += "\n## Who could be recognised\n\n";
  text +=
      "Names and numbers that were found are withheld, the way through programs is not. The episodes took " +
      number(totals.routes) + " different ways through applications and pages; " +
      number(totals.unique_routes.size()) +
      " took one that no other episode took (`routes.taken_once` in the manifest). Look at those before "
      "passing this on.\n\n";
  text +=
      "## Keeping it\n\n"
      "When the person withdraws the consent, this dataset and its copies have to be deleted; what a model "
      "has learnt from it cannot be taken back. `manifest.json` has the hash of every file.\n";
  return text;
}

} // namespace overt::inline v0::dataset
