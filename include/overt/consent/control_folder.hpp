#pragma once

#if !defined(_WIN32)

#include <cerrno>
#include <cstdlib>
#include <string>
#include <string_view>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

namespace detail {

inline constexpr std::string_view control_suffix = ".socket";

[[nodiscard]] inline failure control_failure(std::string_view what, std::string_view advice) {
  return {error_code::permission_denied, std::string{what} + ": " + std::string{advice}};
}

/// The address of a socket; nothing when the path is too long for one.
[[nodiscard]] inline result<sockaddr_un> control_address(std::string const& path) {
  sockaddr_un made{};
  made.sun_family = AF_UNIX;
  if (path.size() >= sizeof made.sun_path) {
    return control_failure(path, "this path is too long for a socket. Set XDG_RUNTIME_DIR to a shorter one");
  }
  path.copy(made.sun_path, path.size());
  return made;
}

/// Whether who is at the other end of a local socket is the user of this process.
[[nodiscard]] inline bool is_same_user(int connection) noexcept {
#if defined(SO_PEERCRED)
  struct {
    pid_t process;
    uid_t user;
    gid_t group;
  } peer{};
  socklen_t size = sizeof peer;
  return ::getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && size == sizeof peer &&
         peer.user == ::geteuid();
#else
  uid_t user = 0;
  gid_t group = 0;
  return ::getpeereid(connection, &user, &group) == 0 && user == ::geteuid();
#endif
}

} // namespace detail

/// Where the recorders of this user can be spoken to: `$XDG_RUNTIME_DIR/overt`, or `/tmp/overt-UID` where
/// that is not set. Only the user may look into it: it is made so, and one that is not so is refused, since
/// in /tmp anybody could have made it.
/// Errors: `permission_denied`.
[[nodiscard]] inline result<std::string> control_folder() {
  auto const* const runtime = std::getenv("XDG_RUNTIME_DIR");
  auto const path = runtime != nullptr && *runtime == '/' ? std::string{runtime} + "/overt"
                                                          : "/tmp/overt-" + std::to_string(::geteuid());
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
    return detail::control_failure(path, "this folder cannot be made. Make it, or set XDG_RUNTIME_DIR");
  }
  struct stat found{};
  if (::lstat(path.c_str(), &found) != 0 || !S_ISDIR(found.st_mode) || found.st_uid != ::geteuid() ||
      (found.st_mode & 0077) != 0) {
    return detail::control_failure(
        path, "this is no folder that you alone may use. Remove it, or make it yours with mode 700");
  }
  return path;
}

} // namespace overt::inline v0::consent

#endif
