#pragma once

#include <cerrno>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <overt/event/result.hpp>
#include <overt/sink/storage/posix_system.hpp>
#include <overt/sink/storage/system_call.hpp>

namespace overt::inline v0::sink {

/// A new file to which whole blocks are appended, each all or not at all.
///
/// What is in it survives the death of the process from the end of `append`, and a power cut from the end of
/// `sync`. A process that dies within `append` can leave a part of that block at the end; a reader finds it
/// by the checksum that blocks carry. One thread.
///
///     block_file<> file{"trace.mcap"};
///     auto made = file.create();
///     auto kept = file.append(block);    // disk full: a failure, and the file is what it was
template <class System = posix_system>
class block_file {
public:
  explicit block_file(std::string path, System system = {})
      : path_{std::move(path)}, system_{std::move(system)} {}

  /// Never overwrites. Errors: `disk_full`, `output_failed`, `unsupported` (no POSIX system calls here).
  [[nodiscard]] result<void> create() {
    if constexpr (!System::available) {
      return failure{error_code::unsupported,
                     "Crash-safe traces are not written on this system yet. Use sink::jsonl here."};
    }
    if (file_.is_open()) {
      return failure{error_code::misuse, "the trace " + path_ + " is open already"};
    }
    int const made = detail::uninterrupted([&] { return system_.create_new(path_.c_str()); });
    if (made < 0) {
      int const number = errno;
      return failure{detail::code_of(number),
                     "cannot create the trace " + path_ + ": " + detail::reason(number) +
                         ". Nothing was recorded. Name a new file in a folder that you may write to."};
    }
    file_ = {made, system_};
    return {};
  }

  /// All of it, or, after a failure, none: the file is cut back and later blocks may succeed again.
  [[nodiscard]] result<void> append(std::string_view bytes) {
    if (!file_.is_open()) {
      return not_open();
    }
    if (auto clean = cut_back(); !clean) {
      return clean;
    }
    ragged_ = unsynced_ = true;
    if (int const number = detail::write_all(system_, file_.get(), bytes, size_); number != 0) {
      // When this fails too, the next append or close tries it again.
      static_cast<void>(cut_back());
      return failed("cannot write to", number,
                    "What was written before is kept; it goes on once there is room.");
    }
    ragged_ = false;
    size_ += bytes.size();
    return {};
  }

  /// How much was appended.
  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  /// How much of it survives a power cut.
  [[nodiscard]] std::uint64_t synced_size() const noexcept { return synced_; }

  /// Waits until all that was appended is on the disk. A failure is final. The system says once that it could
  /// not write some pages and then forgets them: a second call would succeed and mean nothing (fsync(2);
  /// Rebello et al., Can Applications Recover from fsync Failures?, 2020).
  [[nodiscard]] result<void> sync() {
    if (!file_.is_open()) {
      return not_open();
    }
    if (!sync_outcome_ || !unsynced_) {
      return sync_outcome_;
    }
    auto const size = size_;
    if (detail::uninterrupted([&] { return system_.sync_data(file_.get()); }) != 0) {
      sync_outcome_ = failed("cannot bring to the disk", errno,
                             "What it holds there is not known any more. Record into a new trace.",
                             error_code::output_failed); // final, also when the disk was full
      return sync_outcome_;
    }
    synced_ = size;
    unsynced_ = false;
    return {};
  }

  /// True: a sync failed, and no later one can succeed. The recording has to go on in a new file.
  [[nodiscard]] bool sync_failed() const noexcept { return !sync_outcome_.has_value(); }

  /// Closed in any case. Does not sync.
  [[nodiscard]] result<void> close() {
    if (!file_.is_open()) {
      return not_open();
    }
    auto const clean = cut_back();
    int const number = file_.close();
    return !clean || number == 0 ? clean
                                 : failed("cannot close", number, "Verify it before you rely on it.",
                                          error_code::output_failed);
  }

  /// Closes and removes the file; for one that was created in vain.
  void discard() {
    static_cast<void>(file_.close());
    static_cast<void>(system_.remove(path_.c_str()));
  }

  [[nodiscard]] bool is_open() const noexcept { return file_.is_open(); }
  [[nodiscard]] std::string const& path() const noexcept { return path_; }

private:
  /// Takes away what a failed append may have left after the last block.
  [[nodiscard]] result<void> cut_back() {
    if (ragged_ && detail::uninterrupted([&] { return system_.cut(file_.get(), size_); }) != 0) {
      return failed("cannot take a broken block back from", errno, "What was written before it is kept.");
    }
    ragged_ = false;
    return {};
  }

  [[nodiscard]] failure not_open() const {
    return {error_code::misuse, "the trace " + path_ + " is not open"};
  }

  [[nodiscard]] failure failed(std::string_view what, int number, std::string_view then) const {
    return failed(what, number, then, detail::code_of(number));
  }
  [[nodiscard]] failure failed(std::string_view what, int number, std::string_view then,
                               error_code code) const {
    return {code, std::string{what} + " the trace " + path_ + ": " + detail::reason(number) + ". " +
                      std::string{then}};
  }

  std::string path_;
  [[no_unique_address]] System system_;
  detail::descriptor<System> file_{};
  std::uint64_t size_ = 0;
  std::uint64_t synced_ = 0;
  bool ragged_ = false; ///< there may be bytes after `size_`
  bool unsynced_ = false;
  result<void> sync_outcome_;
};

} // namespace overt::inline v0::sink
