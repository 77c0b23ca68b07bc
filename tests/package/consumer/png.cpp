#include <cstdint>
#include <string>
#include <vector>

#include <overt/sink/png/png.hpp>

int main() {
  overt::sink::png codec;
  std::vector<std::uint32_t> const pixels(100 * 50, 0x336699);
  std::string file;
  overt::screen_picture back;
  return codec.encode(pixels, {100, 50}, file) && codec.decode(file, back) && back.pixels()[4999] == 0x336699
             ? 0
             : 1;
}
