#pragma once

#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace overt_test {

/// Where a program is, by $PATH; empty when it is not installed.
inline std::string which(std::string const& name) {
  std::string const path = std::getenv("PATH") != nullptr ? std::getenv("PATH") : "/usr/bin";
  for (std::size_t at = 0; at <= path.size();) {
    auto const end = std::min(path.find(':', at), path.size());
    auto const file = path.substr(at, end - at) + "/" + name;
    if (::access(file.c_str(), X_OK) == 0) {
      return file;
    }
    at = end + 1;
  }
  return {};
}

/// A program that was started by the test and is ended by it, by its number.
class process {
public:
  process() = default;

  /// `display`: its $DISPLAY. Its standard input and output are pipes to the test.
  process(std::vector<std::string> words, std::string const& display, int passed_descriptor = -1) {
    int in[2];
    int out[2];
    if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0) {
      return;
    }
    std::vector<char*> arguments;
    for (auto& word : words) {
      arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(in[0], 0);
      ::dup2(out[1], 1);
      if (passed_descriptor >= 0) {
        ::fcntl(passed_descriptor, F_SETFD, 0);
      }
      if (!std::getenv("OVERT_TEST_VERBOSE")) {
        ::dup2(::open("/dev/null", O_WRONLY), 2);
      }
      ::setenv("DISPLAY", display.c_str(), 1);
      ::setenv("GDK_BACKEND", "x11", 1);
      ::setenv("NO_AT_BRIDGE", "1", 1);
      ::execvp(arguments[0], arguments.data());
      ::_exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    in_ = in[1];
    out_ = out[0];
  }

  process(process&& other) noexcept
      : pid_{std::exchange(other.pid_, -1)}, in_{std::exchange(other.in_, -1)},
        out_{std::exchange(other.out_, -1)} {}
  process& operator=(process&& other) noexcept {
    std::swap(pid_, other.pid_);
    std::swap(in_, other.in_);
    std::swap(out_, other.out_);
    return *this;
  }
  ~process() { end(SIGTERM); }

  [[nodiscard]] pid_t pid() const { return pid_; }

  void end(int signal) {
    if (pid_ > 0) {
      ::kill(pid_, signal);
      wait();
    }
    for (int* const one : {&in_, &out_}) {
      if (*one >= 0) {
        ::close(std::exchange(*one, -1));
      }
    }
  }

  int wait() {
    int status = 0;
    ::waitpid(std::exchange(pid_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  /// Sends a line and waits for the line that comes back.
  std::string command(std::string line) {
    line += '\n';
    return ::write(in_, line.data(), line.size()) > 0 ? answer() : std::string{};
  }

  std::string answer() {
    std::string line;
    for (char byte = 0; ::read(out_, &byte, 1) == 1 && byte != '\n';) {
      line += byte;
    }
    return line;
  }

private:
  pid_t pid_ = -1;
  int in_ = -1;
  int out_ = -1;
};

/// An X server of the test's own, on a number that nobody uses.
class x_server {
public:
  explicit x_server(std::vector<std::string> more = {}) {
    int number[2];
    if (::pipe2(number, O_CLOEXEC) != 0) {
      return;
    }
    std::vector<std::string> words{"Xvfb",      "-displayfd", std::to_string(number[1]),
                                   "-screen",   "0",          "1280x1024x24",
                                   "-nolisten", "tcp",        "-noreset"};
    words.insert(words.end(), more.begin(), more.end());
    server_ = process{std::move(words), "", number[1]};
    ::close(number[1]);
    std::string text;
    for (char byte = 0; ::read(number[0], &byte, 1) == 1 && byte != '\n';) {
      text += byte;
    }
    ::close(number[0]);
    display_ = ":" + text;
  }

  [[nodiscard]] std::string const& display() const { return display_; }
  void kill() { server_.end(SIGKILL); }

  /// Runs a program to its end.
  int run(std::vector<std::string> words) const { return process{std::move(words), display_}.wait(); }
  [[nodiscard]] process start(std::vector<std::string> words) const { return {std::move(words), display_}; }

private:
  process server_;
  std::string display_;
};

/// A window of a process of its own that does what it is told; see `window_program`.
class test_window {
public:
  test_window(x_server const& server, std::string const& title, int x, int y, int width, int height)
      : process_{server.start({"/proc/self/exe", "--window", title, std::to_string(x), std::to_string(y),
                               std::to_string(width), std::to_string(height)})} {
    process_.answer();
  }
  std::string tell(std::string const& command) { return process_.command(command); }
  [[nodiscard]] pid_t pid() const { return process_.pid(); }

private:
  process process_;
};

/// Waits until `done` or for at most `limit`; whether it was done.
template <class Done>
bool wait_until(Done&& done, std::chrono::milliseconds limit = std::chrono::seconds{10}) {
  auto const end = std::chrono::steady_clock::now() + limit;
  while (!done()) {
    if (std::chrono::steady_clock::now() > end) {
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
  }
  return true;
}

inline void pause_ms(int milliseconds) {
  std::this_thread::sleep_for(std::chrono::milliseconds{milliseconds});
}

} // namespace overt_test
