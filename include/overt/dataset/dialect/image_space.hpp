#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>

#include <overt/event/pointer_move.hpp>
#include <overt/event/rectangle.hpp>
#include <overt/event/screen_picture.hpp>

namespace overt::inline v0::dataset {

/// A pixel of a picture, from its upper left corner.
struct picture_point {
  std::int32_t x = 0;
  std::int32_t y = 0;

  friend constexpr bool operator==(picture_point, picture_point) = default;
};

/// Points of the desktop as points of one picture, in the pixels that a dialect counts in. Width and height
/// are scaled each by its own factor. A point outside of the picture is none: it is never moved to the edge,
/// because a wrong label is worse than a missing one.
class image_space {
public:
  /// `covers`: what of the desktop the picture shows, a pixel for each of its own. `scaled`: the size that
  /// the dialect thinks it has.
  constexpr image_space(rectangle covers, picture_size scaled) noexcept : covers_{covers}, scaled_{scaled} {}
  constexpr explicit image_space(rectangle covers) noexcept
      : image_space{covers, {covers.width, covers.height}} {}

  /// The picture's own pixel.
  [[nodiscard]] constexpr std::optional<picture_point> pixel(screen_point at) const noexcept {
    auto const x = std::int64_t{at.x} - covers_.x; // in 64 bits: any two points of a desktop
    auto const y = std::int64_t{at.y} - covers_.y;
    if (x < 0 || y < 0 || x >= covers_.width || y >= covers_.height) {
      return std::nullopt;
    }
    return picture_point{static_cast<std::int32_t>(x), static_cast<std::int32_t>(y)};
  }

  /// The pixel of the scaled picture in which the middle of the picture's own pixel lies.
  [[nodiscard]] constexpr std::optional<picture_point> scaled(screen_point at) const noexcept {
    auto const own = pixel(at);
    if (!own || scaled_.width <= 0 || scaled_.height <= 0) {
      return std::nullopt;
    }
    auto const along = [](std::int64_t place, std::int64_t from, std::int64_t to) {
      return static_cast<std::int32_t>((2 * place + 1) * to / (2 * from));
    };
    return picture_point{along(own->x, covers_.width, scaled_.width),
                         along(own->y, covers_.height, scaled_.height)};
  }

  /// As text: "x=0.9284, y=0.5287", a share of the picture's width and height to four decimals, as Python
  /// writes numbers.
  [[nodiscard]] std::optional<std::string> share(screen_point at) const {
    auto const own = pixel(at);
    if (!own) {
      return std::nullopt;
    }
    return "x=" + decimal(own->x, covers_.width) + ", y=" + decimal(own->y, covers_.height);
  }

  [[nodiscard]] constexpr picture_size size() const noexcept { return scaled_; }

private:
  /// In whole numbers, so that it is the same on every machine.
  [[nodiscard]] static std::string decimal(std::int64_t place, std::int64_t of) {
    auto const parts = (place * 20000 + of) / (2 * of);
    auto digits = std::to_string(10000 + parts % 10000).substr(1);
    while (digits.size() > 1 && digits.back() == '0') {
      digits.pop_back();
    }
    return std::to_string(parts / 10000) + '.' + digits;
  }

  rectangle covers_;
  picture_size scaled_;
};

/// The size to which Qwen2-VL and UI-TARS bring a picture before they look at it: sides in multiples of 28,
/// and an area within the limits (`smart_resize` of their published processors; halves go to the even number,
/// as Python rounds). Nothing for a side that would vanish.
[[nodiscard]] inline std::optional<picture_size>
size_in_patches(picture_size size, std::int64_t least_pixels = 100 * 28 * 28,
                std::int64_t most_pixels = std::int64_t{16384} * 28 * 28) {
  constexpr std::int64_t patch = 28;
  auto const nearest = [](std::int64_t side) {
    auto const down = side / patch;
    auto const twice_rest = 2 * (side % patch);
    bool const up = twice_rest > patch || (twice_rest == patch && down % 2 == 1);
    return (down + (up ? 1 : 0)) * patch;
  };
  if (size.width <= 0 || size.height <= 0) {
    return std::nullopt;
  }
  auto width = nearest(size.width);
  auto height = nearest(size.height);
  auto const area = static_cast<double>(size.width) * static_cast<double>(size.height);
  // In the order of the original, so that halves of a patch fall to the same side.
  auto const patches = [](double count) { return static_cast<std::int64_t>(count) * patch; };
  constexpr auto per_patch = static_cast<double>(patch);
  if (width * height > most_pixels) {
    auto const beta = std::sqrt(area / static_cast<double>(most_pixels));
    width = patches(std::floor(size.width / beta / per_patch));
    height = patches(std::floor(size.height / beta / per_patch));
  } else if (width * height < least_pixels) {
    auto const beta = std::sqrt(static_cast<double>(least_pixels) / area);
    width = patches(std::ceil(size.width * beta / per_patch));
    height = patches(std::ceil(size.height * beta / per_patch));
  }
  if (width <= 0 || height <= 0) {
    return std::nullopt;
  }
  return picture_size{static_cast<std::int32_t>(width), static_cast<std::int32_t>(height)};
}

} // namespace overt::inline v0::dataset
