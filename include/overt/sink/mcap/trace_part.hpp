#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <overt/detail/json_text.hpp>
#include <overt/detail/secure_memory.hpp>
#include <overt/event/basic_event.hpp>
#include <overt/event/context.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/chunk_codec.hpp>
#include <overt/sink/event_json.hpp>
#include <overt/sink/json_schema.hpp>
#include <overt/sink/keeps_pictures.hpp>
#include <overt/sink/mcap/builder.hpp>
#include <overt/sink/mcap/context_table.hpp>
#include <overt/sink/mcap/journal_entry.hpp>
#include <overt/sink/mcap/part_records.hpp>
#include <overt/sink/mcap/picture_message.hpp>
#include <overt/sink/mcap/topics.hpp>
#include <overt/sink/packed/batch_schema.hpp>
#include <overt/sink/packed/batch_writer.hpp>
#include <overt/sink/packed/row_writer.hpp>
#include <overt/sink/storage/trace_storage.hpp>

namespace overt::inline v0::sink {

/// One file of a trace while it is written: turns events into messages and packed rows, keeps each in the
/// journal until its chunk is in the file. One thread. `sink::mcap` decides when a chunk or a part ends and
/// what becomes of failures.
template <any_event Event, chunk_codec Codec, trace_storage Storage>
class trace_part {
public:
  trace_part(Codec codec, std::int64_t batch_ns) : builder_{std::move(codec)}, batch_{batch_ns} {}

  /// Creates the file of the next part, so that the end of this one can say that there is one.
  [[nodiscard]] result<void> prepare(Storage storage) {
    next_.emplace(std::move(storage));
    auto made = next_->create();
    if (!made) {
      next_.reset();
    }
    return made;
  }

  [[nodiscard]] bool is_prepared() const noexcept { return next_.has_value(); }

  /// Writes into the file that was prepared what the trace says about itself. May be called again after a
  /// failure.
  [[nodiscard]] result<void> begin(session_info const& info, part_info const& part) {
    if (!storage_) {
      storage_.emplace(std::move(*next_));
      next_.reset();
    }
    anchor_ = info.anchor;
    contexts_.restart();
    builder_.start_over();
    has_key_picture_ = false;
    add_part_records(builder_, info, part);
    auto begun = put(block_kind::head, builder_.head("overt", library_name()));
    begun_ = begun.has_value();
    return begun;
  }

  [[nodiscard]] bool is_open() const noexcept { return begun_; }

  /// Removes the file that could not be begun.
  void abandon() {
    if constexpr (requires { storage_->discard(); }) {
      if (storage_) {
        storage_->discard();
      }
    }
    storage_.reset();
  }

  /// Takes an event. False: the journal has no room, nothing was taken, and a chunk has to be committed
  /// first. Without `journalled` it is taken all the same.
  template <class Head, class What>
  [[nodiscard]] result<bool> add(Head const& head, context const* where, What const& what,
                                 bool journalled = true) {
    return what.visit([&](auto const& payload) -> result<bool> {
      using payload_type = std::remove_cvref_t<decltype(payload)>;
      if constexpr (packed::packed_payload<payload_type>) {
        if (packed::fits(payload)) {
          return add_row(head, where, payload, journalled);
        }
      }
      return add_message<payload_type>(head, where, what, journalled);
    });
  }

  /// Writes what was added since the last time as one chunk. On a failure it stays, and the next call tries
  /// again.
  [[nodiscard]] result<void> commit() {
    if (auto turned = turn_journal(); !turned) {
      return turned;
    }
    end_batch();
    if (builder_.open_messages() == 0) {
      return {};
    }
    auto const chunk = builder_.chunk(storage_->size());
    if (!chunk) {
      return chunk.error();
    }
    if (auto written = put(block_kind::chunk, *chunk); !written) {
      return written;
    }
    contexts_.restart();
    to_turn_ = true;
    return turn_journal();
  }

  /// Writes a picture as a chunk of its own, which is in the file then and never in the journal: pictures are
  /// larger than that. Nothing may wait for a chunk (`commit`). After a failure the picture is not kept.
  [[nodiscard]] result<void> write_picture(picture_head const& head, encoded_picture const& picture) {
    struct cleanup { // also where memory ran out half way: events come into the next chunk
      trace_part& of;
      ~cleanup() {
        v0::detail::wipe(of.picture_.data(), of.picture_.size());
        of.picture_.clear();
        of.builder_.discard_chunk();
      }
    } const after{*this};
    bool const key = picture.kind == picture_kind::key;
    auto const channel = key ? key_picture_channel() : tiles_channel();
    picture_.reserve(picture.image.size() + 4096 + picture.tiles.size() * 5); // it never moves unwiped
    key ? mcap_pictures::append_key(picture_, head.sequence, logged_at(head.time), picture)
        : mcap_pictures::append_tiles(picture_, head.sequence, picture);
    put_message(channel, head.sequence, head.time, picture_);
    auto const chunk = builder_.chunk(storage_->size());
    auto written = chunk ? put(block_kind::chunk, *chunk) : result<void>{chunk.error()};
    has_key_picture_ = has_key_picture_ || (key && written);
    return written;
  }

  /// Whether this file has a key picture that others can refer to.
  [[nodiscard]] bool has_key_picture() const noexcept { return has_key_picture_; }

  [[nodiscard]] result<void> sync() { return storage_->sync(); }

  /// Ends the file. What was not committed before is lost. `counts`: at the end of the whole trace. When it
  /// is closed, the part is not open any more, also after an error.
  [[nodiscard]] result<void> end(session_end const* counts) {
    builder_.forget_records(); // of an end that could not be written
    add_end_records(builder_, counts);
    if (auto written = put(block_kind::end, builder_.end(storage_->size())); !written) {
      return written;
    }
    auto closed = storage_->close();
    storage_.reset();
    begun_ = false;
    return closed;
  }

  [[nodiscard]] std::uint64_t size() const noexcept { return storage_->size(); }
  [[nodiscard]] std::size_t open_bytes() const noexcept {
    return builder_.open_bytes() + batch_.size() * bytes_of_a_row;
  }

private:
  template <class Payload, class Head, class What>
  [[nodiscard]] result<bool> add_message(Head const& head, context const* where, What const& what,
                                         bool journalled) {
    json_.clear();
    append_event(json_, head, where, what);
    if (journalled) {
      if (auto kept = keep(journal_entry::message, head.sequence, json_.view()); !kept || !*kept) {
        return kept;
      }
    }
    put_message(channel_for<Payload>(), head.sequence, head.time, json_.view());
    return true;
  }

  template <class Head, class Payload>
  [[nodiscard]] result<bool> add_row(Head const& head, context const* where, Payload const& payload,
                                     bool journalled) {
    auto const place = contexts_.number_of(where);
    if (place.to_state) {
      if (auto kept = state(place.number, *where, head, journalled); !kept || !*kept) {
        contexts_.restart();
        return kept;
      }
    }
    packed::row_head const row{
        .sequence = head.sequence, .time = head.time, .source = head.source, .context = place.number};
    if (journalled) {
      if (auto kept = keep(journal_entry::row, head.sequence, row_.write(row, payload)); !kept || !*kept) {
        return kept;
      }
    }
    if (!batch_.takes(row.sequence, row.time)) {
      end_batch();
    }
    return batch_.add(row, payload);
  }

  template <class Head>
  [[nodiscard]] result<bool> state(std::uint32_t number, context const& where, Head const& head,
                                   bool journalled) {
    json_.clear();
    json_.raw("{\"context\":");
    json_.number(number);
    for_each_field(where, [&](auto const& description, auto const& member) {
      json_.raw(",\"");
      json_.raw(description.name);
      json_.raw("\":");
      detail::append_value(json_, member);
    });
    json_.raw('}');
    if (journalled) {
      if (auto kept = keep(journal_entry::context, head.sequence, json_.view()); !kept || !*kept) {
        return kept;
      }
    }
    put_message(context_channel(), head.sequence, head.time, json_.view());
    return true;
  }

  [[nodiscard]] result<bool> keep(journal_entry kind, std::uint64_t sequence, std::string_view bytes) {
    record_.clear();
    record_.push_back(static_cast<char>(kind));
    record_.append(bytes);
    return storage_->journal(sequence, record_);
  }

  void end_batch() {
    if (!batch_.empty()) {
      auto const sequence = batch_.from_sequence();
      auto const began = batch_.from_time();
      put_message(stream_channel(), sequence, began, batch_.finish());
    }
  }

  void put_message(std::uint16_t channel, std::uint64_t sequence, timestamp when, std::string_view bytes) {
    builder_.message(channel, static_cast<std::uint32_t>(sequence), logged_at(when),
                     static_cast<std::uint64_t>(when.ns), bytes);
  }

  [[nodiscard]] std::uint64_t logged_at(timestamp when) const {
    return static_cast<std::uint64_t>(anchor_ ? anchor_->wall_ns + (when - anchor_->monotonic) : when.ns);
  }

  /// What is in the journal is in a chunk now; once more when that could not be written there.
  [[nodiscard]] result<void> turn_journal() {
    if (!to_turn_) {
      return {};
    }
    auto turned = storage_->turn_journal();
    to_turn_ = !turned.has_value();
    return turned;
  }

  [[nodiscard]] result<void> put(block_kind kind, std::string_view bytes) {
    auto written = storage_->append(kind, bytes);
    if (written) {
      builder_.appended();
    }
    return written;
  }

  template <class Payload>
  [[nodiscard]] std::uint16_t channel_for() {
    auto& known = channels_[Event::template index<Payload>];
    if (!known) {
      auto const schema =
          builder_.schema("overt/" + std::string{Payload::name}, "jsonschema", json_schema<Payload>());
      known = builder_.channel(schema, topic_of(Payload::name), "json", {});
    }
    return *known;
  }

  [[nodiscard]] std::uint16_t context_channel() {
    if (!context_channel_) {
      auto const schema = builder_.schema("overt/context", "jsonschema", context_schema());
      context_channel_ = builder_.channel(schema, context_topic, "json", {});
    }
    return *context_channel_;
  }

  [[nodiscard]] std::uint16_t stream_channel() {
    if (!stream_channel_) {
      auto const schema = builder_.schema("overt/stream", "jsonschema", packed::batch_schema());
      stream_channel_ = builder_.channel(schema, stream_topic, "cbor", {});
    }
    return *stream_channel_;
  }

  [[nodiscard]] std::uint16_t key_picture_channel() {
    namespace pictures = mcap_pictures;
    return builder_.channel(
        builder_.schema(pictures::key_schema_name, pictures::key_schema_encoding, pictures::key_schema),
        pictures::key_topic, pictures::key_encoding, {});
  }

  [[nodiscard]] std::uint16_t tiles_channel() {
    namespace pictures = mcap_pictures;
    return builder_.channel(
        builder_.schema(pictures::tiles_schema_name, "jsonschema", pictures::tiles_schema()),
        pictures::tiles_topic, "cbor", {});
  }

  static constexpr std::size_t bytes_of_a_row = 8; // about; before compression

  std::optional<Storage> storage_{};
  std::optional<Storage> next_{}; ///< created, with nothing in it
  mcap_builder<Codec> builder_;
  std::optional<clock_anchor> anchor_{};
  context_table contexts_;
  packed::row_writer row_;
  packed::batch_writer<Event> batch_;
  v0::detail::json_text json_;
  std::string record_;
  std::string picture_; ///< empty between calls
  std::array<std::optional<std::uint16_t>, Event::payload_count> channels_{};
  std::optional<std::uint16_t> context_channel_{};
  std::optional<std::uint16_t> stream_channel_{};
  bool to_turn_ = false;
  bool has_key_picture_ = false;
  bool begun_ = false; ///< its head is in the file
};

} // namespace overt::inline v0::sink
