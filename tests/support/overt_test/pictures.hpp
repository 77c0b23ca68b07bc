#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/event/event.hpp>
#include <overt/event/recorded.hpp>
#include <overt/sink/encoded_picture.hpp>

/// Pictures, frames that hold them, and a codec that does not compress.
namespace overt_test {

/// Pixels as they are, behind their size: a codec without a library.
struct raw_pictures {
  static constexpr std::string_view name = "raw";
  bool fails = false;

  [[nodiscard]] overt::result<void> encode(std::span<std::uint32_t const> pixels, overt::picture_size size,
                                           std::string& out) const {
    if (fails) {
      return overt::failure{overt::error_code::output_failed, "told to fail"};
    }
    out.resize(8 + pixels.size_bytes());
    std::memcpy(out.data(), &size.width, 4);
    std::memcpy(out.data() + 4, &size.height, 4);
    std::memcpy(out.data() + 8, pixels.data(), pixels.size_bytes());
    return {};
  }

  [[nodiscard]] overt::result<void> decode(std::string_view bytes, overt::screen_picture& into) const {
    overt::picture_size size;
    if (bytes.size() < 8) {
      return overt::failure{overt::error_code::invalid_input, "too short"};
    }
    std::memcpy(&size.width, bytes.data(), 4);
    std::memcpy(&size.height, bytes.data() + 4, 4);
    if (size.width <= 0 || size.height <= 0 || size.width > overt::screen_picture::longest_side ||
        size.height > overt::screen_picture::longest_side ||
        bytes.size() !=
            8 + 4 * static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height)) {
      return overt::failure{overt::error_code::invalid_input, "not as long as it says"};
    }
    into = *overt::screen_picture::black({0, 0, size.width, size.height});
    std::memcpy(into.pixels().data(), bytes.data() + 8, bytes.size() - 8);
    return {};
  }
};

[[nodiscard]] inline bool same_pixels(overt::screen_picture const& a, overt::screen_picture const& b) {
  return a.size().width == b.size().width && a.size().height == b.size().height &&
         std::equal(a.pixels().begin(), a.pixels().end(), b.pixels().begin(), b.pixels().end());
}

/// What was on a screen one moment after another, drawn by lot: little changes, parts that are masked and
/// unmasked, other windows, another size.
class changing_screen {
public:
  explicit changing_screen(std::uint32_t seed) : random_{seed} { begin(); }

  overt::screen_picture const& next() {
    switch (random_() % 12) {
    case 0: begin(); break; // another size or monitor
    case 1: break;          // nothing
    case 2: draw(shown_.covers()); break;
    case 3:
    case 4: shown_.fill(part(), 0); break; // masked
    default:
      for (auto changes = 1 + random_() % 3; changes > 0; --changes) {
        draw(clipped(part(), shown_.covers()));
      }
    }
    return shown_;
  }

private:
  [[nodiscard]] std::int32_t below(std::uint32_t limit) {
    return static_cast<std::int32_t>(random_() % limit);
  }

  void begin() {
    shown_ = *overt::screen_picture::black({below(3) * 100, below(2) * 50, 1 + below(400), 1 + below(300)});
    draw(shown_.covers());
  }

  [[nodiscard]] overt::rectangle part() {
    auto const all = shown_.covers();
    return {all.x + below(static_cast<std::uint32_t>(all.width)),
            all.y + below(static_cast<std::uint32_t>(all.height)), 1 + below(90), 1 + below(40)};
  }

  void draw(overt::rectangle where) {
    auto const few = random_() % 2 == 0;
    auto const origin = shown_.covers();
    for (auto y = where.y; y < where.y + where.height; ++y) {
      for (auto x = where.x; x < where.x + where.width; ++x) {
        auto const pixel = static_cast<std::uint32_t>(random_()) & (few ? 0x808080U : 0xffffffU);
        shown_.row(static_cast<std::size_t>(y - origin.y))[static_cast<std::size_t>(x - origin.x)] = pixel;
      }
    }
  }

  std::mt19937 random_;
  overt::screen_picture shown_;
};

/// A frame as a chain lets it out, or as it came.
[[nodiscard]] inline overt::frame frame_of(overt::screen_picture picture, overt::guard_state state) {
  overt::frame made{.covers = picture.covers()};
  overt::detail::guarded_access::put(made.picture, std::move(picture), state);
  return made;
}

/// A frame as a reader or `sink::memory` would give it, its picture disclosed unless it is empty.
[[nodiscard]] inline overt::recorded<overt::event> recorded_frame(std::uint64_t sequence,
                                                                  overt::screen_picture picture) {
  auto const state = picture.has_pixels() || picture.width() > 0 ? overt::guard_state::disclosed
                                                                 : overt::guard_state::denied;
  auto made = frame_of(std::move(picture), state);
  return overt::detail::recording::make<overt::event>(
      {.sequence = sequence, .time = {static_cast<std::int64_t>(sequence) * 1'000'000'000}},
      overt::event{overt::event_header{}, std::move(made)});
}

/// An event that is no frame.
[[nodiscard]] inline overt::recorded<overt::event> recorded_marker(std::uint64_t sequence) {
  return overt::detail::recording::make<overt::event>(
      {.sequence = sequence, .time = {static_cast<std::int64_t>(sequence) * 1'000'000'000}},
      overt::event{overt::event_header{}, overt::marker{}});
}

} // namespace overt_test
