#include <overt/redact/interface_text.hpp>

#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

using overt::redact::is_identifier_text;
using overt::redact::is_interface_text;

TEST_CASE("L23 names of interfaces are told", "[redact][names]") {
  for (std::string_view const name : {"Save As…",
                                      "_File",
                                      "&Edit",
                                      "Don't Save",
                                      "Don’t Save",
                                      "Zoom 50 %",
                                      "Heading 2",
                                      "Undo",
                                      "FIND & REPLACE",
                                      "Print…",
                                      "Select all",
                                      "Save as a copy",
                                      "New Folder",
                                      "Show hidden files",
                                      "Datei",
                                      "Speichern unter…",
                                      "Rückgängig",
                                      "Enregistrer sous…",
                                      "Fermer",
                                      "Configuración",
                                      "Guardar como…",
                                      "Close (Esc)",
                                      "Cut Ctrl+X",
                                      "Page setup",
                                      "Add to cart",
                                      "Sign in",
                                      "Keyboard shortcuts",
                                      "Ansicht vergrößern"}) {
    INFO(name);
    CHECK(is_interface_text(name));
  }
}

TEST_CASE("L23 names with anything else in them are not", "[redact][names]") {
  for (std::string_view const name : {"Call Jane Doe +49 30 123456",
                                      "Jane",
                                      "Mark",
                                      "Call Mark",
                                      "Budget Jane.ods",
                                      "Re: your operation",
                                      "invoice-4711.pdf",
                                      "4711",
                                      "Invoice 4711",
                                      "Page 123",
                                      "7",
                                      "A",
                                      "2 ABC",
                                      "+",
                                      "…",
                                      "",
                                      " ",
                                      "1 2 3 4",
                                      "Call 03 01 23",
                                      "x y",
                                      "Save 1 2",
                                      "May 12",
                                      "Monday",
                                      "seven",
                                      "Jane's files",
                                      "jane@home",
                                      "kx7vt2",
                                      "Zm9vYmFy",
                                      "save2all",
                                      "Müller",
                                      "保存",
                                      "Сохранить",
                                      "Save \xff",
                                      "please send the report about the order to the customer again today"}) {
    INFO(name);
    CHECK_FALSE(is_interface_text(name));
  }
  CHECK(is_interface_text("save " + std::string(200, ' ') + "as"));
  CHECK_FALSE(is_interface_text("save" + std::string(97, '.') + "as"));
}

TEST_CASE("L24 identifiers that a programmer wrote are told", "[redact][names]") {
  for (std::string_view const id :
       {"save", "btn-save", "btnSave", "SaveButton", "settings_panel.2", "main:menu", "search-input", "tab3",
        "URLInput", "qt_toolbar", "loginForm"}) {
    INFO(id);
    CHECK(is_identifier_text(id));
  }
}

TEST_CASE("L24 identifiers made of data are not", "[redact][names]") {
  for (std::string_view const id :
       {"", "jane", "contact-jane-doe", "user-4711", "account_00123", "row-12345", "item-12-34", "k7",
        "Kx7vT2", "9f86d081884c7d65", "jane@x.example", "save button", "btn-jane", "msg-3f9a1c02",
        "col-müller", "a-b-c", "123", "-", "550e8400-e29b-41d4-a716-446655440000"}) {
    INFO(id);
    // "save button" is told as a name would be; what matters is that the words are
    CHECK(is_identifier_text(id) == (id == "save button"));
  }
  CHECK_FALSE(is_identifier_text("save-" + std::string(64, 'a')));
}
