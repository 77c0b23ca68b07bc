#include <overt/capture/atspi/field_sensitivity.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt_test/catch.hpp>

using namespace overt::capture::atspi;
using overt::arena_string;
using overt::field_kind;
using overt::input_lane;
using role = accessible_role;

namespace {

element made(role number, std::initializer_list<accessible_state> states = {}, std::string_view name = {}) {
  element what;
  what.id = {":1.7", "/org/a11y/atspi/accessible/7"};
  what.role = static_cast<std::uint32_t>(number);
  for (auto const one : states) {
    what.states |= std::uint64_t{1} << static_cast<unsigned>(one);
  }
  what.name = arena_string{name};
  return what;
}

element on_page(element what) {
  what.document = {":1.7", "/document"};
  return what;
}

element with(element what, std::string key, std::string_view value) {
  what.attributes.push_back({std::move(key), arena_string{value}});
  return what;
}

field_kind typed_into(element const& what) { return field_kind_of(&what); }
field_kind pointed_at(element const& what) { return field_kind_of(&what, {}, input_lane::pointer); }

constexpr auto editable = accessible_state::editable;
constexpr auto focused = accessible_state::focused;
constexpr auto focusable = accessible_state::focusable;

} // namespace

TEST_CASE("L17 what could not be read or understood is unknown", "[atspi][field_sensitivity]") {
  CHECK(field_kind_of(nullptr) == field_kind::unknown);
  CHECK(field_kind_of(nullptr, {}, input_lane::pointer) == field_kind::unknown);
  CHECK(typed_into(element{}) == field_kind::unknown);
  for (auto const one : {role::invalid, role::unknown, role::canvas, role::drawing_area, role::internal_frame,
                         role::application, static_cast<role>(70), static_cast<role>(78),
                         static_cast<role>(130), static_cast<role>(4000)}) {
    INFO(static_cast<std::uint32_t>(one));
    CHECK(typed_into(made(one, {focused})) == field_kind::unknown);
    CHECK(typed_into(made(one, {focused, editable})) == field_kind::unknown);
    CHECK(pointed_at(made(one)) == field_kind::unknown);
  }
  CHECK(typed_into(made(role::entry, {editable, accessible_state::defunct})) == field_kind::unknown);
}

TEST_CASE("L11 password fields and terminals are secret whatever they are called",
          "[atspi][field_sensitivity]") {
  for (auto const one : {role::password_text, role::terminal}) {
    CHECK(typed_into(made(one, {focused, editable}, "Search")) == field_kind::secret);
    CHECK(typed_into(made(one)) == field_kind::secret);
    CHECK(pointed_at(made(one)) == field_kind::secret);
  }
}

TEST_CASE("fields of text are plain when nothing about them is suspicious", "[atspi][field_sensitivity]") {
  for (auto const one : {role::entry, role::text, role::spin_button, role::autocomplete}) {
    INFO(static_cast<std::uint32_t>(one));
    CHECK(typed_into(made(one, {focused})) == field_kind::plain);
    CHECK(typed_into(made(one, {focused, editable}, "City")) == field_kind::plain);
    CHECK(typed_into(made(one, {focused, editable}, "Password")) == field_kind::secret);
  }
  for (auto const one : {role::paragraph, role::section, role::document_text, role::document_web,
                         role::heading, role::combo_box, role::table_cell, role::panel, role::list_item}) {
    INFO(static_cast<std::uint32_t>(one));
    CHECK(typed_into(made(one, {focused, editable})) == field_kind::plain);
    CHECK(typed_into(made(one, {focused, editable}, "PIN")) == field_kind::secret);
  }
  CHECK(typed_into(made(role::document_spreadsheet, {focused})) == field_kind::plain);
  CHECK(typed_into(made(role::document_spreadsheet, {focused, accessible_state::read_only})) ==
        field_kind::none);
}

TEST_CASE("what takes no text is none, also when its name speaks of secrets", "[atspi][field_sensitivity]") {
  for (auto const one : {role::push_button, role::check_box,  role::radio_button,    role::toggle_button,
                         role::menu,        role::menu_item,  role::check_menu_item, role::menu_bar,
                         role::list,        role::list_item,  role::list_box,        role::page_tab,
                         role::link,        role::label,      role::static_text,     role::image,
                         role::icon,        role::combo_box,  role::slider,          role::tree,
                         role::table,       role::table_cell, role::document_web,    role::document_frame,
                         role::paragraph}) {
    INFO(static_cast<std::uint32_t>(one));
    CHECK(typed_into(made(one, {focused, focusable}, "Show password")) == field_kind::none);
    CHECK(pointed_at(made(one, {}, "Show password")) == field_kind::none);
  }
}

TEST_CASE("the interface for editing counts outside pages, where it means something",
          "[atspi][field_sensitivity]") {
  auto cell = made(role::table_cell, {focused});
  cell.interfaces = element::text | element::editable_text;
  CHECK(typed_into(cell) == field_kind::plain);
  CHECK(typed_into(on_page(std::move(cell))) == field_kind::none);
}

TEST_CASE("a window or panel that has the focus itself may hide what takes text",
          "[atspi][field_sensitivity]") {
  for (auto const one : {role::frame, role::window, role::dialog, role::alert, role::panel, role::filler,
                         role::section, role::status_bar, role::tool_bar}) {
    INFO(static_cast<std::uint32_t>(one));
    auto what = made(one, {focused, accessible_state::active});
    what.children = 3;
    CHECK(typed_into(what) == field_kind::unknown);
    CHECK(pointed_at(what) == field_kind::none);
    CHECK(field_kind_of(&what, {}, input_lane::none) == field_kind::unknown);
  }
  auto in_page = on_page(made(role::dialog, {focused}));
  CHECK(typed_into(in_page) == field_kind::unknown);
  in_page.children = 2;
  CHECK(typed_into(in_page) == field_kind::none);
}

TEST_CASE("a piece of text on a page is no field under the pointer", "[atspi][field_sensitivity]") {
  CHECK(pointed_at(made(role::text, {}, "Password:")) == field_kind::none);
  CHECK(pointed_at(made(role::text, {focusable}, "Password:")) == field_kind::secret);
  CHECK(typed_into(made(role::text, {}, "Password:")) == field_kind::secret);
}

TEST_CASE("any text around a field can make it secret", "[atspi][field_sensitivity]") {
  auto const field = [] { return made(role::entry, {focused, editable}); };
  auto labelled = field();
  labelled.label = arena_string{"Mot de passe"};
  CHECK(typed_into(labelled) == field_kind::secret);
  auto described = field();
  described.description = arena_string{"Enter the verification code that we sent"};
  CHECK(typed_into(described) == field_kind::secret);
  auto echoing = field();
  echoing.value = arena_string{"●●●●"};
  CHECK(typed_into(echoing) == field_kind::secret);
}

TEST_CASE("L16 the attributes of a field", "[atspi][field_sensitivity]") {
  struct row {
    char const* key;
    std::string_view value;
    field_kind expected;
  };
  auto const rows = std::to_array<row>({
      {"text-input-type", "password", field_kind::secret},
      {"text-input-type", "PASSWORD", field_kind::secret},
      {"text-input-type", "text", field_kind::plain},
      {"text-input-type", "tel", field_kind::plain},
      {"text-input-type", "email", field_kind::plain},
      {"text-input-type", "search", field_kind::plain},
      {"text-input-type", "number", field_kind::plain},
      {"autocomplete", "current-password", field_kind::secret},
      {"autocomplete", "new-password", field_kind::secret},
      {"autocomplete", "section-a billing New-Password", field_kind::secret},
      {"autocomplete", "one-time-code", field_kind::secret},
      {"autocomplete", "cc-number", field_kind::secret},
      {"autocomplete", "CC-CSC", field_kind::secret},
      {"autocomplete", "billing cc-exp-month", field_kind::secret},
      {"autocomplete", "username webauthn", field_kind::plain},
      {"autocomplete", "username", field_kind::plain},
      {"autocomplete", "street-address", field_kind::plain},
      {"autocomplete", "list", field_kind::plain},
      {"autocomplete", "off", field_kind::plain},
      {"-webkit-text-security", "disc", field_kind::secret},
      {"-webkit-text-security", "none", field_kind::plain},
      {"style", "color: red; -webkit-text-security: circle", field_kind::secret},
      {"style", "color: red", field_kind::plain},
      {"id", "newPassword2", field_kind::secret},
      {"id", "cc-csc", field_kind::secret},
      {"id", "city", field_kind::plain},
      {"id", "shippingPin2code", field_kind::secret},
      {"id", "shipping", field_kind::plain},
      {"html-input-name", "login[passwd]", field_kind::secret},
      {"name", "otp", field_kind::secret},
      {"class", "form-control password-field", field_kind::secret},
      {"class", "acc-name spinner", field_kind::plain},
      {"placeholder-text", "Passwort", field_kind::secret},
      {"placeholder-text", "••••••••", field_kind::secret},
      {"placeholder", "暗証番号", field_kind::secret},
      {"placeholder", "jane@example.org", field_kind::plain},
      {"something-new", "password", field_kind::secret},
      {"maxlength", "1", field_kind::secret},
      {"maxlength", "10", field_kind::plain},
      {"maxlength", "99999999999999999999", field_kind::plain},
      {"maxlength", "", field_kind::plain},
      {"tag", "input", field_kind::plain},
      {"toolkit", "Qt", field_kind::plain},
  });
  for (auto const& one : rows) {
    INFO(one.key << "=" << one.value);
    CHECK(typed_into(with(on_page(made(role::entry, {focused, editable})), one.key, one.value)) ==
          one.expected);
  }
}

TEST_CASE("L17 a field that echoes bullets is secret", "[atspi][field_sensitivity]") {
  for (std::string_view const name : {"•", "●●●●●●", "**", "********", "• • • •", "＊＊＊", "⬤⬤"}) {
    INFO(name);
    CHECK(typed_into(made(role::entry, {focused}, name)) == field_kind::secret);
  }
  for (std::string_view const name : {"*", "", " ", "Name *", "5 • 6", "\xe2\x80"}) {
    INFO(name);
    CHECK(typed_into(made(role::entry, {focused}, name)) == field_kind::plain);
  }
}

TEST_CASE("what stands beside a field can make it secret", "[atspi][field_sensitivity]") {
  auto const field = made(role::entry, {focused, editable}, "Enter it here");
  std::vector<neighbour> boxes;
  for (int i = 0; i < 6; ++i) {
    boxes.push_back({.role = field.role, .bounds = {i * 50, 0, 40, 40}});
  }
  CHECK(field_kind_of(&field, {boxes, 3}) == field_kind::secret);
  CHECK(field_kind_of(&field, {boxes}) == field_kind::plain);

  constexpr auto button = static_cast<std::uint32_t>(role::toggle_button);
  for (std::string_view const name : {"Show", "SHOW", "Anzeigen", "Afficher", "Mostrar", "Показать", "表示",
                                      "Show password", "Toggle password visibility", "Passwort einblenden"}) {
    INFO(name);
    std::vector<neighbour> const beside{
        {.role = field.role, .name = "User"}, {.role = field.role}, {.role = button, .name = name}};
    CHECK(field_kind_of(&field, {beside, 1}) == field_kind::secret);
    CHECK(field_kind_of(&field, {beside, 0}) == field_kind::plain);
  }
  for (std::string_view const name : {"Search", "Show all results", "Clear", "", "Browse…"}) {
    INFO(name);
    std::vector<neighbour> const beside{{.role = field.role}, {.role = button, .name = name}};
    CHECK(field_kind_of(&field, {beside, 0}) == field_kind::plain);
  }
}

TEST_CASE("a link about a forgotten password does not make the field before it secret",
          "[atspi][field_sensitivity]") {
  auto const field = made(role::entry, {focused, editable}, "User name");
  auto const link = static_cast<std::uint32_t>(role::link);
  std::vector<neighbour> const login{{.role = field.role}, {.role = link, .name = "Forgot your password?"}};
  CHECK(field_kind_of(&field, {login, 0}) == field_kind::plain);
  std::vector<neighbour> const shown{{.role = field.role}, {.role = link, .name = "Show"}};
  CHECK(field_kind_of(&field, {shown, 0}) == field_kind::secret);
}

TEST_CASE("an element as a neighbour of others", "[atspi][field_sensitivity]") {
  auto what = with(with(made(role::entry, {}, "1 of 6"), "maxlength", "1"), "text-input-type", "tel");
  what.bounds = {1, 2, 3, 4};
  auto const one = neighbour_of(what);
  CHECK(one.role == static_cast<std::uint32_t>(role::entry));
  CHECK(one.bounds == what.bounds);
  CHECK(one.name == "1 of 6");
  CHECK(one.longest == 1);
  CHECK(one.numeric);
  CHECK_FALSE(neighbour_of(made(role::entry)).numeric);
  CHECK(neighbour_of(made(role::entry)).longest == 0);
}
