#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include <overt/consent/json/checked_json.hpp>
#include <overt/detail/read_file.hpp>

namespace overt::inline v0::redact::detail {

using consent::detail::checked_json;

/// What a file of the policy holds; nothing, and a problem, when it cannot be read.
[[nodiscard]] inline std::string read_named_file(checked_json at, std::filesystem::path const& folder,
                                                 std::size_t longest) {
  auto const named = at.text([](std::string_view text) { return !text.empty(); }, "the name of a file");
  if (!at.ok()) {
    return {};
  }
  auto read = v0::detail::read_file(folder / std::filesystem::path{named}, longest);
  if (!read) {
    at.refuse_with(read.error() == v0::detail::read_error::too_large
                       ? "names a file of more than " + std::to_string(longest) + " bytes"
                       : "names a file that cannot be read. Its place is told from the policy's folder");
    return {};
  }
  return std::move(read->content);
}

} // namespace overt::inline v0::redact::detail
