#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>

namespace overt::inline v0::sink {

/// How far a trace is safe, as the sequence number up to which every event is: a handle that a program keeps
/// while the recorder has the sink. All functions may be called from any thread.
///
///     sink::mcap file{"trace.mcap"};
///     auto const safe = file.progress();
///     recorder rec{…, std::move(file)};
///     …
///     safe.wait_synced(safe.kept(), std::chrono::seconds{2});
class trace_progress {
public:
  /// Up to this number nothing is lost when the process is killed.
  [[nodiscard]] std::uint64_t kept() const noexcept { return shared_->kept.load(std::memory_order_acquire); }

  /// Up to this number nothing is lost when the power fails.
  [[nodiscard]] std::uint64_t synced() const noexcept {
    return shared_->synced.load(std::memory_order_acquire);
  }

  /// Events that could not be written because the disk was full. They are told in the trace as gaps.
  [[nodiscard]] std::uint64_t lost() const noexcept { return shared_->lost.load(std::memory_order_acquire); }

  /// Waits until `synced()` reaches a number. False when the time was up or the trace was closed before.
  template <class Rep, class Period>
  [[nodiscard]] bool wait_synced(std::uint64_t sequence, std::chrono::duration<Rep, Period> most) const {
    std::unique_lock lock{shared_->changing};
    shared_->changed.wait_for(lock, most, [&] { return synced() >= sequence || shared_->closed; });
    return synced() >= sequence;
  }

  // For the sink.
  void set_kept(std::uint64_t sequence) const noexcept {
    shared_->kept.store(sequence, std::memory_order_release);
  }
  void set_lost(std::uint64_t events) const noexcept {
    shared_->lost.store(events, std::memory_order_release);
  }
  void set_synced(std::uint64_t sequence) const {
    {
      std::scoped_lock const lock{shared_->changing};
      shared_->synced.store(sequence, std::memory_order_release);
    }
    shared_->changed.notify_all();
  }
  void close() const {
    {
      std::scoped_lock const lock{shared_->changing};
      shared_->closed = true;
    }
    shared_->changed.notify_all();
  }

private:
  struct state {
    std::atomic<std::uint64_t> kept{0};
    std::atomic<std::uint64_t> synced{0};
    std::atomic<std::uint64_t> lost{0};
    bool closed = false;
    std::mutex changing;
    std::condition_variable changed;
  };
  std::shared_ptr<state> shared_ = std::make_shared<state>();
};

} // namespace overt::inline v0::sink
