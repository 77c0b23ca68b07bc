#pragma once

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#if defined(__unix__) || defined(__APPLE__)
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

#include <overt/event/result.hpp>

namespace overt::inline v0::dataset::detail {

// Files of a dataset: their owner's alone, and never through a symbolic link that stands in their place.

[[nodiscard]] inline failure cannot(std::string_view what, std::string const& path, int number) {
  return {number == ENOSPC ? error_code::disk_full : error_code::output_failed,
          "cannot " + std::string{what} + ' ' + path + ": " + std::generic_category().message(number) +
              ". What was finished before is kept; the same export goes on from there."};
}

/// Makes a folder, or accepts one that is there. Its parent has to be.
[[nodiscard]] inline result<void> make_folder(std::string const& path) {
#if defined(__unix__) || defined(__APPLE__)
  if (::mkdir(path.c_str(), 0700) == 0) {
    return {};
  }
  struct stat found{};
  auto const said = errno;
  return said == EEXIST && ::lstat(path.c_str(), &found) == 0 && S_ISDIR(found.st_mode)
             ? result<void>{}
             : result<void>{cannot("make the folder", path, said)};
#else
  std::error_code said;
  std::filesystem::create_directory(path, said);
  return std::filesystem::is_directory(path, said) ? result<void>{}
                                                   : cannot("make the folder", path, said.value());
#endif
}

/// A file that grows at its end.
class growing_file {
public:
  growing_file() = default;
  growing_file(growing_file&& other) noexcept
      : file_{std::exchange(other.file_, nullptr)}, path_{std::move(other.path_)} {}
  growing_file& operator=(growing_file&& other) noexcept {
    std::swap(file_, other.file_);
    std::swap(path_, other.path_);
    return *this;
  }
  ~growing_file() {
    if (file_ != nullptr) {
      std::fclose(file_);
    }
  }

  /// Opens or makes it. `fresh`: it must not be there.
  [[nodiscard]] static result<growing_file> open(std::string path, bool fresh = false) {
    growing_file made;
#if defined(__unix__) || defined(__APPLE__)
    int const descriptor = ::open(
        path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | (fresh ? O_EXCL : 0), 0600);
    made.file_ = descriptor < 0 ? nullptr : ::fdopen(descriptor, "ab");
#else
    made.file_ = std::fopen(path.c_str(), fresh ? "wbx" : "ab");
#endif
    if (made.file_ == nullptr) {
      return cannot("write the file", path, errno);
    }
    std::setvbuf(made.file_, nullptr, _IONBF, 0); // the callers collect what they write
    made.path_ = std::move(path);
    return made;
  }

  [[nodiscard]] result<void> write(std::string_view bytes) {
    return std::fwrite(bytes.data(), 1, bytes.size(), file_) == bytes.size()
               ? result<void>{}
               : result<void>{cannot("write the file", path_, errno)};
  }

  [[nodiscard]] result<void> close() {
    auto* const file = std::exchange(file_, nullptr);
    return file == nullptr || std::fclose(file) == 0 ? result<void>{}
                                                     : result<void>{cannot("close the file", path_, errno)};
  }

private:
  std::FILE* file_ = nullptr;
  std::string path_{};
};

/// A whole file, in the place of one of the same name.
[[nodiscard]] inline result<void> write_file(std::string const& path, std::string_view bytes) {
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  auto file = growing_file::open(path, true);
  if (!file) {
    return file.error();
  }
  auto written = file->write(bytes);
  auto closed = file->close();
  return written ? closed : written;
}

} // namespace overt::inline v0::dataset::detail
