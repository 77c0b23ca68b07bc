#pragma once

#include <memory>
#include <string>
#include <vector>

#include <overt/event/frame.hpp>
#include <overt/redact/detect/detectors.hpp>
#include <overt/redact/element_search.hpp>
#include <overt/redact/occasion.hpp>
#include <overt/redact/parameter_list.hpp>
#include <overt/redact/pixels.hpp>
#include <overt/redact/policy.hpp>
#include <overt/redact/tesseract/word_reader.hpp>

namespace overt::inline v0::redact {

/// A second net under `pixels`: reads what is still legible in a picture, and fills what a detector finds
/// there. For what programs draw without telling accessibility. Stands behind `pixels` in the chain.
///
///     policy | redact::pixels{.readable = redact::readable_text::searched} | redact::legible_text{}
///
/// A picture that cannot be read within `longest_ms`, or at all, is dropped (`frame_state::unrecognised`). It
/// takes seconds for a full screen, in which the recorder's thread does nothing else; input waits in its
/// ring.
struct legible_text {
  std::string language = "eng"; ///< of Tesseract's data, which has to be installed
  detect::detectors look_for = detect::all();
  int longest_ms = 10'000;

  static constexpr std::string_view name = "legible_text";
  [[nodiscard]] std::string describe() const {
    return parameter_list{}.add("language", language).add("look_for", look_for).json(name);
  }

  struct memory {
    std::unique_ptr<word_reader> reader{};
  };

  void operator()(frame& what, memory& kept, occasion const&, clearance const& look) const {
    auto const& picture = what.picture.look(look);
    if (!picture.has_pixels()) {
      return;
    }
    if (!kept.reader) {
      kept.reader = std::make_unique<word_reader>(language);
    }
    std::vector<screen_element> words;
    for (auto const& part : what.shown) {
      if (!kept.reader->read(picture, part, longest_ms, words)) {
        return pixels::drop(what, frame_state::unrecognised, look);
      }
    }
    auto const personal = element_search{look_for}(words);
    std::vector<rectangle> found;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (personal[i]) {
        pixels::each_part(words[i], what.covers, pixels::bleed,
                          [&](rectangle const& part) { found.push_back(part); });
      }
    }
    pixels::fill(what, found, look);
  }
};

} // namespace overt::inline v0::redact
