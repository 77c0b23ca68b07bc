#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <overt/detail/secure_memory.hpp>
#include <overt/redact/detect/detectors.hpp>
#include <overt/redact/edit/kept_back.hpp>
#include <overt/redact/edit/marked_text.hpp>

namespace overt::inline v0::redact {

/// Looks for what is spread over several fields or several visits to one: a card in four boxes, half a number
/// before a look elsewhere and half after it.
///
/// Remembers the end of what was typed in a place before, 256 characters. Fixed size, wiped at its end.
class joined_texts {
public:
  static constexpr std::size_t most_texts = 8;

  joined_texts() = default;
  joined_texts(joined_texts const&) = delete;
  joined_texts& operator=(joined_texts const&) = delete;
  ~joined_texts() { clear(); }

  /// Marks in each of `texts` what, joined to those before it, is part of something. False when a detector
  /// could not look.
  [[nodiscard]] bool judge(std::span<marked_text* const> texts, detect::detectors const& which) const {
    hide_boxes(texts);
    bool looked = judge_joined(texts, which, U'\0') && judge_joined(texts, which, U' ');
    // Something else may have been filled in between two visits to a field.
    for (std::size_t i = 0; i < texts.size(); ++i) {
      for (std::size_t j = i + 2; j < texts.size(); ++j) {
        std::array<marked_text*, 2> const pair{texts[i], texts[j]};
        looked = looked && judge_joined(pair, which, U'\0');
      }
    }
    return looked;
  }

  /// Marks what, in `typed`, is part of something with what was filled in before.
  [[nodiscard]] bool judge_typed(marked_text& typed, detect::detectors const& which) const {
    std::array<marked_text*, 1> const alone{&typed};
    return size_ == 0 || judge_joined(alone, which, U'\0');
  }

  /// Marks what, in `text`, is part of something with what was typed after it.
  [[nodiscard]] static bool judge_pair(marked_text& text, marked_text& typed_later,
                                       detect::detectors const& which) {
    std::array<marked_text*, 2> const pair{&text, &typed_later};
    return joined_texts{}.judge_joined(pair, which, U'\0');
  }

  /// Remembers the end of a text that was decided about.
  void add(marked_text const& text, release_of release) noexcept {
    for (std::size_t i = text.size() < room ? 0 : text.size() - room; i < text.size(); ++i) {
      if (size_ == room) {
        for (std::size_t at = 1; at < room; ++at) {
          before_[at - 1] = before_[at];
        }
        --size_;
      }
      before_[size_++] = text[i];
    }
    if (release == release_of::submitted && ends_with_entity(text) && size_ > 0) {
      before_[size_ - 1] = U'\n'; // it is complete: what comes next is no part of it
    }
  }

  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

  void clear() noexcept {
    v0::detail::wipe(before_.data(), size_ * sizeof(char32_t));
    size_ = 0;
  }

private:
  static constexpr std::size_t room = 256;

  /// An address that was submitted is complete; numbers and keys may always go on.
  [[nodiscard]] static bool ends_with_entity(marked_text const& text) noexcept {
    return text.size() > 0 && text.mark_at(text.size() - 1) == mark::of(detect::entity::email);
  }

  static constexpr std::uint16_t nowhere = 0xffff;

  /// Where a joined character came from.
  struct origin {
    std::uint16_t text = nowhere; ///< `nowhere`: from before, or between
    std::uint16_t place = 0;
  };

  [[nodiscard]] static bool is_digits(marked_text const& text, std::size_t length) noexcept {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (!detail::is_digit(text[i])) {
        return false;
      }
    }
    return text.size() == length;
  }

  /// Boxes of four digits each are a card, and of one digit a code, whatever they add up to.
  static void hide_boxes(std::span<marked_text* const> texts) noexcept {
    for (std::size_t const length : {std::size_t{4}, std::size_t{1}}) {
      std::size_t const needed = length == 4 ? 2 : 4;
      for (std::size_t begin = 0; begin < texts.size(); ++begin) {
        auto end = begin;
        while (end < texts.size() && is_digits(*texts[end], length)) {
          ++end;
        }
        for (auto i = begin; i < end && end - begin >= needed; ++i) {
          detail::keep_back(*texts[i], 0);
        }
        begin = end;
      }
    }
  }

  [[nodiscard]] bool judge_joined(std::span<marked_text* const> texts, detect::detectors const& which,
                                  char32_t between) const {
    marked_text joined;
    std::array<origin, marked_text::capacity> from;
    bool room_left = true;
    auto const add = [&](char32_t one, origin of) {
      auto const place = joined.size();
      room_left = room_left && joined.add(one == 0 ? U'\n' : one);
      if (room_left) {
        from[place] = of;
      }
    };
    for (std::size_t i = 0; i < size_; ++i) {
      add(before_[i], {});
    }
    for (std::size_t number = 0; number < texts.size(); ++number) {
      bool const ended = number > 0 && ends_with_entity(*texts[number - 1]);
      if (between != 0 || ended) {
        add(ended ? U'\n' : between, {});
      }
      for (std::size_t i = 0; i < texts[number]->size(); ++i) {
        add((*texts[number])[i], {static_cast<std::uint16_t>(number), static_cast<std::uint16_t>(i)});
      }
    }
    // What is too much to look at joined was looked at by itself.
    return joined.scan(which, [&](std::size_t begin, std::size_t end, detect::entity found) {
      for (auto i = begin; i < end; ++i) {
        if (from[i].text != nowhere) {
          texts[from[i].text]->set_mark(from[i].place, mark::of(found));
        }
      }
    });
  }

  std::array<char32_t, room> before_{};
  std::size_t size_ = 0;
};

} // namespace overt::inline v0::redact
