#include <overt/redact/element_selector.hpp>

#include <string>
#include <string_view>

#include <overt_test/catch.hpp>
#include <overt_test/keys.hpp>
#include <overt_test/payloads.hpp>

using overt::ui_role;
using overt::redact::selector_parts;
using overt::redact::split_selector;
using kind = overt::redact::selector_parts::kind;

TEST_CASE("a selector is an identifier, a form's name, a path of roles, or something else",
          "[redact][selector]") {
  CHECK(split_selector("#save").what == kind::identifier);
  CHECK(split_selector("#save").name == "save");
  CHECK(split_selector("#").what == kind::identifier);
  CHECK(split_selector("[name=\"city\"]").what == kind::form_name);
  CHECK(split_selector("[name=\"city\"]").name == "city");
  CHECK(split_selector("[name=\"\"]").name.empty());
  for (std::string_view const roles :
       {"window", "window/menu_bar/menu/menu_item[4]", "window/list/list_item[1234]", "button[0]"}) {
    CHECK(split_selector(roles).what == kind::roles);
  }
  for (std::string_view const other :
       {"", "/", "window/", "/window", "window//menu", "window[12345]", "window[]", "window[4]x",
        "window[-1]", "window[jane]", "window[1]/menu", "Window", "jane", "window/jane", "[name=\"city\"",
        "[name=\"]", "//button[@name='Jane']", "window [1]", "unknown role"}) {
    INFO(other);
    CHECK(split_selector(other).what == kind::other);
  }
}

TEST_CASE("L24 the roles from the window down stand in for a selector", "[redact][selector][L24]") {
  auto const text_of = [](overt::ui_action const& what) {
    auto field = overt_test::guarded_of("#jane");
    return overt_test::with_clearance([&](overt::clearance const& key) {
      field.replace(key, overt::redact::path_of_roles(what));
      return std::string{field.look(key).view()};
    });
  };
  overt::ui_action deep{.role = ui_role::menu_item};
  deep.path.push_back({ui_role::window, overt_test::guarded_of("Jane")});
  deep.path.push_back({ui_role::menu, overt_test::guarded_of("Jane")});
  CHECK(text_of(deep) == "window/menu/menu_item");
  deep.path.push_back({ui_role::menu_item, {}});
  CHECK(text_of(deep) == "window/menu/menu_item");
  CHECK(text_of(overt::ui_action{.role = ui_role::button}) == "button");
}
