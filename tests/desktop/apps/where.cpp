// Where an element of a program is on the screen, for the tests of what accessibility tells: the programs of
// the tests say themselves where their controls are, LibreOffice does not. Uses libatspi, which the library
// does not.
//   g++ -std=c++20 where.cpp $(pkg-config --cflags --libs atspi-2 gobject-2.0)
//
//   where APPLICATION ROLE NAME     the first element that is shown, whose name begins so: one line of JSON;
//   exit code 1
//                                   when there is none
//   where APPLICATION value LABEL   what stands in the text field within the panel that is called so
#include <atspi/atspi.h>

#include <cstdio>
#include <cstring>
#include <functional>
#include <memory>
#include <string>

namespace {

struct unref {
  void operator()(void* object) const { g_object_unref(object); }
};
using accessible = std::unique_ptr<AtspiAccessible, unref>;

std::string text_of(gchar* given) {
  std::string const made = given == nullptr ? "" : given;
  g_free(given);
  return made;
}

bool is_shown(AtspiAccessible* one) {
  auto* const states = atspi_accessible_get_state_set(one);
  bool const shown = states != nullptr && atspi_state_set_contains(states, ATSPI_STATE_SHOWING) != 0;
  if (states != nullptr) {
    g_object_unref(states);
  }
  return shown;
}

bool is_of_gtk(AtspiAccessible* one) {
  auto* const attributes = atspi_accessible_get_attributes(one, nullptr);
  bool const found = attributes != nullptr && g_hash_table_lookup(attributes, "toolkit") != nullptr;
  if (attributes != nullptr) {
    g_hash_table_unref(attributes);
  }
  return found;
}

AtspiRect place_of(AtspiAccessible* one) {
  AtspiRect made{};
  if (auto* const component = atspi_accessible_get_component_iface(one)) {
    if (auto* const told = atspi_component_get_extents(component, ATSPI_COORD_TYPE_SCREEN, nullptr)) {
      made = *told;
      g_free(told);
    }
    g_object_unref(component);
  }
  return made;
}

/// Depth first, shown elements only; `use` returns true to end it.
bool walk(AtspiAccessible* from, bool drawn, std::function<bool(AtspiAccessible*, bool drawn)> const& use) {
  auto const role = atspi_accessible_get_role(from, nullptr);
  drawn = drawn || role == ATSPI_ROLE_ROOT_PANE;
  if (use(from, drawn)) {
    return true;
  }
  int const children = atspi_accessible_get_child_count(from, nullptr);
  for (int each = 0; each < children && each < 300; ++each) {
    accessible const child{atspi_accessible_get_child_at_index(from, each, nullptr)};
    if (child && (role == ATSPI_ROLE_APPLICATION || is_shown(child.get())) && walk(child.get(), drawn, use)) {
      return true;
    }
  }
  return false;
}

/// What LibreOffice draws itself is told as too high, by the height of its menu bar, until the first click.
int how_much_lower(AtspiAccessible* program) {
  int lower = 0;
  int bottom = 0;
  walk(program, false, [&](AtspiAccessible* one, bool) {
    auto const role = atspi_accessible_get_role(one, nullptr);
    auto const place = place_of(one);
    if (role == ATSPI_ROLE_FRAME) {
      bottom = place.y + place.height;
    }
    lower = role == ATSPI_ROLE_ROOT_PANE ? bottom - place.y - place.height : 0;
    return role == ATSPI_ROLE_ROOT_PANE;
  });
  return lower;
}

bool print_place(AtspiAccessible* program, AtspiAccessible* found, bool drawn) {
  auto const place = place_of(found);
  int const lower = drawn && !is_of_gtk(found) ? how_much_lower(program) : 0;
  std::printf("{\"x\":%d,\"y\":%d,\"width\":%d,\"height\":%d}\n", place.x, place.y + lower, place.width,
              place.height);
  return true;
}

bool print_value(AtspiAccessible* panel) {
  return walk(panel, false, [](AtspiAccessible* one, bool) {
    auto* const text = atspi_accessible_get_text_iface(one);
    if (text == nullptr) {
      return false;
    }
    auto const value = text_of(atspi_text_get_text(text, 0, -1, nullptr));
    g_object_unref(text);
    if (!value.empty()) {
      std::printf("%s\n", value.c_str());
    }
    return !value.empty();
  });
}

} // namespace

int main(int argc, char** argv) {
  if (argc != 4 || atspi_init() != 0) {
    return 2;
  }
  atspi_set_timeout(2000, 2000);
  std::string const role = argv[2];
  bool found = false;
  accessible const desktop{atspi_get_desktop(0)};
  int const programs = atspi_accessible_get_child_count(desktop.get(), nullptr);
  for (int each = 0; each < programs && !found; ++each) {
    accessible const program{atspi_accessible_get_child_at_index(desktop.get(), each, nullptr)};
    if (!program || text_of(atspi_accessible_get_name(program.get(), nullptr)) != argv[1]) {
      continue;
    }
    found = walk(program.get(), false, [&](AtspiAccessible* one, bool drawn) {
      auto const name = text_of(atspi_accessible_get_name(one, nullptr));
      if (name.compare(0, std::strlen(argv[3]), argv[3]) != 0) {
        return false;
      }
      auto const own = text_of(atspi_accessible_get_role_name(one, nullptr));
      if (role == "value") {
        return own == "panel" && print_value(one);
      }
      return own == role && print_place(program.get(), one, drawn);
    });
  }
  atspi_exit();
  return found ? 0 : 1;
}
