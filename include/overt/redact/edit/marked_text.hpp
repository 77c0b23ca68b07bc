#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <overt/detail/secure_memory.hpp>
#include <overt/detail/utf8.hpp>
#include <overt/redact/detect/detectors.hpp>
#include <overt/redact/detect/scan.hpp>
#include <overt/redact/edit/marks.hpp>

namespace overt::inline v0::redact {

/// Characters, and what is known against each. At most 4,096 bytes of UTF-8. Fixed size; wiped at its end,
/// and by `clear`.
class marked_text {
public:
  static constexpr std::size_t capacity = 4096;

  marked_text() noexcept {}
  marked_text(marked_text const&) = delete;
  marked_text& operator=(marked_text const&) = delete;
  ~marked_text() { clear(); }

  void clear() noexcept {
    v0::detail::wipe(characters_.data(), size_ * sizeof(char32_t));
    size_ = 0;
    bytes_ = 0;
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] char32_t operator[](std::size_t i) const noexcept { return characters_[i]; }
  [[nodiscard]] mark mark_at(std::size_t i) const noexcept { return marks_[i]; }
  void set_mark(std::size_t i, mark what) noexcept {
    if (!marks_[i].any()) {
      marks_[i] = what;
    }
  }

  /// False when there is no room.
  [[nodiscard]] bool add(char32_t one, mark known = {}) noexcept {
    std::array<char, 4> encoded{};
    auto const bytes = v0::detail::encode_utf8(one, encoded.data());
    if (size_ == capacity || bytes_ + bytes > capacity) {
      return false;
    }
    characters_[size_] = one;
    marks_[size_++] = known;
    bytes_ += bytes;
    return true;
  }

  /// False when it is no UTF-8 or too long; what fits is there all the same.
  [[nodiscard]] bool add_all(std::string_view text) noexcept {
    while (!text.empty()) {
      auto const one = v0::detail::decode_utf8(text);
      if (one.size == 0 || !add(static_cast<char32_t>(one.character))) {
        return false;
      }
      text.remove_prefix(one.size);
    }
    return true;
  }

  void set_marks(std::size_t begin, std::size_t end, mark what) noexcept {
    for (; begin < end; ++begin) {
      set_mark(begin, what);
    }
  }

  /// Names what stands there now as what it is now: on the way, a part of it may have looked like something
  /// else.
  void name_marks(std::size_t begin, std::size_t end, mark what) noexcept {
    for (; begin < end; ++begin) {
      marks_[begin] = what;
    }
  }

  /// Whether all of it stands, in one piece, in a text. An empty one stands anywhere.
  [[nodiscard]] bool stands_in(std::string_view text) const noexcept {
    for (std::size_t from = 0; from <= text.size(); ++from) {
      auto rest = text.substr(from);
      std::size_t same = 0;
      for (; same < size_; ++same) {
        auto const one = v0::detail::decode_utf8(rest);
        if (one.size == 0 || one.character != characters_[same]) {
          break;
        }
        rest.remove_prefix(one.size);
      }
      if (same == size_) {
        return true;
      }
    }
    return false;
  }

  /// Looks for entities in the whole text. `use(begin, end, entity)` for each, in characters. False when a
  /// detector could not look.
  template <class Use>
  [[nodiscard]] bool scan(detect::detectors const& which, Use&& use) const {
    std::array<char, capacity + 4> utf8; // not filled: only what is written is read
    std::array<std::uint16_t, capacity + 4> place;
    std::size_t length = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      auto const one = characters_[i] == 0 ? U'\n' : characters_[i]; // what was pasted stands apart
      auto const bytes = v0::detail::encode_utf8(one, utf8.data() + length);
      for (std::size_t byte = 0; byte < bytes; ++byte) {
        place[length++] = static_cast<std::uint16_t>(i);
      }
    }
    detect::findings found;
    detect::scan(which, {utf8.data(), length}, found);
    v0::detail::wipe(utf8.data(), length);
    for (auto const& one : found.spans()) {
      if (one.begin < one.end && one.end <= length) {
        use(std::size_t{place[one.begin]}, std::size_t{place[one.end - 1]} + 1, one.type);
      }
    }
    return found.complete();
  }

private:
  std::array<char32_t, capacity> characters_;
  std::array<mark, capacity> marks_;
  std::size_t size_ = 0;
  std::size_t bytes_ = 0;
};

} // namespace overt::inline v0::redact
