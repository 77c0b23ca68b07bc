#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string_view>
#include <thread>
#include <utility>

#include <overt/capture/backend.hpp>
#include <overt/detail/unless_thrown.hpp>

namespace overt::inline v0::capture {

/// One backend of a session, with its port and its thread. The backend stays where it is.
template <any_event Event, class Backend>
class running_backend {
public:
  using backend_type = Backend;

  explicit running_backend(Backend& backend, port_sizes sizes = {})
      : backend_{&backend}, port_{std::make_unique<port<Event>>(sizes)} {}

  running_backend(running_backend&&) = default;

  /// A backend that was opened and never ran lets go of the port, if it has a `close()`.
  ~running_backend() {
    stop();
    if constexpr (requires { backend_->close(); }) {
      if (port_ && opened_ && !ended_) {
        backend_->close();
      }
    }
  }

  [[nodiscard]] Backend& backend() noexcept { return *backend_; }
  [[nodiscard]] capture::port<Event>& out() noexcept { return *port_; }
  [[nodiscard]] static constexpr std::string_view name() { return Backend::name; }

  /// Before `open`: which number it has in the session, and where sources tell what input there is. One that
  /// follows takes the first feed that is not `taken` and tells nothing itself.
  void join(std::uint16_t number, std::span<input_feed> feeds, std::size_t& taken) {
    if constexpr (follows_input<Backend>) {
      auto& own = feeds[taken++];
      port_->join(number, feeds, &own);
      backend_->follow(own);
    } else {
      port_->join(number, feeds);
    }
  }

  [[nodiscard]] result<source> open() {
    auto opened = v0::detail::unless_thrown(
        [&] { return backend_->open(*port_); },
        [] {
          return result<source>{failure{error_code::misuse, "a backend threw while opening; it must not"}};
        });
    opened_ = opened.has_value();
    return opened;
  }

  void start() {
    ended_ = std::make_unique<ending>();
    thread_ = std::jthread{[&backend = *backend_, &out = *port_, &ended = *ended_](std::stop_token stop) {
      auto outcome = v0::detail::unless_thrown(
          [&] { return backend.run(out, std::move(stop)); },
          [] { return result<void>{failure{error_code::misuse, "a backend threw; it must not"}}; });
      if (!outcome) {
        ended.why.emplace(outcome.error());
      }
      ended.done.store(true, std::memory_order_release);
    }};
  }

  /// Asks the backend to stop and waits until it has.
  void stop() {
    if (thread_.joinable()) {
      thread_.request_stop();
      thread_.join();
    }
  }

  /// Whether `run` has returned.
  [[nodiscard]] bool ended() const noexcept { return ended_ && ended_->done.load(std::memory_order_acquire); }

  /// Why `run` returned with an error, once; nothing while it runs or when it returned without one.
  [[nodiscard]] std::optional<failure> take_failure() {
    if (!ended()) {
      return std::nullopt;
    }
    return std::exchange(ended_->why, std::nullopt);
  }

private:
  struct ending {
    std::atomic<bool> done{false};
    std::optional<failure> why{};
  };

  Backend* backend_;
  std::unique_ptr<port<Event>> port_;
  std::unique_ptr<ending> ended_;
  bool opened_ = false;
  std::jthread thread_;
};

} // namespace overt::inline v0::capture
