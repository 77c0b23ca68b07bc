#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/event/frame.hpp>
#include <overt/event/screen_picture.hpp>
#include <overt/redact/cleared.hpp>

/// Frames with something in them, and what is left of their pixels.
namespace overt_test {

inline constexpr std::uint32_t paper = 0xffffff;

/// A white picture of this part of the desktop.
inline overt::screen_picture white(overt::rectangle covers) {
  auto made = *overt::screen_picture::black(covers);
  made.fill(covers, paper);
  return made;
}

inline overt::screen_element element(overt::rectangle where, overt::screen_part what,
                                     std::string_view text = {},
                                     overt::ui_role role = overt::ui_role::label) {
  return {.where = where, .what = what, .role = role, .text = overt::arena_string{text}};
}

/// A frame of 200 by 100 with these elements on white.
template <class... Elements>
overt::frame frame_with(Elements... elements) {
  overt::rectangle const covers{0, 0, 200, 100};
  auto picture = white(covers);
  (picture.elements().push_back(std::move(elements)), ...);
  return {.covers = covers, .shown = {covers}, .picture = overt::guarded_picture{std::move(picture)}};
}

/// Keeps what was disclosed of the last frame.
struct frame_sink {
  overt::screen_picture picture{};
  std::vector<overt::rectangle> masked{};
  overt::frame_state state{};
  std::size_t frames = 0;
  std::size_t elements_left = 0;

  template <class Event>
  void write(overt::cleared<Event> const& what) {
    what.visit([&]<class Payload>(Payload const& payload) {
      if constexpr (std::same_as<Payload, overt::frame>) {
        ++frames;
        state = payload.state;
        masked = payload.masked;
        auto const* const seen = payload.picture.disclosed();
        elements_left = seen == nullptr ? 0 : seen->elements().size();
        picture = seen == nullptr ? overt::screen_picture{} : seen->copy();
      }
    });
  }

  [[nodiscard]] std::uint32_t at(std::size_t x, std::size_t y) const { return picture.row(y)[x]; }

  /// Whether every pixel of a part has this colour.
  [[nodiscard]] bool is(overt::rectangle part, std::uint32_t colour) const {
    for (auto y = part.y; y < part.y + part.height; ++y) {
      for (auto x = part.x; x < part.x + part.width; ++x) {
        if (at(static_cast<std::size_t>(x), static_cast<std::size_t>(y)) != colour) {
          return false;
        }
      }
    }
    return true;
  }
};

} // namespace overt_test
