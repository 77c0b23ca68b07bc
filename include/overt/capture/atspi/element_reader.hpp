#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/capture/atspi/ancestry.hpp>
#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/element_parts.hpp>
#include <overt/capture/atspi/hit_test.hpp>
#include <overt/capture/atspi/label_search.hpp>
#include <overt/capture/atspi/programs.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/capture/atspi/root_pane_shift.hpp>

namespace overt::inline v0::capture::atspi {

/// Reads accessible objects: about a dozen questions at once, then what stands around the object. Nothing is
/// ever asked for the text in a field, except by `read_text`.
///
/// One thread. Every handler is called once, later, from `bus::work`.
class element_reader {
public:
  /// Null: it is gone, or its program was too slow, or what it said makes no sense. The element lives for
  /// the length of the call.
  using handler = std::function<void(element const*)>;
  /// The same for whoever needs the element for longer.
  using keeping_handler = std::function<void(std::shared_ptr<element const>)>;
  using text_handler = std::function<void(arena_string const*)>;

  static constexpr std::size_t most_at_once = 64;
  static constexpr std::size_t longest_path = 24;

  element_reader(bus& on, programs& known)
      : bus_{&on}, programs_{&known}, ancestry_{on}, hits_{on, known}, shifts_{on}, labels_{on} {}
  element_reader(element_reader const&) = delete;
  element_reader& operator=(element_reader const&) = delete;

  void read(object_id const& id, handler done) {
    read_shared(id,
                [done = std::move(done)](std::shared_ptr<element const> const& found) { done(found.get()); });
  }

  void read_shared(object_id const& id, keeping_handler done) {
    if (!id || under_way_ >= most_at_once) {
      bus_->refuse([done = std::move(done)](reply const&) { done(nullptr); });
      return;
    }
    ++under_way_;
    auto const into = std::make_shared<reading>();
    into->done = std::move(done);
    ask_object(into, id);
  }

  /// The element at a point of the desktop in a window of a process: where pointer input goes to. Null when
  /// that is not certain.
  void under(std::uint32_t process, rectangle window, std::int32_t x, std::int32_t y, handler done) {
    hits_.find(process, window, x, y, [this, done = std::move(done)](hit_test::outcome const& found) {
      if (!found.at) {
        done(nullptr);
      } else {
        read(found.at, done);
      }
    });
  }

  /// The whole text of a field. Only for fields that are known to be harmless. Null when it cannot be read
  /// or is longer than 4,096 bytes.
  void read_text(object_id const& id, text_handler done) {
    constexpr auto limit = static_cast<std::int32_t>(arguments::longest_text);
    constexpr auto interface = "org.a11y.atspi.Text";
    // Qt gives nothing at all when it is asked for more characters than there are.
    bus_->get(id, interface, "CharacterCount", [this, id, done = std::move(done)](reply const& counted) {
      auto const count = counted.read().enter_variant().number();
      if (!count || *count < 0 || *count > limit) {
        done(nullptr);
        return;
      }
      bus_->call(
          id, interface, "GetText",
          [done](reply const& came) {
            auto const told = came.read().text();
            if (!told) {
              done(nullptr);
              return;
            }
            arena_string const text{*told};
            done(&text);
          },
          std::int32_t{0}, *count);
    });
  }

  /// The address of a document, `use(arena_string)`; empty when it has none or did not say.
  void read_address(object_id const& document, std::function<void(arena_string)> use) {
    bus_->call(document, "org.a11y.atspi.Document", "GetAttributes",
               [use = std::move(use)](reply const& all) {
                 arena_string address;
                 for (auto& one : read_attributes(all.read())) {
                   // Firefox and WebKit call it DocURL, Chromium URI.
                   if ((one.key == "DocURL" || one.key == "URI") && !one.value.view().empty()) {
                     address = std::move(one.value);
                   }
                 }
                 use(std::move(address));
               });
  }

  /// A program left, or shows another page.
  void forget(std::string const& name, std::uint32_t process) {
    ancestry_.forget(name);
    hits_.forget(process);
  }

  [[nodiscard]] hit_test& hits() noexcept { return hits_; }

private:
  struct reading {
    element what{};
    object_id parent{};
    object_id label{};
    keeping_handler done{};
    int open = 0;
    bool around_asked = false;
    bool wordless = false; ///< it is named in a way that could not be read
    bool good = true;
  };
  using shared = std::shared_ptr<reading>;

  void ask_object(shared const& into, object_id const& id) {
    auto& what = into->what;
    what.id = id;
    what.observed = bus::now();
    programs_->meet(id.bus);
    auto* const program = programs_->find(id.bus);
    what.process = program != nullptr ? program->process : 0;
    bool const relative = program != nullptr && program->knows_only_its_windows();
    rectangle const window = relative ? program->window : rectangle{};
    constexpr auto accessible = accessible_interface;

    // Whether it is a password is asked first, and nothing that is asked here says what was typed into it.
    call(into, id, accessible, "GetRole", [](reading& to, reply const& came) {
      auto const role = came.read().unsigned_number();
      to.what.role = role.value_or(0);
      to.good = to.good && role;
    });
    call(into, id, accessible, "GetState", [](reading& to, reply const& came) {
      auto const states = read_states(came.read());
      to.what.states = states.value_or(0);
      to.good = to.good && states;
    });
    call(into, id, accessible, "GetInterfaces",
         [](reading& to, reply const& came) { to.what.interfaces = read_interfaces(came.read()); });
    get(into, id, "Parent", [](reading& to, reply const& came) {
      auto const parent = came.read().enter_variant().object();
      to.parent = parent.value_or(object_id{});
      to.good = to.good && parent;
    });
    get(into, id, "Name", [](reading& to, reply const& came) { to.what.name = words_of(to, came); });
    get(into, id, "Description",
        [](reading& to, reply const& came) { to.what.description = words_of(to, came); });
    get(into, id, "ChildCount", [](reading& to, reply const& came) {
      to.what.children = came.read().enter_variant().number().value_or(0);
    });
    call(into, id, accessible, "GetIndexInParent",
         [](reading& to, reply const& came) { to.what.index_in_parent = came.read().number().value_or(-1); });
    call(into, id, accessible, "GetAttributes",
         [](reading& to, reply const& came) { to.what.attributes = read_attributes(came.read()); });
    call(into, id, accessible, "GetRelationSet",
         [](reading& to, reply const& came) { to.label = read_label(came.read()); });
    call(
        into, id, component_interface, "GetExtents",
        [relative, window](reading& to, reply const& came) {
          auto box = read_extents(came.read());
          if (relative) {
            box = window.width > 0 && box.width > 0
                      ? rectangle{box.x + window.x, box.y + window.y, box.width, box.height}
                      : rectangle{};
          }
          to.what.bounds = box;
        },
        relative ? std::uint32_t{1} : std::uint32_t{0});
  }

  /// The second round, once it is known what the object is.
  void ask_around(shared const& into) {
    into->open = 2; // until all is asked, and for what stands around
    ancestry_.above(into->parent, [this, into](ancestry::chain const* chain) {
      if (chain == nullptr) {
        into->good = false;
      } else {
        place(into, *chain);
      }
      close(into);
    });
    if (into->label) {
      get(into, into->label, "Name",
          [](reading& to, reply const& came) { to.what.label = words_of(to, came); });
    }
    ask_row(into);
    ask_value(into);
    close(into);
  }

  void place(shared const& into, ancestry::chain const& chain) {
    auto& what = into->what;
    if (!chain.empty()) {
      what.window_title = arena_string{chain.back()->name.view()};
    }
    // The window, and what is nearest to the element.
    for (std::size_t i = chain.size(); i > 0; --i) {
      if (i == chain.size() || i < longest_path) {
        auto const& one = *chain[i - 1];
        what.path.push_back({one.id, one.role, arena_string{one.name.view()}});
      }
    }
    auto const* const program = programs_->find(what.id.bus);
    place_on_desktop(into, chain, program);
    // Only a window has nothing around it. Of anything else, nobody knows then which page it is in.
    auto const& outermost = chain.empty() ? into->parent : chain.back()->parent;
    auto const nature = nature_of(what.role);
    if (!outermost && (program == nullptr || program->shows_pages || nature == role_nature::text_field ||
                       nature == role_nature::password)) {
      into->good = false;
      return;
    }
    bool const gecko = program != nullptr && program->toolkit == "Gecko";
    // Chromium gives every object the interface of a document, so that the role tells. Firefox gives it to
    // documents, whose role a page may change, and to its windows.
    auto const is_page = [gecko](std::uint32_t role, bool has_interface) {
      return is_role(role, accessible_role::document_web) ||
             (gecko && has_interface && !is_role(role, accessible_role::frame));
    };
    if (is_page(what.role, (what.interfaces & element::web_document) != 0)) {
      what.document = what.id;
    }
    for (auto one = chain.begin(); !what.document && one != chain.end(); ++one) {
      if (is_page((*one)->role, (*one)->document)) {
        what.document = (*one)->id;
      }
    }
    if (program != nullptr && program->shows_pages && !chain.empty()) {
      // It is called what its page is called, and whether that is still the same page nobody tells.
      get(into, chain.back()->id, "Name", [](reading& to, reply const& came) {
        auto const title = came.read().enter_variant().text();
        to.good = to.good && title;
        to.what.window_title = arena_string{title.value_or(std::string_view{})};
        to.what.path.front().name = arena_string{to.what.window_title.view()};
      });
    }
    if (!what.document) {
      return;
    }
    if (auto* const shows = programs_->find(what.document.bus); shows != nullptr) {
      shows->shows_pages = true;
      shows->page_seen = true;
    }
    ++into->open;
    read_address(what.document, [this, into](arena_string address) {
      into->what.address = std::move(address);
      close(into);
    });
  }

  /// What programs say of where an element is, where that is not where it is.
  void place_on_desktop(shared const& into, ancestry::chain const& chain, program const* known) {
    auto& what = into->what;
    if (what.bounds.width <= 0) {
      return;
    }
    if (known == nullptr || known->toolkit.empty() || chain.empty()) {
      what.bounds = {}; // whether it meant the desktop or its window is not known
    } else if (known->knows_only_its_windows()) {
      ++into->open;
      hits_.window_at(known->process, known->window,
                      [this, into, in = chain.back()->id](object_id const& id) {
                        if (id != in) {
                          into->what.bounds = {}; // it is in another window than the pointer
                        }
                        close(into);
                      });
    } else if (chain.size() > 1 && is_role(chain[chain.size() - 2]->role, accessible_role::root_pane) &&
               what.attribute_named("toolkit").empty()) {
      ++into->open;
      shifts_.of(chain.back()->id, chain[chain.size() - 2]->id, [this, into](std::int32_t shift) {
        into->what.bounds.y += shift;
        close(into);
      });
    }
  }

  /// A row without a name is called what the label in it says.
  void ask_row(shared const& into) {
    auto const& what = into->what;
    bool const is_row = is_role(what.role, accessible_role::list_item) ||
                        is_role(what.role, accessible_role::table_cell) ||
                        is_role(what.role, accessible_role::tree_item);
    if (is_row && what.name.view().empty() && !into->label && what.children > 0) {
      ++into->open;
      labels_.in(what.id, [this, into](arena_string found) {
        into->what.label = std::move(found);
        close(into);
      });
    }
  }

  void ask_value(shared const& into) {
    auto& what = into->what;
    bool const has_number =
        is_role(what.role, accessible_role::slider) || is_role(what.role, accessible_role::spin_button);
    if (has_number && (what.interfaces & element::has_value) != 0) {
      ++into->open;
      bus_->get(what.id, "org.a11y.atspi.Value", "CurrentValue", [this, into](reply const& came) {
        if (auto const number = came.read().enter_variant().real()) {
          into->what.value = write_number(*number);
        }
        close(into);
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
      bus_->call(
          what.id, accessible_interface, "GetChildAtIndex",
          [this, into](reply const& came) {
            if (auto const list = came.read().object(); list && *list) {
              ask_selected(into, *list);
            }
            close(into);
          },
          std::int32_t{0});
    } else if (program != nullptr && program->knows_only_its_windows()) {
      ++into->open;
      labels_.in(what.id, [this, into](arena_string found) {
        into->what.value = std::move(found);
        close(into);
      });
    } else if (program != nullptr) {
      // Qt calls a combo box what is chosen in it.
      what.value = arena_string{what.name.view()};
    }
  }

  void ask_selected(shared const& into, object_id const& list) {
    ++into->open;
    bus_->call(
        list, "org.a11y.atspi.Selection", "GetSelectedChild",
        [this, into](reply const& came) {
          auto const chosen = came.read().object();
          if (chosen && *chosen) {
            get(into, *chosen, "Name",
                [](reading& to, reply const& named) { to.what.value = text_of(named); });
          }
          close(into);
        },
        std::int32_t{0});
  }

  template <class Use, class... Values>
  void call(shared const& into, object_id const& id, char const* interface, char const* method, Use use,
            Values... values) {
    ++into->open;
    bus_->call(id, interface, method, wrap(into, use), values...);
  }
  template <class Use>
  void get(shared const& into, object_id const& id, char const* property, Use use) {
    ++into->open;
    bus_->get(id, accessible_interface, property, wrap(into, use));
  }
  template <class Use>
  [[nodiscard]] bus::handler wrap(shared const& into, Use use) {
    return [this, into, use](reply const& came) {
      into->good = into->good && !came.timed_out;
      use(*into, came);
      close(into);
    };
  }

  /// One question less to wait for. After the first round comes the second, and then it is done.
  void close(shared const& into) {
    if (--into->open > 0) {
      return;
    }
    if (into->good && !std::exchange(into->around_asked, true)) {
      ask_around(into);
      return;
    }
    --under_way_;
    // What a field is called tells whether it is secret.
    auto const nature = nature_of(into->what.role);
    into->good = into->good &&
                 !(into->wordless && (nature == role_nature::text_field || nature == role_nature::password));
    auto const done = std::move(into->done); // or the reading would hold itself
    done(into->good ? std::shared_ptr<element const>{into, &into->what} : nullptr);
  }

  [[nodiscard]] static arena_string words_of(reading& to, reply const& came) {
    auto const told = came.read().enter_variant().text();
    to.wordless = to.wordless || (came && !told);
    return arena_string{told.value_or(std::string_view{})};
  }
  [[nodiscard]] static arena_string text_of(reply const& came) {
    return arena_string{came.read().enter_variant().text().value_or(std::string_view{})};
  }

  bus* bus_;
  programs* programs_;
  ancestry ancestry_;
  hit_test hits_;
  root_pane_shift shifts_;
  label_search labels_;
  std::size_t under_way_ = 0;
};

} // namespace overt::inline v0::capture::atspi
