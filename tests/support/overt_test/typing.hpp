#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <overt/detail/utf8.hpp>
#include <overt/redact/only.hpp>
#include <overt/redact/pipeline.hpp>
#include <overt/redact/presets.hpp>

#include <overt_test/events.hpp>

namespace overt_test {

/// Somebody who types into fields, and the bytes that leave.
template <class Chain>
class typist {
public:
  explicit typist(Chain chain) : out_{std::move(chain), sink_, {}} {}

  template <class Payload>
  std::uint64_t push(Payload payload) {
    now_ += 100 * ms;
    auto event = happened(now_, where, std::move(payload));
    event.header.produced = ++number_;
    out_.push(std::move(event));
    return number_;
  }

  typist& type(std::string_view text) {
    while (!text.empty()) {
      auto const one = overt::detail::decode_utf8(text);
      first_ = first_ == 0 ? number_ + 1 : first_;
      if (one.size == 1) {
        push(typed(text[0]));
      } else {
        push(pressed(overt::key_class::letter, overt::symbol_of_character(one.character).keysym,
                     overt::modifiers::none, text.substr(0, one.size)));
      }
      text.remove_prefix(one.size);
    }
    return *this;
  }

  typist& press(std::uint32_t keysym, overt::modifiers held = overt::modifiers::none, int times = 1) {
    for (; times > 0; --times) {
      auto const kind = keysym == 0xff0d ? overt::key_class::enter
                        : keysym == 0xff08 || keysym == 0xffff || keysym == 0xff63
                            ? overt::key_class::editing
                            : overt::key_class::navigation;
      push(pressed(kind, keysym, held));
    }
    return *this;
  }
  typist& backspace(int times = 1) { return press(0xff08, overt::modifiers::none, times); }
  typist& left(int times = 1) { return press(0xff51, overt::modifiers::none, times); }
  typist& right(int times = 1) { return press(0xff53, overt::modifiers::none, times); }
  typist& home() { return press(0xff50); }
  typist& end() { return press(0xff57); }
  typist& enter() { return press(0xff0d); }
  typist& tab() { return press(0xff09); }
  typist& control(char letter) {
    push(typed(letter, overt::modifiers::control));
    return *this;
  }
  typist& click() {
    push(overt::button{});
    return *this;
  }

  /// The program says what stands in the field.
  typist& told(std::string_view value, overt::text_source source = overt::text_source::typed) {
    overt::text what{.source = source, .value = guarded_of(value)};
    if (first_ != 0) {
      what.made_of = {first_, number_};
    }
    first_ = 0;
    push(std::move(what));
    return *this;
  }
  typist& unreadable() {
    push(overt::text{.made_of = {first_, number_}});
    return *this;
  }

  typist& wait(std::int64_t ns) {
    now_ += ns;
    out_.advance({now_});
    return *this;
  }

  std::string const& finish(bool revoked = false) {
    out_.finish(revoked);
    return sink_.text();
  }
  [[nodiscard]] std::string const& bytes() const { return sink_.text(); }
  [[nodiscard]] auto& out() { return out_; }
  [[nodiscard]] std::int64_t now() const { return now_; }

  overt::context_ptr where = place();

private:
  bytes_sink sink_;
  overt::redact::pipeline<overt::event, Chain, bytes_sink> out_;
  std::int64_t now_ = 0;
  std::uint64_t number_ = 0;
  std::uint64_t first_ = 0;
};

inline auto typist_under_balanced() { return typist{overt::redact::balanced({"editor", "other"})}; }

} // namespace overt_test
