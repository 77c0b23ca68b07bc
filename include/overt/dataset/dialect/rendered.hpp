#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <overt/dataset/action.hpp>
#include <overt/dataset/export/export_terms.hpp>

namespace overt::inline v0::dataset {

/// An action as a dialect writes it, or why it does not.
struct rendered {
  std::string text{};
  std::optional<skip_reason> skipped{};
  /// What stands in `message`, `text` or `content` for something that was withheld; positions in characters
  /// of that text. A person may type what looks like a placeholder: only these are.
  std::vector<text_placeholder> placeholders{};
  bool redacted = false; ///< some of it was withheld

  rendered(std::string written) : text{std::move(written)} {}
  rendered(std::string written, std::vector<text_placeholder> standing_in)
      : text{std::move(written)}, placeholders{std::move(standing_in)}, redacted{!placeholders.empty()} {}
  rendered(skip_reason why) : skipped{why} {}

  explicit operator bool() const noexcept { return !skipped; }
};

} // namespace overt::inline v0::dataset
