#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <overt/detail/secure_memory.hpp>
#include <overt/event/field.hpp>
#include <overt/event/rectangle.hpp>
#include <overt/event/screen_element.hpp>

namespace overt::inline v0 {

/// How large a picture is; all of it that stands in a record of an event.
struct picture_size {
  std::int32_t width = 0;
  std::int32_t height = 0;

  static constexpr auto fields() {
    return overt::fields(field("width", &picture_size::width, unit::pixels),
                         field("height", &picture_size::height, unit::pixels));
  }
};

/// Pixels of the desktop and what stands where in them, in one piece of memory that is wiped when the picture
/// ends. A handle; it moves and does not copy, so there is one place to wipe.
///
/// A pixel is 32 bits, 0x00RRGGBB; rows follow one another without padding. `covers` is in physical pixels of
/// the desktop and has the picture's size. Pixels that belong to nothing agreed are black.
class screen_picture {
public:
  static constexpr std::int32_t longest_side = 16384;

  screen_picture() noexcept = default;

  /// A black picture of this part of the desktop. Nothing when the size makes no sense or there is no memory.
  [[nodiscard]] static std::optional<screen_picture> black(rectangle covers) {
    if (covers.width <= 0 || covers.height <= 0 || covers.width > longest_side ||
        covers.height > longest_side) {
      return std::nullopt;
    }
    auto const count = static_cast<std::size_t>(covers.width) * static_cast<std::size_t>(covers.height);
    std::unique_ptr<std::uint32_t[]> pixels{new (std::nothrow) std::uint32_t[count]};
    if (!pixels) {
      return std::nullopt;
    }
    std::memset(pixels.get(), 0, count * sizeof(std::uint32_t));
    screen_picture made;
    made.covers_ = covers;
    made.pixels_ = std::move(pixels);
    return made;
  }

  /// For readers: that there was a picture of this size, whose pixels are elsewhere (see `trace::pictures`).
  [[nodiscard]] static screen_picture elsewhere(picture_size size) noexcept {
    screen_picture made;
    made.covers_ = {0, 0, size.width, size.height};
    return made;
  }

  screen_picture(screen_picture&& other) noexcept
      : covers_{std::exchange(other.covers_, {})}, pixels_{std::move(other.pixels_)},
        elements_{std::move(other.elements_)}, token_{std::move(other.token_)} {}
  screen_picture& operator=(screen_picture&& other) noexcept {
    if (this != &other) {
      wipe();
      covers_ = std::exchange(other.covers_, {});
      pixels_ = std::move(other.pixels_);
      elements_ = std::move(other.elements_);
      token_ = std::move(other.token_);
    }
    return *this;
  }
  ~screen_picture() { wipe(); }

  [[nodiscard]] rectangle covers() const noexcept { return covers_; }
  [[nodiscard]] picture_size size() const noexcept { return {covers_.width, covers_.height}; }
  [[nodiscard]] std::size_t width() const noexcept { return static_cast<std::size_t>(covers_.width); }
  [[nodiscard]] std::size_t height() const noexcept { return static_cast<std::size_t>(covers_.height); }
  [[nodiscard]] bool has_pixels() const noexcept { return pixels_ != nullptr; }

  /// Height times width pixels; empty for a picture whose pixels are elsewhere.
  [[nodiscard]] std::span<std::uint32_t const> pixels() const noexcept { return {pixels_.get(), count()}; }
  [[nodiscard]] std::span<std::uint32_t> pixels() noexcept { return {pixels_.get(), count()}; }

  [[nodiscard]] std::span<std::uint32_t const> row(std::size_t y) const noexcept {
    return pixels().subspan(y * width(), width());
  }
  [[nodiscard]] std::span<std::uint32_t> row(std::size_t y) noexcept {
    return pixels().subspan(y * width(), width());
  }

  /// What stands in it. Nothing of this is ever written.
  [[nodiscard]] std::vector<screen_element> const& elements() const noexcept { return elements_; }
  [[nodiscard]] std::vector<screen_element>& elements() noexcept { return elements_; }

  /// Fills a part of the desktop with one colour; what lies outside of the picture is left out.
  void fill(rectangle part, std::uint32_t colour) noexcept {
    auto const in = clipped(part, covers_);
    for (auto y = in.y; y < in.y + in.height; ++y) {
      auto const line =
          row(static_cast<std::size_t>(y - covers_.y))
              .subspan(static_cast<std::size_t>(in.x - covers_.x), static_cast<std::size_t>(in.width));
      for (auto& pixel : line) {
        pixel = colour;
      }
    }
  }

  /// Kept as long as the pixels, so that whoever made the picture can count those under way.
  void carry(std::shared_ptr<void const> token) noexcept { token_ = std::move(token); }

  /// A second one with the same pixels and no elements; empty when there is no memory.
  [[nodiscard]] screen_picture copy() const {
    if (!has_pixels()) {
      return elsewhere(size());
    }
    auto made = black(covers_);
    if (!made) {
      return {};
    }
    std::memcpy(made->pixels_.get(), pixels_.get(), count() * sizeof(std::uint32_t));
    return *std::move(made);
  }

  /// Overwrites pixels and texts and gives the memory back.
  void wipe() noexcept {
    if (pixels_) {
      detail::wipe(pixels_.get(), count() * sizeof(std::uint32_t));
      pixels_.reset();
    }
    elements_.clear();
    token_.reset();
    covers_ = {};
  }

private:
  [[nodiscard]] std::size_t count() const noexcept { return pixels_ ? width() * height() : 0; }

  rectangle covers_{};
  std::unique_ptr<std::uint32_t[]> pixels_{};
  std::vector<screen_element> elements_{};
  std::shared_ptr<void const> token_{};
};

} // namespace overt::inline v0
