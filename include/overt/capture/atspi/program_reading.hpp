#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/element_parts.hpp>
#include <overt/capture/atspi/element_writer.hpp>
#include <overt/capture/atspi/fitted_lines.hpp>
#include <overt/capture/atspi/line_reader.hpp>
#include <overt/capture/atspi/page_writer.hpp>
#include <overt/capture/atspi/popup_cover.hpp>
#include <overt/capture/atspi/programs.hpp>
#include <overt/capture/atspi/question_flow.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/capture/atspi/shown_as.hpp>
#include <overt/capture/atspi/shown_fields.hpp>
#include <overt/capture/atspi/shown_object.hpp>
#include <overt/capture/atspi/shown_tree.hpp>
#include <overt/capture/atspi/sticky_secrets.hpp>
#include <overt/capture/atspi/window_elements_options.hpp>
#include <overt/capture/atspi/window_fit.hpp>
#include <overt/capture/screen_reading.hpp>
#include <overt/capture/screen_windows.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture::atspi {

/// One reading of the windows of one program: its windows are matched with those of the X server, then their
/// trees are walked, fields judged, and texts read. `step` when the flow is idle, until it is `done`.
class program_reading {
public:
  /// A window that is asked for, and its place in the answer.
  struct asked_window {
    screen_window const* window = nullptr;
    std::size_t at = 0;
  };

  program_reading(bus& on, std::string name, program of, window_elements_options const& options,
                  sticky_secrets& secrets, std::vector<asked_window> asked, timestamp until)
      : name_{std::move(name)}, of_{std::move(of)}, secrets_{&secrets}, asked_{std::move(asked)},
        flow_{on, until}, tree_{flow_, of_, options, areas_of(asked_, false), areas_of(asked_, true)},
        lines_{flow_, tree_, options} {
    ask_windows();
  }
  program_reading(program_reading const&) = delete;
  program_reading& operator=(program_reading const&) = delete;

  /// Whether there is nothing more to ask, or no use in it.
  [[nodiscard]] bool done() const noexcept { return done_ || failed(); }
  [[nodiscard]] std::size_t questions() const noexcept { return flow_.asked(); }

  void step() {
    if (done() || !flow_.idle()) {
      return;
    }
    if (!std::exchange(matched_, true)) {
      match_windows();
    }
    while (flow_.idle() && !failed()) {
      if (judge_fields()) {
        continue;
      }
      if (!std::exchange(texts_asked_, true)) {
        ask_texts();
        continue;
      }
      fit_lines(tree_.all);
      done_ = true;
      return;
    }
  }

  /// What was found. Windows that failed are left as they are in `into`.
  void write(screen_reading& into, std::uint32_t& group) {
    if (!done_ || failed()) {
      return;
    }
    element_writer writer{tree_, group};
    for (auto const& one : asked_) {
      write_window(one, writer, into[one.at]);
    }
  }

private:
  /// Of a popup, what the other windows open may be in it, too. Of a program that does not say where things
  /// are, all of it may be in a popup that it does not tell of.
  void write_window(asked_window const& one, element_writer& writer, window_contents& into) {
    auto const& inside = one.window->inside;
    bool const told = has_window(one);
    if ((told || (one.window->popup && holds_popup(inside))) && !hides_its_page(one)) {
      into.understood = tree_.relative() ? window_reading::unplaced : window_reading::complete;
    }
    for (std::size_t i = 0; i < tree_.windows().size(); ++i) {
      bool const fits = is_window(one, i);
      bool const all = fits || (one.window->popup && (tree_.relative() ? !told : windows_of_[i].empty()));
      if (all && !is_hollow(one, i)) {
        writer.write(i, inside, element_writer::share::all, into.elements);
      } else if (!fits && one.window->popup && !tree_.relative()) {
        writer.write(i, inside, element_writer::share::opened, into.elements);
      }
      for (auto const* const window : windows_of_[i]) {
        if (window == one.window || (!fits && one.window->popup)) {
          write_pages(tree_, i, window->inside, into.pages);
        }
      }
    }
  }

  /// Chromium has a window with nothing in it for a list that its page tells of.
  [[nodiscard]] bool is_hollow(asked_window const& one, std::size_t window) const {
    return one.window->popup && is_window(one, window) && !holds_shown(tree_.all[tree_.windows()[window]]) &&
           fills_popup(tree_.all, one.window->inside);
  }

  [[nodiscard]] bool is_window(asked_window const& one, std::size_t window) const {
    return std::ranges::find(windows_of_[window], one.window) != windows_of_[window].end();
  }

  [[nodiscard]] bool failed() const noexcept {
    return flow_.silent() || tree_.overflowed() || tree_.misplaced();
  }

  [[nodiscard]] static std::vector<rectangle> areas_of(std::vector<asked_window> const& asked,
                                                       bool only_popups) {
    std::vector<rectangle> areas;
    for (auto const& one : asked) {
      if (one.window->popup || !only_popups) {
        areas.push_back(one.window->inside);
      }
    }
    return areas;
  }

  void ask_windows() {
    flow_.ask(programs::root_of(name_), accessible_interface, "GetChildren", [this](reply const& came) {
      constexpr std::size_t most_windows = 64;
      auto const all = read_objects(came.read(), most_windows);
      for (auto const& id : all ? *all : std::vector<object_id>{}) {
        ask_window(id);
      }
    });
  }

  void ask_window(object_id const& id) {
    auto const at = found_.size();
    found_.emplace_back().what.id = id;
    flow_.ask(id, accessible_interface, "GetRole", [this, at](reply const& came) {
      found_[at].what.role = came.read().unsigned_number().value_or(0);
    });
    flow_.ask(id, accessible_interface, "GetState", [this, at](reply const& came) {
      found_[at].what.states = read_states(came.read()).value_or(0);
    });
    flow_.ask(
        id, component_interface, "GetExtents",
        [this, at](reply const& came) { found_[at].what.bounds = read_extents(came.read()); },
        tree_.relative() ? std::uint32_t{1} : std::uint32_t{0});
  }

  /// The windows that have the place and size of one that is asked for, as near as toolkits tell; one that
  /// fits several is taken for each. Where popups have none of their own, what they show is somewhere in the
  /// others.
  void match_windows() {
    bool popup_left = false;
    std::vector<bool> taken(found_.size());
    for (auto const& one : asked_) {
      bool any = false;
      for (std::size_t i = 0; i < found_.size(); ++i) {
        auto const scale = scale_of_window(found_[i].what.bounds, one.window->inside, tree_.relative());
        if (scale && shows(found_[i])) {
          any = taken[i] = true;
          begin_with(found_[i], *scale, one.window);
        }
      }
      popup_left = popup_left || (!any && one.window->popup);
    }
    for (std::size_t i = 0; i < found_.size() && popup_left; ++i) {
      if (!taken[i] && shows(found_[i])) {
        begin_with(found_[i], whole_scale, nullptr);
      }
    }
  }

  [[nodiscard]] bool shows(shown_object const& window) const noexcept {
    return tree_.relative() || has_state(window.what.states, accessible_state::showing);
  }

  /// The same window at the same scale is read once.
  void begin_with(shown_object const& window, std::int32_t scale, screen_window const* asked) {
    for (std::size_t i = 0; i < windows_of_.size(); ++i) {
      auto& begun = tree_.all[tree_.windows()[i]];
      if (begun.what.id == window.what.id && begun.scale == scale) {
        windows_of_[i].push_back(asked);
        begun.managed = begun.managed || !asked->popup;
        return;
      }
    }
    auto& made = windows_of_.emplace_back();
    if (asked != nullptr) {
      made.push_back(asked);
    }
    shown_object begun;
    begun.what.id = window.what.id;
    begun.what.role = window.what.role;
    begun.what.states = window.what.states;
    begun.what.bounds = window.what.bounds;
    begun.scale = scale;
    begun.managed = asked != nullptr && !asked->popup;
    tree_.add_window(std::move(begun));
  }

  [[nodiscard]] bool has_window(asked_window const& one) const {
    return std::ranges::any_of(
        windows_of_, [&](auto const& all) { return std::ranges::find(all, one.window) != all.end(); });
  }

  /// Judges the fields that were found since the last time, and looks into those that are harmless. False
  /// when there were none.
  bool judge_fields() {
    bool any = false;
    for (auto const end = tree_.all.size(); next_field_ < end; ++next_field_) {
      auto& one = tree_.all[next_field_];
      if (!one.shown || !one.field) {
        continue;
      }
      any = true;
      judge_field(tree_.all, next_field_, *secrets_);
      auto const nature = nature_of(one.what.role);
      bool const line = nature == role_nature::text_field && one.has(element::text) &&
                        !has_state(one.what, accessible_state::multi_line);
      if (one.kind == field_kind::none || (one.kind == field_kind::plain && !line)) {
        tree_.look_into(next_field_);
      }
    }
    return any;
  }

  void ask_texts() {
    for (std::size_t i = 0; i < tree_.all.size(); ++i) {
      auto& one = tree_.all[i];
      bool const secret = one.field && one.kind != field_kind::plain && one.kind != field_kind::none;
      if (one.shown && !secret && !one.too_many) {
        ask_text(i);
        ask_value(i);
      }
    }
  }

  void ask_text(std::size_t index) {
    auto& one = tree_.all[index];
    auto const as = shown_as_of(one.what.role);
    bool const plain = one.kind == field_kind::plain;
    if (!one.has(element::text)) {
      // A number may be told as a value.
      one.lines_lost = plain && one.children.empty() && !one.has(element::has_value);
      return;
    }
    bool const many =
        as == shown_as::document || has_state(one.what, accessible_state::multi_line) || holds_shown(one);
    bool const in_page = one.page != shown_object::nothing;
    bool const text = is_role(one.what.role, accessible_role::text) ||
                      (as == shown_as::text && (in_page || one.wordless || one.what.name.view().empty())) ||
                      (as == shown_as::container && in_page);
    if (!plain && holds_text(one)) {
      return;
    }
    if (plain && !many) {
      lines_.read_whole(index);
    } else if (plain || as == shown_as::document || text) {
      if (tree_.relative()) {
        lines_.read_whole(index);
      } else {
        lines_.read_lines(index, holds_shown(one));
      }
    }
    if (one.lines_known) {
      one.wordless = false;
    }
  }

  /// Chromium tells of every piece of a text as of an object, and of all of it again as of what is around.
  [[nodiscard]] bool holds_text(shown_object const& one) const {
    return std::ranges::any_of(one.children, [this](std::size_t child) {
      return tree_.all[child].shown && is_role(tree_.all[child].what.role, accessible_role::static_text);
    });
  }

  [[nodiscard]] bool holds_shown(shown_object const& one) const {
    return std::ranges::any_of(one.children, [this](std::size_t child) { return tree_.all[child].shown; });
  }

  /// What a control shows besides its name.
  void ask_value(std::size_t index) {
    auto& one = tree_.all[index];
    if (is_role(one.what.role, accessible_role::combo_box)) {
      if (one.has(element::selection)) {
        ask_selected(index, one.what.id);
      } else if (one.page != shown_object::nothing && !one.children.empty()) {
        ask_selected(index, tree_.all[one.children.front()].what.id);
      }
    } else if (one.has(element::has_value) && !one.lines_known &&
               (shown_as_of(one.what.role) == shown_as::value || one.kind == field_kind::plain)) {
      flow_.get(one.what.id, "org.a11y.atspi.Value", "CurrentValue", [this, index](reply const& came) {
        if (auto const number = came.read().enter_variant().real()) {
          tree_.all[index].value = write_number(*number);
        }
      });
    }
  }

  void ask_selected(std::size_t index, object_id const& list) {
    flow_.ask(
        list, "org.a11y.atspi.Selection", "GetSelectedChild",
        [this, index](reply const& came) {
          auto const chosen = came.read().object();
          if (chosen && *chosen) {
            flow_.get(*chosen, accessible_interface, "Name", [this, index](reply const& named) {
              tree_.all[index].value =
                  arena_string{named.read().enter_variant().text().value_or(std::string_view{})};
            });
          }
        },
        std::int32_t{0});
  }

  /// Of a program that does not say where things are, a popup has to be one that its windows tell of.
  [[nodiscard]] bool holds_popup(rectangle const& popup) const {
    return tree_.relative() ? tree_.all.size() > tree_.windows().size() : fills_popup(tree_.all, popup);
  }

  /// A window of a browser that shows none of its pages: one that does not tell of them.
  [[nodiscard]] bool hides_its_page(asked_window const& asked) const {
    if (!tree_.shows_pages() || asked.window->popup) {
      return false;
    }
    for (std::size_t i = 0; i < tree_.windows().size(); ++i) {
      if (!is_window(asked, i) || !is_role(tree_.all[tree_.windows()[i]].what.role, accessible_role::frame)) {
        continue;
      }
      bool const any = std::ranges::any_of(tree_.all, [i](shown_object const& one) {
        return one.window == i && one.shown && one.page != shown_object::nothing;
      });
      if (!any) {
        return true;
      }
    }
    return false;
  }

  std::string name_;
  program of_;
  sticky_secrets* secrets_;
  std::vector<asked_window> asked_;
  question_flow flow_;
  shown_tree tree_;
  line_reader lines_;
  std::vector<shown_object> found_{};                           ///< its windows, before they were matched
  std::vector<std::vector<screen_window const*>> windows_of_{}; ///< of the X server, for each of the tree's
  std::size_t next_field_ = 0;
  bool matched_ = false;
  bool texts_asked_ = false;
  bool done_ = false;
};

} // namespace overt::inline v0::capture::atspi
