#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include <overt/capture/atspi/element.hpp>
#include <overt/capture/input_hint.hpp>
#include <overt/event/clipboard.hpp>

namespace overt::inline v0::capture::atspi {

[[nodiscard]] constexpr std::optional<clipboard_operation> clipboard_operation_of(key_use use) noexcept {
  switch (use) {
  case key_use::copy: return clipboard_operation::copy;
  case key_use::cut: return clipboard_operation::cut;
  case key_use::paste: return clipboard_operation::paste;
  default: return std::nullopt;
  }
}

namespace detail {

/// Whether `text` ends with the accelerator of this key and Control, as toolkits write it.
[[nodiscard]] constexpr bool ends_with_accelerator(std::string_view text, char key) noexcept {
  constexpr std::array<std::string_view, 5> controls{"ctrl+", "control+", "<control>", "<primary>", "<ctrl>"};
  auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  if (text.empty() || lower(text.back()) != key) {
    return false;
  }
  text.remove_suffix(1);
  for (auto const control : controls) {
    if (text.size() < control.size()) {
      continue;
    }
    auto const tail = text.substr(text.size() - control.size());
    bool same = true;
    for (std::size_t i = 0; i < control.size(); ++i) {
      same = same && lower(tail[i]) == control[i];
    }
    // "Shift+Ctrl+V" is another command.
    auto const rest = text.substr(0, text.size() - control.size());
    if (same && (rest.empty() || (rest.back() != '+' && rest.back() != '>'))) {
      return true;
    }
  }
  return false;
}

} // namespace detail

/// What a menu item does with the clipboard, by its accelerator, as far as the toolkit tells that. By its
/// words it is not told: they are in every language.
[[nodiscard]] inline std::optional<clipboard_operation> clipboard_operation_of(element const& item) noexcept {
  std::array<std::string_view, 5> const places{
      item.attribute_named("keyshortcuts"), item.attribute_named("accelerator"),
      item.attribute_named("key-binding"), item.description.view(), item.name.view()};
  for (auto const place : places) {
    if (detail::ends_with_accelerator(place, 'c')) {
      return clipboard_operation::copy;
    }
    if (detail::ends_with_accelerator(place, 'x')) {
      return clipboard_operation::cut;
    }
    if (detail::ends_with_accelerator(place, 'v')) {
      return clipboard_operation::paste;
    }
  }
  return std::nullopt;
}

} // namespace overt::inline v0::capture::atspi
