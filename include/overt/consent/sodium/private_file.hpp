#pragma once

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#if defined(__unix__) || defined(__APPLE__)
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

#include <sodium.h>

#include <overt/event/result.hpp>

// Files that only their owner may read, written so that a crash leaves the old state or the new one.

namespace overt::inline v0::consent::detail {

namespace files = std::filesystem;

[[nodiscard]] inline failure file_failure(std::string_view what, files::path const& path, int number,
                                          std::string_view advice) {
  auto const code = number == ENOENT                      ? error_code::not_found
                    : number == EACCES || number == EPERM ? error_code::permission_denied
                                                          : error_code::output_failed;
  return {code, std::string{what} + " " + path.string() + ": " + std::generic_category().message(number) +
                    ". " + std::string{advice}};
}

#if defined(__unix__) || defined(__APPLE__)

/// A file descriptor that is closed at its end.
class descriptor {
public:
  explicit descriptor(int value) noexcept : value_{value} {}
  descriptor(descriptor&& other) noexcept : value_{std::exchange(other.value_, -1)} {}
  descriptor& operator=(descriptor&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  ~descriptor() {
    if (value_ >= 0) {
      ::close(value_);
    }
  }
  [[nodiscard]] int get() const noexcept { return value_; }
  explicit operator bool() const noexcept { return value_ >= 0; }

private:
  int value_ = -1;
};

[[nodiscard]] inline bool write_all(int file, std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    auto const count = ::write(file, bytes.data(), bytes.size());
    if (count < 0 && errno != EINTR) {
      return false;
    }
    bytes.remove_prefix(count < 0 ? 0 : static_cast<std::size_t>(count));
  }
  return true;
}

/// What a folder lists survives a power cut from now on.
[[nodiscard]] inline bool sync_folder(files::path const& folder) noexcept {
  descriptor const opened{::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  return opened && ::fsync(opened.get()) == 0;
}

/// Reads a file that only its owner may read; one that is open to others is refused. Gives the number of
/// bytes; more than fit are an error.
[[nodiscard]] inline result<std::size_t> read_private(files::path const& path, std::span<std::uint8_t> to,
                                                      bool only_owner = true) {
  descriptor const file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)};
  struct stat found{};
  if (!file || ::fstat(file.get(), &found) != 0) {
    return file_failure("cannot read", path, errno, "Name a file that you may read.");
  }
  if (!S_ISREG(found.st_mode)) {
    return failure{error_code::invalid_input, path.string() + " is not a file."};
  }
  if (only_owner && (found.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return failure{error_code::permission_denied,
                   path.string() +
                       " is open to others on this computer, so the key in it may not be a secret "
                       "any more. If nobody read it: chmod 600 " +
                       path.string() + ". Otherwise make a new key."};
  }
  std::size_t used = 0;
  while (used < to.size()) {
    auto const count = ::read(file.get(), to.data() + used, to.size() - used);
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count < 0) {
      return file_failure("cannot read", path, errno, "Name a file that you may read.");
    }
    if (count == 0) {
      return used;
    }
    used += static_cast<std::size_t>(count);
  }
  return failure{error_code::invalid_input, path.string() + " is too large to be what it should be."};
}

/// A new file with mode 0600 that is on the disk when this returns; never overwrites. After a failure there
/// is no file.
[[nodiscard]] inline result<void> write_new(files::path const& path, std::string_view bytes,
                                            bool name_too = true) {
  descriptor file{::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  if (!file) {
    return file_failure("cannot create", path, errno, "Name a new file in a folder that you may write to.");
  }
  if (!write_all(file.get(), bytes) || ::fsync(file.get()) != 0 ||
      (name_too && !sync_folder(path.parent_path()))) {
    auto const number = errno;
    ::unlink(path.c_str());
    return file_failure("cannot write", path, number, "Nothing was kept of it.");
  }
  return {};
}

/// The same, but the name appears only with the whole content: written beside it and renamed.
[[nodiscard]] inline result<void> write_whole(files::path const& path, std::string_view bytes) {
  auto beside = path;
  beside += ".new";
  ::unlink(beside.c_str()); // of somebody who died while writing it
  if (auto const written = write_new(beside, bytes, false); !written) {
    return written;
  }
  if (::rename(beside.c_str(), path.c_str()) != 0) {
    auto const number = errno;
    ::unlink(beside.c_str());
    return file_failure("cannot create", path, number, "Nothing was kept of it.");
  }
  if (!sync_folder(path.parent_path())) {
    return file_failure("cannot sync the folder of", path, errno, "It may be gone after a power cut.");
  }
  return {};
}

/// Overwrites a file where it lies, so that what the disk keeps of it is worthless as far as a file system
/// allows, and removes it. True when there was one.
[[nodiscard]] inline result<bool> shred(files::path const& path) {
  descriptor const file{::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)};
  struct stat found{};
  if (file && ::fstat(file.get(), &found) == 0 && S_ISREG(found.st_mode)) {
    std::string noise(static_cast<std::size_t>(found.st_size), '\0');
    ::randombytes_buf(noise.data(), noise.size());
    static_cast<void>(write_all(file.get(), noise) && ::fsync(file.get()) == 0); // removing it counts
  }
  if (::unlink(path.c_str()) != 0) {
    if (errno == ENOENT) {
      return false;
    }
    return file_failure("cannot remove", path, errno, "Remove it yourself: it must not be kept.");
  }
  if (!sync_folder(path.parent_path())) {
    return file_failure("cannot sync the folder of", path, errno, "It may be back after a power cut.");
  }
  return true;
}

/// Whether there is anything of this name. What cannot be looked at counts as there: the callers ask for what
/// forbids.
[[nodiscard]] inline bool exists_or_hidden(files::path const& path) noexcept {
  struct stat found{};
  return ::lstat(path.c_str(), &found) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

/// Holds a folder for one process and thread at a time (flock on the folder itself).
[[nodiscard]] inline result<descriptor> lock_folder(files::path const& folder) {
  descriptor opened{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (!opened) {
    return file_failure("cannot open the folder", folder, errno, "Name a folder that you may use.");
  }
  int locked = -1;
  do {
    locked = ::flock(opened.get(), LOCK_EX);
  } while (locked != 0 && errno == EINTR);
  if (locked != 0) {
    return file_failure("cannot lock the folder", folder, errno, "Use a file system that can lock files.");
  }
  return opened;
}

/// Makes a folder of the owner's own, or looks whether an existing one is: nobody else may write to it.
[[nodiscard]] inline result<void> own_folder(files::path const& folder, bool make) {
  if (make && ::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    return file_failure("cannot create the folder", folder, errno, "Name one inside a folder that exists.");
  }
  struct stat found{};
  if (::stat(folder.c_str(), &found) != 0) {
    return file_failure("cannot open the folder", folder, errno, "Name a folder that exists.");
  }
  if (!S_ISDIR(found.st_mode)) {
    return failure{error_code::invalid_input, folder.string() + " is not a folder."};
  }
  if ((found.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    return failure{error_code::permission_denied,
                   "others on this computer may write to " + folder.string() +
                       ", and could bring back what was destroyed. Make it yours: chmod 700 " +
                       folder.string()};
  }
  return {};
}

#else

// Modes, locks and fsync are not the same elsewhere, and a key in a file that others may read is worse than
// none.
struct descriptor {};
[[nodiscard]] inline failure no_private_files() {
  return {error_code::unsupported, "key files and key stores need a POSIX file system, so far."};
}
[[nodiscard]] inline result<std::size_t> read_private(files::path const&, std::span<std::uint8_t>,
                                                      bool = true) {
  return no_private_files();
}
[[nodiscard]] inline result<void> write_new(files::path const&, std::string_view) {
  return no_private_files();
}
[[nodiscard]] inline result<void> write_whole(files::path const&, std::string_view) {
  return no_private_files();
}
[[nodiscard]] inline result<bool> shred(files::path const&) { return no_private_files(); }
[[nodiscard]] inline bool exists_or_hidden(files::path const&) noexcept { return true; }
[[nodiscard]] inline result<descriptor> lock_folder(files::path const&) { return no_private_files(); }
[[nodiscard]] inline result<void> own_folder(files::path const&, bool) { return no_private_files(); }

#endif

} // namespace overt::inline v0::consent::detail
