#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include <overt/capture/atspi/ancestry.hpp>
#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/document_address.hpp>
#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/element_questions.hpp>
#include <overt/capture/atspi/element_reading.hpp>
#include <overt/capture/atspi/hit_test.hpp>
#include <overt/capture/atspi/programs.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/capture/atspi/root_pane_shift.hpp>

namespace overt::inline v0::capture::atspi {

/// Says where an element is: in which window and page, on which way from there, and where on the desktop. One
/// thread.
class element_placing {
public:
  static constexpr std::size_t longest_path = 24;

  element_placing(element_questions& ask, programs& known, hit_test& hits)
      : ask_{&ask}, programs_{&known}, hits_{&hits}, shifts_{ask.on()} {}
  element_placing(element_placing const&) = delete;
  element_placing& operator=(element_placing const&) = delete;

  /// `chain` is what stands above the element, the window last. An element of which nobody knows in which
  /// page it is makes the reading bad.
  void place(shared_reading const& into, ancestry::chain const& chain) {
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
      ask_->get(into, chain.back()->id, "Name", [](element_reading& to, reply const& came) {
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
    read_address(ask_->on(), what.document, [this, into](arena_string address) {
      into->what.address = std::move(address);
      ask_->close(into);
    });
  }

private:
  /// What programs say of where an element is, where that is not where it is.
  void place_on_desktop(shared_reading const& into, ancestry::chain const& chain, program const* known) {
    auto& what = into->what;
    if (what.bounds.width <= 0) {
      return;
    }
    if (known == nullptr || known->toolkit.empty() || chain.empty()) {
      what.bounds = {}; // whether it meant the desktop or its window is not known
    } else if (known->knows_only_its_windows()) {
      ++into->open;
      hits_->window_at(known->process, known->window,
                       [this, into, in = chain.back()->id](object_id const& id) {
                         if (id != in) {
                           into->what.bounds = {}; // it is in another window than the pointer
                         }
                         ask_->close(into);
                       });
    } else if (chain.size() > 1 && is_role(chain[chain.size() - 2]->role, accessible_role::root_pane) &&
               what.attribute_named("toolkit").empty()) {
      ++into->open;
      shifts_.of(chain.back()->id, chain[chain.size() - 2]->id, [this, into](std::int32_t shift) {
        into->what.bounds.y += shift;
        ask_->close(into);
      });
    }
  }

  element_questions* ask_;
  programs* programs_;
  hit_test* hits_;
  root_pane_shift shifts_;
};

} // namespace overt::inline v0::capture::atspi
