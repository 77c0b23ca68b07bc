#pragma once

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include <overt/detail/secure_memory.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/storage/journal_format.hpp>
#include <overt/sink/storage/posix_system.hpp>
#include <overt/sink/storage/system_call.hpp>

namespace overt::inline v0::sink {

/// The write-ahead journal beside a trace: what was recorded and is in no block yet. Two halves, so that one
/// can be filled while the other still protects a block that is not on the disk yet. `trace::journal_reader`
/// reads it back; journal_format.hpp has the bytes.
///
/// The file is mapped, and a record is kept by copying it there: no system call, no allocation. The pages of
/// a mapping belong to the system, so a record survives the death of the process once `record` has returned;
/// it survives a power cut once `sync` has. All of the file is written when it is created, so that a full
/// disk cannot fail a mapped write later (it would end the process). Where that is not known to hold, records
/// are written with one system call each instead; see `mapped`. Nobody else may shorten the file while it is
/// used; it is locked for as long (`trace::being_recorded`). One thread.
template <class System = posix_system>
class journal_file {
public:
  explicit journal_file(std::string path, journal_format::head head = {}, System system = {})
      : path_{std::move(path)}, head_{head}, system_{std::move(system)} {}
  journal_file(journal_file&& other) noexcept
      : path_{std::move(other.path_)}, head_{other.head_}, system_{std::move(other.system_)},
        file_{std::move(other.file_)}, image_{std::exchange(other.image_, nullptr)}, mapped_{other.mapped_},
        generation_{other.generation_}, used_{other.used_}, sync_outcome_{std::move(other.sync_outcome_)} {}
  journal_file& operator=(journal_file&&) = delete;
  ~journal_file() { release(); }

  /// Never overwrites. A failure leaves nothing behind. Errors: `disk_full`, `output_failed`, `misuse` (a
  /// half that is no multiple of 4 KiB), `unsupported`.
  [[nodiscard]] result<void> create() {
    if constexpr (!System::available) {
      return failure{error_code::unsupported, "There is no journal on this system yet."};
    }
    if (!journal_format::possible(head_.half_bytes) || image_ != nullptr) {
      return failure{error_code::misuse,
                     "a journal is created once, and its halves are whole pages of 4 KiB, up to 1 GiB"};
    }
    int const made = detail::uninterrupted([&] { return system_.create_new(path_.c_str()); });
    if (made < 0) {
      return failed("cannot create", errno,
                    "If one of an earlier recording is there, recover that trace or name a new one.");
    }
    file_ = {made, system_};
    if constexpr (requires { system_.lock(made); }) {
      // Whoever recovers the trace can tell that it is still written. Where there are no locks it cannot.
      static_cast<void>(system_.lock(made));
    }
    auto filled = fill();
    if (!filled) {
      discard();
    }
    return filled;
  }

  /// True: kept from now on. False: no room in this half. A failure: not kept.
  [[nodiscard]] result<bool> record(std::uint64_t sequence, std::string_view bytes) {
    namespace format = journal_format;
    if (image_ == nullptr || bytes.empty()) {
      return failure{error_code::misuse, "a record has at least one byte, and its journal is open"};
    }
    if (!sync_outcome_) {
      return sync_outcome_.error(); // its pages may be dropped at any time now
    }
    auto const left = head_.half_bytes - used_;
    if (bytes.size() > left || format::room_of(bytes.size()) > left) {
      return false;
    }
    auto const room = format::room_of(bytes.size());
    auto const end_mark = left - room < format::record_head_bytes ? 0 : format::record_head_bytes;
    char* const at = image_ + half_begin(generation_) + used_;
    // A process can end between any two of these lines. The end mark behind comes first and the length last,
    // so that there is a sound end at each moment; the fences keep the compiler from another order.
    std::memset(at + room, 0, end_mark);
    std::memcpy(at + format::record_head_bytes, bytes.data(), bytes.size());
    format::put(at + 8, generation_);
    format::put(at + 16, sequence);
    format::put(at + 4, format::checksum({at + 8, 16}, bytes));
    std::atomic_signal_fence(std::memory_order_seq_cst);
    format::put(at, static_cast<std::uint32_t>(bytes.size()));
    std::atomic_signal_fence(std::memory_order_seq_cst);
    if (auto kept = write_back(at, room + end_mark); !kept) {
      return kept.error();
    }
    used_ += room;
    return true;
  }

  /// The other half is used next; what it held is forgotten.
  [[nodiscard]] result<void> turn() {
    if (image_ == nullptr) {
      return not_open();
    }
    char* const at = image_ + half_begin(generation_ + 1);
    std::memset(at, 0, journal_format::record_head_bytes);
    if (auto kept = write_back(at, journal_format::record_head_bytes); !kept) {
      return kept;
    }
    ++generation_;
    used_ = 0;
    return {};
  }

  /// Waits until all records are on the disk. A failure is final, and no record is taken after it.
  [[nodiscard]] result<void> sync() {
    if (image_ == nullptr) {
      return not_open();
    }
    if (!sync_outcome_) {
      return sync_outcome_;
    }
    auto const outcome = detail::uninterrupted(
        [&] { return mapped_ ? system_.sync_map(image_, file_bytes()) : system_.sync_data(file_.get()); });
    if (outcome != 0) {
      sync_outcome_ = failed("cannot bring to the disk", errno,
                             "What it holds there is not known any more. Record into a new trace.",
                             error_code::output_failed); // final, also when the disk was full
    }
    return sync_outcome_;
  }

  /// Closed, and the file stays.
  [[nodiscard]] result<void> close() {
    if (image_ == nullptr) {
      return not_open();
    }
    int const number = release();
    return number == 0 ? result<void>{}
                       : failed("cannot close", number, "It is kept.", error_code::output_failed);
  }

  /// Closed, and the file is removed; for one whose records are all in synced blocks.
  [[nodiscard]] result<void> remove() {
    if (image_ == nullptr) {
      return not_open();
    }
    int const number = release();
    if (detail::uninterrupted([&] { return system_.remove(path_.c_str()); }) != 0) {
      return failed("cannot remove", errno, "The trace is complete without it; remove it yourself.");
    }
    return number == 0 ? result<void>{}
                       : failed("cannot close", number, "The trace is complete without it.",
                                error_code::output_failed);
  }

  /// As `remove`, of one that was created in vain.
  void discard() {
    release();
    static_cast<void>(system_.remove(path_.c_str()));
  }

  /// Whether there are records since the last turn.
  [[nodiscard]] bool pending() const noexcept { return used_ != 0; }
  /// 0 or 1: the half that is being filled.
  [[nodiscard]] std::size_t half() const noexcept { return (generation_ - 1) % 2; }
  /// False: on this file system each record costs a system call.
  [[nodiscard]] bool mapped() const noexcept { return mapped_; }
  [[nodiscard]] bool sync_failed() const noexcept { return !sync_outcome_.has_value(); }
  [[nodiscard]] std::string const& path() const noexcept { return path_; }

private:
  [[nodiscard]] std::size_t file_bytes() const noexcept { return journal_format::file_bytes(head_); }
  [[nodiscard]] std::size_t half_begin(std::uint64_t generation) const noexcept {
    return journal_format::halves_begin + (generation - 1) % 2 * head_.half_bytes;
  }

  /// Gives the file its size, space on the disk for all of it, and its heads.
  [[nodiscard]] result<void> fill() {
    std::string page(journal_format::page_bytes, '\0');
    for (std::size_t at = 0; at < file_bytes(); at += page.size()) {
      if (at <= journal_format::page_bytes) {
        journal_format::put_head(page.data(), head_);
      } else if (at == journal_format::halves_begin) {
        page.assign(page.size(), '\0');
      }
      if (int const number = detail::write_all(system_, file_.get(), page, at); number != 0) {
        return failed("cannot write", number, "Nothing was recorded.");
      }
    }
    // Written and synced, and not only reserved: after this nothing is left to be allocated by a mapped
    // write.
    if (detail::uninterrupted([&] { return system_.sync_data(file_.get()); }) != 0) {
      return failed("cannot bring to the disk", errno, "Nothing was recorded.");
    }
    if (system_.writes_in_place(file_.get())) {
      image_ = static_cast<char*>(system_.map(file_.get(), file_bytes()));
      mapped_ = image_ != nullptr;
    }
    if (image_ == nullptr) {
      image_ = static_cast<char*>(overt::detail::map_secure(file_bytes()));
    }
    if (image_ == nullptr) {
      return failed("cannot map", ENOMEM, "Nothing was recorded.");
    }
    return {};
  }

  /// Where the file is not mapped, brings a part of the image into it.
  [[nodiscard]] result<void> write_back(char const* from, std::size_t size) {
    if (!mapped_) {
      auto const offset = static_cast<std::uint64_t>(from - image_);
      if (int const number = detail::write_all(system_, file_.get(), {from, size}, offset); number != 0) {
        return failed("cannot write to", number, "The record is not kept.");
      }
    }
    return {};
  }

  /// Lets go of memory and file. 0, or the number of what went wrong.
  int release() noexcept {
    auto* const image = std::exchange(image_, nullptr);
    int number = 0;
    if (image != nullptr && mapped_) {
      number = system_.unmap(image, file_bytes()) == 0 ? 0 : errno;
    } else if (image != nullptr) {
      overt::detail::unmap_secure(image, file_bytes());
    }
    int const closing = file_.close();
    return number == 0 ? closing : number;
  }

  [[nodiscard]] failure not_open() const {
    return {error_code::misuse, "the journal " + path_ + " is not open"};
  }
  [[nodiscard]] failure failed(std::string_view what, int number, std::string_view then) const {
    return failed(what, number, then, detail::code_of(number));
  }
  [[nodiscard]] failure failed(std::string_view what, int number, std::string_view then,
                               error_code code) const {
    return {code, std::string{what} + " the journal " + path_ + ": " + detail::reason(number) + ". " +
                      std::string{then}};
  }

  std::string path_;
  journal_format::head head_;
  [[no_unique_address]] System system_;
  detail::descriptor<System> file_{};
  char* image_ = nullptr; ///< of the whole file: the file itself where it is mapped
  bool mapped_ = false;
  std::uint64_t generation_ = 1;
  std::size_t used_ = 0; ///< of the half that is being filled
  result<void> sync_outcome_;
};

} // namespace overt::inline v0::sink
