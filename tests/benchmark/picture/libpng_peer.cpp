#include "peers.hpp"

#include <csetjmp>
#include <cstddef>
#include <vector>

#include <png.h>

namespace {

void append(png_structp writer, png_bytep bytes, png_size_t size) {
  static_cast<std::string*>(png_get_io_ptr(writer))->append(reinterpret_cast<char const*>(bytes), size);
}
void nothing(png_structp) {}

/// Nothing in it has a destructor that a jump could leave out.
bool write_lines(std::uint32_t const* pixels, overt::picture_size size, unsigned char* const line,
                 std::string* out) {
  auto* writer = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  auto* info = png_create_info_struct(writer);
  if (setjmp(png_jmpbuf(writer)) != 0) {
    png_destroy_write_struct(&writer, &info);
    return false;
  }
  png_set_write_fn(writer, out, append, nothing);
  png_set_IHDR(writer, info, static_cast<png_uint_32>(size.width), static_cast<png_uint_32>(size.height), 8,
               PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(writer, info);
  for (std::int32_t y = 0; y < size.height; ++y) {
    auto const* const from = pixels + static_cast<std::ptrdiff_t>(y) * size.width;
    for (std::int32_t x = 0; x < size.width; ++x) {
      line[x * 3] = static_cast<unsigned char>(from[x] >> 16);
      line[x * 3 + 1] = static_cast<unsigned char>(from[x] >> 8);
      line[x * 3 + 2] = static_cast<unsigned char>(from[x]);
    }
    png_write_row(writer, line);
  }
  png_write_end(writer, nullptr);
  png_destroy_write_struct(&writer, &info);
  return true;
}

} // namespace

bool overt_benchmark::encode_libpng(std::span<std::uint32_t const> pixels, overt::picture_size size,
                                    std::string& out) {
  out.clear();
  std::vector<unsigned char> line(static_cast<std::size_t>(size.width) * 3);
  return write_lines(pixels.data(), size, line.data(), &out);
}
