#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <variant>

#if defined(__unix__)
#include <cerrno>
#include <ctime>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#else
#include <fstream>
#endif

namespace overt::inline v0::detail {

/// What a file system says about a file, to notice that it changed without reading it.
struct file_status {
  std::uint64_t device = 0;
  std::uint64_t node = 0;
  std::uint64_t size = 0;
  std::int64_t modified_ns = 0;
  std::int64_t status_changed_ns = 0;
  bool regular = false; ///< false too when there is no such file

  friend bool operator==(file_status const&, file_status const&) = default;
};

enum class read_error : std::uint8_t { unreadable, too_large };

struct file_content {
  std::string content{};
  file_status status{}; ///< of the file that was read, at the time
  /// Whether a write after this reading must show in the status. File times are coarse: a file that was
  /// written just now can be written again without any of its times moving.
  bool settled = false;
};

/// `file_content` or why there is none.
class file_reading {
public:
  file_reading(file_content content) : state_{std::move(content)} {}
  file_reading(read_error error) : state_{error} {}
  explicit operator bool() const noexcept { return state_.index() == 0; }
  file_content* operator->() { return std::get_if<0>(&state_); }
  [[nodiscard]] read_error error() const { return *std::get_if<1>(&state_); }

private:
  std::variant<file_content, read_error> state_;
};

#if defined(__unix__)

[[nodiscard]] inline file_status status_from(struct stat const& found) {
#if defined(__APPLE__)
  auto const& modified = found.st_mtimespec;
  auto const& changed = found.st_ctimespec;
#else
  auto const& modified = found.st_mtim;
  auto const& changed = found.st_ctim;
#endif
  auto const ns = [](auto const& time) {
    return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + static_cast<std::int64_t>(time.tv_nsec);
  };
  return {.device = static_cast<std::uint64_t>(found.st_dev),
          .node = static_cast<std::uint64_t>(found.st_ino),
          .size = static_cast<std::uint64_t>(found.st_size),
          .modified_ns = ns(modified),
          .status_changed_ns = ns(changed),
          .regular = S_ISREG(found.st_mode)};
}

[[nodiscard]] inline file_status status_of(std::filesystem::path const& file) {
  struct stat found{};
  return ::stat(file.c_str(), &found) == 0 ? status_from(found) : file_status{};
}

/// Reads a regular file of at most `limit` bytes. Never waits: a pipe or device is unreadable.
[[nodiscard]] inline file_reading read_file(std::filesystem::path const& file, std::size_t limit) {
  struct descriptor {
    int value;
    ~descriptor() {
      if (value >= 0) {
        ::close(value);
      }
    }
  } const opened{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)};
  struct stat found{};
  if (opened.value < 0 || ::fstat(opened.value, &found) != 0 || !S_ISREG(found.st_mode)) {
    return read_error::unreadable;
  }
  file_content read{.status = status_from(found)};
  if (read.status.size > limit) {
    return read_error::too_large;
  }
  for (char part[4096];;) {
    auto const count = ::read(opened.value, part, sizeof part);
    if (count == 0) {
      break;
    }
    if (count < 0) {
      if (errno == EINTR) {
        continue;
      }
      return read_error::unreadable;
    }
    read.content.append(part, static_cast<std::size_t>(count));
    if (read.content.size() > limit) {
      return read_error::too_large;
    }
  }
  // Two seconds are the coarsest file times in use (FAT).
  constexpr std::int64_t coarsest_ns = 2'500'000'000;
  struct timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  auto const wall =
      static_cast<std::int64_t>(now.tv_sec) * 1'000'000'000 + static_cast<std::int64_t>(now.tv_nsec);
  read.settled = ::fstat(opened.value, &found) == 0 && status_from(found) == read.status &&
                 wall - read.status.status_changed_ns > coarsest_ns;
  return read;
}

#else

[[nodiscard]] inline file_status status_of(std::filesystem::path const& file) {
  std::error_code error;
  file_status status;
  status.regular = std::filesystem::is_regular_file(file, error);
  if (status.regular) {
    status.size = std::filesystem::file_size(file, error);
    status.modified_ns = std::filesystem::last_write_time(file, error).time_since_epoch().count();
  }
  return error ? file_status{} : status;
}

[[nodiscard]] inline file_reading read_file(std::filesystem::path const& file, std::size_t limit) {
  file_content read{.status = status_of(file)};
  if (!read.status.regular) {
    return read_error::unreadable;
  }
  if (read.status.size > limit) {
    return read_error::too_large;
  }
  std::ifstream stream{file, std::ios::binary};
  read.content.resize(limit + 1);
  stream.read(read.content.data(), static_cast<std::streamsize>(read.content.size()));
  if (!stream.eof()) {
    return stream.good() ? read_error::too_large : read_error::unreadable;
  }
  read.content.resize(static_cast<std::size_t>(stream.gcount()));
  return read; // never settled: times alone are not enough here, so every look compares the content
}

#endif

} // namespace overt::inline v0::detail
