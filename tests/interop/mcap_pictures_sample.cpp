// Writes an MCAP trace with pictures, and beside it what each picture was: FILE.<number>.rgb, three bytes a
// pixel. Prints a line of JSON for each. Called by mcap_pictures.py.

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <utility>

#include <overt/sink/mcap.hpp>
#include <overt/sink/png/png.hpp>
#include <overt/sink/with_pictures.hpp>
#include <overt/sink/zstd/zstd.hpp>
#include <overt_test/pictures.hpp>

int main(int count, char** words) {
  if (count != 2) {
    std::fprintf(stderr, "usage: mcap_pictures_sample FILE\n");
    return 2;
  }
  std::string const path{words[1]};
  overt::sink::with_pictures out{
      overt::sink::mcap{path, overt::sink::zstd{}}, overt::sink::png{}, {.key_every = 6}};
  constexpr std::int64_t year = 31'536'000'000'000'000;
  if (!out.open({.policy = "{}", .anchor = overt::clock_anchor{{0}, 50 * year, 1}})) {
    return 1;
  }
  overt_test::changing_screen screen{4};
  std::uint64_t sequence = 0;
  for (int i = 0; i < 40; ++i) {
    out.write(overt_test::recorded_marker(++sequence));
    auto const& picture = screen.next();
    ++sequence;
    std::ofstream file{path + '.' + std::to_string(sequence) + ".rgb", std::ios::binary};
    for (auto const pixel : picture.pixels()) {
      file.put(static_cast<char>(pixel >> 16 & 0xff));
      file.put(static_cast<char>(pixel >> 8 & 0xff));
      file.put(static_cast<char>(pixel & 0xff));
    }
    std::printf("{\"seq\":%llu,\"width\":%d,\"height\":%d}\n", static_cast<unsigned long long>(sequence),
                picture.size().width, picture.size().height);
    out.write(overt_test::recorded_frame(sequence, picture.copy()));
  }
  return out.close({.written = {{"marker", 40}, {"frame", 40}}}) ? 0 : 1;
}
