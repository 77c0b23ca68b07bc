#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>

#include <overt/event/context.hpp>
#include <overt/event/frame.hpp>
#include <overt/event/payload.hpp>
#include <overt/redact/guarded_texts.hpp>
#include <overt/redact/path_ranges.hpp>
#include <overt/redact/policy.hpp>

namespace overt::inline v0::redact {

/// Masks the paths of files wherever a text has one: names of elements, titles, values, what was typed. A
/// path names the person (`/home/Jane`) and what they work on. A common extension stays: `*.pdf`.
///
///     only({...}) | secrets{} | redact::file_paths{} | elements{}
///
/// It discloses nothing, so it stands before the policies that do. A file's name with spaces and without a
/// folder or quotes ("my letter.odt") is masked from its last space on.
struct file_paths {
  static constexpr std::string_view name = "file_paths";

  /// A frame's text is where its picture lies in the trace.
  template <payload Payload>
    requires(!std::same_as<Payload, frame>)
  void operator()(Payload& what, clearance const& key) const {
    bool changed = false;
    each_guarded_text(what, [&](guarded_text& field) { changed = mask(field, key) || changed; });
    if constexpr (std::same_as<Payload, text>) {
      if (changed) {
        mark_as_changed(what, key);
      }
    }
  }

  void operator()(context& where, clearance const& key) const {
    static_cast<void>(mask(where.title, key));
    if (where.origin.look(key).view() == "file://") { // elsewhere it is a path of pages
      static_cast<void>(mask(where.page, key));
    }
  }

private:
  static bool mask(guarded_text& field, clearance const& key) {
    std::array<byte_range, 32> ranges{};
    std::size_t size = 0;
    auto const content = field.look(key).view();
    each_file_path(content, [&](byte_range range) {
      if (size < ranges.size()) {
        ranges[size] = range;
        key.note("FILE_PATH", redaction_action::masked,
                 size_of(content.substr(range.begin, range.end - range.begin)));
      }
      ++size;
    });
    if (size > ranges.size()) {
      key.note("FILE_PATH", redaction_action::withheld, size_of(content));
      field.deny(key);
    } else if (size > 0) {
      field.mask(key, std::span{ranges}.first(size));
    }
    return size > 0;
  }
};

} // namespace overt::inline v0::redact
