#pragma once

#include <string_view>

#include <overt/redact/interface_words.hpp>
#include <overt/redact/word_list.hpp>

namespace overt::inline v0::redact {

/// What programmers shorten words to in the identifiers of elements. Written for this library.
inline constexpr std::string_view identifier_abbreviations =
    "accordion addr amt arg args aria attr auth bool breadcrumb breadcrumbs btn btns captcha "
    "carousel cb cbo cfg char chars chip chk city cmb cnt col cols combobox config csrf ctl "
    "ctrl cur datagrid datepicker ddl dept desc dir div dlg doc docs dst el elem err fab fax "
    "firstname fn fname ft ftr fullname func gridview groupbox grp gtk h hd hdr hero hl href "
    "ico ids idx img inp int js lang lastname lbl len lineedit listbox listview lname mat max "
    "mdc menubar menuitem min modal msg nav navbar ng num nxt obj opt param params passwd "
    "plaintextedit pnl popover pos pref prefs prev progressbar prop props province pushbutton "
    "pwd q ql qt qty rb rdo recaptcha ref s scrollview sec sect sel snackbar spinbox spinner "
    "src statusbar str street tabbar tabpage tabwidget tbl tel temp textarea textbox textedit "
    "timepicker tmp toast toolbutton topbar treeview uid uri vue w win wnd wrapper x y "
    "zipcode";

/// Whether a part of an identifier, in lower case, was written by a programmer.
[[nodiscard]] constexpr bool is_identifier_word(std::string_view folded) noexcept {
  return is_in_word_list(identifier_abbreviations, folded) || is_interface_word(folded);
}

} // namespace overt::inline v0::redact
