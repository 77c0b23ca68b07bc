#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/dataset/action.hpp>
#include <overt/dataset/export/export_terms.hpp>
#include <overt/detail/utf8.hpp>

namespace overt::inline v0::dataset {

/// A text as datasets have it: what was withheld is `<SECRET:card>`, or `<WITHHELD>` where nobody knows what
/// it was.
struct exported_text {
  std::string value{};
  std::vector<text_placeholder> placeholders{}; ///< where those stand in `value`, in characters
  std::optional<skip_reason> skipped{};
};

[[nodiscard]] inline std::string placeholder_for(std::string_view type) {
  if (type.empty() || type == "WITHHELD") {
    return "<WITHHELD>";
  }
  std::string made{"<SECRET:"};
  for (auto const letter : type) {
    made += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  }
  return made + '>';
}

/// Where the trace has `{CARD}`, the dataset has another placeholder; the rest stays as it was written, also
/// what a person typed that looks like one. Skipped: `empty`, `not_typed`, `not_text`, and `flawed` where the
/// placeholders do not lie in the text one after another.
[[nodiscard]] inline exported_text exported(text_action const& written) {
  auto const skip = [](skip_reason why) {
    exported_text made;
    made.skipped = why;
    return made;
  };
  if (written.source == text_source::pasted || written.source == text_source::filled) {
    return skip(skip_reason::not_typed);
  }
  exported_text made;
  std::uint32_t characters = 0; // of `made`
  auto const put = [&](text_placeholder of) {
    auto const standing = placeholder_for(of.type);
    made.value += standing;
    of.begin = characters;
    characters += static_cast<std::uint32_t>(standing.size());
    of.end = characters;
    made.placeholders.push_back(std::move(of));
  };
  if (!written.value) {
    put({.type = "WITHHELD", .size = written.size.value_or(amount::under_ten)});
    return made;
  }
  auto const& value = *written.value;
  std::uint32_t read = 0; // characters
  std::size_t at = 0;     // bytes
  auto const take_until = [&](std::uint32_t end, bool keep) {
    while (read < end && at < value.size()) {
      auto const size = v0::detail::decode_utf8(std::string_view{value}.substr(at)).size;
      if (size == 0) {
        return false;
      }
      if (keep) {
        made.value += std::string_view{value}.substr(at, size);
        ++characters;
      }
      at += size;
      ++read;
    }
    return true;
  };
  for (auto const& each : written.placeholders) {
    if (each.begin < read || each.end < each.begin) {
      return skip(skip_reason::flawed);
    }
    if (!take_until(each.begin, true)) {
      return skip(skip_reason::not_text);
    }
    put(each);
    if (!take_until(each.end, false)) {
      return skip(skip_reason::not_text);
    }
    if (read != each.end) {
      return skip(skip_reason::flawed);
    }
  }
  if (!take_until(UINT32_MAX, true)) {
    return skip(skip_reason::not_text);
  }
  return made.value.empty() ? skip(skip_reason::empty) : made;
}

} // namespace overt::inline v0::dataset
