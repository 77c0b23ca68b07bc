// A form of GTK 3, for the tests of what accessibility tells: tests/desktop/meaning_test.py.
//   g++ -std=c++20 gtk3_form.cpp $(pkg-config --cflags --libs gtk+-3.0)
#include "report.hpp"

#include <gtk/gtk.h>

namespace {

report tell;
std::map<std::string, GtkWidget*> controls;

void told(GtkWidget*, gpointer what) { tell.did(static_cast<char const*>(what)); }

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

GtkWidget* menu_item(GtkWidget* shell, std::string const& control, char const* label,
                     GtkWidget* below = nullptr) {
  auto* const item = gtk_menu_item_new_with_label(label);
  gtk_menu_shell_append(GTK_MENU_SHELL(shell), item);
  if (below != nullptr) {
    gtk_menu_item_set_submenu(GTK_MENU_ITEM(item), below);
  }
  controls[control] = item;
  return item;
}

void place_of(std::string const& control, GtkWidget* widget) {
  auto* const window = gtk_widget_get_window(widget);
  if (!gtk_widget_get_mapped(widget) || window == nullptr || !gdk_window_is_viewable(window)) {
    return;
  }
  // Relative to the widget's toplevel, which is a window of its own for a menu.
  auto* const top = gtk_widget_get_toplevel(widget);
  int x = 0;
  int y = 0;
  int left = 0;
  int above = 0;
  if (top == nullptr || !gtk_widget_translate_coordinates(widget, top, 0, 0, &x, &y)) {
    return;
  }
  gdk_window_get_origin(gtk_widget_get_window(top), &left, &above);
  tell.shown(control, left + x, above + y, gtk_widget_get_allocated_width(widget),
             gtk_widget_get_allocated_height(widget));
}

gboolean look(gpointer) {
  for (auto const& [control, widget] : controls) {
    place_of(control, widget);
  }
  auto* const popup = gtk_combo_box_get_popup_accessible(GTK_COMBO_BOX(controls["colour"]));
  if (GTK_IS_ACCESSIBLE(popup)) {
    auto* const menu = gtk_accessible_get_widget(GTK_ACCESSIBLE(popup));
    if (GTK_IS_MENU(menu)) {
      auto* const items = gtk_container_get_children(GTK_CONTAINER(menu));
      char const* const names[] = {"colour_red", "colour_green", "colour_blue"};
      int index = 0;
      for (auto* each = items; each != nullptr && index < 3; each = each->next) {
        place_of(names[index++], GTK_WIDGET(each->data));
      }
      g_list_free(items);
    }
  }
  tell.round();
  return G_SOURCE_CONTINUE;
}

} // namespace

int main(int argc, char** argv) {
  gtk_init(&argc, &argv);
  auto* const window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
  gtk_window_set_title(GTK_WINDOW(window), "Form of GTK 3");
  gtk_window_set_default_size(GTK_WINDOW(window), 520, 560);
  on(window, "destroy", gtk_main_quit, nullptr);
  auto* const box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 4);
  gtk_container_add(GTK_CONTAINER(window), box);

  auto* const bar = gtk_menu_bar_new();
  auto* const file = gtk_menu_new();
  auto* const exported = gtk_menu_new();
  menu_item(bar, "menu_file", "File", file);
  menu_item(file, "menu_new", "New");
  menu_item(file, "menu_export", "Export", exported);
  menu_item(exported, "menu_page", "As page");
  on(menu_item(exported, "menu_picture", "As picture"), "activate", told, "picture");
  gtk_box_pack_start(GTK_BOX(box), bar, FALSE, FALSE, 0);

  auto* const grid = gtk_grid_new();
  gtk_grid_set_row_spacing(GTK_GRID(grid), 4);
  gtk_grid_set_column_spacing(GTK_GRID(grid), 8);
  gtk_box_pack_start(GTK_BOX(box), grid, TRUE, TRUE, 0);

  controls["save"] = gtk_button_new_with_label("Save draft");
  gtk_grid_attach(GTK_GRID(grid), controls["save"], 1, 0, 1, 1);
  on(controls["save"], "clicked", told, "save");
  controls["copy"] = gtk_check_button_new_with_label("Send me a copy");
  gtk_grid_attach(GTK_GRID(grid), controls["copy"], 1, 1, 1, 1);
  on(controls["copy"], "toggled", told, "copy");
  controls["colour"] = labelled(grid, 2, "Colour", gtk_combo_box_text_new());
  for (char const* const each : {"Red", "Green", "Blue"}) {
    gtk_combo_box_text_append_text(GTK_COMBO_BOX_TEXT(controls["colour"]), each);
  }
  gtk_combo_box_set_active(GTK_COMBO_BOX(controls["colour"]), 0);
  on(controls["colour"], "changed", told, "colour");
  controls["name"] = labelled(grid, 3, "Name", gtk_entry_new());
  controls["password"] = labelled(grid, 4, "Password", gtk_entry_new());
  gtk_entry_set_visibility(GTK_ENTRY(controls["password"]), FALSE);
  gtk_entry_set_input_purpose(GTK_ENTRY(controls["password"]), GTK_INPUT_PURPOSE_PASSWORD);
  controls["show"] = gtk_check_button_new_with_label("Show password");
  gtk_grid_attach(GTK_GRID(grid), controls["show"], 1, 5, 1, 1);
  g_signal_connect(controls["show"], "toggled", G_CALLBACK(+[](GtkToggleButton* toggle, gpointer) {
                     gtk_entry_set_visibility(GTK_ENTRY(controls["password"]),
                                              gtk_toggle_button_get_active(toggle));
                     tell.did("show");
                   }),
                   nullptr);
  controls["amount"] =
      labelled(grid, 6, "Amount", gtk_scale_new_with_range(GTK_ORIENTATION_HORIZONTAL, 0, 100, 5));
  gtk_widget_set_hexpand(controls["amount"], TRUE);
  on(controls["amount"], "value-changed", told, "amount");
  auto* const notes = gtk_text_view_new();
  auto* const frame = gtk_scrolled_window_new(nullptr, nullptr);
  gtk_container_add(GTK_CONTAINER(frame), notes);
  gtk_widget_set_size_request(frame, 300, 70);
  gtk_text_view_set_accepts_tab(GTK_TEXT_VIEW(notes), FALSE);
  labelled(grid, 7, "Notes", frame);
  controls["notes"] = frame;
  auto* const list = gtk_list_box_new();
  int row = 0;
  for (char const* const each : {"Apples", "Bananas", "Cherries", "Dates", "Elderberries"}) {
    auto* const text = gtk_label_new(each);
    gtk_label_set_xalign(GTK_LABEL(text), 0);
    gtk_list_box_insert(GTK_LIST_BOX(list), text, -1);
    controls["row" + std::to_string(++row)] = text;
  }
  on(list, "row-selected", +[](GtkWidget*, gpointer, gpointer) { tell.did("row"); }, nullptr);
  labelled(grid, 8, "Fruit", list);
  controls["city"] = labelled(grid, 9, "City", gtk_entry_new());

  gtk_widget_show_all(window);
  g_timeout_add(40, look, nullptr);
  gtk_main();
  return 0;
}
