#pragma once

#include <cerrno>
#include <cstdint>
#include <string>

#if defined(__unix__) || defined(__APPLE__)
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#endif

#include <overt/sink/mcap/part_path.hpp>

namespace overt::inline v0::trace {

namespace detail {

/// Whether a process that lives holds the lock of this journal, or of this trace itself.
[[nodiscard]] inline bool is_held(std::string const& path) {
#if defined(__unix__) || defined(__APPLE__)
  int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) {
    return false;
  }
  bool const held = ::flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  static_cast<void>(::close(file));
  return held;
#else
  static_cast<void>(path);
  return false;
#endif
}

} // namespace detail

/// Whether a recorder that lives writes this trace: `sink::journal_file` holds a lock on the journal of one
/// of MCAP, sealed or not, and `sink::output_file` on one of JSON lines or CBOR itself (flock(2)). The system
/// takes it back when the process ends, however it ends. What is read
/// then is sound and grows on; a copy would have an end that the session has not. False also where it cannot
/// be known: no permission to read the journal, or a file system or system without such locks.
///
///     if (trace::being_recorded("trace.mcap")) { … }
[[nodiscard]] inline bool being_recorded(std::string const& path) {
  // The last part has the journal; the next one's may be there before the part is begun.
  for (std::uint32_t part = 1;; ++part) {
    auto const name = sink::part_path(path, part);
    if (detail::is_held(name + ".journal") || detail::is_held(name)) {
      return true;
    }
#if defined(__unix__) || defined(__APPLE__)
    if (::access(name.c_str(), F_OK) != 0) {
      return false;
    }
#else
    return false;
#endif
  }
}

} // namespace overt::inline v0::trace
