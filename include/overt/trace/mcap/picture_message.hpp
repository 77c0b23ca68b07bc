#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include <overt/detail/cbor_cursor.hpp>
#include <overt/event/screen_picture.hpp>
#include <overt/sink/mcap/picture_message.hpp>
#include <overt/trace/mcap/fields.hpp>
#include <overt/trace/picture/stored_picture.hpp>

namespace overt::inline v0::trace {

/// Whether messages of this topic are pictures.
[[nodiscard]] constexpr bool is_picture_topic(std::string_view topic) noexcept {
  return topic == sink::mcap_pictures::key_topic || topic == sink::mcap_pictures::tiles_topic;
}

namespace detail {

/// Whether it can be the name of a codec.
[[nodiscard]] constexpr bool is_picture_format(std::string_view name) noexcept {
  return !name.empty() && name.size() <= 16 &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") == std::string_view::npos;
}

/// A key picture: see `sink::mcap_pictures::append_key`.
[[nodiscard]] inline std::optional<stored_picture> read_key_message(std::string_view bytes) {
  mcap_fields fields{bytes};
  auto const low = fields.number<std::uint32_t>();
  static_cast<void>(fields.number<std::uint32_t>()); // its time, which the event has
  static_cast<void>(fields.number<std::uint32_t>());
  auto const digits = fields.text();
  stored_picture read;
  read.format = fields.text();
  read.image = fields.text();
  auto const* const end = digits.data() + digits.size();
  auto const number = std::from_chars(digits.data(), end, read.sequence);
  if (!fields.sound() || fields.left() > 0 || number.ec != std::errc{} || number.ptr != end ||
      low != static_cast<std::uint32_t>(read.sequence) || !is_picture_format(read.format)) {
    return std::nullopt;
  }
  read.key_sequence = read.sequence;
  return read;
}

/// What is different from one: see `sink::mcap_pictures::append_tiles`.
[[nodiscard]] inline std::optional<stored_picture> read_tiles_message(std::string_view bytes) {
  using major = v0::detail::cbor_major;
  constexpr auto longest = static_cast<std::uint64_t>(screen_picture::longest_side);
  v0::detail::cbor_cursor from{bytes};
  stored_picture read;
  std::uint64_t members = 0;
  std::uint64_t width = 0;
  std::uint64_t height = 0;
  std::uint64_t side = 0;
  std::string_view kind;
  auto const number = [&](std::string_view name, std::uint64_t& value) {
    return from.expect_text(name) && from.expect(major::unsigned_number, value);
  };
  bool const begun = from.expect(major::map, members) && (members == 7 || members == 10) &&
                     from.expect_text("schema") && from.expect_text("overt.tiles/1") &&
                     number("seq", read.sequence) && from.expect_text("kind") && from.text(kind) &&
                     number("width", width) && number("height", height) &&
                     number("key_seq", read.key_sequence) && number("tile_side", side);
  bool const any = members == 10;
  if (!begun || kind != (any ? "tiles" : "same") || width == 0 || height == 0 || width > longest ||
      height > longest || side == 0 || side > longest) {
    return std::nullopt;
  }
  read.kind = any ? sink::picture_kind::tiles : sink::picture_kind::same;
  read.size = {static_cast<std::int32_t>(width), static_cast<std::int32_t>(height)};
  read.tile_side = static_cast<std::uint32_t>(side);
  if (any) {
    auto const all = ((width + side - 1) / side) * ((height + side - 1) / side);
    std::uint64_t count = 0;
    if (!from.expect_text("tiles") || !from.expect(major::array, count) || count == 0 ||
        count > from.left().size() || count * side > longest) {
      return std::nullopt;
    }
    std::uint64_t least = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
      std::uint64_t tile = 0;
      if (!from.expect(major::unsigned_number, tile) || tile < least || tile >= all) {
        return std::nullopt;
      }
      least = tile + 1;
      read.tiles.push_back(static_cast<std::uint32_t>(tile));
    }
    if (!from.expect_text("format") || !from.text(read.format) || !is_picture_format(read.format) ||
        !from.expect_text("image") || !from.bytes(read.image)) {
      return std::nullopt;
    }
  }
  return from.at_end() ? std::optional{std::move(read)} : std::nullopt;
}

} // namespace detail

/// A message of a picture topic; nothing when it is malformed. Views are into `bytes`.
[[nodiscard]] inline std::optional<stored_picture> read_picture_message(std::string_view topic,
                                                                        std::string_view bytes) {
  return topic == sink::mcap_pictures::key_topic ? detail::read_key_message(bytes)
                                                 : detail::read_tiles_message(bytes);
}

} // namespace overt::inline v0::trace
