#include <overt/capture/atspi/typed_copy.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

using namespace overt::capture::atspi;
using role = accessible_role;

namespace {

/// The name without the copy.
std::string kept(std::string_view name, role where) {
  auto const copy = typed_copy_in(name, static_cast<std::uint32_t>(where));
  auto text = std::string{name};
  return copy ? text.erase(copy->begin, copy->end - copy->begin) : text;
}

} // namespace

TEST_CASE("copies of typed text in names are cut out", "[atspi][typed_copy]") {
  struct row {
    std::string_view name;
    role where;
    std::string_view kept;
  };
  auto const rows = std::to_array<row>({
      {"Undo: Typing: “Second”", role::menu_item, "Undo: Typing: "},
      {"Undo: Typing: “Second” a“b”", role::menu_item, "Undo: Typing: "},
      {"Redo: Typing: “Second”", role::menu_item, "Redo: Typing: "},
      {"Repeat: Typing: “Second”", role::menu_item, "Repeat: Typing: "},
      {"Undo: Delete “Second”", role::push_button, "Undo: Delete "},
      {"Undo: Typing: “Second” (Ctrl+Z)", role::tool_tip, "Undo: Typing: "},
      {"Undo: Typing: \"Second\"", role::push_button_menu, "Undo: Typing: "},
      {"Typing: “Second”", role::list_item, "Typing: "},
      {"Undo: Second", role::menu_item, "Undo:"},
      {"UNDO: Second", role::label, "UNDO:"},
      {"Undo", role::menu_item, "Undo"},
      {"Undo typing", role::menu_item, "Undo typing"},
      {"Can't Undo", role::menu_item, "Can't Undo"},
      {"Rückgängig: Eingabe: „Second“", role::menu_item, "Rückgängig: Eingabe: "},
      {"Wiederholen: Eingabe: „Second“", role::menu_item, "Wiederholen: Eingabe: "},
      {"Annuler : Frappe : « Second »", role::menu_item, "Annuler : Frappe : "},
      {"Rétablir : Frappe : « Second »", role::menu_item, "Rétablir : Frappe : "},
      {"Deshacer: Escritura: «Second»", role::menu_item, "Deshacer: Escritura: "},
      {"Annulla: Digitazione: \"Second\"", role::menu_item, "Annulla: Digitazione: "},
      {"Desfazer: Digitação: “Second”", role::menu_item, "Desfazer: Digitação: "},
      {"Ongedaan maken: Typen: ‘Second’", role::menu_item, "Ongedaan maken: Typen: "},
      {"Cofnij: Pisanie: „Second”", role::menu_item, "Cofnij: Pisanie: "},
      {"Отменить: Ввод: «Second»", role::menu_item, "Отменить: Ввод: "},
      {"Geri Al: Yazım: “Second”", role::menu_item, "Geri Al: Yazım: "},
      {"元に戻す: 入力: 「Second」", role::menu_item, "元に戻す: 入力: "},
      {"撤销：键入：“Second”", role::menu_item, "撤销：键入："},
      {"復原：Second", role::menu_item, "復原："},
      {"Search the web for “Second”", role::menu_item, "Search the web for "},
      {"Ignore \"Second\"", role::menu_item, "Ignore "},
      {"Save As…", role::menu_item, "Save As…"},
      {"Don't save", role::push_button, "Don't save"},
      {"Step 1: write", role::menu_item, "Step 1: write"},
      {"", role::menu_item, ""},
      // labels: what a page shows in quotes is not what was typed
      {"She said “no”", role::label, "She said “no”"},
      {"Undo: Typing: “Second”", role::label, "Undo: Typing: "},
      {"5 words, 28 characters", role::label, ""},
      {"Selected: 1 word, 6 characters", role::push_button, ""},
      {"5 words, 28 characters", role::status_bar, ""},
      {"5 Wörter, 28 Zeichen", role::label, ""},
      {"5 mots, 28 caractères", role::label, ""},
      {"5 palabras, 28 caracteres", role::static_text, ""},
      {"5 parole, 28 caratteri", role::label, ""},
      {"5 woorden, 28 tekens", role::label, ""},
      {"5 słów, 28 znaków", role::label, ""},
      {"5 слов, 28 символов", role::label, ""},
      {"5 sözcük, 28 karakter", role::label, ""},
      {"単語 5 個、28 文字", role::label, ""},
      {"5 个字，28 个字符", role::label, ""},
      {"Words", role::label, "Words"},
      {"Page 3 of 5", role::label, "Page 3 of 5"},
      // fields and documents are judged by their kind, not by their name
      {"Undo: “Second”", role::entry, "Undo: “Second”"},
      {"Undo: “Second”", role::document_text, "Undo: “Second”"},
  });
  for (auto const& one : rows) {
    INFO(one.name);
    CHECK(kept(one.name, one.where) == one.kept);
  }
}

TEST_CASE("a copy is a range of whole characters", "[atspi][typed_copy]") {
  auto const copy = typed_copy_in("Undo “\xe2", static_cast<std::uint32_t>(role::menu_item));
  REQUIRE(copy);
  CHECK(copy->begin == 5);
  CHECK(copy->end == 9);
  CHECK_FALSE(typed_copy_in("\xe2\x80", static_cast<std::uint32_t>(role::menu_item)));
}

TEST_CASE("a name that repeats what was typed", "[atspi][typed_copy]") {
  CHECK(repeats("Hello Kx7vQ2", "Kx7vQ2"));
  CHECK(repeats("hello kX7VQ2!", "Kx7vQ2"));
  CHECK(repeats("…quick brown…", "The quick brown fox"));
  CHECK(repeats("Report on Kx7vQ2mm", "see Kx7vQ2mm there"));
  CHECK(repeats("漢字の", "漢字の"));
  CHECK(repeats("Typed: 漢字の", "これは漢字のです"));
  CHECK(repeats("abc", "abc"));
  CHECK_FALSE(repeats("ab", "ab"));
  CHECK_FALSE(repeats("Hello", ""));
  CHECK_FALSE(repeats("", "Hello"));
  CHECK_FALSE(repeats("Save As…", "We save the whales"));
  CHECK_FALSE(repeats("File", "my profile is here"));
  CHECK_FALSE(repeats("abc", "abcd"));
  // Only the end of a long text is looked for, and only the beginning of a long name is searched.
  CHECK(repeats("canary42", std::string(10'000, 'x') + "canary42"));
  CHECK_FALSE(repeats("canary42", "canary42" + std::string(10'000, 'x')));
  CHECK_FALSE(repeats(std::string(2'000, 'y') + "canary42", "canary42"));
}
