#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <overt/detail/read_file.hpp>
#include <overt/detail/sha256.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

struct watched_file;

/// Notices when a file stops saying what it said: a consent record, a policy.
///
/// Cheap when nothing happened (one `stat`). When the file's status differs, or is too young to be trusted,
/// the content is compared: a file that was only touched, or saved again with the same bytes, is unchanged. A
/// file that is gone, unreadable or no longer a regular file has changed. One thread at a time.
class file_watch {
public:
  static constexpr std::size_t largest = std::size_t{1} << 20;

  /// Begins to watch a file as it is now. `read` also returns the bytes that are watched, so that what a
  /// program uses is exactly what it watches. Errors: `not_found`, `invalid_input` (larger than `largest`).
  [[nodiscard]] static result<file_watch> on(std::filesystem::path file);
  [[nodiscard]] static result<watched_file> read(std::filesystem::path file);

  /// Whether the file still has the content it had.
  [[nodiscard]] bool unchanged() { return !changed_content().has_value(); }

  /// Nothing while the file is unchanged; otherwise what it holds now, or an empty text when it is gone or
  /// cannot be read. Keeps answering for the file as it was in the beginning.
  [[nodiscard]] std::optional<std::string> changed_content() {
    if (settled_ && overt::detail::status_of(file_) == status_) {
      return std::nullopt;
    }
    auto now = overt::detail::read_file(file_, largest);
    if (!now || overt::detail::sha256(now->content) != digest_) {
      return now ? std::move(now->content) : std::string{};
    }
    status_ = now->status;
    settled_ = now->settled;
    return std::nullopt;
  }

  [[nodiscard]] std::filesystem::path const& path() const noexcept { return file_; }
  /// SHA-256 of the content.
  [[nodiscard]] std::array<std::uint8_t, 32> const& digest() const noexcept { return digest_; }

private:
  file_watch() = default;

  std::filesystem::path file_;
  overt::detail::file_status status_;
  std::array<std::uint8_t, 32> digest_{};
  bool settled_ = false; ///< old enough that a later change must show in the status
};

/// A file's content, and the watch that tells when it is no longer that.
struct watched_file {
  std::string content{};
  file_watch watch;
};

inline result<watched_file> file_watch::read(std::filesystem::path file) {
  auto now = overt::detail::read_file(file, largest);
  if (!now) {
    return now.error() == overt::detail::read_error::too_large
               ? failure{error_code::invalid_input,
                         "The file " + file.string() +
                             " is larger than 1 MiB, which no consent record or policy is. "
                             "Name the right file."}
               : failure{error_code::not_found,
                         "The file " + file.string() +
                             " cannot be read as a regular file. Check that it exists and that "
                             "you may read it."};
  }
  file_watch watch;
  watch.file_ = std::move(file);
  watch.status_ = now->status;
  watch.digest_ = overt::detail::sha256(now->content);
  watch.settled_ = now->settled;
  return watched_file{.content = std::move(now->content), .watch = std::move(watch)};
}

inline result<file_watch> file_watch::on(std::filesystem::path file) {
  auto opened = read(std::move(file));
  if (!opened) {
    return opened.error();
  }
  return std::move(opened->watch);
}

} // namespace overt::inline v0::consent
