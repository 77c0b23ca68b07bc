#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include <overt/capture/atspi/act_shape.hpp>
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
/// same.
///
/// `Reader` has `read_text(object_id const&, done)`, where `done` takes an `arena_string const*` and is
/// called later, on the same thread; null: gone, or no answer in time. `Out` has `wrote(timestamp, element
/// const& field, overt::text&&)`. Both live longer than the tracker; answers that come after its end are
/// ignored. One thread.
template <class Reader, class Out>
class edit_tracker {
public:
  static constexpr std::int64_t longest_ns = 600'000'000'000;
  static constexpr std::int64_t moving_ns =
      500'000'000; ///< how long Tab or a click may take to move the focus
  static constexpr std::int64_t after_enter_ns = 100'000'000;

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
    edit_keys one;
    one.pasted = 1;
    one.first = one.last = when;
    one.from.add(number);
    keys_.add(one);
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
    commit(now_);
    auto early = std::exchange(early_, {});
    leaving_.reset();
    if (now == nullptr || !takes_text(*now) || secret(*now)) {
      return;
    }
    field_ = snapshot_of(now);
    // What was typed before the notice of the focus went here, and may already be in what is read now.
    bool const clean = !early.any() || early_for_ != now->process;
    if (!clean) {
      keys_ = std::move(early);
    }
    begin(clean);
  }

  /// Nothing: that a text changed is not listened to, because its notice would carry the text.
  void signal(tracked_signal const&) noexcept {}

  void tick(timestamp now) {
    now_ = now > now_ ? now : now_;
    if (leaving_ && now - *leaving_ > moving_ns) {
      stays();
    }
    if (read_at_ && now >= *read_at_) {
      read_at_.reset();
      begin(true);
    }
    if (field_ != nullptr && keys_.any() && now - keys_.first >= longest_ns) {
      commit_and_go_on(now);
    }
  }

  [[nodiscard]] timestamp next_wakeup() const noexcept {
    timestamp first{INT64_MAX};
    auto const at_latest = [&first](timestamp when) { first = when < first ? when : first; };
    if (leaving_) {
      at_latest(*leaving_ + moving_ns + 1);
    }
    if (read_at_) {
      at_latest(*read_at_);
    }
    if (field_ != nullptr && keys_.any()) {
      at_latest(keys_.first + longest_ns);
    }
    return first;
  }

private:
  /// A field that was left and whose text was asked for.
  struct closing {
    snapshot field{};
    edit_keys keys{};
    std::shared_ptr<field_text> before{};
    timestamp when{};
    bool entered = false; ///< by Enter, after which a program may have emptied it already
    bool secret = false;
  };

  [[nodiscard]] bool secret(element const& what) const { return !is_secret_ || is_secret_(what); }

  void key(input_hint const& given) {
    if (given.use == key_use::modifier) {
      return;
    }
    bool const here =
        field_ != nullptr && (field_->process == given.process || field_->process == 0 || given.process == 0);
    edit_keys one;
    one.first = one.last = given.time;
    one.from.add(given.event);
    one.composing = composing_;
    switch (given.use) {
    case key_use::enters:
    case key_use::space: one.entered = 1; break;
    case key_use::erases: one.erased = 1; break;
    case key_use::paste:
      if (pasted_at_ && *pasted_at_ == given.time) {
        return;
      }
      pasted_at_ = given.time;
      one.pasted = 1;
      break;
    case key_use::cut: one.cut = 1; break;
    case key_use::tab: leave_soon(given.time); return;
    case key_use::enter:
      if (!here || leaving_) {
        return;
      }
      if (!has_lines(*field_)) {
        entered(given);
        return;
      }
      one.entered = 1;
      break;
    case key_use::other: one.others = 1; break;
    default: return;
    }
    if (leaving_) {
      // It may be for the field that gets the focus next. If none does, it was for this one.
      early_.add(one);
      early_for_ = given.process;
      return;
    }
    if (!here) {
      return;
    }
    keys_.add(one);
  }

  void leave_soon(timestamp when) {
    leaving_ = when;
    early_ = {};
  }

  /// The focus did not move after all.
  void stays() {
    leaving_.reset();
    auto const early = std::exchange(early_, {});
    if (field_ != nullptr && early.any()) {
      keys_.add(early);
    }
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
      if (number == me.question_ && me.before_ == into && me.keys_.any()) {
        return;
      }
      into->value = copy_of(*found);
      into->known = true;
    });
  }

  void entered(input_hint const& given) {
    keys_.from.add(keys_.any() ? given.event : 0);
    keys_.last = given.time;
    auto const field = field_;
    close(given.time, true);
    field_ = field;
    read_at_ = given.time + after_enter_ns;
    before_ = std::make_shared<field_text>();
  }

  void commit(timestamp when) { close(when, false); }

  void commit_and_go_on(timestamp when) {
    auto const field = field_;
    close(when, false);
    field_ = field;
    begin(true);
  }

  void drop() {
    field_.reset();
    keys_ = {};
    before_.reset();
    early_ = {};
    leaving_.reset();
    read_at_.reset();
  }

  /// Ends the session, and asks for what stands in the field if something may have changed.
  void close(timestamp when, bool entered) {
    auto const field = std::exchange(field_, {});
    auto const keys = std::exchange(keys_, {});
    auto const before = std::exchange(before_, {});
    read_at_.reset();
    ++question_;
    bool const may_differ = keys.any() || keys.others > 0 || (before != nullptr && before->known);
    if (field == nullptr || !may_differ || secret(*field)) {
      return;
    }
    auto const left = std::make_shared<closing>(closing{field, keys, before, when, entered, false});
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

  void closed(closing const& left, arena_string const* found) {
    if (left.secret || secret(*left.field)) {
      return;
    }
    bool const compared = found != nullptr && left.before != nullptr && left.before->known;
    bool const put_in = left.keys.entered > 0 || left.keys.pasted > 0;
    bool const emptied = left.entered && put_in && found != nullptr && found->view().empty();
    if (emptied) {
      found = nullptr; // a program takes what was entered and empties the field: what it was, nobody saw
    } else if (compared && left.before->value.view() == found->view()) {
      return;
    }
    if (!compared && !left.keys.any()) {
      return; // without keys only a difference shows that something was put there
    }
    out_->wrote(left.when, *left.field, text_of(left.keys, found));
  }

  Reader* reader_;
  Out* out_;
  std::function<bool(element const&)> is_secret_;
  std::shared_ptr<edit_tracker*> me_ = std::make_shared<edit_tracker*>(this);
  snapshot field_{}; ///< the plain field that has the focus
  edit_keys keys_{};
  std::shared_ptr<field_text> before_{};
  std::shared_ptr<closing> closing_{};
  std::optional<timestamp> leaving_{}; ///< since when the focus may be on its way elsewhere
  edit_keys early_{};                  ///< keys since then
  std::uint32_t early_for_ = 0;        ///< the process they went to
  std::optional<timestamp> read_at_{};
  std::optional<timestamp> pasted_at_{};
  timestamp now_{};
  std::uint64_t question_ = 0;
  bool composing_ = false;
};

} // namespace overt::inline v0::capture::atspi
