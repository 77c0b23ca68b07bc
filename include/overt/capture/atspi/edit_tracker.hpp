#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include <overt/capture/atspi/act_shape.hpp>
#include <overt/capture/atspi/edit_closing.hpp>
#include <overt/capture/atspi/edit_count.hpp>
#include <overt/capture/atspi/edit_field.hpp>
#include <overt/capture/atspi/edit_session.hpp>
#include <overt/capture/atspi/snapshot.hpp>
#include <overt/capture/atspi/tracked_signal.hpp>
#include <overt/capture/input_hint.hpp>
#include <overt/event/text.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture::atspi {

/// Makes one `text` of what a person put into a field between entering and leaving it.
///
/// What stands in a field that is known to be harmless is read when it gets the focus and when it is left:
/// the focus goes elsewhere, Enter in a field of one line, or ten minutes. Nothing is told when it is the
/// same. Of keys, those count that are known to have gone there (`edit_count`); `edits` is left out when it
/// is not known of all.
///
/// `Reader` has `read_text(object_id const&, done)`, where `done` takes an `arena_string const*`, and
/// `read(object_id const&, done)`, where it takes an `element const*`. `done` is called later, on the same
/// thread; with null: gone, or no answer in time. `Out` has `wrote(timestamp, element
/// const& field, overt::text&&)`. Both live longer than the tracker; answers that come after its end are
/// ignored. One thread.
template <class Reader, class Out>
class edit_tracker {
public:
  static constexpr std::int64_t longest_ns = 600'000'000'000;
  static constexpr std::int64_t after_enter_ns = 100'000'000;
  static constexpr std::int64_t answer_ns = 250'000'000; ///< an answer that takes longer says nothing

  /// `is_secret(element)`: a field that is secret or not known. Of it nothing is read and nothing told.
  edit_tracker(Reader& reader, Out& out, std::function<bool(element const&)> is_secret)
      : reader_{&reader}, out_{&out}, is_secret_{std::move(is_secret)} {}
  edit_tracker(edit_tracker const&) = delete;
  edit_tracker& operator=(edit_tracker const&) = delete;

  /// An input method is composing: what is committed was not typed key by key.
  void input_method_active(bool active) noexcept { composing_ = active; }

  /// A field turned out secret while it has the focus, or after it was left: nothing of its session leaves.
  void turned_secret(object_id const& id) {
    if (field_ != nullptr && field_->id == id) {
      drop();
    }
    if (closing_ != nullptr && closing_->field->id == id) {
      closing_->secret = true;
    }
  }

  /// Something was pasted into the field that has the focus, by a menu or by a key; a key that this was told
  /// of as well counts once.
  void pasted_by_menu(timestamp when, std::uint64_t number = 0) {
    if (field_ == nullptr || (pasted_at_ && *pasted_at_ == when)) {
      return;
    }
    pasted_at_ = when;
    count_.add(edit_of({.time = when, .event = number, .use = key_use::paste}, false));
  }

  void hint(input_hint const& given) {
    now_ = given.time > now_ ? given.time : now_;
    if (given.what == hint_kind::button_down) {
      leave_soon(given.time);
    } else if (given.what == hint_kind::key_down) {
      key(given);
    }
  }

  /// The element that has the focus now, or still has it; null: none that could be read.
  void focus_changed(element const* now) {
    if (now != nullptr && field_ != nullptr && now->id == field_->id) {
      field_ = snapshot_of(now); // it was read again; what comes after Tab may still go elsewhere
      if (secret(*field_)) {
        drop();
      }
      return;
    }
    if (now != nullptr && field_ != nullptr && is_menu_role(now->role) && now->id.bus == field_->id.bus) {
      return; // a menu has the focus only for a while, and may paste
    }
    close(now_, false);
    count_ = {};
    focus_ = now == nullptr ? object_id{} : now->id;
    auto const early = std::exchange(early_, {});
    if (now == nullptr || !takes_text(*now) || secret(*now)) {
      return;
    }
    field_ = snapshot_of(now);
    // What was typed before the notice of the focus may be in what is read now.
    bool const clean = !early.any() || early_for_ != now->process;
    if (!clean) {
      count_.begin_after(early);
    }
    begin(clean);
  }

  /// That a text changed is not listened to, because its notice would carry the text.
  void signal(tracked_signal const& told) {
    if (told.kind == tracked_change::focused && told.id != focus_ &&
        (field_ == nullptr || told.id.bus == field_->id.bus)) {
      count_.elsewhere(told.time); // what it is is not read yet
      early_ = {};
    }
  }

  void tick(timestamp now) {
    now_ = now > now_ ? now : now_;
    if (read_at_ && now >= *read_at_) {
      read_at_.reset();
      begin(true);
    }
    if (field_ != nullptr && now >= next_question()) {
      ask(now);
    }
    if (field_ != nullptr && count_.pressed().any() && now - count_.pressed().first >= longest_ns) {
      commit_and_go_on(now);
    }
  }

  [[nodiscard]] timestamp next_wakeup() const noexcept {
    timestamp first{INT64_MAX};
    auto const at_latest = [&first](timestamp when) { first = when < first ? when : first; };
    if (read_at_) {
      at_latest(*read_at_);
    }
    if (field_ != nullptr) {
      at_latest(next_question());
      if (count_.pressed().any()) {
        at_latest(count_.pressed().first + longest_ns);
      }
    }
    return first;
  }

private:
  [[nodiscard]] bool secret(element const& what) const { return !is_secret_ || is_secret_(what); }

  void key(input_hint const& given) {
    if (given.use == key_use::modifier) {
      return;
    }
    bool const here =
        field_ != nullptr && (field_->process == given.process || field_->process == 0 || given.process == 0);
    if (given.use == key_use::tab) {
      leave_soon(given.time);
      return;
    }
    if (given.use == key_use::enter && (!here || count_.leaving())) {
      return;
    }
    if (given.use == key_use::enter && !has_lines(*field_)) {
      entered(given);
      return;
    }
    if (given.use == key_use::paste) {
      if (pasted_at_ && *pasted_at_ == given.time) {
        return;
      }
      pasted_at_ = given.time;
    }
    auto const one = edit_of(given, composing_);
    if (!one.any() && one.others == 0) {
      return;
    }
    if (count_.leaving()) {
      // For the field that gets the focus next, if that is known to be plain.
      early_.add(one);
      early_for_ = given.process;
    }
    if (here) {
      count_.add(one);
    }
  }

  void leave_soon(timestamp when) {
    count_.leave_soon(when);
    early_ = {};
  }

  [[nodiscard]] timestamp next_question() const noexcept {
    auto const due = count_.ask_at();
    return asked_ && due < *asked_ + answer_ns ? *asked_ + answer_ns : due;
  }

  /// Asks whether the field still has the focus, and is still what it was.
  void ask(timestamp now) {
    asked_ = now;
    reader_->read(field_->id, [life = std::weak_ptr<edit_tracker*>{me_}, now, id = field_->id,
                               session = session_](element const* found) {
      auto const self = life.lock();
      if (self == nullptr || (*self)->asked_ != now) {
        return;
      }
      auto& me = **self;
      me.asked_.reset();
      if (me.field_ == nullptr || me.session_ != session || me.field_->id != id) {
        return;
      }
      bool const same = found != nullptr && found->role == me.field_->role &&
                        has_state(*found, accessible_state::focused) && !me.secret(*found);
      if (same && me.now_ - now <= answer_ns) {
        me.count_.confirm(now);
      } else if (me.count_.leaving()) {
        me.count_.leave_soon(now);
      } else {
        me.count_.lose_waiting();
      }
    });
  }

  /// What stands in the field before it is edited. `clean`: nothing was typed into it yet.
  void begin(bool clean) {
    before_ = std::make_shared<field_text>();
    if (!clean) {
      return;
    }
    ++question_;
    reader_->read_text(field_->id, [life = std::weak_ptr<edit_tracker*>{me_}, into = before_,
                                    number = question_](arena_string const* found) {
      auto const self = life.lock();
      if (self == nullptr || found == nullptr || found->view().size() > text_arena::longest_text) {
        return;
      }
      // Keys that came between the question and its answer may be in it.
      auto& me = **self;
      if (number == me.question_ && me.before_ == into && me.count_.pressed().any()) {
        return;
      }
      into->value = copy_of(*found);
      into->known = true;
    });
  }

  void entered(input_hint const& given) {
    auto const field = field_;
    edit_keys last;
    last.first = last.last = given.time;
    last.from.add(given.event);
    close(given.time, true, last);
    field_ = field;
    count_.leave_soon(given.time, edit_count::entering_ns);
    read_at_ = given.time + after_enter_ns;
    before_ = std::make_shared<field_text>();
  }

  void commit_and_go_on(timestamp when) {
    auto const field = field_;
    close(when, false);
    field_ = field;
    begin(true);
  }

  void drop() {
    field_.reset();
    count_ = {};
    before_.reset();
    early_ = {};
    read_at_.reset();
    ++session_;
  }

  /// Ends the session, and asks for what stands in the field if something may have changed.
  void close(timestamp when, bool by_enter, edit_keys const& last = {}) {
    auto const field = std::exchange(field_, {});
    auto count = std::exchange(count_, {});
    auto const before = std::exchange(before_, {});
    read_at_.reset();
    ++question_;
    ++session_;
    auto const& pressed = count.pressed();
    bool const may_differ = pressed.any() || pressed.others > 0 || (before != nullptr && before->known);
    if (field == nullptr || !may_differ || secret(*field)) {
      return;
    }
    count.end_with(last);
    auto const left =
        std::make_shared<edit_closing>(edit_closing{field, std::move(count), before, when, by_enter, false});
    closing_ = left;
    reader_->read_text(field->id,
                       [life = std::weak_ptr<edit_tracker*>{me_}, left](arena_string const* found) {
                         if (auto const self = life.lock()) {
                           (*self)->closed(*left, found);
                           if ((*self)->closing_ == left) {
                             (*self)->closing_.reset();
                           }
                         }
                       });
  }

  void closed(edit_closing const& left, arena_string const* found) {
    if (left.secret || secret(*left.field)) {
      return;
    }
    if (auto told = text_after(left, found)) {
      out_->wrote(left.when, *left.field, *std::move(told));
    }
  }

  Reader* reader_;
  Out* out_;
  std::function<bool(element const&)> is_secret_;
  std::shared_ptr<edit_tracker*> me_ = std::make_shared<edit_tracker*>(this);
  object_id focus_{}; ///< what has the focus, as far as is known
  snapshot field_{};  ///< the same, if it is a plain field
  edit_count count_{};
  std::shared_ptr<field_text> before_{};
  std::shared_ptr<edit_closing> closing_{};
  edit_keys early_{};                ///< keys since the focus may be on its way elsewhere
  std::uint32_t early_for_ = 0;      ///< the process they went to
  std::optional<timestamp> asked_{}; ///< the question that is not answered yet
  std::optional<timestamp> read_at_{};
  std::optional<timestamp> pasted_at_{};
  timestamp now_{};
  std::uint64_t question_ = 0;
  std::uint64_t session_ = 0;
  bool composing_ = false;
};

} // namespace overt::inline v0::capture::atspi
