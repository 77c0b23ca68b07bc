// A form of GTK 4, for the tests of what accessibility tells: tests/desktop/meaning_test.py.
//   g++ -std=c++20 gtk4_form.cpp $(pkg-config --cflags --libs gtk4 x11)
#include "report.hpp"

#include <cmath>

#include <gdk/x11/gdkx.h>
#include <gtk/gtk.h>

namespace {

report tell;
std::map<std::string, GtkWidget*> controls;
GtkWidget* window = nullptr;

void told(gpointer, gpointer what) { tell.did(static_cast<char const*>(what)); }

template <class Handler>
void on(gpointer widget, char const* signal, Handler handler, char const* what) {
  g_signal_connect(widget, signal, G_CALLBACK(handler), const_cast<char*>(what));
}

GtkWidget* labelled(GtkWidget* grid, int row, char const* label, GtkWidget* field) {
  auto* const text = gtk_label_new_with_mnemonic(label);
  gtk_label_set_mnemonic_widget(GTK_LABEL(text), field);
  gtk_widget_set_halign(text, GTK_ALIGN_END);
  gtk_grid_attach(GTK_GRID(grid), text, 0, row, 1, 1);
  gtk_grid_attach(GTK_GRID(grid), field, 1, row, 1, 1);
  return field;
}

G_GNUC_BEGIN_IGNORE_DEPRECATIONS
void place_of(std::string const& control, GtkWidget* widget) {
  auto* const native = gtk_widget_get_native(widget);
  graphene_rect_t box;
  if (native == nullptr || !gtk_widget_get_mapped(widget) ||
      !gtk_widget_compute_bounds(widget, GTK_WIDGET(native), &box)) {
    return;
  }
  // A surface is a window of the X server, larger than its content by the shadow.
  auto* const surface = gtk_native_get_surface(native);
  double left = 0;
  double above = 0;
  gtk_native_get_surface_transform(native, &left, &above);
  auto* const display = gdk_x11_display_get_xdisplay(gdk_surface_get_display(surface));
  int x = 0;
  int y = 0;
  Window child = 0;
  XTranslateCoordinates(display, gdk_x11_surface_get_xid(surface), DefaultRootWindow(display), 0, 0, &x, &y,
                        &child);
  auto const rounded = [](double number) { return static_cast<int>(std::lround(number)); };
  tell.shown(control, x + rounded(left + box.origin.x), y + rounded(above + box.origin.y),
             rounded(box.size.width), rounded(box.size.height));
}
G_GNUC_END_IGNORE_DEPRECATIONS

char const* text_within(GtkWidget* widget) {
  if (GTK_IS_LABEL(widget)) {
    return gtk_label_get_text(GTK_LABEL(widget));
  }
  for (auto* each = gtk_widget_get_first_child(widget); each != nullptr;
       each = gtk_widget_get_next_sibling(each)) {
    if (auto const* const found = text_within(each); found != nullptr && *found != '\0') {
      return found;
    }
  }
  return nullptr;
}

/// Menu items and the rows of popped-up lists are widgets that the toolkit makes: they are known by their
/// text.
void look_for_items(GtkWidget* widget, bool in_colour) {
  static std::map<std::string, std::string> const items{{"File", "menu_file"},
                                                        {"New", "menu_new"},
                                                        {"Export", "menu_export"},
                                                        {"As page", "menu_page"},
                                                        {"As picture", "menu_picture"}};
  static std::map<std::string, std::string> const colours{
      {"Red", "colour_red"}, {"Green", "colour_green"}, {"Blue", "colour_blue"}};
  std::string const kind = G_OBJECT_TYPE_NAME(widget);
  if (widget == controls["colour"]) {
    in_colour = true;
  }
  auto const* const names = kind == "GtkModelButton" || kind == "GtkPopoverMenuBarItem" ? &items
                            : in_colour && kind == "GtkListItemWidget"                  ? &colours
                                                                                        : nullptr;
  if (names != nullptr) {
    auto const* const text = text_within(widget);
    if (auto const found = names->find(text == nullptr ? "" : text); found != names->end()) {
      place_of(found->second, widget);
    }
  }
  for (auto* each = gtk_widget_get_first_child(widget); each != nullptr;
       each = gtk_widget_get_next_sibling(each)) {
    look_for_items(each, in_colour);
  }
}

gboolean look(gpointer) {
  for (auto const& [control, widget] : controls) {
    place_of(control, widget);
  }
  look_for_items(window, false);
  tell.round();
  return G_SOURCE_CONTINUE;
}

void picture(GSimpleAction*, GVariant*, gpointer) { tell.did("picture"); }
void nothing(GSimpleAction*, GVariant*, gpointer) {}

GtkWidget* menu_bar() {
  auto* const exported = g_menu_new();
  g_menu_append(exported, "As page", "win.page");
  g_menu_append(exported, "As picture", "win.picture");
  auto* const file = g_menu_new();
  g_menu_append(file, "New", "win.new");
  g_menu_append_submenu(file, "Export", G_MENU_MODEL(exported));
  auto* const bar = g_menu_new();
  g_menu_append_submenu(bar, "File", G_MENU_MODEL(file));
  auto* const actions = g_simple_action_group_new();
  GActionEntry const entries[] = {{"page", nothing, nullptr, nullptr, nullptr, {}},
                                  {"picture", picture, nullptr, nullptr, nullptr, {}},
                                  {"new", nothing, nullptr, nullptr, nullptr, {}}};
  g_action_map_add_action_entries(G_ACTION_MAP(actions), entries, 3, nullptr);
  gtk_widget_insert_action_group(window, "win", G_ACTION_GROUP(actions));
  return gtk_popover_menu_bar_new_from_model(G_MENU_MODEL(bar));
}

} // namespace

int main() {
  gtk_init();
  window = gtk_window_new();
  gtk_window_set_title(GTK_WINDOW(window), "Form of GTK 4");
  gtk_window_set_default_size(GTK_WINDOW(window), 520, 600);
  auto* const loop = g_main_loop_new(nullptr, FALSE);
  g_signal_connect_swapped(window, "destroy", G_CALLBACK(g_main_loop_quit), loop);
  auto* const box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 4);
  gtk_window_set_child(GTK_WINDOW(window), box);
  gtk_box_append(GTK_BOX(box), menu_bar());

  auto* const grid = gtk_grid_new();
  gtk_grid_set_row_spacing(GTK_GRID(grid), 4);
  gtk_grid_set_column_spacing(GTK_GRID(grid), 8);
  gtk_box_append(GTK_BOX(box), grid);

  controls["save"] = gtk_button_new_with_label("Save draft");
  gtk_grid_attach(GTK_GRID(grid), controls["save"], 1, 0, 1, 1);
  on(controls["save"], "clicked", told, "save");
  controls["copy"] = gtk_check_button_new_with_label("Send me a copy");
  gtk_grid_attach(GTK_GRID(grid), controls["copy"], 1, 1, 1, 1);
  on(controls["copy"], "toggled", told, "copy");
  char const* const colours[] = {"Red", "Green", "Blue", nullptr};
  controls["colour"] = labelled(grid, 2, "Colour", gtk_drop_down_new_from_strings(colours));
  on(
      controls["colour"], "notify::selected", +[](gpointer, gpointer, gpointer) { tell.did("colour"); },
      nullptr);
  controls["name"] = labelled(grid, 3, "Name", gtk_entry_new());
  controls["password"] = labelled(grid, 4, "Password", gtk_password_entry_new());
  controls["show"] = gtk_check_button_new_with_label("Show password");
  gtk_grid_attach(GTK_GRID(grid), controls["show"], 1, 5, 1, 1);
  g_signal_connect(controls["show"], "toggled", G_CALLBACK(+[](GtkCheckButton* toggle, gpointer) {
                     auto* const field = gtk_editable_get_delegate(GTK_EDITABLE(controls["password"]));
                     gtk_text_set_visibility(GTK_TEXT(field), gtk_check_button_get_active(toggle));
                     tell.did("show");
                   }),
                   nullptr);
  controls["amount"] =
      labelled(grid, 6, "Amount", gtk_scale_new_with_range(GTK_ORIENTATION_HORIZONTAL, 0, 100, 5));
  gtk_widget_set_hexpand(controls["amount"], TRUE);
  on(controls["amount"], "value-changed", told, "amount");
  auto* const notes = gtk_text_view_new();
  gtk_text_view_set_accepts_tab(GTK_TEXT_VIEW(notes), FALSE);
  auto* const frame = gtk_scrolled_window_new();
  gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(frame), notes);
  gtk_widget_set_size_request(frame, 300, 70);
  labelled(grid, 7, "Notes", frame);
  controls["notes"] = frame;
  auto* const list = gtk_list_box_new();
  int row = 0;
  for (char const* const each : {"Apples", "Bananas", "Cherries", "Dates", "Elderberries"}) {
    auto* const text = gtk_label_new(each);
    gtk_label_set_xalign(GTK_LABEL(text), 0);
    gtk_list_box_append(GTK_LIST_BOX(list), text);
    controls["row" + std::to_string(++row)] = text;
  }
  on(list, "row-selected", +[](gpointer, gpointer, gpointer) { tell.did("row"); }, nullptr);
  labelled(grid, 8, "Fruit", list);
  controls["city"] = labelled(grid, 9, "City", gtk_entry_new());

  gtk_window_present(GTK_WINDOW(window));
  g_timeout_add(40, look, nullptr);
  g_main_loop_run(loop);
  return 0;
}
