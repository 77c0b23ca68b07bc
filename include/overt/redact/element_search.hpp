#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <overt/detail/secure_memory.hpp>
#include <overt/event/screen_element.hpp>
#include <overt/redact/detect/detectors.hpp>
#include <overt/redact/detect/scan.hpp>
#include <overt/redact/element_lines.hpp>

namespace overt::inline v0::redact {

/// Finds the elements of a picture in which something personal stands, or part of it: each by itself, and
/// what several of them say together (`element_lines`). Texts in its own memory are wiped.
class element_search {
public:
  explicit element_search(detect::detectors const& look_for) noexcept : look_for_{look_for} {}
  element_search(element_search const&) = delete;
  element_search& operator=(element_search const&) = delete;
  ~element_search() { v0::detail::wipe(text_.data(), text_.size()); }

  /// One answer for each element: whether it has to be hidden.
  [[nodiscard]] std::vector<bool> operator()(std::span<screen_element const> all) {
    std::vector<bool> found(all.size(), false);
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (detail::has_words(all[i])) {
        element_line const alone{i};
        look(all, alone, {}, found);
      }
    }
    for (auto const& line : element_lines(all)) {
      look(all, line, " ", found);
      if (all[line.front()].group != 0 && all[line.front()].group == all[line.back()].group) {
        look(all, line, "", found); // a line may end in the middle of a word
      }
    }
    return found;
  }

private:
  static constexpr std::size_t overlap = 256;

  /// Long lines are looked at in windows that overlap by more than any detector's shape but a key's block.
  void look(std::span<screen_element const> all, element_line const& line, std::string_view between,
            std::vector<bool>& found) {
    v0::detail::wipe(text_.data(), text_.size());
    text_.clear();
    ends_.clear();
    for (auto const at : line) {
      text_.append(all[at].text.view());
      ends_.push_back(text_.size());
      text_.append(between);
    }
    std::string_view const whole{text_};
    constexpr auto window = detect::longest_scan;
    for (std::size_t from = 0; from < whole.size(); from += window - overlap) {
      search(whole.substr(from, window), from, line, found);
      if (whole.size() - from <= window) {
        break;
      }
    }
  }

  void search(std::string_view part, std::size_t from, element_line const& line, std::vector<bool>& found) {
    detect::findings spans;
    detect::scan(look_for_, part, spans);
    if (!spans.complete()) {
      mark(from, from + part.size(), line, found);
    }
    for (auto const& one : spans.spans()) {
      mark(from + one.begin, from + one.end, line, found);
    }
  }

  /// Every element that a stretch of the joined text touches.
  void mark(std::size_t begin, std::size_t end, element_line const& line, std::vector<bool>& found) const {
    std::size_t starts = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (begin < ends_[i] && end > starts) {
        found[line[i]] = true;
      }
      starts = ends_[i];
    }
  }

  detect::detectors const& look_for_;
  std::string text_;
  std::vector<std::size_t> ends_;
};

} // namespace overt::inline v0::redact
