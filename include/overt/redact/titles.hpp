#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <overt/consent/grants.hpp>
#include <overt/event/context.hpp>
#include <overt/redact/guarded_texts.hpp>
#include <overt/redact/policy.hpp>

namespace overt::inline v0::redact {

/// Tells titles of windows as far as they are the program's: a title leaves when it fits one of the
/// templates, and what stands where a template has a star is left out. Without this policy no title leaves.
///
///     redact::titles{.templates = {"* - Mousepad", "Save As", "Inbox (*) - Mail"}}
///
/// "Letter to Jane.txt - Mousepad" becomes "{…} - Mousepad". A star stands for one character or more. Titles
/// hold what a document, a mail or a chat is called, and those are called after people.
struct titles {
  std::vector<std::string> templates{};

  static constexpr std::string_view name = "titles";
  static constexpr auto fields() { return overt::fields(field("templates", &titles::templates)); }

  [[nodiscard]] consent::grants needs() const { return consent::grants::window_focus; }

  void operator()(context& where, disclosure const& unlock) const {
    auto const title = where.title.look(unlock).view();
    if (title.empty()) {
      return;
    }
    for (auto const& one : templates) {
      replacement made;
      std::size_t left_out = 0;
      if (!fits(title, one, made, left_out)) {
        continue;
      }
      if (left_out != 0) {
        unlock.note("TITLE", redaction_action::replaced, bucket_of(left_out));
        where.title.replace(unlock, made);
      }
      return where.title.disclose(unlock);
    }
  }

private:
  /// Whether a title fits a template. Each fixed part is looked for from the left, and the last one stands at
  /// the end. `made` is what leaves, `left_out` the number of bytes that do not.
  [[nodiscard]] static bool fits(std::string_view title, std::string_view shape, replacement& made,
                                 std::size_t& left_out) {
    auto star = shape.find('*');
    if (star == std::string_view::npos) {
      return title == shape;
    }
    if (!title.starts_with(shape.substr(0, star))) {
      return false;
    }
    made.keep({0, star});
    auto at = star; // in the title
    while (true) {
      shape.remove_prefix(star + 1);
      star = shape.find('*');
      auto const fixed = shape.substr(0, star);
      bool const last = star == std::string_view::npos;
      if (title.size() < at + 1 + fixed.size()) {
        return false; // no room for one character and the fixed part
      }
      auto const found = last ? title.size() - fixed.size() : title.find(fixed, at + 1);
      if (found == std::string_view::npos || !title.substr(found).starts_with(fixed)) {
        return false;
      }
      left_out += found - at;
      made.put("{…}").keep({found, found + fixed.size()});
      at = found + fixed.size();
      if (last) {
        return true;
      }
    }
  }
};

} // namespace overt::inline v0::redact
