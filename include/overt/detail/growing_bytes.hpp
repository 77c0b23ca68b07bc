#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace overt::inline v0::detail {

/// A growing buffer of bytes. It keeps its memory, so that in steady state nothing is allocated. Wiping is
/// its user's: it is made for what was cleared.
class growing_bytes {
public:
  [[nodiscard]] std::string_view view() const noexcept { return {bytes_.get(), size_}; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  void clear() noexcept { size_ = 0; }
  /// Takes back what is behind the first `size` bytes.
  void cut(std::size_t size) noexcept { size_ = size; }

  void append(std::string_view bytes) {
    if (!bytes.empty()) {
      std::memcpy(room(bytes.size()), bytes.data(), bytes.size());
      size_ += bytes.size();
    }
  }

  void append(char byte) {
    *room(1) = byte;
    ++size_;
  }

  /// At least so many bytes to write to, behind what is there. Say with `took` how many were written.
  [[nodiscard]] char* room(std::size_t more) {
    if (capacity_ - size_ < more) {
      grow(more);
    }
    return bytes_.get() + size_;
  }
  void took(std::size_t written) noexcept { size_ += written; }

private:
  void grow(std::size_t more) {
    auto const wanted = (size_ + more) * 2 < 4096 ? std::size_t{4096} : (size_ + more) * 2;
    auto grown = std::make_unique<char[]>(wanted);
    if (size_ > 0) {
      std::memcpy(grown.get(), bytes_.get(), size_);
    }
    bytes_ = std::move(grown);
    capacity_ = wanted;
  }

  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

} // namespace overt::inline v0::detail
