#pragma once

#include <atomic>
#include <cstdint>
#include <utility>

#include <overt/event/context.hpp>

namespace overt::inline v0 {

/// A shared, immutable context: one pointer in each event. Copying counts a reference and never allocates.
class context_ptr {
public:
  context_ptr() noexcept = default;

  /// Takes the context over. This is where it is allocated, once each time the focus goes somewhere else.
  /// `process` is the one it belongs to, as the system numbers it; 0 when that is not known.
  explicit context_ptr(context&& made, std::uint32_t process = 0)
      : shared_{new shared{std::move(made), process}} {}

  context_ptr(context_ptr const& other) noexcept : shared_{other.shared_} {
    if (shared_ != nullptr) {
      shared_->users.fetch_add(1, std::memory_order_relaxed);
    }
  }
  context_ptr(context_ptr&& other) noexcept : shared_{std::exchange(other.shared_, nullptr)} {}
  context_ptr& operator=(context_ptr other) noexcept {
    std::swap(shared_, other.shared_);
    return *this;
  }
  ~context_ptr() {
    if (shared_ != nullptr && shared_->users.fetch_sub(1, std::memory_order_acq_rel) == 1) {
      delete shared_;
    }
  }

  explicit operator bool() const noexcept { return shared_ != nullptr; }
  context const& operator*() const noexcept { return shared_->value; }
  context const* operator->() const noexcept { return &shared_->value; }

  /// By this, sources that each know a part can tell whether they speak of the same program. It is never
  /// written. 0 when it is not known, or there is no context.
  [[nodiscard]] std::uint32_t process() const noexcept { return shared_ == nullptr ? 0 : shared_->process; }

  /// The same object, which is what "the same place" means. It compares no content.
  friend bool operator==(context_ptr const& a, context_ptr const& b) noexcept {
    return a.shared_ == b.shared_;
  }

private:
  struct shared {
    shared(context&& made, std::uint32_t of) : value{std::move(made)}, process{of} {}
    context const value;
    std::uint32_t const process;
    std::atomic<std::uint32_t> users{1};
  };

  shared* shared_ = nullptr;
};

} // namespace overt::inline v0
