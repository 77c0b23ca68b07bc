#pragma once

#include <cstdint>
#include <optional>

#include <overt/capture/x11/reply_queue.hpp>
#include <overt/capture/x11/window_registry.hpp>
#include <overt/capture/x11/window_watch.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture::x11 {

/// Which window the keyboard goes to.
///
/// It is known only after a reply has said so and while no notice has come since that could change it. The
/// window that has the focus is watched, and the server tells it before it takes the focus or the keyboard
/// away; so between the reply and the notice there is no doubt, and after the notice there is no knowledge
/// until the next reply.
class keyboard_focus {
public:
  keyboard_focus(connection const& server, reply_queue& replies, window_registry& registry,
                 window_watch const& watch)
      : handle_{server.get()}, root_{server.root()}, replies_{&replies}, registry_{&registry},
        watch_{&watch} {}

  /// Something happened that may send the keyboard elsewhere.
  void doubt() {
    certain_ = false;
    ask_ = true;
  }

  void handle(xcb_focus_in_event_t const& event, bool gained, timestamp now) {
    if ((event.response_type & 0x80) != 0 || event.detail == XCB_NOTIFY_DETAIL_POINTER) {
      return;
    }
    bool const grabbed = event.mode == XCB_NOTIFY_MODE_GRAB || event.mode == XCB_NOTIFY_MODE_WHILE_GRABBED;
    if (grabbed && !gained && !grabbed_at_) {
      grabbed_at_ = now;
    } else if (!grabbed) {
      grabbed_at_.reset();
    }
    doubt();
  }

  [[nodiscard]] bool wants_question() const noexcept { return ask_; }
  void question_sent() noexcept { ask_ = false; }

  /// The reply: the window with the focus, and the window manager's active window if it names one at all.
  /// False when the focus went elsewhere without any notice; then nothing that was assumed since the last
  /// reply is true.
  bool learn(window_id focus, std::optional<window_id> active) {
    bool const explained = focus == focus_ || !certain_;
    // A window that is watched only from now on may have lost the focus and got it back in between: ask once
    // more.
    certain_ = focus == focus_;
    if (focus != focus_) {
      focus_ = focus;
      inside_ = 0;
      if (focus > XCB_INPUT_FOCUS_POINTER_ROOT && focus != root_) {
        registry_->watch(focus);
        find_toplevel();
      }
      ask_ = true;
    }
    active_ = active;
    return explained;
  }

  /// The window, or null when it is not known or cannot be.
  [[nodiscard]] toplevel* target() const {
    if (!certain_ || focus_ <= XCB_INPUT_FOCUS_POINTER_ROOT || focus_ == root_) {
      return nullptr;
    }
    auto* const found = registry_->known(inside_);
    if (found == nullptr || found->process == 0 || process_ != found->process) {
      return nullptr; // a window of another program inside this one is not this program
    }
    if (active_) {
      auto const* const active = registry_->known(*active_);
      if (active == nullptr || active->process != found->process) {
        return nullptr;
      }
    }
    return is_diverted(*found) ? nullptr : found;
  }

private:
  static constexpr std::int64_t together_ns = 1'000'000'000;

  /// Whether the keyboard was taken from the window: by a menu of the same program it was not; by a window
  /// manager's switcher or a screen locker it was. The server does not tell who did it, so a menu has to be
  /// seen to appear at the same moment, and nobody else's window.
  [[nodiscard]] bool is_diverted(toplevel const& window) const {
    bool menu = false;
    bool above = false;
    for (auto const& one : watch_->stack().entries()) {
      above = above || one.id == window.frame;
      if (!one.mapped || !one.override_redirect || one.id == window.frame) {
        continue;
      }
      auto const* const owner = registry_->behind(one.id);
      bool const same = owner != nullptr && owner->process == window.process;
      auto const whole = watch_->whole();
      if (above && !same && one.outside.x <= 0 && one.outside.y <= 0 &&
          one.outside.x + one.outside.width >= whole.width &&
          one.outside.y + one.outside.height >= whole.height) {
        return true; // somebody covers the whole screen, as lockers do
      }
      if (grabbed_at_) {
        auto const apart = watch_->mapped_at(one.id) - *grabbed_at_;
        menu = menu || (same && apart >= -together_ns && apart <= together_ns);
        if (!same && apart >= -together_ns) {
          return true;
        }
      }
    }
    return grabbed_at_ && !menu;
  }

  /// Finds the toplevel that the focus window belongs to, and the process it belongs to itself.
  void find_toplevel() {
    process_ = 0;
    auto const focus = focus_;
    registry_->ask_process_of(focus, [this, focus](std::uint32_t process) {
      if (focus_ == focus) {
        process_ = process;
        ask_ = true;
      }
    });
    climb(focus, focus);
  }

  void climb(window_id focus, window_id from) {
    if (registry_->known(from) != nullptr) {
      inside_ = from;
      return;
    }
    replies_->expect(xcb_query_tree(handle_, from), [this, focus, from](void const* reply) {
      auto const* const tree = static_cast<xcb_query_tree_reply_t const*>(reply);
      if (focus_ != focus || tree == nullptr) {
        return;
      }
      ask_ = true;
      if (tree->parent == root_ || tree->parent == XCB_WINDOW_NONE) {
        inside_ = from; // it will be known when the first list of windows has come
      } else {
        climb(focus, tree->parent);
      }
    });
  }

  xcb_connection_t* handle_;
  window_id root_;
  reply_queue* replies_;
  window_registry* registry_;
  window_watch const* watch_;
  window_id focus_ = 0;
  window_id inside_ = 0; ///< the toplevel around it; 0 while it is being looked for
  std::uint32_t process_ = 0;
  std::optional<window_id> active_{};
  std::optional<timestamp> grabbed_at_{};
  bool certain_ = false;
  bool ask_ = true;
};

} // namespace overt::inline v0::capture::x11
