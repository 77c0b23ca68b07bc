#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <string_view>

#include <overt/event/arena_string.hpp>

namespace overt::inline v0 {

/// How many texts of which size an arena holds at once. The defaults take about 1 MiB.
struct text_arena_sizes {
  std::uint32_t small = 4096;  ///< up to 64 bytes: keys, names
  std::uint32_t medium = 1024; ///< up to 512 bytes: titles, addresses
  std::uint32_t large = 64;    ///< up to 4,096 bytes: what one field holds
};

/// Fixed memory for the text of one source of events. Any thread may store; storing never waits or allocates.
///
/// When it is full, or a text is longer than 4,096 bytes, `store` returns nothing: the text is then withheld
/// and counted. It is never truncated, because half a text is an invention.
class text_arena {
public:
  static constexpr std::size_t longest_text = 4096;

  explicit text_arena(text_arena_sizes sizes = {})
      : pools_{detail::text_pool::create(sizes.small, 64), detail::text_pool::create(sizes.medium, 512),
               detail::text_pool::create(sizes.large, longest_text)} {}

  text_arena(text_arena const&) = delete;
  text_arena& operator=(text_arena const&) = delete;

  /// Texts that are still held elsewhere keep their memory until they end.
  ~text_arena() {
    for (auto* const pool : pools_) {
      if (pool != nullptr) {
        pool->release();
      }
    }
  }

  /// Copies `text` (UTF-8) into the arena.
  [[nodiscard]] std::optional<arena_string> store(std::string_view text) noexcept {
    for (auto* const pool : pools_) {
      if (pool == nullptr || text.size() > pool->capacity()) {
        continue;
      }
      if (auto* const block = pool->take(); block != nullptr) {
        return arena_string{block, text};
      }
    }
    refused_.fetch_add(1, std::memory_order_relaxed);
    return std::nullopt;
  }

  /// How many texts found no room since the arena was made.
  [[nodiscard]] std::uint64_t refused() const noexcept { return refused_.load(std::memory_order_relaxed); }

private:
  std::array<detail::text_pool*, 3> pools_;
  std::atomic<std::uint64_t> refused_{0};
};

} // namespace overt::inline v0
