#pragma once

#include <cstdint>
#include <span>
#include <string>

#include <overt/event/screen_picture.hpp>

/// What the pictures are compared with, where it is there: false where it is not.
namespace overt_benchmark {

/// libpng with its own settings: level 6, filters chosen line by line.
bool encode_libpng(std::span<std::uint32_t const> pixels, overt::picture_size size, std::string& out);

/// libwebp, lossless, at `level` 0 (fastest) to 9.
bool encode_webp(std::span<std::uint32_t const> pixels, overt::picture_size size, int level,
                 std::string& out);

} // namespace overt_benchmark
