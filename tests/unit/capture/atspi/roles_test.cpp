#include <overt/capture/atspi/roles.hpp>

#include <cstdint>

#include <overt_test/catch.hpp>

using namespace overt::capture::atspi;
using overt::ui_role;

namespace {

constexpr std::uint32_t number(accessible_role one) { return static_cast<std::uint32_t>(one); }

} // namespace

TEST_CASE("roles of the accessibility bus have a word and a nature", "[atspi][roles]") {
  struct row {
    accessible_role number;
    ui_role what;
    role_nature nature;
  };
  auto const rows = std::to_array<row>({
      {accessible_role::invalid, ui_role::unknown, role_nature::unknown},
      {accessible_role::unknown, ui_role::unknown, role_nature::unknown},
      {accessible_role::canvas, ui_role::unknown, role_nature::unknown},
      {accessible_role::drawing_area, ui_role::unknown, role_nature::unknown},
      {accessible_role::internal_frame, ui_role::unknown, role_nature::unknown},
      {accessible_role::application, ui_role::unknown, role_nature::unknown},
      {accessible_role::alert, ui_role::dialog, role_nature::container},
      {accessible_role::dialog, ui_role::dialog, role_nature::container},
      {accessible_role::frame, ui_role::window, role_nature::container},
      {accessible_role::window, ui_role::window, role_nature::container},
      {accessible_role::panel, ui_role::group, role_nature::container},
      {accessible_role::filler, ui_role::group, role_nature::container},
      {accessible_role::section, ui_role::group, role_nature::container},
      {accessible_role::tool_bar, ui_role::tool_bar, role_nature::container},
      {accessible_role::status_bar, ui_role::group, role_nature::container},
      {accessible_role::check_box, ui_role::check_box, role_nature::inert},
      {accessible_role::check_menu_item, ui_role::menu_item, role_nature::inert},
      {accessible_role::radio_menu_item, ui_role::menu_item, role_nature::inert},
      {accessible_role::tearoff_menu_item, ui_role::menu_item, role_nature::inert},
      {accessible_role::menu_item, ui_role::menu_item, role_nature::inert},
      {accessible_role::menu, ui_role::menu, role_nature::inert},
      {accessible_role::popup_menu, ui_role::menu, role_nature::inert},
      {accessible_role::menu_bar, ui_role::menu_bar, role_nature::inert},
      {accessible_role::combo_box, ui_role::combo_box, role_nature::inert},
      {accessible_role::icon, ui_role::image, role_nature::inert},
      {accessible_role::image, ui_role::image, role_nature::inert},
      {accessible_role::label, ui_role::label, role_nature::inert},
      {accessible_role::static_text, ui_role::label, role_nature::inert},
      {accessible_role::tool_tip, ui_role::label, role_nature::inert},
      {accessible_role::list, ui_role::list, role_nature::inert},
      {accessible_role::list_box, ui_role::list, role_nature::inert},
      {accessible_role::list_item, ui_role::list_item, role_nature::inert},
      {accessible_role::page_tab, ui_role::tab, role_nature::inert},
      {accessible_role::page_tab_list, ui_role::tab_list, role_nature::inert},
      {accessible_role::push_button, ui_role::button, role_nature::inert},
      {accessible_role::push_button_menu, ui_role::button, role_nature::inert},
      {accessible_role::toggle_button, ui_role::toggle_button, role_nature::inert},
      {accessible_role::radio_button, ui_role::radio_button, role_nature::inert},
      {accessible_role::slider, ui_role::slider, role_nature::inert},
      {accessible_role::table, ui_role::table, role_nature::inert},
      {accessible_role::table_cell, ui_role::table_cell, role_nature::inert},
      {accessible_role::table_row, ui_role::table_cell, role_nature::inert},
      {accessible_role::tree, ui_role::tree, role_nature::inert},
      {accessible_role::tree_table, ui_role::tree, role_nature::inert},
      {accessible_role::tree_item, ui_role::tree_item, role_nature::inert},
      {accessible_role::link, ui_role::link, role_nature::inert},
      {accessible_role::spin_button, ui_role::spin_button, role_nature::text_field},
      {accessible_role::text, ui_role::text_field, role_nature::text_field},
      {accessible_role::entry, ui_role::text_field, role_nature::text_field},
      {accessible_role::autocomplete, ui_role::text_field, role_nature::text_field},
      {accessible_role::password_text, ui_role::password_field, role_nature::password},
      {accessible_role::terminal, ui_role::terminal, role_nature::terminal},
      {accessible_role::paragraph, ui_role::document, role_nature::document},
      {accessible_role::heading, ui_role::heading, role_nature::document},
      {accessible_role::document_frame, ui_role::document, role_nature::document},
      {accessible_role::document_spreadsheet, ui_role::document, role_nature::document},
      {accessible_role::document_presentation, ui_role::document, role_nature::document},
      {accessible_role::document_text, ui_role::document, role_nature::document},
      {accessible_role::document_web, ui_role::document, role_nature::document},
      {accessible_role::document_email, ui_role::document, role_nature::document},
      {accessible_role::notification, ui_role::group, role_nature::container},
      {accessible_role::info_bar, ui_role::group, role_nature::container},
  });
  for (auto const& one : rows) {
    INFO(number(one.number));
    CHECK(ui_role_of(number(one.number)) == one.what);
    CHECK(nature_of(number(one.number)) == one.nature);
  }
}

TEST_CASE("L17 a role that nobody knows is unknown", "[atspi][roles]") {
  for (auto const unheard : {130u, 131u, 1000u, 0xffffffffu}) {
    CHECK(ui_role_of(unheard) == ui_role::unknown);
    CHECK(nature_of(unheard) == role_nature::unknown);
  }
}

TEST_CASE("a role without a word in traces has no known nature, and the other way round", "[atspi][roles]") {
  for (std::uint32_t one = 0; one < 140; ++one) {
    INFO(one);
    CHECK((ui_role_of(one) == ui_role::unknown) == (nature_of(one) == role_nature::unknown));
  }
}

TEST_CASE("states are bits of one number", "[atspi][roles]") {
  element what;
  what.states = std::uint64_t{1} << 12 | std::uint64_t{1} << 43;
  CHECK(has_state(what, accessible_state::focused));
  CHECK(has_state(what, accessible_state::read_only));
  CHECK_FALSE(has_state(what, accessible_state::editable));
}
