#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include <overt/capture/atspi/snapshot.hpp>
#include <overt/capture/atspi/tracked_signal.hpp>
#include <overt/capture/input_hint.hpp>

namespace overt::inline v0::capture::atspi {

/// What is under the pointer, asked at most every 40 ms while it moves and once when it came to rest. It
/// tells how an element was before it was clicked, and stands in for one that could not be read at the press.
template <class Reader>
class hover_watch {
public:
  static constexpr std::int64_t between_ns = 40'000'000;
  static constexpr std::int64_t rest_ns = 25'000'000;
  static constexpr std::int64_t patience_ns = 400'000'000;
  static constexpr std::int64_t fresh_ns = 2'000'000'000;

  explicit hover_watch(Reader& reader) : reader_{&reader} {}
  hover_watch(hover_watch const&) = delete;
  hover_watch& operator=(hover_watch const&) = delete;

  void moved(input_hint const& hint) {
    last_ = hint;
    rest_at_ = hint.time + rest_ns;
    if (hint.time - asked_ >= between_ns) {
      ask(hint.time);
    }
  }

  void tick(timestamp now) {
    if (rest_at_ && now >= *rest_at_) {
      if (!asking_ || now - asked_ > patience_ns) {
        rest_at_.reset();
        asking_ = false;
        ask(now);
      } else {
        rest_at_ = now + rest_ns;
      }
    }
  }

  [[nodiscard]] timestamp next_wakeup() const noexcept { return rest_at_.value_or(timestamp{INT64_MAX}); }

  void signal(tracked_signal const& told) {
    if (seen_ == nullptr) {
      return;
    }
    if (told.kind == tracked_change::gone && told.id == seen_->id) {
      vanished_ = true;
    }
    bool const changes = told.kind == tracked_change::checked || told.kind == tracked_change::unchecked ||
                         told.kind == tracked_change::value_changed ||
                         told.kind == tracked_change::selection_changed ||
                         told.kind == tracked_change::expanded || told.kind == tracked_change::collapsed;
    if (changes && told.id == seen_->id && told.time > seen_->observed && !changed_) {
      changed_ = told.time;
    }
  }

  /// What stands in for an element that could not be read when the button went down at this place.
  [[nodiscard]] snapshot instead_of(input_hint const& down) const {
    bool const usable = seen_ != nullptr && seen_->observed <= down.time &&
                        down.time - seen_->observed < fresh_ns && window_ == down.window &&
                        seen_->bounds.contains(down.x, down.y);
    return usable ? seen_ : snapshot{};
  }

  /// How the element was before something was done to it at `when`, if that is known.
  [[nodiscard]] snapshot before(object_id const& id, timestamp when) const {
    bool const usable =
        seen_ != nullptr && seen_->id == id && seen_->observed < when && !(changed_ && *changed_ < when);
    return usable ? seen_ : snapshot{};
  }

  /// What the wheel turned over. It may have been read long ago, if the pointer rested there since.
  [[nodiscard]] snapshot under(input_hint const& wheel) const {
    bool const usable = seen_ != nullptr && !vanished_ && window_ == wheel.window &&
                        seen_->bounds.contains(wheel.x, wheel.y) && !changed_;
    return usable ? seen_ : snapshot{};
  }

  /// Something was read again after it changed.
  void renew(snapshot const& now_is) {
    if (seen_ != nullptr && now_is != nullptr && seen_->id == now_is->id) {
      seen_ = now_is;
      changed_.reset();
    }
  }

private:
  void ask(timestamp now) {
    if (asking_ && now - asked_ <= patience_ns) {
      return;
    }
    asking_ = true;
    asked_ = now;
    auto const at = last_;
    reader_->under(at.process, at.window, at.x, at.y,
                   [life = std::weak_ptr<hover_watch*>{me_}, at](element const* found) {
                     if (auto const self = life.lock()) {
                       (*self)->found(at, found);
                     }
                   });
  }

  void found(input_hint const& at, element const* what) {
    asking_ = false;
    if (what == nullptr) {
      return;
    }
    seen_ = snapshot_of(what);
    window_ = at.window;
    vanished_ = false;
    changed_.reset();
  }

  Reader* reader_;
  std::shared_ptr<hover_watch*> me_ = std::make_shared<hover_watch*>(this);
  input_hint last_{};
  snapshot seen_{};
  rectangle window_{};
  timestamp asked_{};
  std::optional<timestamp> rest_at_{};
  std::optional<timestamp> changed_{};
  bool asking_ = false;
  bool vanished_ = false;
};

} // namespace overt::inline v0::capture::atspi
