// The readers of pictures, with hostile bytes: PNG files, and the messages that hold them. The first byte
// says what the rest is; where checksums would hide what is behind them, right ones are put in. What is read
// must come back when it is written again. With and without libFuzzer: support/main.cpp (with -lz).

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/sink/mcap/picture_message.hpp>
#include <overt/sink/picture_encoder.hpp>
#include <overt/sink/png/png.hpp>
#include <overt/trace/mcap/picture_message.hpp>
#include <overt/trace/picture/tiles.hpp>
#include <overt_test/pictures.hpp>

#include "support/mutated.hpp"

namespace {

namespace sink = overt::sink;
namespace messages = overt::sink::mcap_pictures;

enum class input_kind : char { file, chunks, pixels, key, tiles };

void chunk(std::string& out, std::string_view type, std::string_view content) {
  auto const at = sink::detail::begin_png_chunk(out, type);
  out += content;
  sink::detail::end_png_chunk(out, at);
}

/// A PNG file with right checksums: width, height, kind and the size of the palette are its first bytes.
/// `packed`: the rest is zlib data already.
std::string png_of(std::string_view input, bool packed) {
  std::string out{sink::detail::png_signature};
  if (input.size() < 4) {
    return out;
  }
  auto const number = [&](std::size_t at) { return static_cast<unsigned char>(input[at]); };
  std::string head;
  sink::detail::put_png_number(head, number(0));
  sink::detail::put_png_number(head, number(1));
  head += '\x08';
  head += static_cast<char>(number(2) % 8);
  head.append(3, '\0');
  chunk(out, "IHDR", head);
  auto rest = input.substr(4);
  if (number(3) > 0) {
    auto const size = std::min<std::size_t>(rest.size(), number(3));
    chunk(out, "PLTE", rest.substr(0, size));
    rest.remove_prefix(size);
  }
  std::string data{rest};
  if (!packed) {
    data.clear();
    sink::detail::zlib_writer writer{1};
    static_cast<void>(writer.begin(data));
    static_cast<void>(writer.add({reinterpret_cast<unsigned char const*>(rest.data()), rest.size()}, true));
  }
  chunk(out, "IDAT", std::string_view{data}.substr(0, data.size() / 2));
  chunk(out, "IDAT", std::string_view{data}.substr(data.size() / 2));
  chunk(out, "IEND", "");
  return out;
}

void read_file(std::string_view bytes) {
  static sink::png codec;
  overt::screen_picture picture;
  if (!codec.decode(bytes, picture)) {
    if (picture.has_pixels()) {
      overt_fuzz::report("a file that is refused gave a picture");
    }
    return;
  }
  std::string again;
  overt::screen_picture back;
  if (!codec.encode(picture.pixels(), picture.size(), again) || !codec.decode(again, back) ||
      !overt_test::same_pixels(picture, back)) {
    overt_fuzz::report("a picture that was read does not come back");
  }
}

void read_message(std::string_view topic, std::string_view bytes) {
  auto const read = overt::trace::read_picture_message(topic, bytes);
  if (!read) {
    return;
  }
  sink::encoded_picture const again{.kind = read->kind,
                                    .size = read->size,
                                    .key_sequence = read->key_sequence,
                                    .tile_side = read->tile_side,
                                    .tiles = read->tiles,
                                    .format = read->format,
                                    .image = std::string{read->image}};
  std::string out;
  if (topic == messages::tiles_topic) {
    messages::append_tiles(out, read->sequence, again);
    if (out != bytes) {
      overt_fuzz::report("tiles that were read do not come back");
    }
  } else {
    messages::append_key(out, read->sequence, 0, again);
    auto const back = overt::trace::read_picture_message(topic, out);
    if (!back || back->sequence != read->sequence || back->image != read->image) {
      overt_fuzz::report("a key picture that was read does not come back");
    }
  }
  read_file(read->image);
  if (read->kind == sink::picture_kind::tiles && read->size.width <= 512 && read->size.height <= 512) {
    sink::png codec;
    overt::screen_picture column;
    auto onto = *overt::screen_picture::black({0, 0, read->size.width, read->size.height});
    if (codec.decode(read->image, column)) {
      static_cast<void>(overt::trace::put_tiles(onto, *read, column));
    }
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  std::string_view const rest{reinterpret_cast<char const*>(data) + 1, size - 1};
  switch (static_cast<input_kind>(data[0] % 5)) {
  case input_kind::file: read_file(rest); break;
  case input_kind::chunks: read_file(png_of(rest, true)); break;
  case input_kind::pixels: read_file(png_of(rest, false)); break;
  case input_kind::key: read_message(messages::key_topic, rest); break;
  case input_kind::tiles: read_message(messages::tiles_topic, rest); break;
  }
  return 0;
}

overt_fuzz::food overt_fuzz::feed() {
  std::vector<std::string> seeds;
  auto const add = [&](input_kind kind, std::string_view bytes) {
    seeds.push_back(static_cast<char>(kind) + std::string{bytes});
  };
  add(input_kind::pixels, std::string_view{"\2\2\2\0"
                                           "\0aaabbb"
                                           "\1ccc\0\0\0",
                                           18});
  add(input_kind::pixels, std::string_view{"\3\1\3\6"
                                           "aaabbb"
                                           "\0\0\1\0",
                                           14});
  for (char filter = 0; filter < 5; ++filter) {
    std::string lines{"\1\2\2\0", 4};
    for (int line = 0; line < 2; ++line) {
      lines += filter;
      lines += "xyz";
    }
    add(input_kind::pixels, lines);
  }
  overt_test::changing_screen screen{2};
  sink::picture_encoder encoder{sink::png{}};
  for (std::uint64_t sequence = 1; sequence < 40; ++sequence) {
    auto picture = *overt::screen_picture::black({0, 0, 100, 70});
    picture.fill({static_cast<std::int32_t>(sequence % 3) * 60, 0, 5, 3},
                 static_cast<std::uint32_t>(sequence));
    auto const made = encoder.encode(sequence, picture);
    std::string message;
    if ((*made)->kind == sink::picture_kind::key) {
      messages::append_key(message, sequence, sequence, **made);
      add(input_kind::key, message);
      add(input_kind::file, (*made)->image);
    } else {
      messages::append_tiles(message, sequence, **made);
      add(input_kind::tiles, message);
    }
    std::string file;
    sink::png codec;
    auto const& drawn = screen.next();
    if (drawn.pixels().size() < 2000 && codec.encode(drawn.pixels(), drawn.size(), file)) {
      add(input_kind::file, file);
      add(input_kind::chunks,
          std::string("\6\6\2\0", 4) + file.substr(std::min<std::size_t>(41, file.size())));
    }
  }
  return {.seeds = std::move(seeds)};
}
