#pragma once

#if !defined(_WIN32)

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <dirent.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <overt/consent/control_folder.hpp>
#include <overt/consent/control_words.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

/// A recorder of this user that can be spoken to.
struct controlled_session {
  long process = 0;
  std::string path{}; ///< of its socket
};

/// Those that have a socket, by their process. One that died may have left its own behind; `ask_session`
/// finds out. Errors: see `control_folder`.
[[nodiscard]] inline result<std::vector<controlled_session>> controlled_sessions() {
  auto const folder = control_folder();
  if (!folder) {
    return folder.error();
  }
  std::vector<controlled_session> found;
  auto* const listing = ::opendir(folder->c_str());
  if (listing == nullptr) {
    return detail::control_failure(*folder, "this folder cannot be read");
  }
  while (auto const* const entry = ::readdir(listing)) {
    std::string_view const name{entry->d_name};
    if (!name.ends_with(detail::control_suffix)) {
      continue;
    }
    long process = 0;
    if (std::from_chars(name.data(), name.data() + name.size(), process).ec == std::errc{} && process > 0) {
      found.push_back({process, *folder + '/' + std::string{name}});
    }
  }
  ::closedir(listing);
  std::ranges::sort(found, [](auto const& a, auto const& b) {
    return a.process != b.process ? a.process < b.process : a.path < b.path;
  });
  return found;
}

/// Says a line (without its end) to a recorder and waits three seconds at most for what it answers.
/// Errors: `source_lost` (it is gone; what it left behind is removed, or it does not answer), what it
/// refused.
[[nodiscard]] inline result<control_answer> ask_session(controlled_session const& session, std::string line) {
  auto const address = detail::control_address(session.path);
  if (!address) {
    return address.error();
  }
  auto const gone = [&](std::string_view what) {
    return failure{error_code::source_lost,
                   "The recorder of process " + std::to_string(session.process) + std::string{what}};
  };
  struct closing {
    int descriptor;
    ~closing() {
      if (descriptor >= 0) {
        ::close(descriptor);
      }
    }
  } const connection{::socket(AF_UNIX, SOCK_STREAM, 0)};
  timeval const patience{.tv_sec = 3, .tv_usec = 0};
  ::setsockopt(connection.descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(connection.descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  if (::connect(connection.descriptor, reinterpret_cast<sockaddr const*>(&*address), sizeof *address) != 0) {
    if (errno == ECONNREFUSED) {
      ::unlink(session.path.c_str());
    }
    return gone(" is not there any more.");
  }
  line += '\n';
  std::string answer;
  if (!detail::is_same_user(connection.descriptor) ||
      ::send(connection.descriptor, line.data(), line.size(), MSG_NOSIGNAL) !=
          static_cast<ssize_t>(line.size())) {
    return gone(" did not listen.");
  }
  for (char part[512]; answer.find('\n') == std::string::npos;) {
    auto const got = ::recv(connection.descriptor, part, sizeof part, 0);
    if (got <= 0 || answer.size() > longest_control_line) {
      return gone(" did not answer.");
    }
    answer.append(part, static_cast<std::size_t>(got));
  }
  return read_control_answer(std::string_view{answer}.substr(0, answer.find('\n')));
}

} // namespace overt::inline v0::consent

#endif
