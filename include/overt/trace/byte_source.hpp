#pragma once

#include <algorithm>
#include <cerrno>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <span>
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

namespace overt::inline v0::trace {

/// Where a reader of traces gets its bytes: a file, memory, or a sealed trace that is opened on the way.
/// `read` fills `to` from `offset` on and says how many bytes it could: fewer only at the end. One thread.
template <class Source>
concept byte_source = std::movable<Source> &&
                      requires(Source& source, Source const& same, std::uint64_t offset, std::span<char> to) {
                        { same.size() } -> std::same_as<std::uint64_t>;
                        { source.read(offset, to) } -> std::same_as<result<std::size_t>>;
                      };

/// Bytes that somebody else holds, and holds longer than this.
class memory_source {
public:
  explicit memory_source(std::string_view bytes) noexcept : bytes_{bytes} {}

  [[nodiscard]] std::uint64_t size() const noexcept { return bytes_.size(); }

  [[nodiscard]] result<std::size_t> read(std::uint64_t offset, std::span<char> to) const {
    if (offset >= bytes_.size()) {
      return std::size_t{0};
    }
    auto const found = bytes_.substr(static_cast<std::size_t>(offset), to.size());
    std::copy(found.begin(), found.end(), to.begin());
    return found.size();
  }

private:
  std::string_view bytes_;
};

/// A file on disk, of the size that it had when it was opened.
///
///     auto file = trace::file_source::open("trace.mcap");
class file_source {
public:
  file_source(file_source&& other) noexcept
      : size_{other.size_}, handle_{std::exchange(other.handle_, none)}, path_{std::move(other.path_)} {}
  file_source& operator=(file_source&& other) noexcept {
    std::swap(size_, other.size_);
    std::swap(handle_, other.handle_);
    std::swap(path_, other.path_);
    return *this;
  }
  ~file_source() { close(); }

  /// Errors: `not_found`, `permission_denied`; `invalid_input` for what is not a file, such as a folder or a
  /// pipe.
  [[nodiscard]] static result<file_source> open(std::string path) {
    file_source opened;
    opened.path_ = std::move(path);
    if (!opened.open()) {
      auto const number = errno;
      return failure{number == ENOENT                      ? error_code::not_found
                     : number == EACCES || number == EPERM ? error_code::permission_denied
                                                           : error_code::invalid_input,
                     "cannot open " + opened.path_ + ": " + std::generic_category().message(number)};
    }
    return opened;
  }

  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

  /// Errors: `source_lost` when the disk does not give the bytes.
  [[nodiscard]] result<std::size_t> read(std::uint64_t offset, std::span<char> to) {
    std::size_t done = 0;
    while (done < to.size()) {
      auto const got = read_some(offset + done, to.subspan(done));
      if (got < 0 && errno == EINTR) {
        continue;
      }
      if (got < 0) {
        return failure{error_code::source_lost,
                       "cannot read " + path_ + ": " + std::generic_category().message(errno)};
      }
      if (got == 0) {
        break;
      }
      done += static_cast<std::size_t>(got);
    }
    return done;
  }

private:
  file_source() = default;

#if defined(__unix__) || defined(__APPLE__)
  static constexpr int none = -1;

  [[nodiscard]] bool open() {
    handle_ = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat found{};
    if (handle_ < 0 || ::fstat(handle_, &found) != 0) {
      return false;
    }
    if (!S_ISREG(found.st_mode)) {
      errno = S_ISDIR(found.st_mode) ? EISDIR : EINVAL;
      return false;
    }
    size_ = static_cast<std::uint64_t>(found.st_size);
    return true;
  }

  [[nodiscard]] std::ptrdiff_t read_some(std::uint64_t offset, std::span<char> to) const {
    return ::pread(handle_, to.data(), to.size(), static_cast<off_t>(offset));
  }

  void close() noexcept {
    if (handle_ >= 0) {
      ::close(handle_);
    }
  }

  std::uint64_t size_ = 0;
  int handle_ = none;
#else
  static constexpr std::FILE* none = nullptr;

  [[nodiscard]] bool open() {
    handle_ = std::fopen(path_.c_str(), "rb");
    if (handle_ == nullptr || std::fseek(handle_, 0, SEEK_END) != 0) {
      return false;
    }
    auto const end = std::ftell(handle_); // 2 GiB where long has 32 bits
    size_ = end > 0 ? static_cast<std::uint64_t>(end) : 0;
    return end >= 0;
  }

  [[nodiscard]] std::ptrdiff_t read_some(std::uint64_t offset, std::span<char> to) {
    if (std::fseek(handle_, static_cast<long>(offset), SEEK_SET) != 0) {
      return -1;
    }
    return static_cast<std::ptrdiff_t>(std::fread(to.data(), 1, to.size(), handle_));
  }

  void close() noexcept {
    if (handle_ != nullptr) {
      std::fclose(handle_);
    }
  }

  std::uint64_t size_ = 0;
  std::FILE* handle_ = none;
#endif

  std::string path_;
};

} // namespace overt::inline v0::trace
