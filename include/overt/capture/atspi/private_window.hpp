#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace overt::inline v0::capture::atspi {

/// Whether a browser calls a window private, by the end of its title: "… - Chromium (Incognito)", "… —
/// Firefox Private Browsing". Nothing else tells it; the words are those that Chromium, its relatives and
/// Firefox use in thirteen languages, so that a browser in another one is not recognised.
[[nodiscard]] inline bool names_private_window(std::string_view title) noexcept {
  constexpr auto words = std::to_array<std::string_view>({
      "Incognito",
      "InPrivate",
      "Private Browsing",
      "(Private)",
      "Inkognito",
      "Privater Modus",
      "Privates Fenster",
      "Navigation privée",
      "navigation privée",
      "Incógnito",
      "incógnito",
      "Navegación privada",
      "In incognito",
      "Navigazione anonima",
      "Navigazione in incognito",
      "anônima",
      "anónima",
      "Navegação privativa",
      "Navegação privada",
      "Privénavigatie",
      "Tryb prywatny",
      "Инкогнито",
      "инкогнито",
      "Приватный просмотр",
      "Gizli",
      "シークレット",
      "プライベート",
      "无痕",
      "隐身",
      "隐私浏览",
      "無痕",
      "隱私瀏覽",
      "시크릿",
      "사생활 보호",
  });
  // What stands before the last dash is the page's own title.
  std::size_t tail = 0;
  for (std::string_view const dash : {" - ", " — ", " – "}) {
    if (auto const at = title.rfind(dash); at != std::string_view::npos) {
      tail = std::max(tail, at + dash.size());
    }
  }
  auto const end = title.substr(tail);
  return std::any_of(words.begin(), words.end(),
                     [end](std::string_view word) { return end.find(word) != std::string_view::npos; });
}

} // namespace overt::inline v0::capture::atspi
