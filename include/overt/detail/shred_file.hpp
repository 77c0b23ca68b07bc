#pragma once

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <system_error>

#if defined(__unix__) || defined(__APPLE__)
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#else
#include <fstream>
#endif

#include <overt/detail/random_bytes.hpp>

namespace overt::inline v0::detail {

#if defined(__unix__) || defined(__APPLE__)

/// Overwrites a file where it lies and waits until that is on the disk. As good as the file system lets it
/// be: one that writes elsewhere (copy on write, flash, snapshots) keeps the old blocks. 0, or errno.
/// Anything that is not a file, a symbolic link above all, is left alone (EINVAL, ELOOP).
[[nodiscard]] inline int overwrite_file(std::string const& path) {
  int const file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
  if (file < 0) {
    return errno;
  }
  struct stat found{};
  auto wrong = ::fstat(file, &found) != 0 ? errno : S_ISREG(found.st_mode) ? 0 : EINVAL;
  std::array<std::uint8_t, 4096> block{};
  auto const noise = random_bytes<256>();
  for (std::size_t i = 0; i < block.size(); ++i) {
    block[i] = noise[i % noise.size()];
  }
  for (auto left = static_cast<std::uint64_t>(found.st_size); wrong == 0 && left > 0;) {
    auto const count =
        ::write(file, block.data(), static_cast<std::size_t>((std::min)(left, std::uint64_t{4096})));
    if (count > 0) {
      left -= static_cast<std::uint64_t>(count);
    } else if (errno != EINTR) {
      wrong = errno;
    }
  }
  if (wrong == 0 && ::fsync(file) != 0) {
    wrong = errno;
  }
  static_cast<void>(::close(file));
  return wrong;
}

/// Makes what was written to a file or listed by a folder survive a power cut. 0, or errno.
[[nodiscard]] inline int sync_path(std::string const& path) {
  int const opened = ::open(path.empty() ? "." : path.c_str(), O_RDONLY | O_CLOEXEC);
  if (opened < 0) {
    return errno;
  }
  int const wrong = ::fsync(opened) == 0 ? 0 : errno;
  static_cast<void>(::close(opened));
  return wrong;
}

#else

[[nodiscard]] inline int overwrite_file(std::string const& path) {
  std::error_code said;
  auto const size = std::filesystem::file_size(path, said);
  std::fstream file{path, std::ios::binary | std::ios::in | std::ios::out};
  std::array<char, 4096> const block{};
  for (std::uintmax_t left = said ? 0 : size; file && left > 0;
       left -= (std::min<std::uintmax_t>)(left, 4096)) {
    file.write(block.data(), static_cast<std::streamsize>((std::min<std::uintmax_t>)(left, 4096)));
  }
  return file && !said ? 0 : EIO;
}
[[nodiscard]] inline int sync_path(std::string const&) { return 0; }

#endif

/// Overwrites a file, or all files of a folder, and removes it. 0 also when there was none; else errno of
/// what could not be removed. What could be removed and not overwritten counts as removed.
[[nodiscard]] inline int shred_file(std::string const& path) {
  std::error_code said;
  auto const found = std::filesystem::symlink_status(path, said);
  if (found.type() == std::filesystem::file_type::not_found) {
    return 0;
  }
  int wrong = 0;
  if (std::filesystem::is_directory(found)) {
    std::filesystem::directory_iterator each{path, said};
    for (; !said && each != std::filesystem::directory_iterator{}; each.increment(said)) {
      auto const failed = shred_file(each->path().string());
      wrong = wrong == 0 ? failed : wrong;
    }
  } else if (std::filesystem::is_regular_file(found)) {
    static_cast<void>(overwrite_file(path));
  }
  std::error_code refused;
  if (!std::filesystem::remove(path, refused) && refused) {
    wrong = wrong == 0 ? refused.value() : wrong;
  }
  return said && wrong == 0 ? said.value() : wrong;
}

} // namespace overt::inline v0::detail
