#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/element_reader.hpp>
#include <overt/capture/atspi/hit_test.hpp>
#include <overt/capture/atspi/keyboard_fields.hpp>
#include <overt/capture/atspi/page_contexts.hpp>
#include <overt/capture/atspi/programs.hpp>
#include <overt/capture/atspi/question_pace.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/capture/context_answer.hpp>
#include <overt/capture/input_hint.hpp>

namespace overt::inline v0::capture::atspi {

/// Answers which page the pointer was over when a button, the wheel or a movement went there. A field is of
/// no matter to the pointer: clicking into one says nothing of what is typed.
template <class Port>
class pointer_fields {
public:
  static constexpr std::int64_t move_pause_ns = 40'000'000;
  static constexpr std::int64_t fresh_ns = 1'000'000'000;

  pointer_fields(bus& on, programs& known, element_reader& reader, keyboard_fields<Port>& keyboard, Port& out)
      : bus_{&on}, programs_{&known}, reader_{&reader}, keyboard_{&keyboard}, out_{&out} {}
  pointer_fields(pointer_fields const&) = delete;
  pointer_fields& operator=(pointer_fields const&) = delete;

  void hint(input_hint const& told) {
    if (told.what == hint_kind::key_down || told.what == hint_kind::key_up) {
      return;
    }
    latest_ = told;
    if (told.what != hint_kind::pointer_moved || told.time - asked_for_ >= move_pause_ns) {
      asked_for_ = told.time;
      pace_.input(told.time);
    }
  }

  /// A page was loaded or a window changed.
  void doubt() { known_.reset(); }

  void tick(timestamp now) {
    if (pace_.due(now)) {
      ask(now);
    }
  }
  [[nodiscard]] timestamp next_wakeup() const noexcept { return pace_.next(); }

private:
  void ask(timestamp now) {
    pace_.asked(now);
    auto const to = latest_;
    if (shows_no_pages(to.process)) {
      reader_->hits().windows_of(to.process, [this, now, to](auto const* list) {
        bool const alive = list != nullptr && !list->empty();
        answer(now,
               alive ? contexts_.of(element{.process = to.process}, field_kind::none, *out_) : context_ptr{});
      });
      return;
    }
    reader_->hits().find(to.process, to.window, to.x, to.y, [this, now, to](hit_test::outcome const& found) {
      if (found.at) {
        at(now, found.at);
      } else if (found.no_window) {
        in_menu(now, to.process);
      } else {
        answer(now, {});
      }
    });
  }

  /// GTK 4 has no element that shows a page, and going through its tree for each movement is not cheap. That
  /// it answers is enough.
  [[nodiscard]] bool shows_no_pages(std::uint32_t process) {
    bool known = false;
    bool others = false;
    programs_->each_of(process, [&](std::string const&, program const& one) {
      known |= one.knows_only_its_windows();
      others |= !one.knows_only_its_windows() || one.shows_pages;
    });
    return known && !others;
  }

  /// The pointer is over an element.
  void at(timestamp asked, object_id const& id) {
    if (!known_ || known_->id != id || bus::now() - known_->observed > fresh_ns) {
      reader_->read_shared(id, [this, asked](std::shared_ptr<element const> const& what) {
        known_ = what;
        answer(asked, what ? place(*what) : context_ptr{});
      });
    } else if (!known_->document) {
      answer(asked, place(*known_));
    } else {
      reader_->read_address(known_->document, [this, asked, what = known_](arena_string const& address) {
        bool const same = address.view() == what->address.view();
        if (!same && known_ == what) {
          known_.reset();
        }
        answer(asked, same ? place(*what) : context_ptr{});
      });
    }
  }

  /// The pointer is over a window that the program does not tell of: mostly a menu. In a program that shows
  /// pages it may belong to one, and then it is the one that has the focus.
  void in_menu(timestamp asked, std::uint32_t process) {
    bool known = false;
    bool pages = false;
    programs_->each_of(process, [&](std::string const&, program const& one) {
      known |= !one.toolkit.empty();
      pages |= one.shows_pages;
    });
    if (!known || !pages) {
      answer(asked,
             known ? contexts_.of(element{.process = process}, field_kind::none, *out_) : context_ptr{});
      return;
    }
    keyboard_->confirm(process, [this, asked](typename keyboard_fields<Port>::known_field const* focused) {
      answer(asked, focused != nullptr ? place(*focused->what) : context_ptr{});
    });
  }

  [[nodiscard]] context_ptr place(element const& what) {
    // Outside of its pages a browser has buttons, tabs and fields. Anything that only holds others may hold a
    // page that it does not tell of.
    auto const* const program = programs_->find(what.id.bus);
    auto const nature = nature_of(what.role);
    if (!what.document && (program == nullptr || program->shows_pages) && nature != role_nature::inert &&
        nature != role_nature::text_field) {
      return {};
    }
    return contexts_.of(what, field_kind::none, *out_);
  }

  void answer(timestamp asked, context_ptr where) {
    pace_.answered();
    bool const slow = bus::now() - asked > question_pace::slow_ns;
    out_->answer({.aspect = context_aspect::field,
                  .lane = input_lane::pointer,
                  .as_of = asked,
                  .where = slow ? context_ptr{} : std::move(where)});
  }

  bus* bus_;
  programs* programs_;
  element_reader* reader_;
  keyboard_fields<Port>* keyboard_;
  Port* out_;
  question_pace pace_;
  page_contexts contexts_;
  input_hint latest_{};
  timestamp asked_for_{};
  std::shared_ptr<element const> known_{};
};

} // namespace overt::inline v0::capture::atspi
