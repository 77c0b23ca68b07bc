#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <overt/detail/cbor_text.hpp>
#include <overt/sink/encoded_picture.hpp>
#include <overt/sink/mcap/format.hpp>

/// How pictures stand in an MCAP file: key pictures as messages that viewers know, what is different from
/// them as messages of our own.
namespace overt::inline v0::sink::mcap_pictures {

/// A key picture is a sensor_msgs/CompressedImage of ROS 1, which viewers of MCAP show: message encoding
/// "ros1" and schema encoding "ros1msg" of the registry (https://mcap.dev/spec/registry). The definition of
/// the message is that of https://docs.ros.org/en/noetic/api/sensor_msgs/html/msg/CompressedImage.html,
/// without its comments.
inline constexpr std::string_view key_topic = "screen/picture";
inline constexpr std::string_view key_schema_name = "sensor_msgs/CompressedImage";
inline constexpr std::string_view key_schema_encoding = "ros1msg";
inline constexpr std::string_view key_encoding = "ros1";
inline constexpr std::string_view key_schema =
    "std_msgs/Header header\n"
    "string format\n"
    "uint8[] data\n"
    "\n================================================================================\n"
    "MSG: std_msgs/Header\n"
    "uint32 seq\n"
    "time stamp\n"
    "string frame_id\n";

inline constexpr std::string_view tiles_topic = "screen/tiles";
inline constexpr std::string_view tiles_schema_name = "overt/picture_tiles";

[[nodiscard]] constexpr std::string_view tiles_schema() noexcept {
  return R"({"$schema":"https://json-schema.org/draft/2020-12/schema","title":"overt.tiles/1","description":)"
         R"("The picture of event seq: that of event key_seq (on screen/picture, its header.frame_id is the )"
         R"(number), with these tiles put over it. Tiles are squares of tile_side pixels, counted by rows )"
         R"(from the upper left; image is a file of the format with a column of them, from the top, in the )"
         R"(order of tiles; what is beyond the picture's edge is black. kind same: no tile, no image.",)"
         R"("type":"object","properties":{"schema":{"const":"overt.tiles/1"},"seq":{"type":"integer"},)"
         R"("kind":{"enum":["tiles","same"]},"width":{"type":"integer"},"height":{"type":"integer"},)"
         R"("key_seq":{"type":"integer"},"tile_side":{"type":"integer"},"tiles":{"type":"array","items":)"
         R"({"type":"integer"}},"format":{"type":"string"},"image":{"contentEncoding":"binary"}}})";
}

/// Appends a key picture. `wall_ns`: its time since 1970. Numbers are little endian, texts and lists have
/// their length in front (https://wiki.ros.org/msg, Fields). The header's frame_id is the number of the event
/// in decimal digits: `seq` has 32 bits of it.
inline void append_key(std::string& out, std::uint64_t sequence, std::uint64_t wall_ns,
                       encoded_picture const& picture) {
  constexpr std::uint64_t second = 1'000'000'000;
  mcap_format::put(out, static_cast<std::uint32_t>(sequence));
  mcap_format::put(out, static_cast<std::uint32_t>(wall_ns / second));
  mcap_format::put(out, static_cast<std::uint32_t>(wall_ns % second));
  mcap_format::put_text(out, std::to_string(sequence));
  mcap_format::put_text(out, picture.format);
  mcap_format::put_text(out, picture.image);
}

/// Appends what is different from a key picture.
inline void append_tiles(std::string& out, std::uint64_t sequence, encoded_picture const& picture) {
  bool const any = picture.kind == picture_kind::tiles;
  v0::detail::cbor_text head;
  auto const number = [&head](std::size_t place, std::string_view name, std::uint64_t value) {
    head.member(place, name);
    head.number(value);
  };
  head.open_record(any ? 10 : 7);
  head.member(0, "schema");
  head.string("overt.tiles/1");
  number(1, "seq", sequence);
  head.member(2, "kind");
  head.string(any ? "tiles" : "same");
  number(3, "width", static_cast<std::uint64_t>(picture.size.width));
  number(4, "height", static_cast<std::uint64_t>(picture.size.height));
  number(5, "key_seq", picture.key_sequence);
  number(6, "tile_side", picture.tile_side);
  if (any) {
    head.member(7, "tiles");
    head.open_list(picture.tiles.size());
    for (auto const tile : picture.tiles) {
      head.number(tile);
    }
    head.member(8, "format");
    head.string(picture.format);
    head.member(9, "image");
    head.head(v0::detail::cbor_major::bytes, picture.image.size());
  }
  out.append(head.view());
  out.append(any ? std::string_view{picture.image} : std::string_view{});
}

} // namespace overt::inline v0::sink::mcap_pictures
