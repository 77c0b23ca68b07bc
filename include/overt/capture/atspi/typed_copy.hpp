#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <overt/capture/atspi/folded_text.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/detail/utf8.hpp>
#include <overt/event/guarded.hpp>

namespace overt::inline v0::capture::atspi {

namespace detail {

/// "Undo", "Redo", "Repeat", as menus say it. What follows them says what was done, often with the text.
inline constexpr auto undo_phrases = in_order(std::to_array<phrase>({
    {U"undo"},
    {U"redo"},
    {U"repeat"}, // English
    {U"ruckgangig"},
    {U"wiederherstellen"},
    {U"wiederholen"}, // German
    {U"annuler"},
    {U"retablir"},
    {U"refaire"}, // French
    {U"repeter"}, //
    {U"deshacer"},
    {U"rehacer"},
    {U"repetir"}, // Spanish
    {U"annulla"},
    {U"ripristina"},
    {U"ripeti"}, // Italian
    {U"desfazer"},
    {U"refazer"}, // Portuguese
    {U"ongedaan maken"},
    {U"opnieuw"},
    {U"herhalen"}, // Dutch
    {U"cofnij"},
    {U"ponow"},
    {U"powtorz"}, // Polish
    {U"отменить"},
    {U"отмена"},
    {U"вернуть"}, // Russian
    {U"повторить"},
    {U"повтор"}, //
    {U"geri al"},
    {U"yinele"},
    {U"yeniden yap"}, // Turkish
    {U"ileri al"},
    {U"tekrarla"}, //
    {U"元に戻す", phrase_place::anywhere},
    {U"やり直", phrase_place::anywhere},
    {U"繰り返", phrase_place::anywhere},
    {U"取り消", phrase_place::anywhere}, // Japanese
    {U"撤销", phrase_place::anywhere},
    {U"撤消", phrase_place::anywhere},
    {U"恢复", phrase_place::anywhere},
    {U"重做", phrase_place::anywhere},
    {U"重复", phrase_place::anywhere},
    {U"還原", phrase_place::anywhere},
    {U"復原", phrase_place::anywhere},
    {U"重複", phrase_place::anywhere},
    {U"取消復原", phrase_place::anywhere}, // Chinese
}));

/// What word counts count.
inline constexpr auto counted_phrases = in_order(std::to_array<phrase>({
    {U"word"},
    {U"words"},
    {U"character"},
    {U"characters"},
    {U"chars"},
    {U"letters"},
    {U"wort"},
    {U"worter"},
    {U"zeichen"},
    {U"mot"},
    {U"mots"},
    {U"caractere"},
    {U"caracteres"},
    {U"palabra"},
    {U"palabras"},
    {U"caracter"},
    {U"parola"},
    {U"parole"},
    {U"carattere"},
    {U"caratteri"},
    {U"palavra"},
    {U"palavras"},
    {U"woord"},
    {U"woorden"},
    {U"teken"},
    {U"tekens"},
    {U"slow", phrase_place::begins},
    {U"znak", phrase_place::begins},
    {U"слов", phrase_place::begins},
    {U"символ", phrase_place::begins},
    {U"знак", phrase_place::begins},
    {U"sozcuk"},
    {U"kelime"},
    {U"karakter"},
    {U"単語", phrase_place::anywhere},
    {U"文字", phrase_place::anywhere},
    {U"字", phrase_place::anywhere},
    {U"词", phrase_place::anywhere},
    {U"詞", phrase_place::anywhere},
}));

/// The first sign that opens a quotation; the size of the text when there is none.
[[nodiscard]] constexpr std::size_t first_quote(std::string_view text) noexcept {
  constexpr std::u32string_view opening = U"\"“”„‟«»‘‚‹「『《〈＂";
  for (std::size_t at = 0; at < text.size();) {
    auto const one = overt::detail::decode_utf8(text.substr(at));
    if (one.size != 0 && opening.find(static_cast<char32_t>(one.character)) != std::u32string_view::npos) {
      return at;
    }
    at += std::max<std::size_t>(one.size, 1);
  }
  return text.size();
}

/// Behind the first colon; the size of the text when there is none.
[[nodiscard]] constexpr std::size_t behind_colon(std::string_view text) noexcept {
  constexpr std::string_view wide = "：";
  auto const narrow_at = text.find(':');
  auto const wide_at = text.find(wide);
  return wide_at < narrow_at ? wide_at + wide.size() : narrow_at < text.size() ? narrow_at + 1 : text.size();
}

[[nodiscard]] constexpr bool is_offered(ui_role what) noexcept {
  return what == ui_role::menu_item || what == ui_role::menu || what == ui_role::button ||
         what == ui_role::toggle_button || what == ui_role::list_item;
}

/// "12 words, 58 characters"
[[nodiscard]] constexpr bool counts_text(std::string_view name) noexcept {
  return std::ranges::any_of(name, [](char one) { return one >= '0' && one <= '9'; }) &&
         behind_any(counted_phrases, name).data() != nullptr;
}

} // namespace detail

/// The part of an element's name that is a copy of what was typed into some other element, and has to be left
/// out of it. Nothing: none was recognised, which does not mean that there is none (see `repeats`).
///
/// LibreOffice names a menu item "Undo: Typing: “Second”", and shows how many letters were typed in its
/// status bar; other programs offer to search for “Second”. So behind a word for Undo, Redo or Repeat, all
/// from the first quotation mark on, or else from the first colon, is a copy; in a menu item, a button or a
/// tool tip all from the first quotation mark on; and the whole of a label that counts words or characters.
[[nodiscard]] constexpr std::optional<byte_range> typed_copy_in(std::string_view name,
                                                                std::uint32_t number) noexcept {
  auto const what = ui_role_of(number);
  bool const is_tip = is_role(number, accessible_role::tool_tip);
  bool const is_shown = what == ui_role::label || what == ui_role::group;
  if (!is_tip && !is_shown && !detail::is_offered(what)) {
    return std::nullopt;
  }
  if ((is_shown || is_tip || what == ui_role::button) && detail::counts_text(name)) {
    return byte_range{0, name.size()};
  }
  auto const done = behind_any(detail::undo_phrases, name);
  auto begin = name.size();
  if (done.data() != nullptr) {
    auto const start = name.size() - done.size();
    auto const quote = detail::first_quote(done);
    begin = start + (quote < done.size() ? quote : detail::behind_colon(done));
  } else if (!is_shown || is_tip) {
    begin = detail::first_quote(name);
  }
  return begin < name.size() ? std::optional{byte_range{begin, name.size()}} : std::nullopt;
}

/// Whether a name repeats what was typed: all of it (three bytes at least), or a stretch of eight bytes or
/// more, in capitals or not. Looks at the first 1,024 bytes of the name and the last 256 that were typed.
///
/// It also answers yes when someone typed a word that is the name of a button. So ask it about names that
/// changed or appeared since, not about all.
[[nodiscard]] constexpr bool repeats(std::string_view name, std::string_view recently_typed) noexcept {
  constexpr std::size_t stretch = 8;
  name = name.substr(0, 1024);
  recently_typed =
      recently_typed.substr(recently_typed.size() - std::min<std::size_t>(recently_typed.size(), 256));
  auto const lower = [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  };
  auto const needed = std::min(stretch, recently_typed.size());
  if (needed < 3) {
    return false;
  }
  for (std::size_t i = 0; i + needed <= name.size(); ++i) {
    for (std::size_t j = 0; j + needed <= recently_typed.size(); ++j) {
      std::size_t same = 0;
      while (same < needed && lower(name[i + same]) == lower(recently_typed[j + same])) {
        ++same;
      }
      if (same == needed) {
        return true;
      }
    }
  }
  return false;
}

} // namespace overt::inline v0::capture::atspi
