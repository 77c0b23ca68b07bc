#pragma once

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <overt/event/result.hpp>

namespace overt::inline v0::sink::detail {

/// Makes a call again for as long as a signal interrupted it.
template <class Call>
auto uninterrupted(Call&& call) {
  auto answer = call();
  while (answer < 0 && errno == EINTR) {
    answer = call();
  }
  return answer;
}

/// Writes all of `bytes`, however many calls it takes. 0, or the number of what went wrong; then any part of
/// the range may have been written.
template <class System>
[[nodiscard]] int write_all(System& system, int file, std::string_view bytes, std::uint64_t offset) {
  while (!bytes.empty()) {
    auto const count =
        uninterrupted([&] { return system.write_at(file, bytes.data(), bytes.size(), offset); });
    if (count <= 0) {
      return count < 0 ? errno : EIO; // a device that takes nothing and gives no reason
    }
    bytes.remove_prefix(static_cast<std::size_t>(count));
    offset += static_cast<std::uint64_t>(count);
  }
  return 0;
}

/// What the system says about a number of `errno`.
[[nodiscard]] inline std::string reason(int number) { return std::generic_category().message(number); }

/// `disk_full` where there may be room later, else `output_failed`.
[[nodiscard]] inline error_code code_of(int number) noexcept {
  return number == ENOSPC || number == EDQUOT ? error_code::disk_full : error_code::output_failed;
}

/// A file that is closed when its owner ends. -1: none.
template <class System>
class descriptor {
public:
  descriptor() = default;
  descriptor(int value, System system) : value_{value}, system_{std::move(system)} {}
  descriptor(descriptor&& other) noexcept
      : value_{std::exchange(other.value_, -1)}, system_{std::move(other.system_)} {}
  descriptor& operator=(descriptor&& other) noexcept {
    std::swap(value_, other.value_);
    std::swap(system_, other.system_);
    return *this;
  }
  ~descriptor() { static_cast<void>(close()); }

  [[nodiscard]] int get() const noexcept { return value_; }
  [[nodiscard]] bool is_open() const noexcept { return value_ >= 0; }

  /// 0, or the number of what went wrong; closed either way. An interrupted close is not made again: the
  /// number may belong to another file by then (close(2)).
  [[nodiscard]] int close() noexcept {
    if (value_ < 0) {
      return 0;
    }
    auto const outcome = system_.close(std::exchange(value_, -1));
    return outcome == 0 || errno == EINTR ? 0 : errno;
  }

private:
  int value_ = -1;
  [[no_unique_address]] System system_{};
};

} // namespace overt::inline v0::sink::detail
