#include <overt/redact/tesseract/legible_text.hpp>

#include <array>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <overt/redact/pipeline.hpp>
#include <overt/redact/presets.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/events.hpp>
#include <overt_test/masked_frames.hpp>

using namespace overt;
using redact::legible_text;
using redact::pixels;

namespace {

constexpr rectangle sheet{0, 0, 480, 120};

/// Two lines of text, drawn by ImageMagick; empty where it or the font is missing.
std::optional<screen_picture> drawn(std::string const& first, std::string const& second, int size) {
  auto const command = "convert -size 480x120 xc:white -font DejaVu-Sans -pointsize " + std::to_string(size) +
                       " -fill black -annotate +10+40 '" + first + "' -annotate +10+90 '" + second +
                       "' -depth 8 rgb:- 2>/dev/null";
  auto* const from = ::popen(command.c_str(), "r");
  auto made = screen_picture::black(sheet);
  bool whole = from != nullptr && made;
  for (auto& pixel : made->pixels()) {
    std::array<unsigned char, 3> rgb{};
    whole = whole && std::fread(rgb.data(), 1, rgb.size(), from) == rgb.size();
    pixel = static_cast<std::uint32_t>(rgb[0]) << 16 | static_cast<std::uint32_t>(rgb[1]) << 8 | rgb[2];
  }
  if (from != nullptr) {
    ::pclose(from);
  }
  return whole ? std::move(made) : std::nullopt;
}

overt_test::frame_sink left_of(screen_picture picture, legible_text net) {
  overt_test::frame_sink out;
  auto chain =
      redact::strict({"editor"}) | pixels{.readable = redact::readable_text::searched} | std::move(net);
  redact::pipeline<event, decltype(chain), overt_test::frame_sink> pipe{std::move(chain), out, {}};
  pipe.push(overt_test::happened(
      1, overt_test::place({.application = "editor"}),
      frame{.covers = sheet, .shown = {sheet}, .picture = guarded_picture{std::move(picture)}}));
  pipe.finish();
  return out;
}

bool has_ink(overt_test::frame_sink const& out, rectangle part) {
  for (auto y = part.y; y < part.y + part.height; ++y) {
    for (auto x = part.x; x < part.x + part.width; ++x) {
      if ((out.at(static_cast<std::size_t>(x), static_cast<std::size_t>(y)) & 0xff) < 0x40) {
        return true;
      }
    }
  }
  return false;
}

constexpr rectangle upper{0, 15, 480, 35};
constexpr rectangle lower{0, 65, 480, 35};

} // namespace

TEST_CASE("L37: what is legible in a picture is found without accessibility", "[redact][pictures][leak]") {
  for (int const size : {13, 16, 20}) {
    auto picture = drawn("write to qzvexil@mailbox.example", "and come on Tuesday", size);
    if (!picture) {
      WARN("skipped: ImageMagick or the font DejaVu Sans is not there");
      return;
    }
    auto const out = left_of(std::move(*picture), {});
    CHECK(out.state == frame_state::taken);
    CHECK(out.masked.size() >= 1);
    CHECK(has_ink(out, lower));
    auto again = drawn("write to qzvexil@mailbox.example", "and come on Tuesday", size);
    auto const without = left_of(std::move(*again), {.look_for = {.types = 0}});
    CHECK(without.masked.empty()); // with nothing to look for it stays: the net is what filled it
  }
}

TEST_CASE("L38: a number in four groups is found", "[redact][pictures][leak]") {
  auto picture = drawn("4111 1111 1111 1111", "thank you", 16);
  if (!picture) {
    WARN("skipped: ImageMagick or the font DejaVu Sans is not there");
    return;
  }
  auto const out = left_of(std::move(*picture), {});
  CHECK_FALSE(has_ink(out, upper));
  CHECK(has_ink(out, lower));
}

TEST_CASE("a picture that cannot be read is dropped", "[redact][pictures][leak]") {
  SECTION("no such language") {
    auto const out = left_of(overt_test::white(sheet), {.language = "xqz"});
    CHECK(out.frames == 1);
    CHECK(out.state == frame_state::unrecognised);
    CHECK_FALSE(out.picture.has_pixels());
  }
  SECTION("not in time") {
    auto picture = drawn("write to qzvexil@mailbox.example", "and come on Tuesday", 16);
    if (picture) {
      auto const out = left_of(std::move(*picture), {.longest_ms = 1});
      CHECK(out.state == frame_state::unrecognised);
      CHECK_FALSE(out.picture.has_pixels());
    }
  }
}
