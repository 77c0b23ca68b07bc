#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/element_parts.hpp>
#include <overt/capture/atspi/element_questions.hpp>
#include <overt/capture/atspi/element_reading.hpp>
#include <overt/capture/atspi/label_search.hpp>
#include <overt/capture/atspi/programs.hpp>
#include <overt/capture/atspi/roles.hpp>

namespace overt::inline v0::capture::atspi {

/// Reads what an element is set to: the number of a slider, what is chosen in a combo box; and what a row
/// without a name is called. Never the text of a field. One thread.
class element_value_reader {
public:
  element_value_reader(element_questions& ask, programs& known)
      : ask_{&ask}, programs_{&known}, labels_{ask.on()} {}
  element_value_reader(element_value_reader const&) = delete;
  element_value_reader& operator=(element_value_reader const&) = delete;

  /// A row without a name is called what the label in it says.
  void ask_row(shared_reading const& into) {
    auto const& what = into->what;
    bool const is_row = is_role(what.role, accessible_role::list_item) ||
                        is_role(what.role, accessible_role::table_cell) ||
                        is_role(what.role, accessible_role::tree_item);
    if (is_row && what.name.view().empty() && !into->label && what.children > 0) {
      ++into->open;
      labels_.in(what.id, [this, into](arena_string found) {
        into->what.label = std::move(found);
        ask_->close(into);
      });
    }
  }

  void ask_value(shared_reading const& into) {
    auto& what = into->what;
    bool const has_number =
        is_role(what.role, accessible_role::slider) || is_role(what.role, accessible_role::spin_button);
    if (has_number && (what.interfaces & element::has_value) != 0) {
      ++into->open;
      ask_->on().get(what.id, "org.a11y.atspi.Value", "CurrentValue", [this, into](reply const& came) {
        if (auto const number = came.read().enter_variant().real()) {
          into->what.value = write_number(*number);
        }
        ask_->close(into);
      });
      return;
    }
    // What was typed into a combo box is text of a field.
    if (!is_role(what.role, accessible_role::combo_box) || has_state(what, accessible_state::editable)) {
      return;
    }
    if ((what.interfaces & element::selection) != 0) {
      ask_selected(into, what.id);
    } else if (auto const* const program = programs_->find(what.id.bus);
               program != nullptr && program->shows_pages) {
      // The list within a combo box of a page knows what is chosen.
      ++into->open;
      ask_->on().call(
          what.id, accessible_interface, "GetChildAtIndex",
          [this, into](reply const& came) {
            if (auto const list = came.read().object(); list && *list) {
              ask_selected(into, *list);
            }
            ask_->close(into);
          },
          std::int32_t{0});
    } else if (program != nullptr && program->knows_only_its_windows()) {
      ++into->open;
      labels_.in(what.id, [this, into](arena_string found) {
        into->what.value = std::move(found);
        ask_->close(into);
      });
    } else if (program != nullptr) {
      // Qt calls a combo box what is chosen in it.
      what.value = arena_string{what.name.view()};
    }
  }

private:
  void ask_selected(shared_reading const& into, object_id const& list) {
    ++into->open;
    ask_->on().call(
        list, "org.a11y.atspi.Selection", "GetSelectedChild",
        [this, into](reply const& came) {
          auto const chosen = came.read().object();
          if (chosen && *chosen) {
            ask_->get(into, *chosen, "Name",
                      [](element_reading& to, reply const& named) { to.what.value = text_of(named); });
          }
          ask_->close(into);
        },
        std::int32_t{0});
  }

  [[nodiscard]] static arena_string text_of(reply const& came) {
    return arena_string{came.read().enter_variant().text().value_or(std::string_view{})};
  }

  element_questions* ask_;
  programs* programs_;
  label_search labels_;
};

} // namespace overt::inline v0::capture::atspi
