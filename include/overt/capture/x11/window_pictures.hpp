#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <pthread.h>
#include <signal.h>
#include <xcb/xfixes.h>

#include <overt/capture/screen_windows.hpp>
#include <overt/capture/x11/cursor_drawing.hpp>
#include <overt/capture/x11/painting_watch.hpp>
#include <overt/capture/x11/picture_machinery.hpp>
#include <overt/capture/x11/pixmap_reader.hpp>
#include <overt/capture/x11/window_listing.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::capture::x11 {

struct window_picture_options {
  std::string display{}; ///< as in $DISPLAY; empty: $DISPLAY itself
};

namespace detail {

/// For tests, which show what each is good for by switching it off.
struct window_picture_safeguards {
  bool painted_only = true;  ///< refuse parts that are not the window's own yet
  bool shared_memory = true; ///< false: pixels come through the connection
};

} // namespace detail

/// Pictures of windows on X11: a `screen_grabber`. A connection of its own, one thread, calls wait for the
/// server; SIGPIPE is blocked on the thread that calls, because a server that goes away would raise it.
///
/// A window that is watched is drawn into a pixmap of its own (XComposite, automatic: the server goes on
/// showing it), and only that is read, never the root window. A part that the program has not painted since
/// its pixmap was made may hold what lay there on the screen, and is refused (see `paint_ledger`). What is
/// trusted: that windows which were mapped at `open()` had been painted where they could be seen. A
/// translucent window is pictured over black, what lies outside of a window's shape is black. A window of
/// another program inside of a window (XEmbed) is taken for a part of it.
///
/// Read `take_change()` after every other call: what they read on the way does not make the descriptor
/// readable again. Read it within some milliseconds, too: a new window is known to be painted only if it was
/// heard of before it was, and is refused until it paints again if not. The same goes for a watched window
/// that changes its size below another one and paints there once.
class window_pictures {
public:
  explicit window_pictures(window_picture_options options = {},
                           detail::window_picture_safeguards safeguards = {})
      : options_{std::move(options)}, safeguards_{safeguards} {}

  [[nodiscard]] result<void> open() {
    block_pipe_signal();
    auto made = open_picture_machinery(options_.display);
    if (!made) {
      return made.error();
    }
    state_ = std::make_unique<state>();
    state_->made = *std::move(made);
    state_->watch.start(state_->made);
    state_->reader.prepare(state_->made, safeguards_.shared_memory);
    return lost() ? result<void>{gone()} : result<void>{};
  }

  /// Every change of a window is told in the stream in which the answers come. So answers between which
  /// nothing was told are of one moment; two lists that are alike could hide a change and its undoing. After
  /// a few tries without such a moment the list is empty.
  [[nodiscard]] result<screen_windows> look() {
    if (!state_) {
      return not_open();
    }
    block_pipe_signal();
    auto& watch = state_->watch;
    seen_version_ = 0;
    screen_windows seen;
    for (int attempt = 0; attempt < most_tries; ++attempt) {
      watch.drain();
      auto const before = watch.version();
      auto listed = state_->listing.read(state_->made, [&](window_id child) {
        auto const* const known = watch.ledger().find(child);
        return known == nullptr || known->mapped;
      });
      if (lost()) {
        return gone();
      }
      watch.drain();
      seen.monitors = std::move(listed.monitors);
      seen.cursor = listed.cursor;
      bool const fresh = learn(listed.windows);
      if (watch.version() == before && !fresh) {
        seen_version_ = before;
        for (auto& one : listed.windows) {
          seen.list.push_back(std::move(one.window));
        }
        break;
      }
    }
    return seen;
  }

  [[nodiscard]] bool as_seen() {
    if (!state_) {
      return false;
    }
    block_pipe_signal();
    state_->watch.drain();
    return state_->watch.version() == seen_version_ && !lost();
  }

  [[nodiscard]] result<bool> grab(std::span<screen_part_of const> parts, screen_picture& into,
                                  bool with_cursor) {
    if (!state_) {
      return not_open();
    }
    block_pipe_signal();
    state_->watch.drain();
    std::vector<pixmap_reader::request> requests;
    std::vector<rectangle> places;
    for (auto const& one : parts) {
      auto const known = known_.find(one.window);
      if (known == known_.end() || !is_current(known->second)) {
        return lost() ? result<bool>{gone()} : result<bool>{false};
      }
      auto const place = clipped(clipped(one.part, known->second.inside), into.covers());
      if (!is_empty(place)) {
        auto const outside = state_->watch.ledger().find(known->second.child)->outside;
        requests.push_back({.child = known->second.child,
                            .visual = known->second.visual,
                            .version = known->second.version,
                            .part = {place.x - outside.x, place.y - outside.y, place.width, place.height}});
        places.push_back(place);
      }
    }
    bool const whole = read(requests, places, into, with_cursor);
    if (lost()) {
      return gone();
    }
    return whole;
  }

  void watch(std::span<std::uint64_t const> windows) {
    if (!state_) {
      return;
    }
    block_pipe_signal();
    std::vector<window_id> children;
    for (auto const id : windows) {
      if (auto const known = known_.find(id); known != known_.end()) {
        children.push_back(known->second.child);
      }
    }
    state_->watch.drain();
    state_->watch.redirect(children);
    for (auto const& [id, one] : known_) {
      state_->watch.belongs(one.child, one.process);
    }
  }

  bool take_change() {
    if (!state_) {
      return false;
    }
    block_pipe_signal();
    state_->watch.drain();
    return state_->watch.take_change() || lost();
  }

  [[nodiscard]] int descriptor() const {
    return state_ ? xcb_get_file_descriptor(state_->made.server.get()) : -1;
  }

private:
  static constexpr int most_tries = 8;

  struct known_window {
    window_id child = 0;
    std::uint32_t process = 0;
    rectangle inside{};
    xcb_visualid_t visual = 0; ///< of the child of the root
    std::uint64_t version = 0;
  };
  /// Does not move: its parts point to each other.
  struct state {
    picture_machinery made;
    painting_watch watch;
    window_listing listing;
    pixmap_reader reader;
  };

  static void block_pipe_signal() {
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
  }

  [[nodiscard]] bool lost() const { return !state_->made.server.usable(); }
  [[nodiscard]] static failure gone() {
    return {error_code::source_lost, "The connection to the X server that pictures are taken from was lost: "
                                     "it ended or was restarted. Start a new session when it is back."};
  }
  [[nodiscard]] static failure not_open() {
    return {error_code::misuse, "window_pictures was not opened, or could not be. Call open() first."};
  }

  /// True when a client was met for the first time, of which changes are told only from now on.
  bool learn(std::vector<window_listing::found> const& windows) {
    bool fresh = false;
    std::unordered_map<std::uint64_t, known_window> now;
    for (auto const& one : windows) {
      auto const id = static_cast<window_id>(one.window.id);
      fresh = state_->watch.select_client(id, one.child) || fresh;
      now[id] = {one.child, one.window.process, one.window.inside, one.visual,
                 state_->watch.version_of(one.child)};
    }
    known_ = std::move(now);
    return fresh;
  }

  [[nodiscard]] bool is_current(known_window const& one) {
    return state_->watch.is_redirected(one.child) && one.version == state_->watch.version_of(one.child) &&
           state_->watch.ledger().find(one.child) != nullptr;
  }

  [[nodiscard]] bool read(std::vector<pixmap_reader::request>& requests, std::vector<rectangle> const& places,
                          screen_picture& into, bool with_cursor) {
    auto& reader = state_->reader;
    reader.reserve(requests);
    for (auto& one : requests) {
      reader.ask(one);
    }
    xcb_xfixes_get_cursor_image_cookie_t cursor_asked{};
    if (with_cursor) {
      cursor_asked = xcb_xfixes_get_cursor_image(state_->made.server.get());
    }
    bool whole = true;
    std::vector<rectangle> drawn;
    for (std::size_t i = 0; i < requests.size(); ++i) { // all of them: every answer has to be taken
      auto answer = reader.take(requests[i]);
      whole = whole && answer.there && draw(requests[i], answer, places[i], into, drawn);
      pixmap_reader::wipe(answer);
    }
    reader.wipe();
    if (with_cursor) {
      reply_ptr<xcb_xfixes_get_cursor_image_reply_t> const cursor{
          xcb_xfixes_get_cursor_image_reply(state_->made.server.get(), cursor_asked, nullptr)};
      if (whole && cursor) {
        draw_cursor(into,
                    {xcb_xfixes_get_cursor_image_cursor_image(cursor.get()),
                     static_cast<std::size_t>(xcb_xfixes_get_cursor_image_cursor_image_length(cursor.get()))},
                    {cursor->x - cursor->xhot, cursor->y - cursor->yhot, cursor->width, cursor->height},
                    drawn);
      }
    }
    return whole;
  }

  /// False: something of it was not the window's own when it was read, or it moved since the last look.
  [[nodiscard]] bool draw(pixmap_reader::request const& asked, pixmap_reader::answer const& answer,
                          rectangle const& place, screen_picture& into, std::vector<rectangle>& drawn) {
    auto& watch = state_->watch;
    watch.drain(answer.sequence);
    auto const border = watch.ledger().border_of(asked.child);
    if (!watch.is_redirected(asked.child) || watch.version_of(asked.child) != asked.version) {
      return false;
    }
    auto const covers = into.covers();
    auto const part_in = [&](rectangle const& seen) {
      return clipped({seen.x + border, seen.y + border, seen.width, seen.height}, asked.part);
    };
    if (answer.shape.size() != 1 || part_in(answer.shape.front()) != asked.part) {
      into.fill(place, 0);
    }
    for (auto const& seen : answer.shape) {
      auto const part = part_in(seen);
      if (is_empty(part)) {
        continue;
      }
      if (safeguards_.painted_only && !watch.ledger().owns(asked.child, part)) {
        return false;
      }
      auto const x = place.x + part.x - asked.part.x;
      auto const y = place.y + part.y - asked.part.y;
      for (std::int32_t line = 0; line < part.height; ++line) {
        auto const from = static_cast<std::size_t>(part.y + line - asked.part.y) *
                              static_cast<std::size_t>(asked.part.width) +
                          static_cast<std::size_t>(part.x - asked.part.x);
        answer.layout.convert(
            answer.pixels + from * 4,
            into.row(static_cast<std::size_t>(y + line - covers.y))
                .subspan(static_cast<std::size_t>(x - covers.x), static_cast<std::size_t>(part.width)));
      }
      drawn.push_back({x, y, part.width, part.height});
    }
    return true;
  }

  window_picture_options options_;
  detail::window_picture_safeguards safeguards_;
  std::unique_ptr<state> state_;
  std::unordered_map<std::uint64_t, known_window> known_;
  std::uint64_t seen_version_ = 0; ///< of the watch, when the last look was finished
};

static_assert(screen_grabber<window_pictures>);

} // namespace overt::inline v0::capture::x11
