#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <overt/event/screen_picture.hpp>
#include <overt/sink/encoded_picture.hpp>

namespace overt::inline v0::trace {

/// A picture as a trace holds it, read and not decoded: what `sink::encoded_picture` was when it was written.
/// Its bytes belong to the store that gave it and are valid until that is asked for something else.
struct stored_picture {
  std::uint64_t sequence = 0; ///< of the event that it belongs to
  sink::picture_kind kind = sink::picture_kind::key;
  picture_size size{};            ///< of the whole picture; zero for a key picture, whose image says it
  std::uint64_t key_sequence = 0; ///< its own for a key picture
  std::uint32_t tile_side = 0;
  std::vector<std::uint32_t> tiles{}; ///< in order, each once
  std::string_view format{};
  std::string_view image{};
};

} // namespace overt::inline v0::trace
