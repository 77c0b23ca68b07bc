#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <variant>

#include <overt/capture/context_answer.hpp>
#include <overt/capture/input_feed.hpp>
#include <overt/capture/payload_counts.hpp>
#include <overt/detail/bounded_ring.hpp>
#include <overt/event/basic_event.hpp>
#include <overt/event/text_arena.hpp>

namespace overt::inline v0::capture {

struct port_sizes {
  std::size_t items = 16384; ///< events and answers in the ring; rounded up to a power of two
  text_arena_sizes text{};
};

/// Where a backend hands over what it sees: one fixed ring and one fixed arena for text.
///
/// `push`, `answer` and the arena may be used from any thread; they never wait and never allocate. When the
/// ring fills up, expendable payloads (pointer moves) are refused first: the last quarter is kept for the
/// rest. Everything refused is counted by payload.
template <any_event Event>
class port {
public:
  using event_type = Event;
  using item = std::variant<Event, context_answer>;

  explicit port(port_sizes sizes = {}) : ring_{sizes.items}, arena_{sizes.text} {}

  /// Hands over something that happened at `time` in `where` (null when unknown). It will wait until an
  /// answer confirms where it went. Its number, or 0 when it was dropped.
  template <class Payload>
  std::uint64_t push(timestamp time, context_ptr where, Payload&& content) {
    return enqueue(time, std::move(where), false, std::forward<Payload>(content));
  }

  /// The same for a source that vouches for `where` itself, or for a payload that is not input.
  template <class Payload>
  std::uint64_t push_confirmed(timestamp time, context_ptr where, Payload&& content) {
    return enqueue(time, std::move(where), true, std::forward<Payload>(content));
  }

  /// Says where input went at a moment. Answers that find no room are lost, and what waited for them is
  /// withheld.
  bool answer(context_answer given) { return ring_.push(item{std::in_place_index<1>, std::move(given)}); }

  /// For a source of input: what the sources that follow input want to know. Nothing where nobody follows.
  void tell(input_hint const& hint) noexcept {
    for (auto& feed : followed_by_) {
      if (&feed != own_) {
        feed.tell(hint);
      }
    }
  }

  /// Before the session starts: which number the source has in it, and who follows its input.
  void join(std::uint16_t source, std::span<input_feed> followed_by,
            input_feed const* own = nullptr) noexcept {
    own_ = own;
    next_number_ = (std::uint64_t{source} << 48) + 1;
    followed_by_ = followed_by;
  }

  /// Asks the recorder to end the session: the person pressed the stop chord.
  void request_stop() noexcept { stop_requested_.store(true, std::memory_order_release); }
  [[nodiscard]] bool stop_requested() const noexcept {
    return stop_requested_.load(std::memory_order_acquire);
  }

  /// Asks the recorder to pause, or to go on: the person pressed the chord for it.
  void request_pause() noexcept { pauses_requested_.fetch_add(1, std::memory_order_acq_rel); }
  /// How often that was asked.
  [[nodiscard]] std::uint32_t pauses_requested() const noexcept {
    return pauses_requested_.load(std::memory_order_acquire);
  }

  /// The number that was given last; 0: none yet.
  [[nodiscard]] std::uint64_t last_number() const noexcept {
    return next_number_.load(std::memory_order_acquire) - 1;
  }

  /// Text for the payloads of this backend.
  [[nodiscard]] text_arena& arena() noexcept { return arena_; }

  /// Guarded text from the arena; when it has no room, text that is denied from the start.
  [[nodiscard]] guarded_text store(std::string_view text) noexcept {
    auto stored = arena_.store(text);
    return stored ? guarded_text{std::move(*stored)} : guarded_text{};
  }

  /// For the consumer: takes the oldest item, `use(item&&)`. One thread only.
  template <class Use>
  bool take(Use&& use) {
    return ring_.take(std::forward<Use>(use));
  }

  [[nodiscard]] std::size_t capacity() const noexcept { return ring_.capacity(); }
  [[nodiscard]] payload_counts<Event> const& produced() const noexcept { return produced_; }
  [[nodiscard]] payload_counts<Event> const& dropped() const noexcept { return dropped_; }

private:
  template <class Payload>
  std::uint64_t enqueue(timestamp time, context_ptr where, bool confirmed, Payload&& content) {
    using type = std::remove_cvref_t<Payload>;
    static_assert(Event::template carries<type>,
                  "overt: this payload is not in the event's list of payloads");
    constexpr auto index = Event::template index<type>;
    produced_.add(index);
    bool const room = !is_expendable<type>() || ring_.size() < ring_.capacity() / 4 * 3;
    auto const number = next_number_.fetch_add(1, std::memory_order_relaxed);
    event_header head{.time = time,
                      .context = std::move(where),
                      .produced = number,
                      .confirmed = confirmed || lane_of<type>() == input_lane::none};
    if (room && ring_.push(item{std::in_place_index<0>, std::move(head), std::forward<Payload>(content)})) {
      return number;
    }
    dropped_.add(index);
    return 0;
  }

  v0::detail::bounded_ring<item> ring_;
  text_arena arena_;
  payload_counts<Event> produced_;
  payload_counts<Event> dropped_;
  std::atomic<std::uint64_t> next_number_{1};
  std::span<input_feed> followed_by_{};
  input_feed const* own_ = nullptr; ///< the one it follows itself
  std::atomic<bool> stop_requested_{false};
  std::atomic<std::uint32_t> pauses_requested_{0};
};

} // namespace overt::inline v0::capture
