#pragma once

#include <algorithm>
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
///
/// To read what an element is in can take a program longer than its answers may take. So as long as the
/// pointer is over the same element all the time, that is waited for, and then the question is asked anew.
template <class Port>
class pointer_fields {
public:
  static constexpr std::int64_t move_pause_ns = 40'000'000;
  /// What page an object is in does not change while it is the same object; its address is asked each time.
  static constexpr std::int64_t fresh_ns = 5'000'000'000;
  /// How long input can wait for an element to be read.
  static constexpr std::int64_t reading_ns = 200'000'000;

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
  void doubt() {
    known_.reset();
    rested_.reset();
    awaited_ = {};
  }

  void tick(timestamp now) {
    if (pace_.due(now)) {
      ask(now);
    }
  }
  [[nodiscard]] timestamp next_wakeup() const noexcept { return pace_.next(); }

private:
  /// An element that was under the pointer when input came, and that is being read.
  struct waiting {
    object_id id{};
    timestamp since{}; ///< when the question was sent that found it
  };

  void ask(timestamp now) {
    pace_.asked(now);
    auto const to = asking_ = latest_;
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
    if (is_overdue(asked)) {
      return;
    }
    if (awaited_.id && awaited_.id != id) {
      // What it was over when the input came can not be told any more.
      answer(std::exchange(awaited_, {}).since, {});
      return;
    }
    if (!known_ || known_->id != id || asked - known_->observed > fresh_ns) {
      read(asked, id);
    } else if (!known_->document) {
      found(asked, known_);
    } else {
      reader_->read_address(known_->document, [this, asked, what = known_](arena_string const& address) {
        if (address.view() == what->address.view()) {
          found(asked, what);
        } else {
          read(asked, what->id);
        }
      });
    }
  }

  void read(timestamp asked, object_id const& id) {
    reader_->read_shared(id, [this, asked](std::shared_ptr<element const> const& what) {
      known_ = what;
      if (!what) {
        answer(asked, is_gone(asked) ? place(*rested_) : context_ptr{});
      } else if (bus::now() - asked > question_pace::slow_ns) {
        wait_for(what->id, asked);
      } else {
        found(asked, what);
      }
    });
  }

  void found(timestamp asked, std::shared_ptr<element const> const& what) {
    rested_ = what;
    rested_at_ = asking_;
    rested_when_ = asked;
    answer(asked, place(*what));
  }

  /// Whether the pointer was over an element at this very place a moment ago, which its program says is not
  /// there any more: a button that closes its window. In a program that never showed a page it was none.
  [[nodiscard]] bool is_gone(timestamp asked) {
    bool pages = false;
    programs_->each_of(asking_.process, [&](std::string const&, program const& one) {
      pages |= one.shows_pages || one.toolkit.empty();
    });
    return rested_ && !rested_->document && !pages && rested_->process == asking_.process &&
           rested_at_.process == asking_.process && rested_at_.x == asking_.x && rested_at_.y == asking_.y &&
           rested_at_.window == asking_.window && asked - rested_when_ <= fresh_ns &&
           bus::now() - asked <= question_pace::slow_ns;
  }

  /// Too slow to find out what is under the pointer is too slow for an answer.
  [[nodiscard]] bool is_overdue(timestamp asked) {
    if (bus::now() - asked <= question_pace::slow_ns) {
      return false;
    }
    answer(asked, {});
    return true;
  }

  /// It is known only now what the element is. Whether the pointer is still over it is asked again, unless
  /// that was done before.
  void wait_for(object_id const& id, timestamp asked) {
    auto const since = awaited_.id ? awaited_.since : asked;
    if (bus::now() - since > reading_ns) {
      answer(asked, {});
      return;
    }
    awaited_ = {id, since};
    pace_.answered();
    pace_.hurry();
  }

  /// The pointer is over a window that the program does not tell of: mostly a menu. In a program that shows
  /// pages it may belong to any of them, or to none. Only of the list of a page it is known: that is open
  /// while what it belongs to has the focus.
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
      auto const what = focused != nullptr ? focused->what : nullptr;
      if (!what || !what->document) {
        answer(asked, {});
      } else if (is_role(what->role, accessible_role::menu_item) ||
                 is_role(what->role, accessible_role::list_item)) {
        answer(asked, place(*what));
      } else {
        if_open(asked, what);
      }
    });
  }

  void if_open(timestamp asked, std::shared_ptr<element const> const& what) {
    bus_->call(what->id, accessible_interface, "GetState", [this, asked, what](reply const& came) {
      auto const states = read_states(came.read()).value_or(0);
      bool const open = is_role(what->role, accessible_role::combo_box) &&
                        has_state(states, accessible_state::focused) &&
                        has_state(states, accessible_state::expanded);
      answer(asked, open ? place(*what) : context_ptr{});
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
    awaited_ = {};
    // It is about the place that the pointer was told to be at, and where that may have gone since then is
    // not known before the next hint: so the answer is for the time of the hint, though it was asked after
    // it.
    auto const as_of = std::min(asked, asking_.time);
    bool const slow = bus::now() - asked > question_pace::slow_ns;
    out_->answer({.aspect = context_aspect::field,
                  .lane = input_lane::pointer,
                  .as_of = as_of,
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
  waiting awaited_{};
  input_hint asking_{}; ///< what the question under way is about
  std::shared_ptr<element const> rested_{};
  input_hint rested_at_{};
  timestamp rested_when_{};
};

} // namespace overt::inline v0::capture::atspi
