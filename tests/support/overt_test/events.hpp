#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <overt/detail/json_text.hpp>
#include <overt/event/event.hpp>
#include <overt/redact/cleared.hpp>
#include <overt/sink/event_json.hpp>

#include <overt_test/payloads.hpp>

/// Events as a backend would make them, and a sink that keeps their bytes.
namespace overt_test {

inline constexpr std::int64_t ms = 1'000'000;
inline constexpr std::int64_t seconds = 1'000'000'000;

/// What `place` makes a context of.
struct place_of {
  std::string_view application = "editor";
  overt::field_kind field = overt::field_kind::plain;
  std::string_view title = {};
  std::string_view origin = {};
  std::string_view page = {};
  std::uint32_t process = 0;
};

inline overt::context_ptr place(place_of what = {}) {
  return overt::context_ptr{overt::context{.application = guarded_of(what.application),
                                           .title = guarded_of(what.title),
                                           .origin = guarded_of(what.origin),
                                           .page = guarded_of(what.page),
                                           .field = what.field},
                            what.process};
}

/// Something that happened, already settled.
template <class Event = overt::event, class Payload>
Event happened(std::int64_t ns, overt::context_ptr where, Payload payload) {
  return Event{overt::event_header{.time = {ns}, .context = std::move(where), .confirmed = true},
               std::move(payload)};
}

inline overt::key pressed(overt::key_class kind, std::uint32_t keysym,
                          overt::modifiers held = overt::modifiers::none, std::string_view enters = {}) {
  return overt::key{.kind = kind,
                    .held = held,
                    .usage = overt::guarded<std::uint16_t>{std::uint16_t{4}},
                    .symbol = overt::guarded<overt::key_symbol>{overt::key_symbol{keysym}},
                    .entered = overt::guarded<overt::entered_text>{*overt::entered_text::from(enters)}};
}

/// A letter, a digit or another character, as it is typed.
inline overt::key typed(char letter, overt::modifiers held = overt::modifiers::none) {
  bool const digit = letter >= '0' && letter <= '9';
  bool const alphabetic = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
  auto const kind = digit        ? overt::key_class::digit
                    : alphabetic ? overt::key_class::letter
                                 : overt::key_class::punctuation;
  return pressed(kind, static_cast<unsigned char>(letter), held, std::string_view{&letter, 1});
}

inline overt::key tab() { return pressed(overt::key_class::navigation, 0xff09); }
inline overt::pointer_move move(std::int32_t x = 1, std::int32_t y = 2) { return {.at = {.x = x, .y = y}}; }

/// The bytes that `sink::jsonl` would write for each event, without a file. A handle.
class bytes_sink {
public:
  template <overt::any_event Event>
  void write(overt::cleared<Event> const& what) {
    kept_->line.clear();
    overt::sink::append_event(kept_->line, what);
    kept_->line.raw('\n');
    kept_->text += kept_->line.view();
  }

  [[nodiscard]] std::string const& text() const { return kept_->text; }

private:
  struct kept {
    overt::detail::json_text line;
    std::string text;
  };
  std::shared_ptr<kept> kept_ = std::make_shared<kept>();
};

/// How often `part` stands in `text`.
inline std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) {
    ++found;
  }
  return found;
}

/// Whether four or more characters in a row of `canary` stand anywhere in `text`.
inline bool leaks(std::string_view text, std::string_view canary) {
  for (std::size_t i = 0; i + 4 <= canary.size(); ++i) {
    if (text.find(canary.substr(i, 4)) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

} // namespace overt_test
