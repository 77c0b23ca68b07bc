#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/random_bytes.hpp>
#include <overt/detail/unless_thrown.hpp>
#include <overt/event/clock.hpp>
#include <overt/event/event.hpp>
#include <overt/event/gap.hpp>
#include <overt/event/recorded.hpp>
#include <overt/event/result.hpp>
#include <overt/redact/cleared.hpp>
#include <overt/sink/chunk_codec.hpp>
#include <overt/sink/encoded_picture.hpp>
#include <overt/sink/keeps_pictures.hpp>
#include <overt/sink/mcap/lost_events.hpp>
#include <overt/sink/mcap/options.hpp>
#include <overt/sink/mcap/part_path.hpp>
#include <overt/sink/mcap/trace_part.hpp>
#include <overt/sink/memory_failure.hpp>
#include <overt/sink/session_info.hpp>
#include <overt/sink/storage/file_storage.hpp>
#include <overt/sink/storage/journal_format.hpp>
#include <overt/sink/storage/trace_storage.hpp>
#include <overt/sink/trace_progress.hpp>
#include <overt/sink/uncompressed.hpp>

namespace overt::inline v0::sink {

namespace detail {
template <class Made>
struct storage_of_result {
  using type = Made;
};
template <class Storage>
struct storage_of_result<result<Storage>> {
  using type = Storage;
};
} // namespace detail

/// Makes the storage of a part of a trace, or a result with it, from its path and from the trace's name,
/// which its journal has too.
template <class Open>
concept opens_storage =
    std::invocable<Open&, std::string, trace_id const&> &&
    trace_storage<
        typename detail::storage_of_result<std::invoke_result_t<Open&, std::string, trace_id const&>>::type>;

/// The storage of plain traces.
struct plain_files {
  [[nodiscard]] file_storage<> operator()(std::string path, trace_id const& trace) const {
    return file_storage<>{std::move(path), {.id = trace}};
  }
};

/// Writes a trace as a standard MCAP file (https://mcap.dev/spec), profile "overt", that survives what
/// happens to it. One thread, the recorder's.
///
///     sink::mcap{"trace.mcap"}
///     sink::mcap{"trace.mcap", sink::zstd{}}              // overt::zstd: about a tenth of the size
///     sink::mcap<my_event>{"trace.mcap"}                  // another list of payloads
///
/// What a person did is one JSON message each, on a topic of its kind. Pointer moves, scrolls and keys that
/// tell nothing are packed into columns, one message for ten seconds on the topic "stream" (docs/formats.md).
///
/// When `write` returns, the event survives the death of the process: it is in a chunk of the file, or in a
/// small mapped file beside it (`<path>.journal`), which readers take along and `close` removes. It survives
/// a power cut after the next sync, `options.sync_every_ns` later at the most. `progress()` tells how far
/// that is.
///
/// A disk that is full is no error: events wait in memory, and what does not fit there is told as `gap`
/// events of the reason `disk_full` when there is room again. Errors of `flush` and `close`: a disk that
/// fails otherwise, and no memory for an event. Then the trace ends there, without its end, and its journal
/// stays beside it.
template <any_event Event = overt::event, chunk_codec Codec = uncompressed, opens_storage Open = plain_files,
          clock_source Clock = system_clocks>
class mcap {
public:
  using storage =
      typename detail::storage_of_result<std::invoke_result_t<Open&, std::string, trace_id const&>>::type;

  explicit mcap(std::string path, Codec codec = Codec{}, mcap_options options = {}, Open open = {},
                Clock clock = {})
      : path_{std::move(path)}, options_{options}, open_{std::move(open)}, clock_{std::move(clock)},
        part_{std::move(codec), options.batch_ns} {}

  /// How far the trace is safe; to be kept before the sink is given away.
  [[nodiscard]] trace_progress progress() const { return progress_; }

  [[nodiscard]] result<void> open(session_info const& info) {
    info_ = info;
    trace_ = v0::detail::random_bytes<16>();
    outcome_ = prepare_part(1);
    if (outcome_) {
      outcome_ = begin_part(1);
    }
    if (!outcome_) {
      part_.abandon();
    }
    return outcome_;
  }

  void write(cleared<Event> const& what) {
    or_end([&] { take(what.head(), what.head().where, what); });
  }

  void write(recorded<Event> const& what) {
    or_end([&] { take(what.head(), what.head().where ? &*what.head().where : nullptr, what); });
  }

  /// The picture of the event that comes next, into the file at once (`sink::with_pictures`). Where there is
  /// no room, and for one of more than 128 MiB, a failure: the picture is lost, and recording goes on.
  [[nodiscard]] result<void> write_picture(picture_head const& head, encoded_picture const& picture) {
    if (!outcome_) {
      return outcome_;
    }
    bool room = part_.is_open() && !lost_.any() && picture.image.size() <= largest_picture;
    if (room) {
      or_end([&] { room = write_chunk(); });
    }
    if (!room || !outcome_) {
      return outcome_ ? failure{error_code::disk_full, "there is no room for a picture; it is lost"}
                      : outcome_;
    }
    auto written = part_.write_picture(head, picture);
    if (!written && written.error().code != error_code::disk_full) {
      outcome_ = written;
    }
    return written;
  }

  /// Each file of the trace has the key pictures that its others refer to.
  [[nodiscard]] bool wants_whole_picture() const { return !part_.has_key_picture(); }

  [[nodiscard]] result<void> flush() {
    if (!outcome_ || (!part_.is_open() && !between_parts_)) {
      return outcome_;
    }
    or_end([&] {
      auto const now = clock_.now();
      if (lost_.any() || waiting_ || between_parts_ ||
          (chunk_began_ && now - *chunk_began_ >= options_.chunk_ns)) {
        commit();
      }
      if (part_.is_open() && now - synced_at_ >= options_.sync_every_ns) {
        sync(now);
      }
    });
    return outcome_;
  }

  [[nodiscard]] result<void> close(session_end const& end) {
    if (!part_.is_open() && !between_parts_) {
      return outcome_ ? failure{error_code::misuse,
                                "the trace is not open; it has to be opened before it is closed"}
                      : outcome_;
    }
    or_end([&] {
      commit();
      commit(); // what the first one told of as lost
      if (outcome_ && (waiting_ || between_parts_ || lost_.any())) {
        outcome_ =
            failure{error_code::output_failed, "the disk is full; the end of the trace " + path_ +
                                                   " is missing. What was written before is kept. Make room, "
                                                   "and run overt recover on it."};
      }
      if (outcome_) {
        outcome_ = part_.end(&end);
      }
    });
    if (outcome_) {
      progress_.set_kept(sequence_);
      progress_.set_synced(sequence_);
    }
    progress_.close();
    return outcome_;
  }

private:
  /// What is half done when memory runs out may be in the file twice or not at all, so that nothing may
  /// follow it. What was acknowledged is in the journal until it is in the file.
  template <class Act>
  void or_end(Act&& act) {
    bool const done = v0::detail::unless_thrown(
        [&] {
          act();
          return true;
        },
        [] { return false; });
    if (!done && outcome_) {
      outcome_ = no_memory_.take();
    }
  }

  template <class Head>
  void take(Head const& head, context const* where, auto const& what) {
    if (!outcome_ || (!part_.is_open() && !between_parts_)) {
      return;
    }
    if (lost_.any() || !part_.is_open() || (waiting_ && part_.open_bytes() >= options_.waiting_bytes)) {
      lose(head, what);
      return;
    }
    auto kept = part_.add(head, where, what, !waiting_);
    if (!kept && kept.error().code == error_code::disk_full) { // a file system where the journal grows
      waiting_ = true;
      kept = part_.add(head, where, what, false);
    }
    bool const journal_full = kept && !*kept;
    if (journal_full) { // what is in it goes to the file, and this one after it
      commit();
      if (!outcome_) {
        return;
      }
      if (!part_.is_open()) { // that was its last chunk, and there is no room for another part
        lose(head, what);
        return;
      }
      kept = part_.add(head, where, what, false);
    }
    if (!kept) {
      outcome_ = kept.error();
      return;
    }
    sequence_ = head.sequence;
    if (!chunk_began_) {
      chunk_began_ = clock_.now();
      chunk_first_ = head.time;
    }
    if (waiting_) {
      return;
    }
    if (journal_full || part_.open_bytes() >= options_.chunk_bytes ||
        head.time - chunk_first_ >= options_.chunk_ns) {
      commit();
    } else {
      progress_.set_kept(sequence_);
    }
  }

  void lose(auto const& head, auto const& what) {
    lost_.add(payload_index_of(what), head.sequence, head.time);
    sequence_ = head.sequence;
    progress_.set_lost(++lost_in_all_);
  }

  [[nodiscard]] static std::size_t payload_index_of(auto const& what) {
    return what.visit(
        [](auto const& payload) { return Event::template index<std::remove_cvref_t<decltype(payload)>>; });
  }

  /// Writes a chunk, if anything waits for one. A full disk is not an error: then everything waits on.
  void commit() {
    if (!outcome_) {
      return;
    }
    if (!part_.is_open()) {
      open_next_part();
      return;
    }
    if (!write_chunk()) {
      return;
    }
    if (lost_.any()) {
      tell_lost();
      commit();
    } else if (part_is_over()) {
      end_part();
    }
  }

  [[nodiscard]] bool write_chunk() {
    if (auto const written = part_.commit(); !written) {
      waiting_ = written.error().code == error_code::disk_full;
      if (!waiting_) {
        outcome_ = written.error();
      }
      return false;
    }
    waiting_ = false;
    chunk_began_.reset();
    progress_.set_kept(lost_.any() ? lost_.first() - 1 : sequence_);
    return true;
  }

  /// One gap for each payload of which something was lost, under the numbers that the lost ones had.
  void tell_lost() {
    static_assert(Event::template carries<gap>,
                  "overt: an event list carries overt::gap, so that nothing is lost in silence");
    auto const names = v0::detail::payload_literals<Event>();
    std::uint64_t told = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (lost_.of(i) > 0) {
        Event const made{event_header{}, gap{withheld_reason::disk_full, names[i], lost_.of(i)}};
        recorded_head const head{
            .sequence = lost_.first() + told++, .time = lost_.since(), .source = recorder_source};
        static_cast<void>(part_.add(head, nullptr, made, false)); // without the journal it is always taken
      }
    }
    lost_.clear();
  }

  [[nodiscard]] bool part_is_over() const {
    return (options_.part_bytes != 0 && part_.size() >= options_.part_bytes) ||
           (options_.part_ns != 0 && clock_.now() - part_began_ >= options_.part_ns);
  }

  void end_part() {
    auto ended = prepare_part(part_number_ + 1);
    if (ended) {
      ended = part_.end(nullptr);
    }
    if (!ended && ended.error().code != error_code::disk_full) {
      outcome_ = ended;
      return;
    }
    if (part_.is_open()) {
      return; // a full disk: later, then
    }
    between_parts_ = true;
    ++part_number_;
    open_next_part();
  }

  void open_next_part() {
    auto const opened = begin_part(lost_.any() ? lost_.first() : sequence_ + 1);
    if (opened) {
      between_parts_ = false;
      waiting_ = false;
      if (lost_.any()) {
        tell_lost();
        commit();
      }
    } else if (opened.error().code != error_code::disk_full) {
      outcome_ = opened;
    }
  }

  [[nodiscard]] result<void> prepare_part(std::uint32_t number) {
    if (part_.is_prepared()) {
      return {};
    }
    result<storage> made = open_(part_path(path_, number), trace_);
    return made ? part_.prepare(std::move(*made)) : result<void>{made.error()};
  }

  [[nodiscard]] result<void> begin_part(std::uint64_t first_sequence) {
    part_began_ = synced_at_ = clock_.now();
    return part_.begin(info_, {v0::detail::to_hex(trace_), part_number_, first_sequence, options_.batch_ns});
  }

  void sync(timestamp now) {
    if (auto const synced = part_.sync(); !synced) {
      outcome_ = synced;
      return;
    }
    synced_at_ = now;
    if (progress_.synced() != progress_.kept()) {
      progress_.set_synced(progress_.kept());
    }
  }

  static constexpr std::size_t largest_picture = 128 * 1024 * 1024;

  std::string path_;
  mcap_options options_;
  Open open_;
  Clock clock_;
  session_info info_{};
  trace_id trace_{};
  trace_part<Event, Codec, storage> part_;
  std::uint32_t part_number_ = 1;
  bool between_parts_ = false;
  bool waiting_ = false; ///< the disk takes nothing
  std::uint64_t sequence_ = 0;
  std::uint64_t lost_in_all_ = 0;
  timestamp part_began_{};
  timestamp synced_at_{};
  std::optional<timestamp> chunk_began_{}; ///< by the clock, for a person who does nothing more
  timestamp chunk_first_{};                ///< the time of its first event
  lost_events<Event::payload_count> lost_{};
  trace_progress progress_{};
  result<void> outcome_{};
  memory_failure no_memory_{};
};

} // namespace overt::inline v0::sink
