// The terminal indicator on pseudo-terminals of its own: each case runs in a child process that is the leader
// of a new session, as a shell would be, and the parent plays the terminal.
#define CATCH_CONFIG_RUNNER
#include <overt/consent/terminal_indicator.hpp>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>

#include <pty.h>
#include <sys/wait.h>

#include <overt_test/catch.hpp>

#if __has_include(<catch2/catch_session.hpp>)
#include <catch2/catch_session.hpp>
#endif

int main(int count, char* words[]) { return Catch::Session().run(count, words); }

using overt::consent::indicator_text;
using overt::consent::terminal_indicator;

namespace {
indicator_text some_text() {
  return {.applications = {"org.gnome.TextEditor", "bad\x1b[2J"}, .until_wall_ns = 1'795'338'010'000'000'000};
}

void wait_ms(int ms) { std::this_thread::sleep_for(std::chrono::milliseconds{ms}); }

/// Runs `body(terminal)` in a child on a terminal of `columns`; what it returns is its outcome. `output` gets
/// what it wrote there.
int on_terminal(unsigned short columns, std::string& output, std::function<int()> const& body,
                std::function<void(int master, pid_t child)> const& meanwhile = {}) {
  struct winsize size{};
  size.ws_col = columns;
  size.ws_row = 24;
  int master = -1;
  auto const child = ::forkpty(&master, nullptr, nullptr, &size);
  REQUIRE(child >= 0);
  if (child == 0) {
    ::signal(SIGTTOU, SIG_IGN);
    ::signal(SIGHUP, SIG_IGN);
    ::_exit(body());
  }
  if (meanwhile) {
    meanwhile(master, child);
  }
  // Reads until the child's side is closed and empty. A case may have closed this side, too.
  for (char part[1024];;) {
    auto const got = ::read(master, part, sizeof part);
    if (got <= 0) {
      break;
    }
    output.append(part, static_cast<std::size_t>(got));
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(master);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

/// Puts the terminal's foreground into the hands of a new process group, and back.
struct other_foreground {
  pid_t child = ::fork();

  other_foreground() {
    if (child == 0) {
      ::setpgid(0, 0);
      for (;;) {
        ::pause();
      }
    }
    ::setpgid(child, child);
    ::tcsetpgrp(STDERR_FILENO, child);
  }
  other_foreground(other_foreground const&) = delete;
  other_foreground& operator=(other_foreground const&) = delete;
  ~other_foreground() {
    ::tcsetpgrp(STDERR_FILENO, ::getpgrp());
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
  }
};
} // namespace

TEST_CASE("a foreground program shows its line, again and again, and clears it") {
  ::setenv("LC_ALL", "C.UTF-8", 1);
  ::setenv("TERM", "xterm", 1);
  std::string output;
  auto const outcome = on_terminal(100, output, [] {
    terminal_indicator shown{some_text()};
    if (!shown.show()) {
      return 1;
    }
    auto const first = shown.confirmed();
    wait_ms(600);
    auto const later = shown.confirmed();
    shown.hide();
    return first && later && *later - *first >= 500'000'000 && !shown.confirmed() ? 0 : 2;
  });
  CHECK(outcome == 0);
  auto const line =
      std::string{"\xe2\x97\x8f\x1b[0m Recording: org.gnome.TextEditor, bad?[2J \xe2\x80\x94 until "
                  "2026-11-22 09:00 UTC; Ctrl+C stops"};
  CHECK(output.find(line) != std::string::npos);
  CHECK(output.find(line) != output.rfind(line));
  CHECK(output.find("\x1b[2J") == std::string::npos);
  CHECK(output.ends_with('\r' + std::string(99, ' ') + '\r'));
}

TEST_CASE("without UTF-8 and colours the line is plain, and fits") {
  ::setenv("LC_ALL", "C", 1);
  ::setenv("TERM", "dumb", 1);
  for (unsigned short columns : std::initializer_list<unsigned short>{16, 24, 40, 60, 80, 200}) {
    std::string output;
    auto const outcome = on_terminal(columns, output, [] {
      terminal_indicator shown{some_text()};
      auto const showed = shown.show();
      auto const seen = shown.confirmed();
      std::_Exit(showed && seen ? 0 : 1); // the line is left for the parent
      return 1;
    });
    CAPTURE(columns, output);
    CHECK(outcome == 0);
    CHECK(output.starts_with("\r* Recording"));
    CHECK(output.size() == columns); // the carriage return and all columns but one
    CHECK(output.find('\x1b') == std::string::npos);
  }
  std::string output;
  CHECK(on_terminal(15, output, [] {
          terminal_indicator shown{some_text()};
          return shown.show() ? 1 : 0;
        }) == 0);
}

TEST_CASE("G15 p pauses and r resumes, and the terminal is as it was afterwards") {
  ::setenv("LC_ALL", "C.UTF-8", 1);
  ::setenv("TERM", "dumb", 1);
  std::string output;
  auto const outcome = on_terminal(
      100, output,
      [] {
        struct termios before{};
        struct termios after{};
        overt::consent::controls const hand;
        {
          terminal_indicator shown{some_text(), STDERR_FILENO, overt::consent::terminal_keys::taken};
          shown.offer(hand);
          if (::tcgetattr(STDERR_FILENO, &before) != 0 || !shown.show()) {
            return 1;
          }
          auto const until = [&](bool paused) {
            for (int i = 0; i < 300 && hand.paused() != paused; ++i) {
              static_cast<void>(shown.confirmed());
              wait_ms(10);
            }
            static_cast<void>(shown.confirmed());
            return hand.paused() == paused;
          };
          if (!until(true) || !until(false) || !shown.confirmed()) {
            return 2;
          }
        }
        ::tcgetattr(STDERR_FILENO, &after);
        return before.c_lflag == after.c_lflag && (after.c_lflag & ECHO) != 0 ? 0 : 3;
      },
      [](int master, pid_t) {
        wait_ms(300);
        REQUIRE(::write(master, "Qp", 2) == 2); // without Enter
        wait_ms(600);
        REQUIRE(::write(master, "r", 1) == 1);
      });
  CHECK(outcome == 0);
  CAPTURE(output);
  CHECK(output.find("\xe2\x97\x8f Recording: org.gnome.TextEditor") != std::string::npos);
  CHECK(output.find("p pauses, Ctrl+C stops") != std::string::npos);
  CHECK(output.find("\xe2\x80\x96 Paused: org.gnome.TextEditor") != std::string::npos);
  CHECK(output.find("r resumes, Ctrl+C stops") != std::string::npos);
  CHECK(output.find('Q') == std::string::npos); // what is typed is not echoed
}

TEST_CASE("keys that were not given to it are left alone") {
  std::string output;
  CHECK(on_terminal(
            100, output,
            [] {
              overt::consent::controls const hand;
              terminal_indicator shown{some_text()};
              shown.offer(hand);
              if (!shown.show()) {
                return 1;
              }
              for (int i = 0; i < 60; ++i) {
                static_cast<void>(shown.confirmed());
                wait_ms(10);
              }
              return hand.paused() ? 2 : 0;
            },
            [](int master, pid_t) {
              wait_ms(200);
              REQUIRE(::write(master, "p\n", 2) == 2);
            }) == 0);
  CHECK(output.find("pauses") == std::string::npos);
}

TEST_CASE("a background program has no indicator") {
  std::string output;
  CHECK(on_terminal(80, output, [] {
          other_foreground const other;
          terminal_indicator shown{some_text()};
          auto const showed = shown.show();
          return !showed && showed.error().code == overt::error_code::indicator_missing && !shown.confirmed()
                     ? 0
                     : 1;
        }) == 0);
  CHECK(output.find("Recording") == std::string::npos);
}

TEST_CASE("an indicator is lost in the background and comes back in the foreground") {
  std::string output;
  CHECK(on_terminal(80, output, [] {
          terminal_indicator shown{some_text()};
          if (!shown.show() || !shown.confirmed()) {
            return 1;
          }
          {
            other_foreground const other;
            if (shown.confirmed()) {
              return 2;
            }
          }
          return shown.confirmed() ? 0 : 3;
        }) == 0);
}

TEST_CASE("a terminal that is closed, or stopped, is no indicator") {
  std::string output;
  CHECK(on_terminal(
            80, output,
            [] {
              terminal_indicator shown{some_text()};
              if (!shown.show()) {
                return 1;
              }
              for (int i = 0; i < 200 && shown.confirmed(); ++i) {
                wait_ms(20);
              }
              return shown.confirmed() ? 2 : 0;
            },
            [](int master, pid_t) {
              wait_ms(300);
              ::close(master);
            }) == 0);
  CHECK(on_terminal(80, output, [] {
          terminal_indicator shown{some_text()};
          if (!shown.show()) {
            return 1;
          }
          ::tcflow(STDERR_FILENO, TCOOFF); // as Ctrl+S does
          wait_ms(300);
          auto const first = shown.confirmed();
          wait_ms(300);
          auto const second = shown.confirmed();
          ::tcflow(STDERR_FILENO, TCOON);
          wait_ms(300);
          auto const third = shown.confirmed();
          return first == second && third && third != first ? 0 : 2;
        }) == 0);
}

TEST_CASE("what is not a terminal is no indicator") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  terminal_indicator shown{some_text(), ends[1]};
  auto const showed = shown.show();
  REQUIRE_FALSE(showed);
  CHECK(showed.error().code == overt::error_code::indicator_missing);
  CHECK(showed.error().message.find("terminal") != std::string::npos);
  CHECK_FALSE(shown.confirmed());
  shown.hide();
  ::close(ends[0]);
  ::close(ends[1]);
  terminal_indicator closed{some_text(), -1};
  CHECK_FALSE(closed.show());
  // Somebody else's terminal: not ours to control.
  int master = -1;
  int slave = -1;
  REQUIRE(::openpty(&master, &slave, nullptr, nullptr, nullptr) == 0);
  terminal_indicator foreign{some_text(), slave};
  CHECK_FALSE(foreign.show());
  ::close(master);
  ::close(slave);
}
