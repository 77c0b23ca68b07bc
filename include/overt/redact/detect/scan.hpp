#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include <overt/detail/secure_memory.hpp>
#include <overt/redact/detect/context.hpp>
#include <overt/redact/detect/detectors.hpp>
#include <overt/redact/detect/fold.hpp>
#include <overt/redact/detect/personal_list.hpp>
#include <overt/redact/detect/secret_kinds.hpp>
#include <overt/redact/detect/shapes.hpp>
#include <overt/redact/detect/span.hpp>

namespace overt::inline v0::detect {

/// The longest text that `scan` looks at, in bytes.
inline constexpr std::size_t longest_scan = 4096;

namespace detail {

/// Takes what families find in a folded text, leaves out what is not wanted or scores too little, and gives
/// the rest to `Add` as spans of the source.
template <class Offset, class Add>
class collector {
public:
  collector(detectors const& which, folded_text<Offset> const& folded, Add& add) noexcept
      : which_{which}, folded_{folded}, add_{add} {}

  void operator()(std::size_t begin, std::size_t end, entity type, float score, literal rule) {
    if (!which_.looks_for(type) ||
        static_cast<int>(score * 100 + 0.5f) < static_cast<int>(which_.threshold_percent)) {
      return;
    }
    auto const source = folded_.source_of(begin, end);
    add_(span{source.begin, source.end, type, score, rule});
  }

private:
  detectors const& which_;
  folded_text<Offset> const& folded_;
  Add& add_;
};

/// Every detector but the recognisers of others. `text` and `offsets` are what a `folded_text` is made of:
/// made by the caller, it is read from memory again before it has arrived there, which costs a tenth of a
/// short text.
template <class Offset, class Add>
void scan_folded(detectors const& which, std::string_view text, Offset const* offsets, std::uint32_t nearby,
                 Add&& add) {
  folded_text<Offset> const folded{text, offsets};
  collector<Offset, Add> found{which, folded, add};
  shape_scanner shapes{text, found, nearby};
  scan_secret_kinds(text, found,
                    [&](std::size_t from, secrets::block const& here) { shapes.next(from, here.shapes); });
  if (which.looks_for(entity::my_data)) {
    if (which.my_list != nullptr) {
      which.my_list->scan(text, found);
    } else if (which.my_data != nullptr) {
      personal_list{*which.my_data}.scan(text, found);
    }
  }
}

/// The end of the last whole character before `at`.
[[nodiscard]] constexpr std::size_t character_end(std::string_view text, std::size_t at) noexcept {
  at = std::min(at, text.size());
  while (at > 0 && at < text.size() && is_continuation(text[at])) {
    --at;
  }
  return at;
}

/// What a label says; of a long one that is not ASCII the beginning.
[[nodiscard]] inline std::uint32_t meanings_of_label(std::string_view label) noexcept {
  if (is_ascii(label)) {
    return meanings_in(label);
  }
  constexpr std::size_t most = 256;
  label = label.substr(0, character_end(label, most));
  char bytes[most];
  std::uint16_t offsets[most + 1];
  folded_text<std::uint16_t> folded;
  auto const all = fold(label, bytes, offsets, folded) ? meanings_in(folded.text) : 0;
  overt::detail::wipe(bytes, label.size());
  return all;
}

/// Folds on the stack, so that a scan allocates nothing. False for broken UTF-8.
template <class Add>
[[nodiscard]] bool scan_folding(detectors const& which, std::string_view text, std::uint32_t nearby,
                                Add&& add) {
  char bytes[longest_scan];
  std::uint16_t offsets[longest_scan + 1];
  folded_text<std::uint16_t> folded;
  auto const whole = fold(text, bytes, offsets, folded);
  if (whole) {
    scan_folded(which, folded.text, folded.offsets, nearby, add);
  }
  overt::detail::wipe(bytes, text.size());
  return whole;
}

/// Lets the recognisers of others, which there are, look at a text, which stands at `offset` of the whole.
/// Their spans are widened to whole characters. False when one failed or pointed outside of the text.
template <class Add>
[[nodiscard]] bool run_recognisers(detectors const& which, std::string_view text, std::size_t offset,
                                   Add&& add) {
  bool complete = true;
  for (auto const& one : *which.recognisers) {
    findings theirs;
    complete = complete && one.find && one.find(text, theirs) && theirs.complete();
    for (auto found : theirs.spans()) {
      if (found.end > text.size()) {
        complete = false;
        found.end = text.size();
      }
      while (found.begin > 0 && found.begin < text.size() && is_continuation(text[found.begin])) {
        --found.begin;
      }
      while (found.end < text.size() && is_continuation(text[found.end])) {
        ++found.end;
      }
      if (found.begin < found.end) {
        found.begin += offset;
        found.end += offset;
        add(found);
      }
    }
  }
  return complete;
}

} // namespace detail

/// Looks for everything that `which` names in `text` (UTF-8, at most 4,096 bytes; longer or broken text makes
/// `found` incomplete). `nearby` is text that stands beside it, such as a field's label: it counts as
/// context.
///
/// Any thread; allocates nothing but what recognisers do; takes time in proportion to the text. What it keeps
/// of the text while it looks is wiped.
///
/// Example:
///
///     detect::findings found;
///     detect::scan(detect::all(), "write to jane@example.com", found);
///     for (auto const& one : found.spans()) { … } // one: 9 to 25, entity::email, 1.0, "email"
inline void scan(detectors const& which, std::string_view text, findings& found,
                 std::string_view nearby = {}) {
  found.clear();
  if (text.size() > longest_scan) {
    found.fail();
    return;
  }
  auto const add = [&](span const& one) { found.add(one); };
  auto const context = nearby.empty() ? 0 : detail::meanings_of_label(nearby);
  if (detail::is_ascii(text)) {
    detail::scan_folded<std::uint16_t>(which, text, nullptr, context, add);
  } else if (!detail::scan_folding(which, text, context, add)) {
    found.fail();
    return;
  }
  if (which.recognisers != nullptr && !detail::run_recognisers(which, text, 0, add)) {
    found.fail();
  }
}

/// The same for a text of any length under 4 GiB. `found` is replaced; its spans are in order and apart.
/// Returns false for broken UTF-8 or when a recogniser failed: then something may be in the text that is not
/// in `found`. Recognisers see pieces of at most 4,096 bytes that overlap by 256. Allocates; what is not
/// ASCII is folded into memory that is wiped.
[[nodiscard]] inline bool scan_long(detectors const& which, std::string_view text, std::vector<span>& found) {
  found.clear();
  if (text.size() >= std::numeric_limits<std::uint32_t>::max()) {
    return false;
  }
  struct list {
    std::vector<span>& of;
    [[nodiscard]] std::size_t size() const noexcept { return of.size(); }
    span& operator[](std::size_t at) noexcept { return of[at]; }
    void insert(std::size_t at, span const& one) {
      of.insert(of.begin() + static_cast<std::ptrdiff_t>(at), one);
    }
    void erase(std::size_t first, std::size_t last) {
      of.erase(of.begin() + static_cast<std::ptrdiff_t>(first),
               of.begin() + static_cast<std::ptrdiff_t>(last));
    }
  };
  // In the order of the text, so that each is put at the end: families report a little out of order, lists
  // and recognisers start again from the front.
  std::vector<span> unsorted;
  auto const add = [&](span const& one) { unsorted.push_back(one); };
  bool complete = true;
  if (detail::is_ascii(text)) {
    detail::scan_folded<std::uint32_t>(which, text, nullptr, 0, add);
  } else {
    std::vector<char> bytes(text.size());
    std::vector<std::uint32_t> offsets(text.size() + 1);
    detail::folded_text<std::uint32_t> folded;
    complete = detail::fold(text, bytes.data(), offsets.data(), folded);
    if (complete) {
      detail::scan_folded(which, folded.text, folded.offsets, 0, add);
    }
    overt::detail::wipe(bytes.data(), bytes.size());
  }
  if (complete && which.recognisers != nullptr) {
    constexpr std::size_t overlap = 256;
    for (std::size_t at = 0; at < text.size();) {
      auto const end = detail::character_end(text, at + longest_scan);
      complete = detail::run_recognisers(which, text.substr(at, end - at), at, add) && complete;
      at = end == text.size() ? end : detail::character_end(text, end - overlap);
    }
  }
  std::sort(unsorted.begin(), unsorted.end(), [](span const& a, span const& b) { return a.begin < b.begin; });
  list places{found};
  for (auto const& one : unsorted) {
    detail::insert_span(places, one);
  }
  return complete;
}

} // namespace overt::inline v0::detect
