#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tesseract/capi.h>

#include <overt/detail/secure_memory.hpp>
#include <overt/event/rectangle.hpp>
#include <overt/event/screen_element.hpp>
#include <overt/event/screen_picture.hpp>

namespace overt::inline v0::redact {

/// Reads the words in a picture with Tesseract (https://tesseract-ocr.github.io, its C API, version 4 or 5),
/// at twice the size: screen fonts are smaller than what it was trained on. One thread. Its own copy of the
/// pixels is wiped.
class word_reader {
public:
  /// `language`: of the trained data that is installed, "eng" or "eng+deu".
  explicit word_reader(std::string const& language) : engine_{TessBaseAPICreate()} {
    usable_ = engine_ && TessBaseAPIInit3(engine_.get(), nullptr, language.c_str()) == 0;
    if (usable_) {
      TessBaseAPISetPageSegMode(engine_.get(), tesseract::PSM_SPARSE_TEXT); // words anywhere, in no order
    }
  }

  [[nodiscard]] bool usable() const noexcept { return usable_; }

  /// The words of a part of the picture, as elements with a place; those of one line share a group. False
  /// when it was not done within `longest_ms`, or failed.
  [[nodiscard]] bool read(screen_picture const& picture, rectangle const& part, int longest_ms,
                          std::vector<screen_element>& into) {
    auto const in = clipped(part, picture.covers());
    if (!usable_ || is_empty(in)) {
      return usable_;
    }
    enlarge(picture, in);
    auto const width = in.width * scale;
    TessBaseAPISetImage(engine_.get(), pixels_.data(), width, in.height * scale, 1, width);
    TessBaseAPISetSourceResolution(engine_.get(), 140);
    std::unique_ptr<ETEXT_DESC, end_monitor> const monitor{TessMonitorCreate()};
    TessMonitorSetDeadlineMSecs(monitor.get(), longest_ms);
    bool const done = TessBaseAPIRecognize(engine_.get(), monitor.get()) == 0;
    if (done) {
      collect(in, into);
    }
    TessBaseAPIClear(engine_.get());
    v0::detail::wipe(pixels_.data(), pixels_.size());
    return done;
  }

private:
  static constexpr std::int32_t scale = 2;

  struct end_engine {
    void operator()(TessBaseAPI* one) const noexcept { TessBaseAPIDelete(one); }
  };
  struct end_monitor {
    void operator()(ETEXT_DESC* one) const noexcept { TessMonitorDelete(one); }
  };
  struct end_iterator {
    void operator()(TessResultIterator* one) const noexcept { TessResultIteratorDelete(one); }
  };

  /// Grey, each pixel as a square of `scale` by `scale`.
  void enlarge(screen_picture const& picture, rectangle const& in) {
    auto const width = static_cast<std::size_t>(in.width * scale);
    pixels_.resize(width * static_cast<std::size_t>(in.height * scale));
    for (std::int32_t y = 0; y < in.height * scale; ++y) {
      auto const from = picture.row(static_cast<std::size_t>(in.y - picture.covers().y + y / scale));
      for (std::int32_t x = 0; x < in.width * scale; ++x) {
        auto const pixel = from[static_cast<std::size_t>(in.x - picture.covers().x + x / scale)];
        auto const grey = ((pixel >> 16 & 0xff) * 77 + (pixel >> 8 & 0xff) * 151 + (pixel & 0xff) * 28) >> 8;
        pixels_[static_cast<std::size_t>(y) * width + static_cast<std::size_t>(x)] =
            static_cast<unsigned char>(grey);
      }
    }
  }

  void collect(rectangle const& in, std::vector<screen_element>& into) {
    std::unique_ptr<TessResultIterator, end_iterator> const words{TessBaseAPIGetIterator(engine_.get())};
    if (!words) {
      return; // nothing stands there
    }
    auto* const place = TessResultIteratorGetPageIterator(words.get());
    std::uint32_t line = 0;
    do {
      line += TessPageIteratorIsAtBeginningOf(place, tesseract::RIL_TEXTLINE) != 0 ? 1 : 0;
      int left = 0, top = 0, right = 0, bottom = 0;
      if (TessPageIteratorBoundingBox(place, tesseract::RIL_WORD, &left, &top, &right, &bottom) == 0) {
        continue;
      }
      char* const text = TessResultIteratorGetUTF8Text(words.get(), tesseract::RIL_WORD);
      if (text == nullptr) {
        continue;
      }
      std::string_view const word{text};
      into.push_back({.where = {in.x + left / scale, in.y + top / scale, (right - left + 1) / scale + 1,
                                (bottom - top + 1) / scale + 1},
                      .what = screen_part::text,
                      .group = line,
                      .text = arena_string{word}});
      v0::detail::wipe(text, word.size());
      TessDeleteText(text);
    } while (TessResultIteratorNext(words.get(), tesseract::RIL_WORD) != 0);
  }

  std::unique_ptr<TessBaseAPI, end_engine> engine_;
  bool usable_ = false;
  std::vector<unsigned char> pixels_;
};

} // namespace overt::inline v0::redact
