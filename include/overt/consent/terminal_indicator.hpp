#pragma once

#if !defined(_WIN32)

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <overt/consent/controls.hpp>
#include <overt/consent/indicator.hpp>
#include <overt/consent/indicator_line.hpp>
#include <overt/event/clock.hpp>
#include <overt/event/result.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::consent {

/// Whether an indicator reads the keys that are typed into its terminal. A program that reads them itself
/// would lose them.
enum class terminal_keys : std::uint8_t { left, taken };

/// An indicator for a program that a person started in a terminal: one line, rewritten four times a second,
///
///     ● Recording: org.gnome.TextEditor — until 2027-05-22 09:00 UTC; p pauses, Ctrl+C stops
///     ‖ Paused 9:41: org.gnome.TextEditor — until 2027-05-22 09:00 UTC; r resumes, Ctrl+C stops
///
/// A recorder hands it its controls. With `terminal_keys::taken` the keys p and r pause and resume, and while
/// it is shown the terminal neither echoes keys nor waits for Enter.
///
/// It counts as visible while the program is in the foreground of its controlling terminal and the terminal
/// takes what is written: sent to the background, written to a file, on a closed or a stopped (Ctrl+S)
/// terminal it is lost. It cannot know whether a window lies on top of the terminal; where somebody works
/// elsewhere on a desktop, use `x11::window_indicator`.
///
/// One thread at a time.
class terminal_indicator {
public:
  static constexpr std::string_view name = "terminal";

  explicit terminal_indicator(indicator_text text, int descriptor = STDERR_FILENO,
                              terminal_keys keys = terminal_keys::left)
      : text_{std::move(text)}, given_{descriptor}, keys_{keys} {}
  terminal_indicator(terminal_indicator&& other) noexcept { *this = std::move(other); }
  terminal_indicator& operator=(terminal_indicator&& other) noexcept {
    std::swap(text_, other.text_);
    std::swap(given_, other.given_);
    std::swap(keys_, other.keys_);
    std::swap(hand_, other.hand_);
    std::swap(modes_, other.modes_);
    std::swap(terminal_, other.terminal_);
    std::swap(drawn_, other.drawn_);
    std::swap(width_, other.width_);
    std::swap(utf8_, other.utf8_);
    std::swap(colour_, other.colour_);
    return *this;
  }
  ~terminal_indicator() { hide(); }

  /// What p and r do. The time left of a pause is told on `system_clocks`. Before `show`.
  void offer(controls hand) { hand_ = std::move(hand); }

  /// Errors: `indicator_missing` (no terminal, or not in its foreground).
  [[nodiscard]] result<void> show() {
    hide();
    if (::isatty(given_) == 0) {
      return missing(
          "this is not a terminal. Start the recorder in a terminal, without redirecting its error "
          "output, or use another indicator");
    }
    // A description of our own, so that writing without waiting does not change how others use the terminal.
    char path[256] = {};
    if (::ttyname_r(given_, path, sizeof path) == 0) {
      terminal_ = ::open(path, (takes_keys() ? O_RDWR : O_WRONLY) | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    }
    if (terminal_ < 0) {
      return missing("the terminal cannot be opened. Start the recorder in another terminal");
    }
    if (!in_foreground()) {
      hide();
      return missing("the recorder is not in the foreground of the terminal. Start it there, without \"&\"");
    }
    utf8_ = speaks_utf8();
    auto const* const kind = std::getenv("TERM");
    colour_ = kind != nullptr && *kind != '\0' && std::string_view{kind} != "dumb";
    if (!draw()) {
      hide();
      return missing("the terminal is too narrow or takes no output. Make it at least 16 columns wide");
    }
    drawn_ = clock_.now();
    take_keys();
    return {};
  }

  /// Now, while the line stands; the last time it could be written when the terminal is stopped; nothing when
  /// it is lost. It comes back when the program returns to the foreground.
  [[nodiscard]] std::optional<timestamp> confirmed() {
    if (terminal_ < 0 || !in_foreground()) {
      drawn_.reset();
      return std::nullopt;
    }
    auto const now = clock_.now();
    if (!drawn_) {
      take_keys(); // it was in the background, where the shell set the modes that it likes
    }
    if (!heed_keys() && drawn_ && now - *drawn_ < heartbeat_ns_) {
      return now;
    }
    if (draw()) {
      drawn_ = now;
    } else if (errno != EAGAIN) {
      drawn_.reset();
    }
    return drawn_;
  }

  /// Clears the line.
  void hide() {
    if (terminal_ >= 0) {
      if (in_foreground() && width_ > 0) {
        write_all('\r' + std::string(width_, ' ') + '\r');
      }
      give_keys_back();
      ::close(terminal_);
      terminal_ = -1;
      drawn_.reset();
      width_ = 0;
    }
  }

private:
  static constexpr std::int64_t heartbeat_ns_ = 250'000'000;
  static constexpr std::size_t narrowest_ = 16;

  static failure missing(std::string_view why) {
    return {error_code::indicator_missing,
            "The recording indicator cannot be shown: " + std::string{why} + ". Nothing is recorded."};
  }

  /// What the environment says about the locale, without touching the process's own.
  static bool speaks_utf8() {
    for (auto const* variable : {"LC_ALL", "LC_CTYPE", "LANG"}) {
      if (auto const* const value = std::getenv(variable); value != nullptr && *value != '\0') {
        auto const locale = std::string_view{value};
        return locale.find("UTF-8") != std::string_view::npos ||
               locale.find("utf8") != std::string_view::npos ||
               locale.find("UTF8") != std::string_view::npos ||
               locale.find("utf-8") != std::string_view::npos;
      }
    }
    return false;
  }

  [[nodiscard]] bool in_foreground() const {
    struct pollfd state{.fd = terminal_, .events = 0, .revents = 0};
    return ::tcgetpgrp(terminal_) == ::getpgrp() && ::poll(&state, 1, 0) >= 0 &&
           (state.revents & (POLLHUP | POLLERR | POLLNVAL)) == 0;
  }

  bool write_all(std::string_view bytes) const {
    auto const written = ::write(terminal_, bytes.data(), bytes.size());
    if (written >= 0 && static_cast<std::size_t>(written) != bytes.size()) {
      errno = EAGAIN;
    }
    return written >= 0 && static_cast<std::size_t>(written) == bytes.size();
  }

  [[nodiscard]] bool takes_keys() const { return keys_ == terminal_keys::taken && hand_; }

  /// No echo, and no waiting for Enter; Ctrl+C and the like go on as before.
  void take_keys() {
    struct termios now{};
    if (!takes_keys() || ::tcgetattr(terminal_, &now) != 0 || (now.c_lflag & (ICANON | ECHO)) == 0) {
      return;
    }
    modes_ = modes_ ? modes_ : std::optional{now};
    now.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    static_cast<void>(::tcsetattr(terminal_, TCSANOW, &now));
  }

  /// Only from the foreground: otherwise the modes are somebody else's by now.
  void give_keys_back() {
    if (modes_ && in_foreground()) {
      static_cast<void>(::tcsetattr(terminal_, TCSANOW, &*modes_));
    }
    modes_.reset();
  }

  /// Does what was typed. True when something was.
  bool heed_keys() {
    char typed[16];
    auto const count = takes_keys() ? ::read(terminal_, typed, sizeof typed) : 0;
    for (auto i = decltype(count){0}; i < count; ++i) {
      if (typed[i] == 'p' || typed[i] == 'P') {
        hand_->pause();
      } else if (typed[i] == 'r' || typed[i] == 'R') {
        hand_->resume();
      }
    }
    return count > 0;
  }

  /// "p pauses, Ctrl+C stops"
  [[nodiscard]] std::string ways_of(control_state const& state) const {
    auto const keys = !takes_keys()  ? std::string_view{}
                      : state.paused ? std::string_view{"r resumes"}
                                     : "p pauses";
    std::string ways{keys};
    ways += keys.empty() || text_.stop.empty() ? "" : ", ";
    return ways + detail::plain(text_.stop);
  }

  /// Writes the line over itself. False, with `errno`, when the terminal did not take all of it.
  bool draw() {
    struct winsize size{};
    std::size_t columns = 80;
    if (::ioctl(terminal_, TIOCGWINSZ, &size) == 0 && size.ws_col != 0) {
      columns = size.ws_col;
    }
    if (columns < narrowest_) {
      errno = ERANGE;
      return false;
    }
    // The last column stays free: writing there may begin a new line.
    auto const room = columns - 1;
    auto const state = hand_ ? hand_->state() : control_state{};
    auto const head = detail::state_of(state, clock_.now());
    auto const ways = ways_of(state);
    auto const applications = detail::applications_of(text_);
    auto until = detail::until_of(text_);
    until = (until.empty() ? "" : "until " + until) + (until.empty() || ways.empty() ? "" : "; ") + ways;
    std::string_view const dash = utf8_ ? " \xe2\x80\x94 " : " - ";
    auto used = 2 + head.size();
    auto const tail = until.empty() || used + 3 + until.size() + 8 > room ? 0 : 3 + until.size();
    std::string middle;
    if (!applications.empty() && room > used + tail + 5) {
      middle = ": " + detail::fitted(applications, room - used - tail - 2);
    }
    used += middle.size() + tail;
    std::string line = !colour_ ? "\r" : state.paused ? "\r\x1b[33m" : "\r\x1b[31m";
    line += state.paused ? (utf8_ ? "\xe2\x80\x96" : "=") : (utf8_ ? "\xe2\x97\x8f" : "*");
    line += colour_ ? "\x1b[0m " : " ";
    line.append(head).append(middle);
    if (tail != 0) {
      line.append(dash).append(until);
    }
    line.append(room - std::min(used, room), ' ');
    width_ = room;
    return write_all(line);
  }

  indicator_text text_{};
  int given_ = -1;
  terminal_keys keys_ = terminal_keys::left;
  std::optional<controls> hand_{};
  std::optional<struct termios> modes_{}; ///< as they were before
  int terminal_ = -1;
  std::optional<timestamp> drawn_{};
  std::size_t width_ = 0;
  bool utf8_ = false;
  bool colour_ = false;
  [[no_unique_address]] system_clocks clock_{};
};

static_assert(indicator<terminal_indicator>);

} // namespace overt::inline v0::consent

#endif
