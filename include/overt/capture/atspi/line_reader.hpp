#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/element_parts.hpp>
#include <overt/capture/atspi/question_flow.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/capture/atspi/shown_object.hpp>
#include <overt/capture/atspi/shown_tree.hpp>
#include <overt/capture/atspi/window_elements_options.hpp>
#include <overt/capture/atspi/window_fit.hpp>

namespace overt::inline v0::capture::atspi {

/// Reads the text of objects that are known to be harmless: one line whole, or those lines of many that can
/// be seen, with where they stand. Never ask it about a secret.
///
/// One thread. It has to outlive the flow.
class line_reader {
public:
  line_reader(question_flow& flow, shown_tree& tree, window_elements_options const& options)
      : flow_{&flow}, tree_{&tree}, options_{&options} {}
  line_reader(line_reader const&) = delete;
  line_reader& operator=(line_reader const&) = delete;

  /// All of a text as one line that is as large as the object.
  void read_whole(std::size_t index) {
    count(index, [this, index](std::int32_t characters) {
      flow_->ask(
          at(index).what.id, interface, "GetText",
          [this, index](reply const& came) {
            auto& one = at(index);
            auto const told = came.read().text(options_->longest_text);
            one.lines_lost = !told;
            if (told && !told->empty()) {
              one.lines.push_back({one.placed(one.what.bounds), arena_string{*told}, true});
            }
          },
          std::int32_t{0}, characters);
    });
  }

  /// The lines that can be seen. `holds`: there are objects in it, and its text may be no more than these.
  void read_lines(std::size_t index, bool holds) {
    count(index, [this, index, holds](std::int32_t characters) {
      if (!holds || characters > few_characters) {
        find_lines(index, characters);
        return;
      }
      // To find lines in which there is nothing takes a browser long.
      flow_->ask(
          at(index).what.id, interface, "GetText",
          [this, index, characters](reply const& came) {
            auto const told = came.read().text(options_->longest_text);
            if (!told || !is_blank(*told)) {
              find_lines(index, characters);
            }
          },
          std::int32_t{0}, characters);
    });
  }

private:
  static constexpr auto interface = "org.a11y.atspi.Text";
  static constexpr std::int32_t few_characters = 2000;
  static constexpr std::int32_t farthest_down = 24;   ///< pixels, of the first line that can be seen
  static constexpr std::size_t most_looked_at = 1500; ///< lines, for those that can be seen

  struct reading {
    std::size_t index = 0;
    std::int32_t characters = 0;
    std::int32_t first = 0; ///< character, of those that can be seen
    std::int32_t caret = -1;
    std::size_t looked_at = 0;
    std::size_t bytes = 0;
    bool older = false; ///< it only knows the older question
    bool over = false;  ///< what comes next is below what can be seen
  };
  using shared = std::shared_ptr<reading>;

  void find_lines(std::size_t index, std::int32_t characters) {
    auto const into = std::make_shared<reading>();
    into->index = index;
    into->characters = characters;
    auto& one = at(index);
    auto const box = one.what.bounds;
    if (has_state(one.what, accessible_state::focused)) {
      flow_->get(one.what.id, interface, "CaretOffset", [into](reply const& came) {
        into->caret = came.read().enter_variant().number().value_or(-1);
      });
    }
    auto const seen = clipped(box, around_all());
    if (characters <= few_characters || is_empty(seen) || one.scale != whole_scale || tree_->gecko()) {
      next(into, 0);
      return;
    }
    // Where what can be seen begins.
    flow_->ask(
        one.what.id, interface, "GetOffsetAtPoint",
        [this, into](reply const& came) {
          auto const first = came.read().number().value_or(0);
          into->first = first > 0 && first < into->characters ? first : 0;
          next(into, into->first);
        },
        seen.x + 4, seen.y + 4, std::uint32_t{0});
  }

  [[nodiscard]] shown_object& at(std::size_t index) noexcept { return tree_->all[index]; }

  template <class Use>
  void count(std::size_t index, Use use) {
    at(index).lines_known = true;
    flow_->get(at(index).what.id, interface, "CharacterCount", [this, index, use](reply const& came) {
      auto const characters = came.read().enter_variant().number();
      if (!characters || *characters < 0) {
        at(index).lines_lost = true;
      } else if (*characters > 0) {
        use(*characters);
      }
    });
  }

  /// The line that a character is in. Qt 5 only knows the older of the two questions for it.
  void next(shared const& into, std::int32_t from) {
    constexpr std::uint32_t granularity_line = 3;
    constexpr std::uint32_t boundary_line_start = 5;
    flow_->ask(
        at(into->index).what.id, interface, into->older ? "GetTextAtOffset" : "GetStringAtOffset",
        [this, into, from](reply const& came) {
          if (!came && !into->older) {
            into->older = true;
            next(into, from);
            return;
          }
          auto body = came.read();
          auto const told = body.text(options_->longest_text);
          auto const start = body.number();
          auto const end = body.number();
          if (!told || !start || !end || ++into->looked_at > most_looked_at) {
            lose(into);
          } else if (*end <= from || *start > from) {
            pass_over(into, from);
          } else {
            take(into, *told, *start, *end);
            go_on(into, *end);
          }
        },
        from, into->older ? boundary_line_start : granularity_line);
  }

  /// Where a toolkit counts the end of a line to no line; anything else that is in none is lost.
  void pass_over(shared const& into, std::int32_t from) {
    flow_->ask(
        at(into->index).what.id, interface, "GetText",
        [this, into, from](reply const& came) {
          auto const told = came.read().text();
          if (!told || told->find_first_not_of(" \t\r\n\v\f") != std::string_view::npos) {
            lose(into);
          } else {
            go_on(into, from + 1);
          }
        },
        from, from + 1);
  }

  void go_on(shared const& into, std::int32_t from) {
    if (from < into->characters && !into->over && !at(into->index).lines_lost) {
      next(into, from);
    }
  }

  void take(shared const& into, std::string_view told, std::int32_t start, std::int32_t end) {
    auto& one = at(into->index);
    into->bytes += told.size();
    if (one.lines.size() >= options_->most_lines || into->bytes > options_->longest_text) {
      lose(into);
      return;
    }
    auto text = told;
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) {
      text.remove_suffix(1);
    }
    if (is_blank(text)) {
      return;
    }
    auto const line = one.lines.size();
    bool const with_end = text.size() != told.size();
    bool const caret = into->caret >= start && (into->caret < end || (!with_end && into->caret == end));
    one.lines.push_back({{}, arena_string{text}, caret});
    flow_->ask(
        one.what.id, interface, "GetRangeExtents",
        [this, into, line](reply const& came) {
          auto& of = at(into->index);
          auto const box = scaled(read_extents(came.read()), of.scale);
          if (line < of.lines.size()) {
            of.lines[line].where = of.placed(box);
          }
          if (line == 0 && into->first > 0 && (is_empty(box) || box.y > of.what.bounds.y + farthest_down)) {
            lose(into); // there may be lines above it
          }
          // Where the lines of Firefox are is only known once all of them are (see `fit_lines`).
          into->over = into->over || (!tree_->gecko() && !is_empty(box) && is_below(box));
        },
        start, with_end ? end - 1 : end, std::uint32_t{0});
  }

  /// Whether a line shows nothing but what other objects in it show, for each of which it has one character.
  [[nodiscard]] static bool is_blank(std::string_view text) {
    constexpr std::string_view object = "\xef\xbf\xbc";
    while (!text.empty()) {
      auto const one = text.starts_with(object) ? object.size() : std::size_t{1};
      if (one == 1 && std::string_view{" \t\r\n"}.find(text.front()) == std::string_view::npos) {
        return false;
      }
      text.remove_prefix(one);
    }
    return true;
  }

  void lose(shared const& into) {
    at(into->index).lines_lost = true;
    at(into->index).lines.clear();
  }

  [[nodiscard]] bool is_below(rectangle const& box) const {
    auto const seen = around_all();
    return box.y >= seen.y + seen.height;
  }

  [[nodiscard]] rectangle around_all() const {
    rectangle all{};
    for (auto const& one : tree_->areas()) {
      all = around_both(all, one);
    }
    return all;
  }

  question_flow* flow_;
  shown_tree* tree_;
  window_elements_options const* options_;
};

} // namespace overt::inline v0::capture::atspi
