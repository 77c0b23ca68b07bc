#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string_view>

#include <unistd.h>

#include <fmt/format.h>

namespace command {

/// A line on the terminal that says how far long work is, from its second second on. Nothing where standard
/// error is no terminal, or standard output is the same one.
class progress {
public:
  /// `every`: after how many steps the clock is looked at.
  explicit progress(std::string_view what, std::uint64_t every = 4096)
      : what_{what}, every_{every}, shown_{::isatty(STDERR_FILENO) != 0 && ::isatty(STDOUT_FILENO) == 0} {}
  progress(progress const&) = delete;
  progress& operator=(progress const&) = delete;
  ~progress() {
    if (printed_) {
      fmt::print(stderr, "\r\x1b[K");
    }
  }

  void step() {
    if (++count_ % every_ == 0 && shown_) {
      auto const now = std::chrono::steady_clock::now();
      if (now - last_ > std::chrono::seconds{1}) {
        last_ = now;
        printed_ = true;
        fmt::print(stderr, "\r{} {}", count_, what_);
        std::fflush(stderr);
      }
    }
  }

private:
  std::string_view what_;
  std::uint64_t every_ = 4096;
  bool shown_ = false;
  bool printed_ = false;
  std::uint64_t count_ = 0;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

} // namespace command
