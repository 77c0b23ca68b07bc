#pragma once

#if !defined(_WIN32)

#include <atomic>
#include <chrono>
#include <csignal>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <overt/consent/control_folder.hpp>
#include <overt/consent/control_words.hpp>
#include <overt/consent/controls.hpp>
#include <overt/detail/wake_up.hpp>
#include <overt/event/clock.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

/// Lets other programs of the same user pause, resume and narrow a recording: a local socket, one line there
/// and one line back (see `control_words.hpp`), in a folder that nobody else may look into. Whoever connects
/// is also asked the kernel for: another user is hung up on, whatever the folder's mode is by then.
///
///     auto const socket = consent::control_socket::open(recorder.controls());
///
/// A thread of its own, with all signals blocked, serves one caller after the other and waits at most a
/// second for each. The socket is named after the process and goes away with this object.
class control_socket {
public:
  /// Errors: `permission_denied` (the folder is not the user's alone, or the socket cannot be made).
  [[nodiscard]] static result<control_socket> open(controls hand) {
    auto const folder = control_folder();
    if (!folder) {
      return folder.error();
    }
    auto made = std::make_unique<shared>(std::move(hand));
    for (int number = 1; number <= most_in_a_process_; ++number) {
      auto const path = *folder + '/' + std::to_string(::getpid()) +
                        (number == 1 ? std::string{} : '-' + std::to_string(number)) +
                        std::string{detail::control_suffix};
      auto const address = detail::control_address(path);
      if (!address) {
        return address.error();
      }
      if (is_alive(*address)) {
        continue; // another recorder of this process, or of one of the same number elsewhere
      }
      ::unlink(path.c_str());
      made->listener = ::socket(AF_UNIX, SOCK_STREAM, 0);
      if (made->listener >= 0 && ::fcntl(made->listener, F_SETFD, FD_CLOEXEC) == 0 &&
          ::bind(made->listener, as_address(*address), sizeof *address) == 0 &&
          ::chmod(path.c_str(), 0600) == 0 && ::listen(made->listener, 8) == 0) {
        made->path = path;
        return control_socket{std::move(made)};
      }
      break;
    }
    return detail::control_failure(*folder, "no socket can be made here");
  }

  control_socket(control_socket&&) noexcept = default;
  control_socket& operator=(control_socket&&) = delete;
  ~control_socket() = default;

  /// Where it is.
  [[nodiscard]] std::string const& path() const noexcept { return shared_->path; }

private:
  static constexpr int most_in_a_process_ = 64;
  static constexpr auto patience_ = std::chrono::seconds{1};

  struct shared {
    explicit shared(controls given) : hand{std::move(given)} {}
    shared(shared const&) = delete;
    shared& operator=(shared const&) = delete;
    ~shared() {
      if (thread.joinable()) {
        thread.request_stop();
        bell.ring();
        thread.join();
      }
      if (listener >= 0) {
        ::close(listener);
      }
      if (!path.empty()) {
        ::unlink(path.c_str());
      }
    }

    controls hand;
    std::string path{};
    int listener = -1;
    overt::detail::wake_up bell{};
    std::jthread thread{};
  };

  explicit control_socket(std::unique_ptr<shared> made) : shared_{std::move(made)} {
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    shared_->thread = std::jthread{[all = shared_.get()](std::stop_token ended) { serve(*all, ended); }};
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
  }

  [[nodiscard]] static sockaddr const* as_address(sockaddr_un const& given) noexcept {
    return reinterpret_cast<sockaddr const*>(&given);
  }

  [[nodiscard]] static bool is_alive(sockaddr_un const& address) {
    auto const tried = ::socket(AF_UNIX, SOCK_STREAM, 0);
    bool const answers = tried >= 0 && ::connect(tried, as_address(address), sizeof address) == 0;
    if (tried >= 0) {
      ::close(tried);
    }
    return answers;
  }

  static void serve(shared& all, std::stop_token const& ended) {
    while (!ended.stop_requested()) {
      pollfd waiting[] = {{all.listener, POLLIN, 0}, {all.bell.descriptor(), POLLIN, 0}};
      ::poll(waiting, 2, all.bell.usable() ? 10'000 : 100);
      if (ended.stop_requested() || (waiting[0].revents & POLLIN) == 0) {
        continue;
      }
      auto const caller = ::accept(all.listener, nullptr, nullptr);
      if (caller < 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds{10}); // out of descriptors, for example
        continue;
      }
      if (::fcntl(caller, F_SETFD, FD_CLOEXEC) == 0 && ::fcntl(caller, F_SETFL, O_NONBLOCK) == 0 &&
          detail::is_same_user(caller)) {
        talk(all, caller);
      }
      ::close(caller);
    }
  }

  static void talk(shared const& all, int caller) {
    auto const line = read_line(caller);
    if (!line) {
      return;
    }
    auto const answer = answer_control(*line, all.hand, system_clocks{}.now()) + '\n';
    // One that does not listen gets what fits. A pipe that broke must not end the program.
    static_cast<void>(::send(caller, answer.data(), answer.size(), MSG_NOSIGNAL));
  }

  /// A whole line; nothing when it is too long or does not come in time.
  [[nodiscard]] static std::optional<std::string> read_line(int caller) {
    auto const end = std::chrono::steady_clock::now() + patience_;
    std::string line;
    for (char part[512];;) {
      auto const left =
          std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
      pollfd readable{caller, POLLIN, 0};
      if (left.count() <= 0 || ::poll(&readable, 1, static_cast<int>(left.count()) + 1) <= 0) {
        return std::nullopt;
      }
      auto const got = ::read(caller, part, sizeof part);
      if (got <= 0) {
        return std::nullopt;
      }
      line.append(part, static_cast<std::size_t>(got));
      if (auto const stop = line.find('\n'); stop != std::string::npos) {
        line.resize(stop);
        return line;
      }
      if (line.size() > longest_control_line) {
        return std::nullopt;
      }
    }
  }

  std::unique_ptr<shared> shared_;
};

} // namespace overt::inline v0::consent

#endif
