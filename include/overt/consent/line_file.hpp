#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#if defined(__unix__) || defined(__APPLE__)
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

#include <overt/event/result.hpp>

namespace overt::inline v0::consent::detail {

/// The most that is read of the ledger or of the list of holdings: centuries of a person's entries.
inline constexpr std::size_t line_file_limit = std::size_t{256} << 20;

#if defined(__unix__) || defined(__APPLE__)

/// A file that grows at its end, in whole lines, by several processes. Its owner's alone, made when it is not
/// there, never reached through a symbolic link. Locked against others (flock) while this lives.
class line_file {
public:
  enum class access : std::uint8_t { read, append };

  line_file(line_file&& other) noexcept
      : file_{std::exchange(other.file_, -1)}, size_{other.size_}, path_{std::move(other.path_)} {}
  line_file& operator=(line_file&& other) noexcept {
    std::swap(file_, other.file_);
    std::swap(size_, other.size_);
    std::swap(path_, other.path_);
    return *this;
  }
  ~line_file() {
    if (file_ >= 0) {
      ::close(file_);
    }
  }

  /// Waits until no writer has it. To read, it has to be there.
  [[nodiscard]] static result<line_file> open(std::filesystem::path path, access how = access::append) {
    bool const reads = how == access::read;
    line_file made{std::move(path)};
    struct stat found{};
    bool const there = ::lstat(made.path_.c_str(), &found) == 0;
    made.file_ =
        ::open(made.path_.c_str(),
               (reads ? O_RDONLY : O_RDWR | O_CREAT | O_APPEND) | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    if (made.file_ < 0) {
      return made.cannot("open", errno);
    }
    int locked = -1;
    do {
      locked = ::flock(made.file_, reads ? LOCK_SH : LOCK_EX);
    } while (locked != 0 && errno == EINTR);
    if (locked != 0) {
      return made.cannot("lock", errno);
    }
    if (::fstat(made.file_, &found) != 0 || !S_ISREG(found.st_mode)) {
      return made.cannot("use", EINVAL);
    }
    if (!reads && (found.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
      return failure{error_code::permission_denied, "others on this computer may write to " +
                                                        made.path_.string() + ". Make it yours: chmod 600 " +
                                                        made.path_.string()};
    }
    if (!reads && !there && !made.sync_name()) {
      return made.cannot("keep", errno);
    }
    made.size_ = static_cast<std::uint64_t>(found.st_size);
    return made;
  }

  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  [[nodiscard]] std::filesystem::path const& path() const noexcept { return path_; }

  /// The bytes from `from` to the end.
  [[nodiscard]] result<std::string> read_from(std::uint64_t from) const {
    std::string bytes(static_cast<std::size_t>(size_ - from), '\0');
    std::size_t used = 0;
    while (used < bytes.size()) {
      auto const count =
          ::pread(file_, bytes.data() + used, bytes.size() - used, static_cast<off_t>(from + used));
      if (count < 0 && errno == EINTR) {
        continue;
      }
      if (count <= 0) {
        return cannot("read", count < 0 ? errno : EIO);
      }
      used += static_cast<std::size_t>(count);
    }
    return bytes;
  }

  /// Appends, and is on the disk when it returns. After a failure the file is as it was, unless the computer
  /// stops in that moment.
  [[nodiscard]] result<void> append(std::string_view bytes) {
    auto rest = bytes;
    while (!rest.empty()) {
      auto const count = ::write(file_, rest.data(), rest.size());
      if (count < 0 && errno == EINTR) {
        continue;
      }
      if (count <= 0) {
        return take_back("write to", count < 0 ? errno : EIO);
      }
      rest.remove_prefix(static_cast<std::size_t>(count));
    }
    if (::fsync(file_) != 0) {
      return take_back("write to", errno);
    }
    size_ += bytes.size();
    return {};
  }

private:
  explicit line_file(std::filesystem::path path) : path_{std::move(path)} {}

  [[nodiscard]] failure cannot(std::string_view what, int number) const {
    auto const code = number == ENOENT                       ? error_code::not_found
                      : number == ENOSPC || number == EDQUOT ? error_code::disk_full
                      : number == EACCES || number == EPERM  ? error_code::permission_denied
                                                             : error_code::output_failed;
    return {code, "cannot " + std::string{what} + ' ' + path_.string() + ": " +
                      std::generic_category().message(number) +
                      ". Make room, or make it a file that you may write, and try again."};
  }

  [[nodiscard]] failure take_back(std::string_view what, int number) const {
    static_cast<void>(::ftruncate(file_, static_cast<off_t>(size_)) ==
                      0); // else its reader finds a torn line
    return cannot(what, number);
  }

  /// That the file is there survives a power cut.
  [[nodiscard]] bool sync_name() const {
    auto const folder = path_.parent_path();
    int const opened = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool const synced = opened >= 0 && ::fsync(opened) == 0;
    if (opened >= 0) {
      ::close(opened);
    }
    return synced;
  }

  int file_ = -1;
  std::uint64_t size_ = 0;
  std::filesystem::path path_;
};

#else

// What may be lost, or written by two at once, is no ledger.
class line_file {
public:
  enum class access : std::uint8_t { read, append };
  [[nodiscard]] static result<line_file> open(std::filesystem::path const&, access = access::append) {
    return failure{error_code::unsupported, "the ledger needs a POSIX file system, so far."};
  }
  [[nodiscard]] std::uint64_t size() const noexcept { return 0; }
  [[nodiscard]] std::filesystem::path path() const { return {}; }
  [[nodiscard]] result<std::string> read_from(std::uint64_t) const { return std::string{}; }
  [[nodiscard]] result<void> append(std::string_view) { return {}; }

private:
  line_file() = default;
};

#endif

/// All of such a file as it is between two writers.
/// Errors: `not_found`, `permission_denied`, `invalid_input`.
[[nodiscard]] inline result<std::string> read_lines(std::filesystem::path const& path) {
  auto const file = line_file::open(path, line_file::access::read);
  if (!file) {
    return file.error();
  }
  return file->size() <= line_file_limit
             ? file->read_from(0)
             : result<std::string>{failure{error_code::invalid_input,
                                           path.string() + " is larger than such a file is. Name the right "
                                                           "one."}};
}

} // namespace overt::inline v0::consent::detail
