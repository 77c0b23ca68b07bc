#include <overt/sink/png/png.hpp>

#include <cstddef>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt_test/catch.hpp>
#include <overt_test/pictures.hpp>

namespace {

namespace detail = overt::sink::detail;
using overt::screen_picture;
using overt::sink::png;

static_assert(overt::sink::image_codec<png>);

screen_picture drawn(std::int32_t width, std::int32_t height, std::uint32_t colours, std::uint32_t seed) {
  auto made = *screen_picture::black({0, 0, width, height});
  std::mt19937 random{seed};
  std::vector<std::uint32_t> chosen(colours);
  for (auto& each : chosen) {
    each = static_cast<std::uint32_t>(random()) & 0xffffffU;
  }
  for (auto& pixel : made.pixels()) {
    pixel = chosen[random() % colours];
  }
  return made;
}

std::string encoded(screen_picture const& picture) {
  png codec;
  std::string out = "what was there before";
  REQUIRE(codec.encode(picture.pixels(), picture.size(), out));
  return out;
}

std::vector<std::string> types_of(std::string_view file) {
  std::vector<std::string> types;
  for (detail::png_chunks chunks{file.substr(8)}; !chunks.at_end() && chunks.next();) {
    types.emplace_back(chunks.type());
  }
  return types;
}

std::string chunk(std::string_view type, std::string_view content) {
  std::string out;
  auto const at = detail::begin_png_chunk(out, type);
  out += content;
  detail::end_png_chunk(out, at);
  return out;
}

/// A file with this head and these pixels, compressed as they are.
std::string file_of(std::string const& head, std::string const& lines, std::string const& palette = {}) {
  std::string data;
  detail::zlib_writer writer{1};
  REQUIRE(writer.begin(data));
  REQUIRE(writer.add({reinterpret_cast<unsigned char const*>(lines.data()), lines.size()}, true));
  return std::string{detail::png_signature} + chunk("IHDR", head) +
         (palette.empty() ? std::string{} : chunk("PLTE", palette)) + chunk("IDAT", data) + chunk("IEND", "");
}

std::string head_of(std::uint32_t width, std::uint32_t height, char kind) {
  std::string head;
  detail::put_png_number(head, width);
  detail::put_png_number(head, height);
  return head + '\x08' + kind + std::string(3, '\0');
}

bool decodes(std::string_view bytes) {
  png codec;
  screen_picture into;
  auto const read = codec.decode(bytes, into);
  CHECK(read.has_value() == into.has_pixels());
  if (!read) {
    CHECK(read.error().code == overt::error_code::invalid_input);
  }
  return read.has_value();
}

} // namespace

TEST_CASE("pictures of all kinds come back from PNG as they were", "[sink][png]") {
  png codec;
  std::string out;
  screen_picture back;
  std::uint32_t seed = 0;
  for (auto const& [width, height] : {std::pair{1, 1}, {1, 300}, {300, 1}, {64, 64}, {257, 63}, {1000, 3}}) {
    for (std::uint32_t const colours : {1U, 2U, 255U, 256U, 257U, 100'000U}) {
      auto const picture = drawn(width, height, colours, ++seed);
      REQUIRE(codec.encode(picture.pixels(), picture.size(), out));
      auto const read = codec.decode(out, back);
      INFO(width << " x " << height << ", " << colours);
      REQUIRE(read);
      CHECK(overt_test::same_pixels(picture, back));
    }
  }
}

TEST_CASE("a picture of few colours has a palette, and no file has a chunk more", "[sink][png]") {
  CHECK(types_of(encoded(drawn(50, 50, 256, 1))) == std::vector<std::string>{"IHDR", "PLTE", "IDAT", "IEND"});
  CHECK(types_of(encoded(drawn(500, 500, 257, 1))) == std::vector<std::string>{"IHDR", "IDAT", "IEND"});
  CHECK(types_of(encoded(drawn(2000, 1000, 100'000, 1))) == std::vector<std::string>{"IHDR", "IDAT", "IEND"});
}

TEST_CASE("what is above the colours of a pixel is not written", "[sink][png]") {
  auto picture = *screen_picture::black({0, 0, 2, 1});
  picture.pixels()[0] = 0xff123456;
  picture.pixels()[1] = 0x01123456;
  png codec;
  screen_picture back;
  REQUIRE(codec.decode(encoded(picture), back));
  CHECK(back.pixels()[0] == 0x123456);
  CHECK(back.pixels()[1] == 0x123456);
}

TEST_CASE("the same picture is the same bytes, whatever was encoded before", "[sink][png]") {
  auto const picture = drawn(90, 70, 1000, 3);
  png codec;
  std::string first;
  std::string again;
  REQUIRE(codec.encode(picture.pixels(), picture.size(), first));
  auto const other = drawn(200, 10, 20, 4);
  REQUIRE(codec.encode(other.pixels(), other.size(), again));
  REQUIRE(codec.encode(picture.pixels(), picture.size(), again));
  CHECK(first == again);
  auto copy = codec;
  auto moved = std::move(codec);
  REQUIRE(copy.encode(picture.pixels(), picture.size(), again));
  CHECK(first == again);
  REQUIRE(moved.encode(picture.pixels(), picture.size(), again));
  CHECK(first == again);
}

TEST_CASE("every flipped bit and every cut of a PNG shows", "[sink][png]") {
  for (std::uint32_t const colours : {4U, 2000U}) {
    auto const whole = encoded(drawn(20, 9, colours, 5));
    REQUIRE(decodes(whole));
    for (std::size_t i = 0; i < whole.size() * 8; ++i) {
      auto changed = whole;
      changed[i / 8] = static_cast<char>(changed[i / 8] ^ 1 << i % 8);
      INFO("bit " << i);
      CHECK_FALSE(decodes(changed));
    }
    for (std::size_t size = 0; size < whole.size(); ++size) {
      CHECK_FALSE(decodes(std::string_view{whole}.substr(0, size)));
    }
    CHECK_FALSE(decodes(whole + '\0'));
  }
}

TEST_CASE("a PNG with anything that a trace does not have is refused", "[sink][png]") {
  auto const whole = encoded(drawn(20, 9, 2000, 5));
  constexpr std::size_t behind_head = 8 + 25;
  for (auto const* const type : {"tEXt", "tIME", "gAMA", "eXIf", "iCCP", "PLTE", "IHDR"}) {
    INFO(type);
    CHECK_FALSE(decodes(whole.substr(0, behind_head) + chunk(type, "abc") + whole.substr(behind_head)));
  }
  CHECK_FALSE(decodes(whole.substr(0, whole.size() - 12) + chunk("IEND", "x")));
  std::string const line(1 + 3 * 2, '\0');
  CHECK(decodes(file_of(head_of(2, 2, 2), line + line)));
  CHECK_FALSE(decodes(file_of(head_of(2, 2, 6), line + line)));        // with transparency
  CHECK_FALSE(decodes(file_of(head_of(2, 2, 2), line)));               // too few lines
  CHECK_FALSE(decodes(file_of(head_of(2, 2, 2), line + line + line))); // too many
  CHECK_FALSE(decodes(file_of(head_of(2, 2, 2), line + line + '\0'))); // a byte too many
  CHECK_FALSE(decodes(file_of(head_of(0, 2, 2), "")));                 // nothing
  CHECK_FALSE(decodes(file_of(head_of(16385, 1, 2), std::string(49156, '\0'))));
  CHECK_FALSE(decodes(file_of(head_of(2, 2, 2), line + '\5' + line.substr(1)))); // no such filter
  auto interlaced = head_of(2, 2, 2);
  interlaced.back() = '\1';
  CHECK_FALSE(decodes(file_of(interlaced, line + line)));
  std::string const places{"\0\0\1\0\1\1", 6};
  CHECK(decodes(file_of(head_of(2, 2, 3), places, "abcdef")));
  CHECK_FALSE(decodes(file_of(head_of(2, 2, 3), places, "abc"))); // a colour that there is not
  CHECK_FALSE(decodes(file_of(head_of(2, 2, 3), places, "abcdefg")));
  CHECK_FALSE(decodes(file_of(head_of(2, 2, 3), places)));
}

TEST_CASE("a few bytes that claim to be a huge picture take no memory", "[sink][png]") {
  png codec;
  screen_picture into;
  auto const read = codec.decode(file_of(head_of(16384, 16384, 2), std::string(1000, '\0')), into);
  REQUIRE_FALSE(read);
  CHECK(read.error().message == "the picture is no PNG of a trace: it is too short for its size");
}

TEST_CASE("a size that is not that of the pixels is misuse", "[sink][png]") {
  png codec;
  std::string out;
  std::vector<std::uint32_t> const pixels(10);
  CHECK_FALSE(codec.encode(pixels, {3, 3}, out));
  CHECK_FALSE(codec.encode(pixels, {-2, -5}, out));
  CHECK_FALSE(codec.encode({}, {0, 0}, out));
  CHECK(codec.encode(pixels, {2, 5}, out));
}
