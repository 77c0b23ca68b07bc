#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/detail/secure_memory.hpp>
#include <overt/event/result.hpp>
#include <overt/event/screen_picture.hpp>
#include <overt/sink/encoded_picture.hpp>
#include <overt/sink/png/palette.hpp>
#include <overt/sink/png/png_chunks.hpp>
#include <overt/sink/png/png_filter.hpp>
#include <overt/sink/png/zlib_stream.hpp>

namespace overt::inline v0::sink {

/// Pictures as PNG (PNG, third edition, https://www.w3.org/TR/png-3/): an `image_codec`. The component
/// `overt::png`.
///
///     sink::with_pictures{sink::mcap{"trace.mcap"}, sink::png{}}
///
/// Files of eight bits a colour, or of a palette where there are no more than 256 colours, and of nothing but
/// IHDR, PLTE, IDAT and IEND: no time, no text, no colour profile, nothing that says where they were made. It
/// reads such files alone, and checks every CRC. Written on zlib itself: no jump across a C++ object, and all
/// memory that pixels went through is wiped. What it needs for a line and for zlib is kept; a copy makes its
/// own. One thread.
class png {
public:
  static constexpr std::string_view name = "png";

  png() noexcept = default;
  png(png const&) noexcept {}
  png(png&&) noexcept = default;
  png& operator=(png other) noexcept {
    swap(other);
    return *this;
  }
  ~png() {
    for (auto* const each : {&line_, &above_, &filtered_}) {
      v0::detail::wipe(each->data(), each->size());
    }
  }

  /// Errors: `misuse` for a size that is not that of the pixels or too large; `output_failed`: no memory.
  [[nodiscard]] result<void> encode(std::span<std::uint32_t const> pixels, picture_size size,
                                    std::string& out) {
    out.clear();
    if (!is_possible(size) || pixels.size() != area(size)) {
      return failure{error_code::misuse, "a picture of this size cannot be written as PNG"};
    }
    auto const width = static_cast<std::size_t>(size.width);
    auto const palette = palette_.collect(pixels);
    auto const step = palette ? std::size_t{1} : std::size_t{3};
    out += detail::png_signature;
    put_head(out, size, palette);
    if (palette) {
      put_palette(out);
    }
    auto const at = detail::begin_png_chunk(out, "IDAT");
    start_lines(width * step);
    bool written = writer_.begin(out);
    for (std::size_t y = 0; written && y < static_cast<std::size_t>(size.height); ++y) {
      fill_line(pixels.subspan(y * width, width), palette);
      // By measurement: docs/pictures_measured.md.
      if (palette) {
        filtered_[0] = static_cast<unsigned char>(detail::png_filter::unchanged);
        std::copy(line_.begin(), line_.end(), filtered_.begin() + 1);
      } else {
        filtered_[0] = static_cast<unsigned char>(detail::png_filter::sub);
        detail::filter_line<detail::png_filter::sub>(line_, above_, step, filtered_.data() + 1);
      }
      written = writer_.add(filtered_, y + 1 == static_cast<std::size_t>(size.height));
    }
    if (!written) {
      out.clear();
      return no_memory();
    }
    detail::end_png_chunk(out, at);
    detail::end_png_chunk(out, detail::begin_png_chunk(out, "IEND"));
    return {};
  }

  /// Errors: `invalid_input` for what is no such file, or damaged, and for one that cannot hold what it says
  /// it holds, before memory is taken for that; `output_failed`: no memory.
  [[nodiscard]] result<void> decode(std::string_view bytes, screen_picture& into) {
    into.wipe();
    auto const read = parse(bytes);
    if (!read) {
      return read.error();
    }
    auto made = screen_picture::black({0, 0, read->size.width, read->size.height});
    if (!made || !reader_.begin()) {
      return no_memory();
    }
    auto const step = read->palette.empty() ? std::size_t{3} : std::size_t{1};
    start_lines(made->width() * step);
    detail::png_chunks rest{read->data};
    std::string_view part;
    for (std::size_t y = 0; y < made->height(); ++y) {
      if (!read_line(rest, part) ||
          !detail::unfilter(filtered_[0], std::span{filtered_}.subspan(1), above_, step) ||
          !put_pixels(made->row(y), read->palette)) {
        return damaged("its pixels are not sound");
      }
      std::copy(filtered_.begin() + 1, filtered_.end(), above_.begin());
    }
    if (!read_end(rest, part)) {
      return damaged("its pixels do not end where it says");
    }
    into = *std::move(made);
    return {};
  }

private:
  struct parsed {
    picture_size size{};
    std::string_view palette{}; ///< empty: there is none
    std::string_view data{};    ///< from the first IDAT chunk on
  };

  /// zlib makes at most 1,032 bytes out of one.
  static constexpr std::uint64_t most_growth = 1032;

  [[nodiscard]] static bool is_possible(picture_size size) noexcept {
    return size.width > 0 && size.height > 0 && size.width <= screen_picture::longest_side &&
           size.height <= screen_picture::longest_side;
  }
  [[nodiscard]] static std::size_t area(picture_size size) noexcept {
    return static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
  }
  [[nodiscard]] static failure no_memory() {
    return {error_code::output_failed, "there is no memory for a picture"};
  }
  [[nodiscard]] static failure damaged(std::string_view why) {
    return {error_code::invalid_input, "the picture is no PNG of a trace: " + std::string{why}};
  }

  static void put_head(std::string& out, picture_size size, bool palette) {
    auto const at = detail::begin_png_chunk(out, "IHDR");
    detail::put_png_number(out, static_cast<std::uint32_t>(size.width));
    detail::put_png_number(out, static_cast<std::uint32_t>(size.height));
    out += '\x08';
    out += palette ? '\x03' : '\x02';
    out.append(3, '\0');
    detail::end_png_chunk(out, at);
  }

  void put_palette(std::string& out) const {
    auto const at = detail::begin_png_chunk(out, "PLTE");
    for (auto const colour : palette_.colours()) {
      for (int shift = 16; shift >= 0; shift -= 8) {
        out += static_cast<char>(colour >> shift & 0xff);
      }
    }
    detail::end_png_chunk(out, at);
  }

  /// Before the first line there is one of zeros.
  void start_lines(std::size_t size) {
    line_.resize(size);
    above_.assign(size, 0);
    filtered_.resize(size + 1);
  }

  void fill_line(std::span<std::uint32_t const> pixels, bool palette) noexcept {
    auto* out = line_.data();
    if (palette) {
      for (auto const pixel : pixels) {
        *out++ = palette_.place_of(pixel);
      }
      return;
    }
    for (auto const pixel : pixels) {
      *out++ = static_cast<unsigned char>(pixel >> 16);
      *out++ = static_cast<unsigned char>(pixel >> 8);
      *out++ = static_cast<unsigned char>(pixel);
    }
  }

  /// Looks at all chunks; the pixels are not decompressed yet.
  [[nodiscard]] static result<parsed> parse(std::string_view bytes) {
    if (!bytes.starts_with(detail::png_signature)) {
      return damaged("it does not begin as one");
    }
    detail::png_chunks chunks{bytes.substr(detail::png_signature.size())};
    if (!chunks.next() || chunks.type() != "IHDR" || chunks.content().size() != 13) {
      return damaged("its head is not sound");
    }
    auto const head = chunks.content();
    auto const longest = static_cast<std::uint32_t>(screen_picture::longest_side);
    auto const width = std::min(detail::png_number(head), longest + 1);
    auto const height = std::min(detail::png_number(head.substr(4)), longest + 1);
    parsed read{.size = {static_cast<std::int32_t>(width), static_cast<std::int32_t>(height)}};
    auto const kind = head.substr(8);
    bool const palette = kind == std::string_view{"\x08\x03\0\0\0", 5};
    if (!is_possible(read.size) || (!palette && kind != std::string_view{"\x08\x02\0\0\0", 5})) {
      return damaged("its size or kind is none that a trace has");
    }
    auto rest = chunks.rest();
    bool sound = chunks.next();
    if (sound && palette) {
      auto const size = chunks.content().size();
      sound = chunks.type() == "PLTE" && size > 0 && size % 3 == 0 && size <= 768;
      read.palette = chunks.content();
      rest = chunks.rest();
      sound = sound && chunks.next();
    }
    read.data = rest;
    std::uint64_t packed = 0;
    sound = sound && chunks.type() == "IDAT";
    while (sound && chunks.type() == "IDAT") {
      packed += chunks.content().size();
      sound = chunks.next();
    }
    if (!sound || chunks.type() != "IEND" || !chunks.content().empty() || !chunks.at_end()) {
      return damaged("a part of it is not sound, or not one that a trace has");
    }
    auto const plain = (std::uint64_t{width} * (palette ? 1 : 3) + 1) * height;
    return plain <= packed * most_growth ? result<parsed>{read} : damaged("it is too short for its size");
  }

  /// The next line and its filter. False: damaged.
  [[nodiscard]] bool read_line(detail::png_chunks& rest, std::string_view& part) {
    std::size_t filled = 0;
    for (std::span<unsigned char> left{filtered_}; !left.empty(); left = left.subspan(filled)) {
      if (reader_.ended() || (part.empty() && !next_part(rest, part)) || !reader_.read(part, left, filled)) {
        return false;
      }
    }
    return true;
  }

  /// What comes after the last line: the end of the stream, and nothing behind it.
  [[nodiscard]] bool read_end(detail::png_chunks& rest, std::string_view& part) {
    std::array<unsigned char, 1> more{};
    std::size_t filled = 0;
    while (!reader_.ended() && (!part.empty() || next_part(rest, part))) {
      if (!reader_.read(part, more, filled) || filled > 0) {
        return false;
      }
    }
    return reader_.ended() && part.empty() && rest.next() && rest.type() == "IEND";
  }

  [[nodiscard]] static bool next_part(detail::png_chunks& rest, std::string_view& part) noexcept {
    bool const more = rest.next() && rest.type() == "IDAT";
    part = more ? rest.content() : std::string_view{};
    return more;
  }

  [[nodiscard]] bool put_pixels(std::span<std::uint32_t> row, std::string_view palette) const noexcept {
    auto const colour = [](auto const* three) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(three[0])) << 16 |
             static_cast<std::uint32_t>(static_cast<unsigned char>(three[1])) << 8 |
             static_cast<std::uint32_t>(static_cast<unsigned char>(three[2]));
    };
    auto const* from = filtered_.data() + 1;
    for (auto& pixel : row) {
      if (palette.empty()) {
        pixel = colour(from);
        from += 3;
      } else {
        auto const place = std::size_t{*from++} * 3;
        if (place >= palette.size()) {
          return false;
        }
        pixel = colour(palette.data() + place);
      }
    }
    return true;
  }

  void swap(png& other) noexcept {
    std::swap(writer_, other.writer_);
    std::swap(reader_, other.reader_);
    std::swap(palette_, other.palette_);
    line_.swap(other.line_);
    above_.swap(other.above_);
    filtered_.swap(other.filtered_);
  }

  detail::zlib_writer writer_{1};
  detail::zlib_reader reader_{};
  detail::palette palette_{};
  std::vector<unsigned char> line_{};
  std::vector<unsigned char> above_{};
  std::vector<unsigned char> filtered_{}; ///< a line behind the number of its filter
};

} // namespace overt::inline v0::sink
