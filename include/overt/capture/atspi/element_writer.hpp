#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/capture/atspi/popup_cover.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/capture/atspi/shown_as.hpp>
#include <overt/capture/atspi/shown_object.hpp>
#include <overt/capture/atspi/shown_tree.hpp>
#include <overt/capture/atspi/typed_copy.hpp>
#include <overt/capture/atspi/window_fit.hpp>
#include <overt/event/arena_string.hpp>
#include <overt/event/context.hpp>
#include <overt/event/rectangle.hpp>
#include <overt/event/screen_element.hpp>
#include <overt/event/ui_role.hpp>

namespace overt::inline v0::capture::atspi {

/// Writes what a tree shows as elements of a picture, in the order of the tree.
class element_writer {
public:
  /// What to write of a window of the tree.
  enum class share : std::uint8_t {
    all,
    /// What it opens (see `opens_popup`), and what counts wherever it is: secrets, and what could not be
    /// read.
    opened
  };

  /// `group`: the number of the last text with lines; counted on.
  element_writer(shown_tree& tree, std::uint32_t& group) : tree_{&tree}, group_{&group} {
    for (auto const& one : tree.areas()) {
      around_ = around_both(around_, one);
    }
  }

  /// One window of the tree, as far as it is in `inside`, a window of the X server. The numbers of texts are
  /// the same for every time that they are written.
  void write(std::size_t window, rectangle const& inside, share wanted, std::vector<screen_element>& into) {
    inside_ = inside;
    wanted_ = wanted;
    into_ = &into;
    write_object(tree_->windows()[window], nullptr, 0);
  }

private:
  /// Deeper than any program's; what is deeper is not read.
  static constexpr int most_levels = 256;
  static constexpr std::int32_t thinnest = 3; ///< pixels of a picture

  /// Calls itself for what is in it, `most_levels` deep.
  void write_object(std::size_t index, shown_object const* control, int level) {
    auto& one = tree_->all[index];
    int const opener = opens_popup(one) ? 1 : 0;
    opened_ += opener;
    write_with_inner(one, control, level);
    opened_ -= opener;
  }

  void write_with_inner(shown_object& one, shown_object const* control, int level) {
    if (!one.shown) {
      for (auto const child :
           level < most_levels && one.passage ? one.children : std::vector<std::size_t>{}) {
        write_object(child, control, level + 1);
      }
      return;
    }
    if (level > most_levels || one.too_many) {
      add(one, screen_part::unread, {});
      return;
    }
    auto as = shown_as_of(one.what.role);
    if (as == shown_as::secret || one.kind == field_kind::secret ||
        (one.field && one.kind != field_kind::plain && one.kind != field_kind::none)) {
      add(one, screen_part::secret, {});
      return;
    }
    if (is_left_over(one)) {
      return;
    }
    auto const before = written_;
    bool const combo = is_role(one.what.role, accessible_role::combo_box);
    if (combo) {
      write_combo(one);
    }
    bool const holds = holds_something(one);
    bool const lines = write_lines(one, control);
    if (as == shown_as::control || (as == shown_as::bar && !holds_within(one))) {
      write_control(one);
    } else if (as == shown_as::image) {
      add(one, screen_part::image, {});
    }
    bool const names = as == shown_as::control || as == shown_as::bar;
    auto const* const around = names || combo ? &one : control;
    for (auto const child : one.children) {
      write_object(child, around, level + 1);
    }
    if (!lines && written_ == before) {
      write_alone(one, as, holds, control);
    }
  }

  /// True when it has a text, whether or not it could be read.
  bool write_lines(shown_object& one, shown_object const* control) {
    if (one.lines_lost) {
      add(one, screen_part::unread, {});
      return true;
    }
    auto const part = one.in_field || one.kind == field_kind::plain ? screen_part::entry : screen_part::text;
    if (one.lines.empty()) {
      return one.kind == field_kind::plain; // an empty field shows nothing
    }
    if (part == screen_part::text && is_within(control, one, one.lines.front().text.view()) &&
        one.lines.size() == 1) {
      return true;
    }
    auto const group = group_of(one);
    bool const focused = has_state(one.what, accessible_state::focused);
    for (auto& line : one.lines) {
      auto const where = is_empty(line.where) ? one.placed(one.what.bounds) : line.where;
      add(where, part, one, arena_string{line.text.view()}, focused && line.caret, group);
    }
    return true;
  }

  /// What can be chosen in a combo box is no name of a control.
  [[nodiscard]] bool is_choice(shown_object const& one) const {
    for (auto up = one.parent; up != shown_object::nothing; up = tree_->all[up].parent) {
      if (is_role(tree_->all[up].what.role, accessible_role::combo_box)) {
        return true;
      }
    }
    return false;
  }

  /// The number of the text that an object is a part of. A browser tells of the words of one line as of
  /// several objects: what is a link in it, or bold.
  [[nodiscard]] std::uint32_t group_of(shown_object const& one) {
    auto const* block = &one;
    while (block->parent != shown_object::nothing && block->page != shown_object::nothing &&
           (is_role(block->what.role, accessible_role::link) ||
            is_role(block->what.role, accessible_role::static_text))) {
      block = &tree_->all[block->parent];
    }
    auto const [at, added] = groups_.try_emplace(block, *group_ + 1);
    *group_ += added ? 1 : 0;
    return at->second;
  }

  void write_control(shown_object& one) {
    auto const name = one.what.name.view();
    if (one.wordless) {
      add(one, screen_part::unread, {});
    } else if (name.empty() || is_widget_type(name)) {
      // What it is called is told by what is in it, or it shows a picture.
      if (!holds_something(one)) {
        add(one, is_icon(one) ? screen_part::label : screen_part::image, {});
      }
    } else {
      bool const shown = typed_copy_in(name, one.what.role) || is_choice(one);
      add(one, shown ? screen_part::text : screen_part::label, name);
    }
  }

  /// Whether a control without a name shows one of the small drawings of its program: a button in a tool bar.
  [[nodiscard]] bool is_icon(shown_object const& one) const {
    constexpr std::int32_t largest = 40; // at 100 %
    auto const role = ui_role_of(one.what.role);
    auto const& box = one.what.bounds;
    if ((role != ui_role::button && role != ui_role::toggle_button) || one.page != shown_object::nothing ||
        std::max(box.width, box.height) > largest * one.scale / whole_scale) {
      return false;
    }
    for (auto up = one.parent; up != shown_object::nothing; up = tree_->all[up].parent) {
      if (ui_role_of(tree_->all[up].what.role) == ui_role::tool_bar) {
        return true;
      }
    }
    return false;
  }

  /// An object of which nothing was written yet.
  void write_alone(shown_object& one, shown_as as, bool holds, shown_object const* control) {
    auto const name = one.what.name.view();
    bool const named = !name.empty() && !is_widget_type(name);
    if (one.wordless) {
      add(one, screen_part::unread, {});
    } else if (as == shown_as::value) {
      if (!one.value.view().empty()) {
        add(one, screen_part::text, one.value.view());
      }
    } else if (as == shown_as::text || (as == shown_as::container && named && !holds)) {
      if (named && !is_within(control, one, name)) {
        add(one, screen_part::text, name);
      } else if (!named && !holds) {
        add(one, screen_part::image, {});
      }
    } else if (as == shown_as::container && !holds && !one.in_field) {
      add(one, screen_part::image, {});
    }
  }

  void write_combo(shown_object& one) {
    auto const value = one.value.view();
    if (!value.empty()) {
      add(one, screen_part::text, value);
    } else if (!one.what.name.view().empty()) {
      add(one, screen_part::text, one.what.name.view());
    } else if (!holds_something(one)) {
      add(one, screen_part::unread, {});
    }
  }

  /// What Qt says of the list of a combo box that is closed again: that it shows, below the box.
  [[nodiscard]] bool is_left_over(shown_object const& one) const {
    if (!tree_->qt() || one.parent == shown_object::nothing ||
        !is_role(tree_->all[one.parent].what.role, accessible_role::combo_box)) {
      return false;
    }
    auto const& box = one.what.bounds;
    auto const& combo = tree_->all[one.parent].what.bounds;
    return clipped(box, combo) != box && !tree_->in_a_popup(box);
  }

  /// Whether a text is only what the control around it is called, which is told of the control.
  [[nodiscard]] static bool is_within(shown_object const* control, shown_object const& one,
                                      std::string_view text) {
    if (control == nullptr || text.empty()) {
      return false;
    }
    auto const& outer = control->what.bounds;
    auto const& inner = one.what.bounds;
    return !is_role(control->what.role, accessible_role::combo_box) &&
           control->what.name.view().find(text) != std::string_view::npos &&
           !typed_copy_in(control->what.name.view(), control->what.role) &&
           (is_empty(inner) || clipped(inner, grown(outer, 2)) == inner);
  }

  [[nodiscard]] bool holds_something(shown_object const& one) const {
    for (auto const child : one.children) {
      if (tree_->all[child].shown) {
        return true;
      }
    }
    return false;
  }

  /// Whether something in it is drawn within it: of a closed menu nothing is.
  [[nodiscard]] bool holds_within(shown_object const& one) const {
    for (auto const child : one.children) {
      auto const& inner = tree_->all[child];
      if (inner.shown && !is_empty(clipped(inner.what.bounds, one.what.bounds))) {
        return true;
      }
    }
    return false;
  }

  void add(shown_object const& one, screen_part what, std::string_view text) {
    bool const focused = has_state(one.what, accessible_state::focused);
    add(one.placed(one.what.bounds), what, one, arena_string{text}, focused, 0);
  }

  void add(rectangle box, screen_part what, shown_object const& one, arena_string text, bool focused,
           std::uint32_t group) {
    for (auto up = one.parent; one.placeless && is_empty(box) && up != shown_object::nothing;
         up = tree_->all[up].parent) {
      box = tree_->all[up].placed(tree_->all[up].what.bounds); // somewhere in there
    }
    screen_element made{.where = clipped(box, around_),
                        .what = what,
                        .role = ui_role_of(one.what.role),
                        .focused = focused,
                        .group = group,
                        .text = std::move(text)};
    if (tree_->relative()) {
      if (what == screen_part::label || what == screen_part::image) {
        return; // nobody could say where it is, and it is not what is masked
      }
      made.where = inside_;
      made.what = screen_part::unplaced;
    } else if (is_empty(made.where) || !tree_->in_an_area(made.where)) {
      return;
    } else if (what == screen_part::image && (box.width <= thinnest || box.height <= thinnest)) {
      return; // a line between two parts
    }
    ++written_;
    if (tree_->relative() || (is_wanted(what) && !is_empty(clipped(made.where, inside_)))) {
      into_->push_back(std::move(made));
    }
  }

  [[nodiscard]] bool is_wanted(screen_part what) const noexcept {
    return wanted_ == share::all || opened_ > 0 || what == screen_part::secret || what == screen_part::unread;
  }

  shown_tree* tree_;
  std::uint32_t* group_;
  std::vector<screen_element>* into_ = nullptr;
  rectangle around_{};
  rectangle inside_{};
  share wanted_ = share::all;
  int opened_ = 0;          ///< objects around the one that is written which may show in popups
  std::size_t written_ = 0; ///< elements, those that are in another window, too
  std::map<shown_object const*, std::uint32_t> groups_{}; ///< by the paragraph or the like
};

} // namespace overt::inline v0::capture::atspi
