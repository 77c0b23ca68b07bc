#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/document_address.hpp>
#include <overt/capture/atspi/element_parts.hpp>
#include <overt/capture/atspi/field_sensitivity.hpp>
#include <overt/capture/atspi/programs.hpp>
#include <overt/capture/atspi/question_flow.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/capture/atspi/root_pane_shift.hpp>
#include <overt/capture/atspi/shown_as.hpp>
#include <overt/capture/atspi/shown_object.hpp>
#include <overt/capture/atspi/window_elements_options.hpp>
#include <overt/capture/atspi/window_fit.hpp>

namespace overt::inline v0::capture::atspi {

/// What can be seen in some windows of a program, from the windows down: what it is, where, and what it is
/// called. What takes text is not looked into before it was judged (see `look_into`).
///
/// One thread. It has to outlive its flow.
class shown_tree {
public:
  /// `areas`: what is wholly outside of all of these is not looked into; `popups`: those of them that are
  /// popups.
  shown_tree(question_flow& flow, program const& of, window_elements_options const& options,
             std::vector<rectangle> areas, std::vector<rectangle> popups)
      : flow_{&flow}, relative_{of.knows_only_its_windows()}, gecko_{of.toolkit == "Gecko"},
        chromium_{of.toolkit == "Chromium"}, qt_{of.toolkit == "Qt"}, pages_{of.shows_pages},
        options_{&options}, areas_{std::move(areas)}, popups_{std::move(popups)} {}
  shown_tree(shown_tree const&) = delete;
  shown_tree& operator=(shown_tree const&) = delete;

  /// Begins with a window, whose bounds are as the program tells them. Its number among the windows.
  std::size_t add_window(shown_object window) {
    auto const index = all.size();
    window.window = windows_.size();
    window.what.bounds = scaled(window.what.bounds, window.scale);
    window.shown = true;
    windows_.push_back(index);
    page_scales_.push_back(0);
    all.push_back(std::move(window));
    ask_words(index);
    look_into(index);
    return windows_.size() - 1;
  }

  /// Asks for what is in an object, and so on down to what takes text.
  void look_into(std::size_t index) {
    auto const& what = all[index].what;
    auto const role = ui_role_of(what.role);
    bool const may_hold_many = has_state(what, accessible_state::manages_descendants) ||
                               role == ui_role::table || role == ui_role::list || role == ui_role::tree ||
                               role == ui_role::combo_box;
    if (!may_hold_many) {
      ask_children(index);
      return;
    }
    flow_->get(what.id, accessible_interface, "ChildCount", [this, index](reply const& came) {
      auto const count = came.read().enter_variant().number();
      if (!count || *count < 0 || static_cast<std::size_t>(*count) > options_->most_in_one) {
        all[index].too_many = true;
      } else if (*count > 0) {
        ask_children(index);
      }
    });
  }

  /// In the order in which they were found; a parent is before its children.
  std::deque<shown_object> all{};

  [[nodiscard]] std::span<std::size_t const> windows() const noexcept { return windows_; }
  [[nodiscard]] std::span<rectangle const> areas() const noexcept { return areas_; }
  /// Whether it holds more than may be looked at; then it is not complete.
  [[nodiscard]] bool overflowed() const noexcept { return overflowed_; }
  /// Whether a page is said to be where it cannot be; then nothing in it is known to be where it is said to
  /// be.
  [[nodiscard]] bool misplaced() const noexcept { return misplaced_; }
  [[nodiscard]] bool relative() const noexcept { return relative_; }
  [[nodiscard]] bool shows_pages() const noexcept { return pages_; }
  [[nodiscard]] bool gecko() const noexcept { return gecko_; }
  [[nodiscard]] bool qt() const noexcept { return qt_; }

  [[nodiscard]] bool in_an_area(rectangle const& box, std::int32_t margin = 0) const noexcept {
    return std::ranges::any_of(
        areas_, [&](rectangle const& area) { return !is_empty(clipped(box, grown(area, margin))); });
  }

  [[nodiscard]] bool in_a_popup(rectangle const& box) const noexcept {
    return std::ranges::any_of(popups_, [&](rectangle const& one) { return !is_empty(clipped(box, one)); });
  }

private:
  void ask_children(std::size_t index) {
    flow_->ask(all[index].what.id, accessible_interface, "GetChildren", [this, index](reply const& came) {
      auto const children = read_objects(came.read(), options_->most_in_one + 1);
      if (!children || children->size() > options_->most_in_one) {
        all[index].too_many = true;
        return;
      }
      if (all.size() + children->size() > 4 * options_->most_elements || overflowed_) {
        overflowed_ = true;
        return;
      }
      for (auto const& id : *children) {
        add(index, id);
      }
    });
  }

  void add(std::size_t parent, object_id const& id) {
    auto const index = all.size();
    auto& around = all[parent];
    shown_object one;
    one.what.id = id;
    one.what.index_in_parent = static_cast<std::int32_t>(around.children.size());
    one.what.path.push_back({around.what.id, around.what.role, {}});
    one.what.document = around.what.document;
    one.parent = parent;
    one.window = around.window;
    one.scale = around.scale;
    one.shift = around.shift;
    one.page = around.page;
    one.in_field = around.in_field || around.kind == field_kind::plain;
    around.children.push_back(index);
    all.push_back(std::move(one));
    // Of most objects in a closed menu this is all that is asked.
    flow_->ask(id, accessible_interface, "GetState", [this, index](reply const& came) {
      auto const states = read_states(came.read()).value_or(0);
      all[index].what.states = states;
      if (!came) {
        all[all[index].parent].too_many = true; // whether it shows, nobody knows
      }
      if (!has_state(states, accessible_state::visible) || has_state(states, accessible_state::defunct)) {
        return;
      }
      // GTK 4 does not say what shows.
      if (relative_ || has_state(states, accessible_state::showing)) {
        ask_what(index);
      } else if (all[index].page != shown_object::nothing) {
        pass_through(index);
      }
    });
  }

  /// What a page fixes to a place of the window shows, though what it stands in was scrolled away.
  void pass_through(std::size_t index) {
    flow_->ask(all[index].what.id, accessible_interface, "GetRole", [this, index](reply const& came) {
      auto const role = came.read().unsigned_number().value_or(0);
      auto const what = ui_role_of(role);
      bool const many = what == ui_role::list || what == ui_role::table || what == ui_role::tree;
      if (shown_as_of(role) == shown_as::container && !many) {
        all[index].passage = true;
        look_into(index);
      }
    });
  }

  void ask_what(std::size_t index) {
    auto const id = all[index].what.id;
    flow_->ask(id, accessible_interface, "GetRole", [this, index](reply const& came) {
      auto const role = came.read().unsigned_number();
      all[index].what.role = role.value_or(0);
      all[index].wordless = !role;
      answered(index);
    });
    flow_->ask(id, accessible_interface, "GetInterfaces", [this, index](reply const& came) {
      all[index].what.interfaces = read_interfaces(came.read());
      answered(index);
    });
    flow_->ask(
        id, component_interface, "GetExtents",
        [this, index](reply const& came) {
          all[index].what.bounds = scaled(read_extents(came.read()), all[index].scale);
          all[index].placeless = !came;
          answered(index);
        },
        relative_ ? std::uint32_t{1} : std::uint32_t{0});
  }

  void answered(std::size_t index) {
    if (--all[index].unanswered == 0) {
      meet(index);
    }
  }

  /// It is known what it is and where.
  void meet(std::size_t index) {
    auto& one = all[index];
    auto const& what = one.what;
    auto const& around = all[one.parent];
    if (is_role(what.role, accessible_role::root_pane)) {
      one.shift = root_pane_shift::difference(around.what.bounds, what.bounds);
    }
    bool const is_page = shows_page(one);
    if (is_page && !place_page(one)) {
      misplaced_ = true;
      return;
    }
    // What has no size may hold something that has one.
    if (!relative_ && !is_empty(what.bounds) && !in_an_area(what.bounds, one.shift)) {
      return;
    }
    if (shown_ >= options_->most_elements) {
      overflowed_ = true;
      return;
    }
    ++shown_;
    one.shown = true;
    if (is_page) {
      meet_page(index);
    }
    auto const nature = nature_of(what.role);
    one.field = nature == role_nature::password || nature == role_nature::terminal ||
                detail::is_text_field(what, nature, input_lane::pointer) ||
                (nature == role_nature::unknown && has_state(what, accessible_state::editable));
    ask_words(index);
    if (!one.field && !is_closed_menu(one)) {
      look_into(index);
    }
  }

  /// What is in a menu of a menu bar shows in a popup, and there is none.
  [[nodiscard]] bool is_closed_menu(shown_object const& one) const {
    return popups_.empty() && !relative_ && one.page == shown_object::nothing &&
           is_role(one.what.role, accessible_role::menu) &&
           is_role(all[one.parent].what.role, accessible_role::menu_bar);
  }

  /// Chromium gives every object the interface of a document, so that the role tells. Firefox gives it to
  /// documents, whose role a page may change, and to its windows.
  [[nodiscard]] bool shows_page(shown_object const& one) const noexcept {
    return is_role(one.what.role, accessible_role::document_web) ||
           (gecko_ && one.has(element::web_document) && !is_role(one.what.role, accessible_role::frame));
  }

  /// False when it is said to be where it cannot be.
  [[nodiscard]] bool place_page(shown_object& one) {
    if (!chromium_ || one.page != shown_object::nothing || is_empty(one.what.bounds)) {
      return true;
    }
    auto& known = page_scales_[one.window];
    auto const& window = all[windows_[one.window]].what.bounds;
    auto const scale = scale_of_page(one.what.bounds, window);
    if (!scale || (known != 0 && known != *scale)) {
      return false;
    }
    known = *scale;
    one.scale = one.scale * *scale / whole_scale;
    one.what.bounds = scaled(one.what.bounds, *scale);
    return true;
  }

  void meet_page(std::size_t index) {
    auto& one = all[index];
    one.page = index;
    one.what.document = one.what.id;
    flow_->ask(one.what.id, "org.a11y.atspi.Document", "GetAttributes", [this, index](reply const& came) {
      all[index].what.address = address_in(read_attributes(came.read()));
    });
  }

  /// What it is called, and of a field all that it is judged by. Never what stands in it.
  void ask_words(std::size_t index) {
    auto const& one = all[index];
    auto const& id = one.what.id;
    flow_->get(id, accessible_interface, "Name",
               [this, index](reply const& came) { keep_words(index, came, &element::name); });
    if (one.field || one.shift != 0) {
      flow_->ask(id, accessible_interface, "GetAttributes", [this, index](reply const& came) {
        all[index].what.attributes = read_attributes(came.read());
      });
    }
    if (one.field) {
      flow_->get(id, accessible_interface, "Description",
                 [this, index](reply const& came) { keep_words(index, came, &element::description); });
      flow_->ask(id, accessible_interface, "GetRelationSet", [this, index](reply const& came) {
        auto const label = read_label(came.read());
        if (label) {
          all[index].labelled_by = label;
          flow_->get(label, accessible_interface, "Name",
                     [this, index](reply const& named) { keep_words(index, named, &element::label); });
        }
      });
    }
  }

  void keep_words(std::size_t index, reply const& came, arena_string element::* member) {
    auto const told = came.read().enter_variant().text();
    all[index].wordless = all[index].wordless || (came && !told);
    all[index].what.*member = arena_string{told.value_or(std::string_view{})};
  }

  question_flow* flow_;
  bool relative_;
  bool gecko_;
  bool chromium_;
  bool qt_;
  bool pages_;
  window_elements_options const* options_;
  std::vector<rectangle> areas_;
  std::vector<rectangle> popups_;
  std::vector<std::size_t> windows_{};
  std::vector<std::int32_t> page_scales_{}; ///< of the pages in each window; 0: not known
  std::size_t shown_ = 0;
  bool misplaced_ = false;
  bool overflowed_ = false;
};

} // namespace overt::inline v0::capture::atspi
