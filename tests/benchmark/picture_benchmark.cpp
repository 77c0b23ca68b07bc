// What keeping pictures costs: ours next to libpng, QOI and lossless WebP in one run, on pages that are drawn
// by lot (picture/pages.hpp).
//
//   picture_benchmark [FRAMES]        a table of milliseconds of processor time and bytes; 60 frames unless
//   told

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/event/screen_picture.hpp>
#include <overt/sink/picture_encoder.hpp>
#include <overt/sink/png/png.hpp>
#include <overt/trace/picture/tiles.hpp>

#include "picture/pages.hpp"
#include "picture/peers.hpp"
#include "picture/qoi.hpp"

namespace {

namespace sink = overt::sink;
using overt::screen_picture;

struct cost {
  std::vector<double> ms{};
  std::uint64_t bytes = 0;

  void add(double milliseconds, std::size_t size) {
    ms.push_back(milliseconds);
    bytes += size;
  }
  [[nodiscard]] double median() {
    std::sort(ms.begin(), ms.end());
    return ms[ms.size() / 2];
  }
  [[nodiscard]] double mean() const {
    double sum = 0;
    for (auto const each : ms) {
      sum += each;
    }
    return sum / static_cast<double>(ms.size());
  }
};

/// Processor time, so that what else runs on the machine counts little.
template <class Work>
double timed(Work&& work) {
  auto const began = std::clock();
  work();
  return static_cast<double>(std::clock() - began) * 1000.0 / CLOCKS_PER_SEC;
}

screen_picture desk(bool photograph, std::uint32_t seed) {
  auto made = *screen_picture::black({0, 0, 1920, 1080});
  overt_benchmark::page_painter painter{seed};
  overt_benchmark::paint_desk(made, painter, photograph);
  return made;
}

/// What a person does: mostly typing, sometimes a line or a window that changes, seldom everything.
void go_on(screen_picture& on, overt_benchmark::page_painter& painter, int frame) {
  if (frame % 30 == 0) {
    overt_benchmark::paint_desk(on, painter, frame % 60 == 0);
  } else if (frame % 10 == 0) {
    painter.text(on, {1000, 30, 920, 500}, 0x1e1e2e, 0xcdd6f4);
  } else if (frame % 5 == 0) {
    on.fill({500, 300, 300, 200}, 0xe8e8e8); // a menu
    for (std::int32_t line = 0; line < 8; ++line) {
      painter.line_of_text(on, {510, 310 + line * 22, 280, 14}, 0xe8e8e8, 0x101010);
    }
  } else {
    auto const line = 38 + (frame / 5 % 40) * 20;
    for (std::int32_t i = 0; i < 12; ++i) {
      painter.typed(on, 600 + (frame % 5) * 96 + i * 8, line, 0xffffff, 0x1a1a1a);
    }
  }
}

void print(std::string_view name, cost& of, std::string_view note = {}) {
  if (!of.ms.empty()) {
    std::printf("| %-34.*s | %7.1f | %7.1f | %9.0f | %.*s |\n", static_cast<int>(name.size()), name.data(),
                of.median(), of.mean(), static_cast<double>(of.bytes) / static_cast<double>(of.ms.size()),
                static_cast<int>(note.size()), note.data());
  }
}

/// One picture, whole, by each.
void whole(std::string_view what, screen_picture const& picture) {
  std::map<std::string, cost> costs;
  sink::png png;
  std::string out;
  screen_picture back;
  for (int round = 0; round < 5; ++round) {
    auto const by = [&](std::string const& name, auto&& work) {
      bool made = false;
      auto const ms = timed([&] { made = work(); });
      if (made) {
        costs[name].add(ms, out.size());
      }
    };
    by("a sink::png", [&] { return png.encode(picture.pixels(), picture.size(), out).has_value(); });
    by("b   decoded", [&] { return png.decode(out, back).has_value(); });
    by("c libpng, its own settings",
       [&] { return overt_benchmark::encode_libpng(picture.pixels(), picture.size(), out); });
    by("d QOI", [&] {
      overt_benchmark::encode_qoi(picture.pixels(), picture.size(), out);
      return true;
    });
    by("e WebP lossless, level 0",
       [&] { return overt_benchmark::encode_webp(picture.pixels(), picture.size(), 0, out); });
    if (round < 2) {
      by("f WebP lossless, level 6",
         [&] { return overt_benchmark::encode_webp(picture.pixels(), picture.size(), 6, out); });
    }
  }
  std::printf("\n%.*s\n\n| encoder | median ms | mean ms | bytes | |\n|---|---|---|---|---|\n",
              static_cast<int>(what.size()), what.data());
  for (auto& [name, of] : costs) {
    print(std::string_view{name}.substr(2), of);
  }
}

void sequence(int frames) {
  auto picture = desk(true, 1);
  overt_benchmark::page_painter painter{2};
  sink::picture_encoder encoder{sink::png{}};
  sink::png png;
  screen_picture key;
  cost all;
  cost reading;
  std::map<sink::picture_kind, cost> kinds;
  std::map<std::string, cost> peers;
  std::string out;
  std::size_t wrong = 0;
  for (int frame = 0; frame < frames; ++frame) {
    if (frame > 0) {
      go_on(picture, painter, frame);
    }
    sink::encoded_picture const* made = nullptr;
    auto const ms = timed([&] {
      auto const given = encoder.encode(static_cast<std::uint64_t>(frame) + 1, picture);
      made = given ? *given : nullptr;
    });
    if (made == nullptr) {
      std::printf("a picture could not be encoded\n");
      return;
    }
    all.add(ms, made->image.size());
    kinds[made->kind].add(ms, made->image.size());
    screen_picture back;
    reading.add(timed([&] {
                  if (made->kind == sink::picture_kind::key) {
                    wrong += png.decode(made->image, key) ? 0U : 1U;
                    back = key.copy();
                    return;
                  }
                  back = key.copy();
                  screen_picture column;
                  if (made->kind == sink::picture_kind::tiles) {
                    wrong +=
                        png.decode(made->image, column) &&
                                overt::trace::put_tiles(
                                    back,
                                    {.size = made->size, .tile_side = made->tile_side, .tiles = made->tiles},
                                    column)
                            ? 0U
                            : 1U;
                  }
                }),
                made->image.size());
    wrong += std::equal(back.pixels().begin(), back.pixels().end(), picture.pixels().begin()) ? 0U : 1U;
    encoder.done();
    auto const by = [&](std::string const& name, auto&& work) {
      bool done = false;
      auto const taken = timed([&] { done = work(); });
      if (done) {
        peers[name].add(taken, out.size());
      }
    };
    by("a sink::png, each whole",
       [&] { return png.encode(picture.pixels(), picture.size(), out).has_value(); });
    if (frame % 4 == 0) {
      by("b libpng, its own settings, whole",
         [&] { return overt_benchmark::encode_libpng(picture.pixels(), picture.size(), out); });
    }
    by("c QOI, each whole", [&] {
      overt_benchmark::encode_qoi(picture.pixels(), picture.size(), out);
      return true;
    });
    if (frame % 4 == 0) {
      by("d WebP lossless level 0, whole",
         [&] { return overt_benchmark::encode_webp(picture.pixels(), picture.size(), 0, out); });
    }
  }
  std::printf("\n%d pictures of a person who works, 1920x1080\n\n", frames);
  std::printf("| encoder | median ms | mean ms | bytes a picture | |\n|---|---|---|---|---|\n");
  print("picture_encoder<png>", all, "all of them");
  for (auto& [kind, of] : kinds) {
    constexpr char const* names[]{"  key pictures", "  tiles", "  same"};
    print(names[static_cast<int>(kind)], of, std::to_string(of.ms.size()) + " of them");
  }
  print("  read back", reading, wrong == 0 ? "every pixel the same" : "WRONG PIXELS");
  for (auto& [name, of] : peers) {
    print(std::string_view{name}.substr(2), of);
  }
}

} // namespace

int main(int count, char** words) {
  whole("Windows of text, 1920x1080, few colours", desk(false, 1));
  whole("The same with a photograph of 800x480", desk(true, 1));
  sequence(count > 1 ? std::max(1, std::atoi(words[1])) : 60);
  return 0;
}
