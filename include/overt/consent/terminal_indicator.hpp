#pragma once

#if !defined(_WIN32)

#include <cerrno>
#include <cstddef>
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

#include <overt/consent/indicator.hpp>
#include <overt/consent/indicator_line.hpp>
#include <overt/event/clock.hpp>
#include <overt/event/result.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::consent {

/// An indicator for a program that a person started in a terminal: one line, rewritten four times a second,
///
///     ● Recording: org.gnome.TextEditor — until 2027-05-22 09:00 UTC; Ctrl+C stops
///
/// It counts as visible while the program is in the foreground of its controlling terminal and the terminal
/// takes what is written: sent to the background, written to a file, on a closed or a stopped (Ctrl+S)
/// terminal it is lost. It cannot know whether a window lies on top of the terminal; where somebody works
/// elsewhere on a desktop, use `x11::window_indicator`.
///
/// One thread at a time. The terminal's modes are not changed.
class terminal_indicator {
public:
  static constexpr std::string_view name = "terminal";

  explicit terminal_indicator(indicator_text text, int descriptor = STDERR_FILENO)
      : text_{std::move(text)}, given_{descriptor} {}
  terminal_indicator(terminal_indicator&& other) noexcept { *this = std::move(other); }
  terminal_indicator& operator=(terminal_indicator&& other) noexcept {
    std::swap(text_, other.text_);
    std::swap(given_, other.given_);
    std::swap(terminal_, other.terminal_);
    std::swap(drawn_, other.drawn_);
    std::swap(width_, other.width_);
    std::swap(utf8_, other.utf8_);
    std::swap(colour_, other.colour_);
    return *this;
  }
  ~terminal_indicator() { hide(); }

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
      terminal_ = ::open(path, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
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
    if (drawn_ && now - *drawn_ < heartbeat_ns_) {
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
    std::string_view const head = "Recording";
    auto const applications = detail::applications_of(text_);
    auto until = detail::until_of(text_);
    until = (until.empty() ? "" : "until " + until) + (until.empty() || text_.stop.empty() ? "" : "; ") +
            detail::plain(text_.stop);
    std::string_view const dash = utf8_ ? " \xe2\x80\x94 " : " - ";
    auto used = 2 + head.size();
    auto const tail = until.empty() || used + 3 + until.size() + 8 > room ? 0 : 3 + until.size();
    std::string middle;
    if (!applications.empty() && room > used + tail + 5) {
      middle = ": " + detail::fitted(applications, room - used - tail - 2);
    }
    used += middle.size() + tail;
    std::string line = colour_ ? "\r\x1b[31m" : "\r";
    line += utf8_ ? "\xe2\x97\x8f" : "*";
    line += colour_ ? "\x1b[0m " : " ";
    line.append(head).append(middle);
    if (tail != 0) {
      line.append(dash).append(until);
    }
    line.append(room - used, ' ');
    width_ = room;
    return write_all(line);
  }

  indicator_text text_{};
  int given_ = -1;
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
