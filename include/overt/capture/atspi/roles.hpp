#pragma once

#include <array>
#include <cstdint>

#include <overt/capture/atspi/element.hpp>
#include <overt/event/ui_action.hpp>

namespace overt::inline v0::capture::atspi {

/// The roles that are asked for by name (AtspiRole of at-spi2-core 2.46). All others are only numbers here.
enum class accessible_role : std::uint32_t {
  invalid = 0,
  alert = 2,
  canvas = 6,
  check_box = 7,
  check_menu_item = 8,
  combo_box = 11,
  dialog = 16,
  drawing_area = 18,
  filler = 20,
  frame = 23,
  icon = 26,
  image = 27,
  internal_frame = 28,
  label = 29,
  list = 31,
  list_item = 32,
  menu = 33,
  menu_bar = 34,
  menu_item = 35,
  page_tab = 37,
  page_tab_list = 38,
  panel = 39,
  password_text = 40,
  popup_menu = 41,
  push_button = 43,
  radio_button = 44,
  radio_menu_item = 45,
  root_pane = 46,
  slider = 51,
  spin_button = 52,
  status_bar = 54,
  table = 55,
  table_cell = 56,
  tearoff_menu_item = 59,
  terminal = 60,
  text = 61,
  toggle_button = 62,
  tool_bar = 63,
  tool_tip = 64,
  tree = 65,
  tree_table = 66,
  unknown = 67,
  window = 69,
  paragraph = 73,
  application = 75,
  autocomplete = 76,
  entry = 79,
  document_frame = 82,
  heading = 83,
  section = 85,
  link = 88,
  table_row = 90,
  tree_item = 91,
  document_spreadsheet = 92,
  document_presentation = 93,
  document_text = 94,
  document_web = 95,
  document_email = 96,
  list_box = 98,
  notification = 101,
  info_bar = 102,
  static_text = 116,
  push_button_menu = 129,
};

/// The states that are asked for by name (AtspiStateType): numbers of bits in `element::states`.
enum class accessible_state : std::uint8_t {
  active = 1,
  checked = 4,
  collapsed = 5,
  defunct = 6,
  editable = 7,
  enabled = 8,
  expandable = 9,
  expanded = 10,
  focusable = 11,
  focused = 12,
  modal = 16,
  multi_line = 17,
  pressed = 20,
  selectable = 22,
  selected = 23,
  sensitive = 24,
  showing = 25,
  single_line = 26,
  visible = 30,
  manages_descendants = 31,
  indeterminate = 32,
  supports_autocompletion = 37,
  selectable_text = 38,
  checkable = 41,
  has_popup = 42,
  read_only = 43,
};

[[nodiscard]] constexpr bool has_state(std::uint64_t states, accessible_state wanted) noexcept {
  return (states >> static_cast<unsigned>(wanted) & 1) != 0;
}
[[nodiscard]] inline bool has_state(element const& what, accessible_state wanted) noexcept {
  return has_state(what.states, wanted);
}

[[nodiscard]] constexpr bool is_role(std::uint32_t number, accessible_role wanted) noexcept {
  return number == static_cast<std::uint32_t>(wanted);
}

/// What typing into an element of a role does, as far as the role tells.
enum class role_nature : std::uint8_t {
  unknown, ///< a role that says nothing (a canvas, a plug-in, a number nobody knows): anything can be in it
  text_field, ///< takes text
  password,   ///< takes text that is not shown
  terminal,   ///< takes text, and passwords as well, without saying when
  inert,      ///< takes no text unless its states say that it can be edited: buttons, menus, lists, labels
  container,  ///< holds other elements; if it has the focus itself, something in it is not known
  document,   ///< a document, or a part of one: takes text if its states say that it can be edited
};

namespace detail {

struct role_meaning {
  ui_role what = ui_role::unknown;
  role_nature nature = role_nature::unknown;
};

/// By number. What is not in it stays unknown: a role that a later version adds, for example.
[[nodiscard]] consteval std::array<role_meaning, 130> role_meanings() {
  using enum ui_role;
  constexpr auto inert = role_nature::inert;
  constexpr auto container = role_nature::container;
  constexpr auto page = role_nature::document;
  constexpr auto nothing = role_meaning{};
  return {{
      nothing,                               //   0 invalid
      {ui_role::label, inert},               //   1 accelerator label
      {dialog, container},                   //   2 alert
      nothing,                               //   3 animation
      {image, inert},                        //   4 arrow
      {group, inert},                        //   5 calendar
      nothing,                               //   6 canvas
      {check_box, inert},                    //   7 check box
      {menu_item, inert},                    //   8 check menu item
      {dialog, container},                   //   9 color chooser
      {table_cell, inert},                   //  10 column header
      {combo_box, inert},                    //  11 combo box
      {text_field, role_nature::text_field}, // 12 date editor
      {list_item, inert},                    //  13 desktop icon
      {window, container},                   //  14 desktop frame
      {slider, inert},                       //  15 dial
      {dialog, container},                   //  16 dialog
      {group, container},                    //  17 directory pane
      nothing,                               //  18 drawing area
      {dialog, container},                   //  19 file chooser
      {group, container},                    //  20 filler
      nothing,                               //  21 focus traversable
      {dialog, container},                   //  22 font chooser
      {window, container},                   //  23 frame
      nothing,                               //  24 glass pane
      {group, container},                    //  25 HTML container
      {image, inert},                        //  26 icon
      {image, inert},                        //  27 image
      nothing,                               //  28 internal frame: of a page, whose content may be elsewhere
      {ui_role::label, inert},               //  29 label
      {group, container},                    //  30 layered pane
      {ui_role::list, inert},                //  31 list
      {list_item, inert},                    //  32 list item
      {menu, inert},                         //  33 menu
      {menu_bar, inert},                     //  34 menu bar
      {menu_item, inert},                    //  35 menu item
      {dialog, container},                   //  36 option pane
      {tab, inert},                          //  37 page tab
      {tab_list, inert},                     //  38 page tab list
      {group, container},                    //  39 panel
      {password_field, role_nature::password},    // 40 password text
      {menu, inert},                              //  41 popup menu
      {ui_role::label, inert},                    //  42 progress bar
      {ui_role::button, inert},                   //  43 push button
      {radio_button, inert},                      //  44 radio button
      {menu_item, inert},                         //  45 radio menu item
      {group, container},                         //  46 root pane
      {table_cell, inert},                        //  47 row header
      {slider, inert},                            //  48 scroll bar
      {group, container},                         //  49 scroll pane
      {group, inert},                             //  50 separator
      {slider, inert},                            //  51 slider
      {spin_button, role_nature::text_field},     // 52 spin button
      {group, container},                         //  53 split pane
      {group, container},                         //  54 status bar
      {table, inert},                             //  55 table
      {table_cell, inert},                        //  56 table cell
      {table_cell, inert},                        //  57 table column header
      {table_cell, inert},                        //  58 table row header
      {menu_item, inert},                         //  59 tearoff menu item
      {ui_role::terminal, role_nature::terminal}, // 60 terminal
      {text_field, role_nature::text_field},      // 61 text
      {toggle_button, inert},                     //  62 toggle button
      {tool_bar, container},                      //  63 tool bar
      {ui_role::label, inert},                    //  64 tool tip
      {tree, inert},                              //  65 tree
      {tree, inert},                              //  66 tree table
      nothing,                                    //  67 unknown
      {group, container},                         //  68 viewport
      {window, container},                        //  69 window
      nothing,                                    //  70 extended
      {group, container},                         //  71 header
      {group, container},                         //  72 footer
      {document, page},                           //  73 paragraph
      {image, inert},                             //  74 ruler
      nothing,                                    //  75 application
      {text_field, role_nature::text_field},      // 76 autocomplete
      {text_field, role_nature::text_field},      // 77 editbar
      nothing,                                    //  78 embedded: a plug-in
      {text_field, role_nature::text_field},      // 79 entry
      {image, inert},                             //  80 chart
      {ui_role::label, inert},                    //  81 caption
      {document, page},                           //  82 document frame
      {heading, page},                            //  83 heading
      {document, page},                           //  84 page
      {group, container},                         //  85 section
      nothing,                                    //  86 redundant object
      {group, container},                         //  87 form
      {ui_role::link, inert},                     //  88 link
      nothing,                                    //  89 input method window
      {table_cell, inert},                        //  90 table row
      {tree_item, inert},                         //  91 tree item
      {document, page},                           //  92 document spreadsheet
      {document, page},                           //  93 document presentation
      {document, page},                           //  94 document text
      {document, page},                           //  95 document web
      {document, page},                           //  96 document email
      {document, page},                           //  97 comment
      {ui_role::list, inert},                     //  98 list box
      {group, container},                         //  99 grouping
      {image, inert},                             // 100 image map
      {group, container},                         // 101 notification
      {group, container},                         // 102 info bar
      {ui_role::label, inert},                    // 103 level bar
      {group, container},                         // 104 title bar
      {document, page},                           // 105 block quote
      {group, inert},                             // 106 audio
      {group, inert},                             // 107 video
      {document, page},                           // 108 definition
      {document, page},                           // 109 article
      {group, container},                         // 110 landmark
      {group, container},                         // 111 log
      {group, container},                         // 112 marquee
      {document, page},                           // 113 math
      {slider, inert},                            // 114 rating
      {ui_role::label, inert},                    // 115 timer
      {ui_role::label, inert},                    // 116 static
      {document, page},                           // 117 math fraction
      {document, page},                           // 118 math root
      {document, page},                           // 119 subscript
      {document, page},                           // 120 superscript
      {document, page},                           // 121 description list
      {document, page},                           // 122 description term
      {document, page},                           // 123 description value
      {document, page},                           // 124 footnote
      {document, page},                           // 125 content deletion
      {document, page},                           // 126 content insertion
      {document, page},                           // 127 mark
      {document, page},                           // 128 suggestion
      {ui_role::button, inert},                   // 129 push button menu
  }};
}

[[nodiscard]] constexpr role_meaning meaning_of(std::uint32_t number) noexcept {
  constexpr auto meanings = role_meanings();
  return number < meanings.size() ? meanings[number] : role_meaning{};
}

} // namespace detail

/// What an element of this role (AtspiRole) is in the words of a trace.
[[nodiscard]] constexpr ui_role ui_role_of(std::uint32_t number) noexcept {
  return detail::meaning_of(number).what;
}

/// What typing into an element of this role (AtspiRole) does.
[[nodiscard]] constexpr role_nature nature_of(std::uint32_t number) noexcept {
  return detail::meaning_of(number).nature;
}

} // namespace overt::inline v0::capture::atspi
