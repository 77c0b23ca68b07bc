#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "typist.hpp"

namespace leaks {

/// A word that an input method makes of keys. Some words of each kind are enough: what matters is that keys
/// and text differ.
struct composition {
  std::string_view keys;
  std::string_view shown; ///< in the field while it is being composed, at the end
  std::string_view made;  ///< what is put in
};

/// Chinese by its sounds, where Space or a number takes one of what is offered.
inline constexpr auto pinyin = std::to_array<composition>({{"nihao", "ni'hao", "你好"},
                                                           {"xiexie", "xie'xie", "谢谢"},
                                                           {"women", "wo'men", "我们"},
                                                           {"jintian", "jin'tian", "今天"},
                                                           {"huiyi", "hui'yi", "会议"}});
/// Japanese, where Space converts and Enter takes it.
inline constexpr auto kana = std::to_array<composition>({{"nihon", "にほん", "日本"},
                                                         {"kaigi", "かいぎ", "会議"},
                                                         {"ashita", "あした", "明日"},
                                                         {"desu", "です", "です"},
                                                         {"yoroshiku", "よろしく", "よろしく"}});

/// A letter that dead keys or Compose make: the keys before it put nothing in.
struct accented {
  std::array<std::uint32_t, 2> before; ///< keysyms; 0: none
  char last;
  std::string_view made;
};
inline constexpr auto accents = std::to_array<accented>({{{0xfe51, 0}, 'e', "é"},     // dead acute
                                                         {{0xfe57, 0}, 'u', "ü"},     // dead diaeresis
                                                         {{0xff20, '\''}, 'e', "é"},  // Compose ' e
                                                         {{0xff20, ','}, 'c', "ç"}}); // Compose , c

/// The whole of ASCII has wide forms, which input methods of East Asia put in: "４５３９" (Unicode, FF01 to
/// FF5E).
[[nodiscard]] inline std::string widened(std::string_view text) {
  std::string made;
  for (char const one : text) {
    auto const code = one == ' ' ? 0x3000u : 0xff00u + static_cast<unsigned char>(one) - 0x20u;
    made += static_cast<char>(0xe0u | (code >> 12));
    made += static_cast<char>(0x80u | ((code >> 6) & 0x3fu));
    made += static_cast<char>(0x80u | (code & 0x3fu));
  }
  return made;
}

/// What wide forms stand for.
[[nodiscard]] inline std::string narrowed(std::string_view text) {
  std::string made;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const byte = [&](std::size_t at) { return static_cast<unsigned char>(text[i + at]); };
    bool const three = i + 2 < text.size() && (byte(0) & 0xf0u) == 0xe0u;
    auto const code = three ? (byte(0) & 0x0fu) << 12 | (byte(1) & 0x3fu) << 6 | (byte(2) & 0x3fu) : 0u;
    if (code == 0x3000u || (code > 0xff00u && code < 0xff5fu)) {
      made += code == 0x3000u ? ' ' : static_cast<char>(code - 0xff00u + 0x20u);
      i += 2;
    } else {
      made += text[i];
    }
  }
  return made;
}

/// Puts in what an input method makes of `keys`. The keys are seen as the layout has them; the field has only
/// what is put in at the end. `ends`: the keys that take it, " ", "1" or "\n".
inline void compose(typist& who, std::string_view keys, std::string_view shown, std::string_view made,
                    std::string_view ends) {
  auto& any = who.any();
  who.session().composes();
  who.note("(composing ");
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i > 0 && any.chance(4)) { // a slip, taken back before it is put in
      who.key_to_method('k', keys.substr(0, i));
      who.erase_in_method(keys.substr(0, i));
    }
    who.key_to_method(keys[i], i + 1 == keys.size() ? shown : keys.substr(0, i + 1));
    who.pause(3);
  }
  for (char const one : ends) {
    who.key_to_method(one, shown);
  }
  who.put_in(made);
  who.note(": \"" + std::string{made} + "\")");
  if (ends.ends_with('\n') && who.after_enter) {
    who.after_enter();
  }
}

/// A word of Chinese or Japanese. `enters`: it may be taken with Enter, which to everybody else ends the
/// text.
inline std::string_view compose_word(typist& who, bool enters) {
  auto& any = who.any();
  if (any.chance(50)) {
    auto const& one = any.pick(pinyin);
    compose(who, one.keys, one.shown, one.made, any.pick(std::to_array<std::string_view>({" ", "1", "2"})));
    return one.made;
  }
  auto const& one = any.pick(kana);
  compose(who, one.keys, one.shown, one.made,
          enters ? any.pick(std::to_array<std::string_view>({" \n", "\n", " "})) : " ");
  return one.made;
}

/// One accented letter.
inline void type_accent(typist& who) {
  auto const& one = who.any().pick(accents);
  for (auto const keysym : one.before) {
    if (keysym != 0) {
      who.key({.keysym = keysym, .is_waiting = true});
    }
  }
  who.key({.keysym = static_cast<std::uint32_t>(static_cast<unsigned char>(one.last)), .made = one.made});
}

} // namespace leaks
