#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <new>
#include <span>
#include <type_traits>

#include <overt/event/literal.hpp>
#include <overt/redact/detect/entity.hpp>

namespace overt::inline v0::detect {

/// A stretch of a text that a detector recognised: a half-open range of bytes of the source text, always
/// whole characters.
struct span {
  std::size_t begin = 0;
  std::size_t end = 0;
  entity type = entity::pattern;
  float score = 0; ///< 0 to 1; see docs/detection.md for what adds to it
  literal rule{};  ///< which detector said so: "jwt", "github_token", "uk_nhs"
};

namespace detail {

/// Of two that overlap: the higher score, then a secret ("user:password@host" looks like an address too),
/// then the longer one, then the earlier type names what both cover together, in whatever order they were
/// found.
[[nodiscard]] constexpr span joined(span const& a, span const& b) noexcept {
  auto const size_a = a.end - a.begin;
  auto const size_b = b.end - b.begin;
  bool const secret_a = a.type == entity::secret;
  auto const first = a.score != b.score                       ? a.score > b.score
                     : secret_a != (b.type == entity::secret) ? secret_a
                     : size_a != size_b                       ? size_a > size_b
                                                              : a.type <= b.type;
  auto result = first ? a : b;
  result.begin = std::min(a.begin, b.begin);
  result.end = std::max(a.end, b.end);
  return result;
}

/// Puts a span where it belongs in a list that is in order and apart, joining it with those it overlaps, so
/// that no byte that either covered is bare afterwards. `Spans` has `size`, `[]`, `insert(place, span)` and
/// `erase(first, last)`; `insert` may refuse. Cheap at the end of the list, where most come.
template <class Spans>
constexpr void insert_span(Spans& spans, span one) {
  auto last = spans.size(); // behind the last that begins before the new one ends
  while (last > 0 && spans[last - 1].begin >= one.end) {
    --last;
  }
  auto first = last;
  while (first > 0 && spans[first - 1].end > one.begin) {
    one = joined(spans[first - 1], one);
    --first;
  }
  if (first == last) {
    spans.insert(first, one);
  } else {
    spans[first] = one;
    spans.erase(first + 1, last);
  }
}

} // namespace detail

/// What was found in one text, in order and apart. Fixed size, so that a scan allocates nothing. What does
/// not fit, or a recogniser that failed, makes it incomplete: then the text must not leave at all. Making and
/// clearing one costs nothing: room for spans stays unset until they come.
class findings {
public:
  static constexpr std::size_t capacity = 128;

  findings() noexcept {} // NOLINT: what is beyond `size_` is never read
  findings(findings const& other) noexcept { *this = other; }
  findings& operator=(findings const& other) noexcept {
    size_ = other.size_;
    complete_ = other.complete_;
    std::memmove(room_.data(), other.room_.data(), size_ * sizeof(detect::span));
    return *this;
  }
  ~findings() = default;

  [[nodiscard]] std::span<detect::span const> spans() const noexcept { return {first(), size_}; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

  /// False: something may be in the text that is not in `spans()`.
  [[nodiscard]] bool complete() const noexcept { return complete_; }

  void clear() noexcept {
    size_ = 0;
    complete_ = true;
  }
  void fail() noexcept { complete_ = false; }

  /// Adds a span, in any order. One that overlaps others is joined with them under the name of the best. An
  /// empty one says nothing; one that ends before it begins is a recogniser gone wrong.
  void add(detect::span one) noexcept {
    if (one.begin >= one.end) {
      complete_ = complete_ && one.begin == one.end;
      return;
    }
    list places{*this};
    detail::insert_span(places, one);
  }

private:
  /// The list as `insert_span` wants it.
  struct list {
    findings& of;

    [[nodiscard]] std::size_t size() const noexcept { return of.size_; }
    detect::span& operator[](std::size_t at) noexcept { return of.first()[at]; }
    void insert(std::size_t at, detect::span const& one) noexcept {
      if (of.size_ == capacity) {
        of.complete_ = false;
        return;
      }
      for (auto i = of.size_++; i > at; --i) {
        of.first()[i] = of.first()[i - 1];
      }
      of.first()[at] = one;
    }
    void erase(std::size_t first, std::size_t last) noexcept {
      auto const gone = last - first;
      for (auto i = last; i < of.size_ && gone > 0; ++i) {
        of.first()[i - gone] = of.first()[i];
      }
      of.size_ -= gone;
    }
  };

  // Bytes, in which spans begin to exist when they are assigned (C++20, [intro.object] 10).
  static_assert(std::is_trivially_copyable_v<detect::span> && std::is_trivially_destructible_v<detect::span>);
  [[nodiscard]] detect::span* first() noexcept {
    return std::launder(reinterpret_cast<detect::span*>(room_.data()));
  }
  [[nodiscard]] detect::span const* first() const noexcept {
    return std::launder(reinterpret_cast<detect::span const*>(room_.data()));
  }

  alignas(detect::span) std::array<std::byte, capacity * sizeof(detect::span)> room_;
  std::size_t size_ = 0;
  bool complete_ = true;
};

} // namespace overt::inline v0::detect
