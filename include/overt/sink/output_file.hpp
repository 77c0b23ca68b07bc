#pragma once

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#if defined(__unix__) || defined(__APPLE__)
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#endif

#include <overt/event/result.hpp>

namespace overt::inline v0::sink {

/// A file that is written from start to end: new, readable by its owner alone, every write checked.
class output_file {
public:
  output_file() = default;
  output_file(output_file&& other) noexcept
      : file_{std::exchange(other.file_, nullptr)}, path_{std::move(other.path_)} {}
  output_file& operator=(output_file&& other) noexcept {
    std::swap(file_, other.file_);
    std::swap(path_, other.path_);
    return *this;
  }
  ~output_file() {
    if (file_ != nullptr) {
      std::fclose(file_);
    }
  }

  /// Never overwrites: a trace that is already there stays.
  [[nodiscard]] static result<output_file> create(std::string path) {
    output_file made;
#if defined(__unix__) || defined(__APPLE__)
    int const descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor >= 0) { // tells others that somebody writes it (`trace::being_recorded`)
      static_cast<void>(::flock(descriptor, LOCK_EX | LOCK_NB));
    }
    made.file_ = descriptor < 0 ? nullptr : ::fdopen(descriptor, "wb");
#else
    made.file_ = std::fopen(path.c_str(), "wbx");
#endif
    if (made.file_ == nullptr) {
      return failure{error_code::output_failed,
                     "cannot create the trace " + path + ": " + why(errno) +
                         ". Nothing was recorded. Name a new file in a directory that you may write to."};
    }
    std::setvbuf(made.file_, nullptr, _IONBF, 0); // the callers collect what they write
    made.path_ = std::move(path);
    return made;
  }

  /// Fails also when the file is not open.
  [[nodiscard]] result<void> write(std::string_view bytes) {
    if (file_ == nullptr) {
      return not_open();
    }
    if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) {
      return failed("cannot write to");
    }
    return {};
  }

  [[nodiscard]] result<void> close() {
    if (file_ == nullptr) {
      return not_open();
    }
    if (std::fclose(std::exchange(file_, nullptr)) != 0) {
      return failed("cannot close");
    }
    return {};
  }

  [[nodiscard]] bool is_open() const noexcept { return file_ != nullptr; }

private:
  [[nodiscard]] static std::string why(int number) { return std::generic_category().message(number); }

  [[nodiscard]] static failure not_open() {
    return {error_code::misuse, "the trace is not open; it has to be opened before it is written or closed"};
  }

  [[nodiscard]] failure failed(std::string_view what) const {
    return {error_code::output_failed, std::string{what} + " the trace " + path_ + ": " + why(errno) +
                                           ". What was written before is kept."};
  }

  std::FILE* file_ = nullptr;
  std::string path_;
};

} // namespace overt::inline v0::sink
