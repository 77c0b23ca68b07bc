#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <utility>

#include <overt/capture/atspi/act_attempt.hpp>
#include <overt/capture/atspi/act_outcome.hpp>
#include <overt/capture/atspi/act_report.hpp>
#include <overt/capture/atspi/element_value.hpp>

namespace overt::inline v0::capture::atspi {

/// The acts whose result has to be seen first (`act_outcome`): the element is read again 80 ms and 300 ms
/// after the act (a combo box also after 600 ms: Firefox takes its time), and the signals of its program
/// since the press say what changed. Bounded: the oldest gives way.
template <class Reader, class Out>
class act_attempts {
public:
  static constexpr std::int64_t first_read_ns = 80'000'000;
  static constexpr std::int64_t double_click_ns = 400'000'000;
  static constexpr std::int64_t linked_ns = act_outcome<Reader, Out>::linked_ns;
  static constexpr std::int32_t double_click_pixels = 5;

  using kind = act_attempt::kind;

  explicit act_attempts(act_report<Reader, Out>& report) : report_{&report}, outcome_{report} {}
  act_attempts(act_attempts const&) = delete;
  act_attempts& operator=(act_attempts const&) = delete;

  /// A check box, switch or radio button; `was` is how it was before, if that is known.
  void toggle(person_act const& by, snapshot target, snapshot inner, std::optional<bool> was) {
    auto const id = target->id;
    add({.what = kind::toggles,
         .by = by,
         .target = std::move(target),
         .inner = std::move(inner),
         .read = id,
         .was = was,
         .needs_change = by.origin == act_origin::keyboard,
         .next = by.when + first_read_ns});
  }

  void expand(person_act const& by, snapshot target, snapshot inner) {
    auto const id = target->id;
    bool const was = is_expanded(*target);
    add({.what = kind::expands,
         .by = by,
         .target = std::move(target),
         .inner = std::move(inner),
         .read = id,
         .was = was,
         .needs_change = by.origin == act_origin::keyboard,
         .next = by.when + first_read_ns});
  }

  void pick(person_act const& by, snapshot target, snapshot inner) {
    for (auto& one : all_) {
      bool const second = one.what == kind::picks && one.held && one.target->id == target->id;
      if (second) {
        one.by.from.add(by.from);
        report_->tell(by.when, ui_act::activate, *one.target, one.by.from, std::nullopt, std::nullopt,
                      one.called());
        clear(one);
        return;
      }
    }
    bool const by_pointer = by.origin == act_origin::pointer;
    auto const id = target->id;
    add({.what = kind::picks,
         .by = by,
         .target = std::move(target),
         .inner = std::move(inner),
         .read = id,
         .needs_change = !by_pointer,
         .next = by_pointer ? by.began + double_click_ns : by.when + first_read_ns});
  }

  /// `combo` is as it was before, or null when only its `id` is known; `picked` null when the item is not
  /// known, and then only a changed value shows that there was a choice.
  void choose(person_act const& by, object_id const& id, snapshot combo, snapshot picked) {
    for (auto& one : all_) {
      if (one.what == kind::expands && one.read == id) {
        outcome_.opened(one); // it was open, or there would be nothing to choose
      }
    }
    bool const needs_change = picked == nullptr;
    add({.what = kind::chooses,
         .by = by,
         .target = std::move(combo),
         .picked = std::move(picked),
         .read = id,
         .needs_change = needs_change,
         .next = by.when + first_read_ns});
  }

  /// Nothing that takes acts was hit, or a key has no element of its own. `hit` is what was hit, or has the
  /// focus; only its program counts. One at a time for each origin. `only_tabs`: a key that moves the focus
  /// leads to much that is no act, but with Control it turns to another tab.
  void link(person_act const& by, snapshot hit, bool only_tabs = false) {
    for (auto& one : all_) {
      if (one.what == kind::linked && one.by.origin == by.origin) {
        clear(one);
      }
    }
    add({.what = kind::linked,
         .by = by,
         .target = std::move(hit),
         .only_tabs = only_tabs,
         .next = by.when + linked_ns});
  }

  /// The right button went down on `hit`: only a menu that opens makes it an act.
  void link_menu(person_act const& by, snapshot hit) {
    link(by, std::move(hit));
    for (auto& one : all_) {
      one.only_menus = one.only_menus || (one.what == kind::linked && one.ticket == tickets_);
    }
  }

  /// The act that a key stood for was found elsewhere.
  void unlink(act_origin origin) {
    for (auto& one : all_) {
      if (one.what == kind::linked && one.by.origin == origin) {
        clear(one);
      }
    }
  }
  /// The person does something else at `when`: what changes from then on is that.
  void cut_links(timestamp when) {
    for (auto& one : all_) {
      if (one.what == kind::linked && !one.until) {
        one.until = when;
      }
    }
  }
  [[nodiscard]] act_attempt const* linked(act_origin origin) const {
    for (auto const& one : all_) {
      if (one.what == kind::linked && one.by.origin == origin) {
        return &one;
      }
    }
    return nullptr;
  }

  /// The person does something else: what changes from now on is that.
  void hurry() {
    for (auto& one : all_) {
      if (one.what == kind::chooses && !one.reading) {
        one.reads = 2;
        due(one);
      }
    }
  }

  /// A button went down where the last click was: wait whether it makes it a double click.
  void second_press(input_hint const& down) {
    for (auto& one : all_) {
      bool const near = std::abs(down.x - one.by.x) <= double_click_pixels &&
                        std::abs(down.y - one.by.y) <= double_click_pixels;
      if (one.what == kind::picks && one.by.origin == act_origin::pointer && near &&
          down.time - one.by.began <= double_click_ns) {
        one.held = true;
        one.next = down.time + 2 * double_click_ns;
      }
    }
  }

  /// Items of this combo box were seen, so it is open.
  void opened(object_id const& combo) {
    for (auto& one : all_) {
      if (one.what == kind::expands && one.read == combo && shape_of(*one.target) == act_shape::chooses) {
        outcome_.opened(one);
      }
    }
  }

  /// An item of a combo box was selected, or no longer is, and this is what it is called.
  void chosen(snapshot const& item, tracked_signal const& told) {
    for (auto& one : all_) {
      if (one.what == kind::chooses && told.time >= one.by.began && is_inside(*item, one.read)) {
        (told.kind == tracked_change::selected ? one.taken : one.dropped) = item;
      }
    }
  }
  [[nodiscard]] bool choosing() const noexcept {
    for (auto const& one : all_) {
      if (one.what == kind::chooses) {
        return true;
      }
    }
    return false;
  }

  /// A signal came in (and is in the log).
  void signal(tracked_signal const& told) {
    for (auto& one : all_) {
      if (one.what != kind::none) {
        outcome_.look(one, told.time);
      }
    }
  }

  void tick(timestamp now) {
    for (auto& one : all_) {
      if (one.what != kind::none) {
        outcome_.look(one, now);
      }
    }
    for (auto& one : all_) {
      if (one.what != kind::none && !one.reading && now >= one.next) {
        due(one);
      }
    }
  }

  [[nodiscard]] timestamp next_wakeup() const noexcept {
    timestamp first{INT64_MAX};
    for (auto const& one : all_) {
      if (one.what != kind::none && !one.reading && one.next < first) {
        first = one.next;
      }
    }
    return first;
  }

private:
  void add(act_attempt&& made) {
    auto* place = &all_.front();
    for (auto& one : all_) {
      if (one.what == kind::none) {
        place = &one;
        break;
      }
      if (one.ticket < place->ticket) {
        place = &one;
      }
    }
    *place = std::move(made);
    place->ticket = ++tickets_;
    outcome_.look(*place, place->by.when);
  }

  /// It is time to read.
  void due(act_attempt& one) {
    if (one.what == kind::linked) {
      auto const* const told = outcome_.find_link(one);
      if (told == nullptr || one.by.when + linked_ns < told->time) {
        clear(one);
        return;
      }
      one.read = told->id;
    }
    one.reading = true;
    report_->read(one.read, [this, ticket = one.ticket](snapshot const& now_is) {
      for (auto& it : all_) {
        if (it.what != kind::none && it.ticket == ticket) {
          it.reading = false;
          outcome_.answer(it, now_is);
          return;
        }
      }
    });
  }

  act_report<Reader, Out>* report_;
  act_outcome<Reader, Out> outcome_;
  std::array<act_attempt, 8> all_{};
  std::uint64_t tickets_ = 0;
};

} // namespace overt::inline v0::capture::atspi
