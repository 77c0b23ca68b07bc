#pragma once

#include <cstring>
#include <string_view>
#include <utility>

#include <overt/detail/text_pool.hpp>

namespace overt::inline v0 {

namespace detail {
struct text_shrink;
} // namespace detail

/// UTF-8 text in one piece of memory that is wiped when the text ends. A handle of 8 bytes; it moves, it does
/// not copy, so there is always exactly one place to wipe.
///
/// Made by a `text_arena` on a capture path, or from a string anywhere else (then it allocates).
class arena_string {
public:
  arena_string() noexcept = default;

  /// Copies `text` into a heap block of its own. Empty when there is no memory.
  explicit arena_string(std::string_view text) noexcept : block_{detail::heap_text_block(text.size())} {
    if (block_ != nullptr) {
      assign(text);
    }
  }

  arena_string(arena_string&& other) noexcept : block_{std::exchange(other.block_, nullptr)} {}
  arena_string& operator=(arena_string&& other) noexcept {
    if (this != &other) {
      wipe();
      block_ = std::exchange(other.block_, nullptr);
    }
    return *this;
  }
  ~arena_string() { wipe(); }

  [[nodiscard]] std::string_view view() const noexcept {
    return block_ == nullptr ? std::string_view{} : std::string_view{block_->bytes(), block_->size};
  }

  /// Overwrites the text and gives its memory back.
  void wipe() noexcept {
    if (block_ != nullptr) {
      detail::end_text_block(std::exchange(block_, nullptr));
    }
  }

private:
  friend class text_arena;
  friend struct detail::text_shrink;

  explicit arena_string(detail::text_block* block, std::string_view text) noexcept : block_{block} {
    assign(text);
  }

  void assign(std::string_view text) noexcept {
    if (!text.empty()) {
      std::memcpy(block_->bytes(), text.data(), text.size());
    }
    block_->size = static_cast<std::uint32_t>(text.size());
  }

  detail::text_block* block_ = nullptr;
};

static_assert(sizeof(arena_string) == 8 || sizeof(void*) != 8);

} // namespace overt::inline v0
