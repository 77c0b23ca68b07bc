#pragma once

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <overt/event/rectangle.hpp>
#include <overt/event/result.hpp>
#include <overt/event/screen_picture.hpp>

namespace overt::inline v0::sink {

/// How the picture of a frame is kept.
enum class picture_kind : std::uint8_t {
  key,   ///< whole
  tiles, ///< what is different from the last key picture
  same,  ///< nothing is
};

/// A picture as a sink keeps it, beside the event whose number it has.
struct encoded_picture {
  picture_kind kind = picture_kind::key;
  picture_size size{};            ///< of the whole picture
  std::uint64_t key_sequence = 0; ///< the event that holds the key picture; its own for a key
  std::uint32_t tile_side = 64;   ///< pixels
  /// Which tiles changed, counted by rows from the upper left. The image holds them one below the other, each
  /// `tile_side` high and wide (those at the edges of the picture are filled up with black).
  std::vector<std::uint32_t> tiles{};
  std::string_view format{}; ///< the codec's name: "png"
  std::string image{};       ///< a whole file of that format; empty for `same`
};

/// Compresses pixels into an image file that any tool opens, and reads it. One thread.
///
/// `encode` replaces `out`. Pixels are 0x00RRGGBB, `width * height` of them. `decode` gives the size it
/// finds, no larger than `screen_picture::longest_side` each way, and takes no more memory than that; hostile
/// bytes are an error.
template <class Codec>
concept image_codec = requires(Codec& codec, std::span<std::uint32_t const> pixels, picture_size size,
                               std::string_view bytes, std::string& out, screen_picture& into) {
  { Codec::name } -> std::convertible_to<std::string_view>; // "png"
  { codec.encode(pixels, size, out) } -> std::same_as<result<void>>;
  { codec.decode(bytes, into) } -> std::same_as<result<void>>;
};

} // namespace overt::inline v0::sink
