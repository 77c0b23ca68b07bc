#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/redact/explain_words.hpp>
#include <overt/redact/policy_settings.hpp>

namespace overt::inline v0::redact {

/// What becomes of one kind of thing, as sentences for the person who is recorded. Either may be empty.
struct explained {
  std::string kind{};
  std::string leaves{};
  std::string stays{};
};

namespace detail {

[[nodiscard]] inline std::string listed(std::vector<std::string> const& entries) {
  std::string list;
  for (auto const& one : entries) {
    list += (list.empty() ? "\"" : ", \"") + one + '"';
  }
  return list;
}

[[nodiscard]] inline explained explain_text(policy_settings const& all) {
  constexpr std::string_view kind = "Typed text";
  switch (all.text) {
  case typing_detail::withheld: return {std::string{kind}, {}, "what you type, and that you typed"};
  case typing_detail::amount:
    return {std::string{kind},
            "that you typed into a field, and roughly how much (under ten characters, tens, hundreds)",
            "what you typed"};
  case typing_detail::cleared:
    return {
        std::string{kind},
        "what stands in a field when you are done with it, with a mark such as {CARD} for everything "
        "personal "
        "that is recognised" +
            std::string{all.hide_file_paths ? " and for the paths of files" : ""},
        "what is recognised as personal, even if you deleted it again; the last word and number of a field "
        "that you leave without Enter or a button; and a whole text when it was pasted, filled in by a "
        "program, "
        "or when it is not certain what stands there"};
  case typing_detail::raw: break;
  }
  return {std::string{kind}, "everything you type, also what you delete again, and what you paste", {}};
}

[[nodiscard]] inline explained explain_keys(policy_settings const& all) {
  return all.text == typing_detail::raw
             ? explained{"Single keys", "every key, as you press it", {}}
             : explained{
                   "Single keys", {}, "which keys you press to type, and how often you correct something"};
}

[[nodiscard]] inline explained explain_shortcuts(policy_settings const& all) {
  constexpr std::string_view what = "Ctrl+S and the like, and function keys";
  bool const leaves = all.shortcuts || all.text == typing_detail::raw;
  return {"Shortcuts", std::string{leaves ? what : ""}, std::string{leaves ? "" : what}};
}

[[nodiscard]] inline explained explain_navigation(policy_settings const& all) {
  constexpr std::string_view what = "arrow keys, Tab, Escape, Enter, Home, End, Page Up and Page Down";
  bool const leaves = all.navigation_keys || all.text == typing_detail::raw;
  return {"Keys that move about", std::string{leaves ? what : ""}, std::string{leaves ? "" : what}};
}

[[nodiscard]] inline explained explain_structure(policy_settings const& all) {
  constexpr std::string_view what =
      "clicks and where they were, scrolling, which window you work in, that you copied or pasted, how your "
      "monitors are arranged, and notes that the recording program itself writes down (such as the task you "
      "were "
      "given)";
  return {"Clicks and windows", std::string{all.structure ? what : ""},
          std::string{all.structure ? "" : what}};
}

[[nodiscard]] inline explained explain_names(policy_settings const& all) {
  constexpr std::string_view kinds =
      "that you used a button, a menu, a check box or a field, and where it is";
  std::string const used{all.structure || all.names != names_detail::withheld ? kinds : ""};
  constexpr std::string_view kind = "Buttons, menus and fields";
  auto const extra = all.labels.empty() ? std::string{} : "; and these names: " + listed(all.labels);
  constexpr std::string_view told = "; what it is called if every word is an ordinary word of programs "
                                    "(\"Save As\"); whether it is on or off; "
                                    "roughly how large a number is";
  constexpr std::string_view rest = "of people, files, messages and links, what stands in fields and tables";
  switch (all.names) {
  case names_detail::withheld:
    return {std::string{kind}, used,
            std::string{used.empty() ? std::string{kinds} + "; " : ""} +
                "what they are called, and their values"};
  case names_detail::labels:
    return {std::string{kind}, used + std::string{told} + extra,
            "all other names: those " + std::string{rest}};
  case names_detail::pseudonyms:
    return {
        std::string{kind},
        used + std::string{told} + extra +
            "; for every other name a code that is the same each time, from which nobody can tell the name "
            "without the secret of the dataset \"" +
            all.key.domain() + '"',
        "the names behind the codes: those " + std::string{rest}};
  case names_detail::raw: break;
  }
  return {std::string{kind}, used + "; what everything is called, and its value before and after", {}};
}

[[nodiscard]] inline explained explain_titles(policy_settings const& all) {
  switch (all.titles) {
  case titles_detail::withheld: return {"Titles of windows", {}, "they name documents, mails and people"};
  case titles_detail::templates:
    return {"Titles of windows",
            "titles of these forms, without what stands for the star: " + listed(all.title_templates),
            "all other titles, and what stands for the star"};
  case titles_detail::raw: break;
  }
  return {"Titles of windows", "titles, with the names of documents, mails and people in them", {}};
}

[[nodiscard]] inline explained explain_pages(policy_settings const& all) {
  auto const extra =
      all.page_parts.empty() ? std::string{} : "; and these parts of addresses: " + listed(all.page_parts);
  switch (all.pages) {
  case pages_detail::withheld:
    return {"Addresses of pages", "which of the agreed sites it was", "which page of a site it was"};
  case pages_detail::routes:
    return {"Addresses of pages",
            "what kind of page it was: \"/users/4711/orders?key=x\" becomes \"/users/{id}/orders\"" + extra,
            "names, numbers, searches and keys in addresses"};
  case pages_detail::raw: break;
  }
  return {"Addresses of pages", "whole addresses, with what you looked for and whose page it was", {}};
}

[[nodiscard]] inline explained explain_pointer(policy_settings const& all) {
  switch (all.pointer) {
  case pointer_detail::targets:
    return {"The pointer", {}, "how you move the pointer from one click to the next"};
  case pointer_detail::thinned:
    return {"The pointer",
            "where the pointer is, up to " + std::to_string(all.pointer_hz) + " times a second, to within " +
                std::to_string(std::max(all.pointer_grid_px, 1u)) + " pixels",
            "the path in between, by which people can be recognised"};
  case pointer_detail::paths: break;
  }
  return {"The pointer", "every move of the pointer, by which people can be recognised", {}};
}

[[nodiscard]] inline explained explain_pictures(policy_settings const& all) {
  constexpr std::string_view always = "password fields, pages and programs that were not agreed to, and the "
                                      "line that you are typing: they are filled with one colour";
  std::string const kind = "Pictures of the screen";
  switch (all.pictures) {
  case pictures_detail::withheld: return {kind, {}, "what the screen looks like"};
  case pictures_detail::layout:
    return {kind, "how the agreed windows are laid out, with all text and all images filled in",
            std::string{always}};
  case pictures_detail::labels:
    return {kind,
            "the agreed windows, with what buttons and menus are called if every word is an ordinary word of "
            "programs",
            "all other text, all images, " + std::string{always}};
  case pictures_detail::searched:
    return {kind, "the agreed windows, with every text in which nothing personal is recognised",
            "texts in which something is, all images, " + std::string{always}};
  case pictures_detail::everything: break;
  }
  return {kind, "the agreed windows with images, and every text in which nothing personal is recognised",
          "texts in which something is, " + std::string{always}};
}

[[nodiscard]] inline explained explain_times(policy_settings const& all) {
  return {"Times", std::string{words_for(all.times)},
          all.times == consent::key_timing::raw
              ? std::string{}
              : "the rhythm in which you type, by which people can be recognised, and date and time of day"};
}

[[nodiscard]] inline explained explain_secret_fields(policy_settings const& all) {
  std::string const always = "password fields and other secret fields: no key, no length, no picture";
  return all.unobserved == unobserved_fields::withhold
             ? explained{"Secret fields",
                         {},
                         always + ". Also what you type where nothing can tell whether it is one"}
             : explained{"Secret fields",
                         "what you type where nothing can tell a password field from another: passwords, too",
                         always + ", where they can be told from others"};
}

} // namespace detail

} // namespace overt::inline v0::redact
