#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/element_parts.hpp>
#include <overt/capture/atspi/field_reader.hpp>
#include <overt/capture/atspi/focus_watch.hpp>
#include <overt/capture/atspi/notice.hpp>
#include <overt/capture/atspi/page_contexts.hpp>
#include <overt/capture/atspi/programs.hpp>
#include <overt/capture/atspi/question_pace.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/capture/context_answer.hpp>
#include <overt/capture/input_hint.hpp>

namespace overt::inline v0::capture::atspi {

/// Answers into which field keys went.
///
/// What a program said last of its focus is only where to ask. An answer names a field when a question sent
/// after the key found it focused, of the same role and on the same page as when it was read. Everything else
/// is answered with nothing: a program that is slow, gone or not on the bus, a field that is not read yet,
/// and whatever comes right behind a Tab until the program tells where that led.
template <class Port>
class keyboard_fields {
public:
  /// What is known of the focused element.
  struct known_field {
    std::shared_ptr<element const> what{};
    field_kind kind = field_kind::unknown;
    context_ptr where{};
    timestamp read{};
  };
  using listener = std::function<void(element const*, field_kind)>;

  static constexpr std::int64_t tab_ns = 1'000'000'000;
  static constexpr std::int64_t fresh_ns = 1'000'000'000;
  static constexpr std::int64_t kept_ns = 3'000'000'000;
  static constexpr int most_too_early = 3;
  static constexpr std::int64_t typing_ns =
      500'000'000; ///< since the last key that may have entered something

  keyboard_fields(bus& on, programs& known, element_reader& reader, field_reader& fields, focus_watch& focus,
                  Port& out)
      : bus_{&on}, programs_{&known}, reader_{&reader}, fields_{&fields}, focus_{&focus}, out_{&out} {}
  keyboard_fields(keyboard_fields const&) = delete;
  keyboard_fields& operator=(keyboard_fields const&) = delete;

  /// Who wants to know of each element that gets the focus.
  void on_focus(listener hear) { hear_ = std::move(hear); }

  void hint(input_hint const& told) {
    if (told.what == hint_kind::pictured) {
      if (process_ != told.process && told.process != 0) {
        process_ = told.process;
        awaited_ = {};
      }
      pace_.input(told.time);
      return;
    }
    if (told.what != hint_kind::key_down && told.what != hint_kind::key_up) {
      return;
    }
    if (process_ != told.process) {
      process_ = told.process;
      awaited_ = {};
    }
    latest_ = std::max(latest_, told.time);
    pace_.input(told.time);
    if (told.what != hint_kind::key_down) {
      return;
    }
    if (told.use == key_use::tab) {
      tab_ = told.time;
    }
    if (may_enter(told.use)) {
      entered_ = told.time;
    }
  }

  /// A program told of its focus.
  void focus_news(notice const& told) {
    if (programs_->process_of(told.from.bus) == process_ && tab_ && told.heard > *tab_) {
      tab_.reset();
    }
    pace_.hurry();
    too_early_ = 0;
    told_again_ = reading_ == told.from;
    read(told.from);
  }

  /// Keys may go to this process next: its field is read before the first one is pressed.
  void prepare(std::uint32_t process) {
    auto const* const candidate = focus_->of(process);
    if (candidate != nullptr && candidate->id && !is_known(candidate->id)) {
      read(candidate->id);
    }
  }

  /// A page was loaded or a window changed: what was read may be over.
  void doubt() {
    known_ = {};
    pace_.hurry();
  }

  void tick(timestamp now) {
    if (pace_.due(now)) {
      ask(now);
    }
  }
  [[nodiscard]] timestamp next_wakeup() const noexcept { return pace_.next(); }

  /// Whether the focus of a process is in what is known, `use(known_field const*)`; null when it is not.
  template <class Use>
  void confirm(std::uint32_t process, Use use) {
    auto const* const candidate = focus_->of(process);
    if (process == 0 || candidate == nullptr || !candidate->id) {
      bus_->refuse([use](reply const&) { use(nullptr); });
      return;
    }
    auto const question = std::make_shared<asking>();
    question->id = candidate->id;
    question->known = is_known(candidate->id) ? known_.what : nullptr;
    question->open = 2;
    auto const close = [this, question, use] {
      if (--question->open == 0) {
        use(judge(*question));
      }
    };
    bus_->call(question->id, accessible_interface, "GetState", [question, close](reply const& came) {
      question->silent |= came.timed_out;
      question->slow |= came.heard - came.asked > question_pace::slow_ns;
      question->states = read_states(came.read());
      close();
    });
    bus_->call(question->id, accessible_interface, "GetRole", [question, close](reply const& came) {
      question->silent |= came.timed_out;
      question->role = came.read().unsigned_number();
      close();
    });
    if (question->known && question->known->document) {
      ++question->open;
      reader_->read_address(question->known->document, [question, close](arena_string const& address) {
        question->same_page = address.view() == question->known->address.view();
        close();
      });
    }
  }

private:
  struct asking {
    object_id id{};
    std::shared_ptr<element const> known{};
    std::optional<std::uint64_t> states{};
    std::optional<std::uint32_t> role{};
    bool same_page = true;
    bool silent = false;
    bool slow = false;
    int open = 0;
  };

  [[nodiscard]] bool is_known(object_id const& id) const { return known_.what && known_.what->id == id; }

  /// Whether the field is only not read yet: the same that the program told of before the key. Then the key
  /// can wait for that; but once the focus moves meanwhile, nobody can say any more where the key went.
  [[nodiscard]] bool is_being_read(timestamp now) {
    auto const* const candidate = focus_->of(process_);
    bool const same = candidate != nullptr && candidate->id && candidate->heard < latest_ &&
                      !is_known(candidate->id) && (!awaited_ || awaited_ == candidate->id);
    if (!same || after_tab(now) || now - latest_ > question_pace::slow_ns) {
      return false;
    }
    awaited_ = candidate->id;
    return true;
  }

  void ask(timestamp now) {
    if (is_being_read(now)) {
      pace_.asked(now);
      pace_.answered();
      read(awaited_);
      return;
    }
    auto const moved = awaited_ && !is_known(awaited_);
    awaited_ = {};
    pace_.asked(now);
    if (moved) {
      pace_.answered();
      out_->answer(
          {.aspect = context_aspect::field, .lane = input_lane::keyboard, .as_of = now, .where = {}});
      return;
    }
    confirm(process_, [this, now, process = process_](known_field const* found) {
      pace_.answered();
      if (found == nullptr && waits_for_move(now)) {
        return;
      }
      moving_ = {};
      bool const right = found != nullptr && process == process_ && found->what->process == process &&
                         bus::now() - now <= question_pace::slow_ns && !after_tab(now);
      out_->answer({.aspect = context_aspect::field,
                    .lane = input_lane::keyboard,
                    .as_of = now,
                    .where = right ? found->where : context_ptr{}});
    });
  }

  /// What the replies say: still the field that is known, or not.
  [[nodiscard]] known_field const* judge(asking const& question) {
    constexpr auto bit = [](accessible_state which) {
      return std::uint64_t{1} << static_cast<unsigned>(which);
    };
    if (question.silent || question.slow) {
      return nullptr;
    }
    if (!question.states || (*question.states & bit(accessible_state::focused)) == 0) {
      bool const harmless = known_.kind == field_kind::none || known_.kind == field_kind::plain;
      if (moving_.ns == 0 && question.states && question.known && question.known == known_.what && harmless) {
        moving_ = bus::now();
      }
      focus_->refute(question.id);
      return nullptr;
    }
    // It may have been read again since the question.
    bool const same = question.known && is_known(question.id) && question.role == known_.what->role &&
                      question.same_page && known_.what->document == question.known->document &&
                      known_.what->address.view() == question.known->address.view() &&
                      ((*question.states ^ known_.what->states) & bit(accessible_state::editable)) == 0;
    bool const not_yet = !question.known && is_known(question.id);
    if ((!same && !not_yet) || bus::now() - known_.read > fresh_ns) {
      read(question.id);
    }
    return same ? &known_ : nullptr;
  }

  /// It was read and has not the focus, though its program said so: LibreOffice tells of what is around the
  /// text behind the text itself. Then it is what the program told of before, if a question finds it focused.
  void not_focused(object_id const& id) {
    focus_->refute(id);
    if (awaited_ == id) {
      awaited_ = {};
    }
    if (auto const* const candidate = focus_->of(process_);
        candidate != nullptr && candidate->id && candidate->id != id && !is_known(candidate->id)) {
      next_ = next_ ? next_ : candidate->id;
    }
    pace_.hurry();
  }

  [[nodiscard]] static bool may_enter(key_use use) noexcept {
    return use == key_use::enters || use == key_use::erases || use == key_use::paste || use == key_use::other;
  }

  /// A key that puts nothing into fields moved the focus out of one that was harmless, from row to row of a
  /// list: for a moment it can wait for the program to tell where to. Anything that is typed cannot.
  [[nodiscard]] bool waits_for_move(timestamp now) {
    return moving_.ns != 0 && now - moving_ <= question_pace::slow_ns && !after_tab(now) &&
           now - latest_ <= question_pace::slow_ns && now - entered_ > typing_ns;
  }

  [[nodiscard]] bool after_tab(timestamp now) {
    if (tab_ && now - *tab_ > tab_ns) {
      tab_.reset();
    }
    return tab_.has_value();
  }

  /// At most one reading at a time; what comes meanwhile is read after it.
  void read(object_id const& id) {
    if (reading_) {
      // Many programs tell of the same focus twice.
      next_ = reading_ == id ? object_id{} : id;
      return;
    }
    reading_ = id;
    fields_->read(id, [this, id](std::shared_ptr<element const> const& what, field_kind kind) {
      reading_ = {};
      bool const focused = what && has_state(*what, accessible_state::focused);
      if (focused) {
        known_ = {what, kind, contexts_.of(*what, kind, *out_), what->observed};
        pace_.hurry();
        if (hear_) {
          hear_(what.get(), kind);
        }
      } else {
        // What could not be read again in time is still what it was; each answer asks for its state anyway.
        if (is_known(id) && (what || bus::now() - known_.read > kept_ns)) {
          known_ = {};
        }
        // A program may tell of it a moment before it is so, and tell it again behind that.
        if (what && (std::exchange(told_again_, false) || ++too_early_ <= most_too_early)) {
          next_ = next_ ? next_ : id;
        } else if (what) {
          not_focused(id);
        }
      }
      if (next_) {
        read(std::exchange(next_, object_id{}));
      }
    });
  }

  bus* bus_;
  programs* programs_;
  element_reader* reader_;
  field_reader* fields_;
  focus_watch* focus_;
  Port* out_;
  listener hear_;
  question_pace pace_;
  page_contexts contexts_;
  known_field known_{};
  std::uint32_t process_ = 0;
  std::optional<timestamp> tab_{};
  object_id next_{};
  object_id awaited_{}; ///< a field that keys wait for to be read
  timestamp latest_{};  ///< of the last key
  timestamp entered_{}; ///< of the last one that may have put something into a field
  timestamp moving_{};  ///< when a question found that the focus had left a harmless element; 0: it has not
  object_id reading_{};
  bool told_again_ = false; ///< the program told of what is being read
  int too_early_ = 0;       ///< readings since then that did not find the focus
};

} // namespace overt::inline v0::capture::atspi
