#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <overt/detail/cbor_text.hpp>
#include <overt/detail/crc32c.hpp>
#include <overt/detail/unless_thrown.hpp>
#include <overt/event/result.hpp>
#include <overt/redact/cleared.hpp>
#include <overt/sink/encoded_picture.hpp>
#include <overt/sink/event_cbor.hpp>
#include <overt/sink/keeps_pictures.hpp>
#include <overt/sink/memory_failure.hpp>
#include <overt/sink/output_file.hpp>
#include <overt/sink/picture_folder.hpp>
#include <overt/sink/session_info.hpp>
#include <overt/sink/session_record.hpp>

namespace overt::inline v0::sink {

/// Writes a trace as a CBOR sequence (RFC 8742): first what the session is, then each event, last how many
/// were written, with the members that JSON lines have; only the policy is a text that holds JSON. Readable
/// by its owner alone; never overwrites.
///
/// Each item is framed, so that what was changed is found:
///
///     [24(h'…'), h'01020304']
///
/// The byte string under tag 24 (RFC 8949, section 3.4.5.1) is the item itself. The second one, of four
/// bytes, is the CRC-32C, highest byte first, of everything of the frame before it.
///
/// Frames are collected and written 64 KiB at a time, and at every `flush`.
class cbor {
public:
  static constexpr std::size_t batch_bytes = 64 * 1024;
  static constexpr std::string_view schema = "overt.cbor/1";

  explicit cbor(std::string path) : path_{std::move(path)}, pictures_{path_} {}

  [[nodiscard]] result<void> open(session_info const& info) {
    auto made = output_file::create(path_);
    if (!made) {
      return made.error();
    }
    file_ = std::move(*made);
    append_session(item_, info, schema);
    append_frame();
    return flush();
  }

  template <any_event Event>
  void write(cleared<Event> const& what) {
    write_item(what);
  }

  template <any_event Event>
  void write(recorded<Event> const& what) {
    write_item(what);
  }

  /// The picture of the event that comes next, as a file of its own beside the trace (`picture_folder`).
  [[nodiscard]] result<void> write_picture(picture_head const& head, encoded_picture const& picture) {
    if (outcome_) {
      outcome_ = pictures_.write(head.sequence, picture);
    }
    return outcome_;
  }

  /// Each file is a whole picture, to be looked at.
  [[nodiscard]] bool wants_whole_picture() const noexcept { return true; }

  [[nodiscard]] result<void> flush() {
    write_batch();
    return outcome_;
  }

  [[nodiscard]] result<void> close(session_end const& end) {
    item_.open_record(2);
    item_.member(0, "type");
    item_.string("end");
    item_.member(1, "written");
    item_.open_record(end.written.size());
    for (auto const& count : end.written) {
      item_.string(count.payload.view());
      item_.number(count.written);
    }
    append_frame();
    write_batch();
    auto const closed = file_.close();
    return outcome_ ? closed : outcome_;
  }

private:
  template <class Event>
  void write_item(Event const& what) {
    if (!outcome_) {
      return;
    }
    auto const begin = frames_.size();
    bool const added = v0::detail::unless_thrown(
        [&] {
          append_event(item_, what);
          append_frame();
          return true;
        },
        [] { return false; });
    if (!added) {
      item_.clear();
      frames_.cut(begin);
    }
    if (!added || frames_.size() >= batch_bytes) {
      write_batch();
    }
    if (!added && outcome_) {
      outcome_ = no_memory_.take();
    }
  }

  /// Frames what is in `item_`, which is empty afterwards.
  void append_frame() {
    using major = v0::detail::cbor_major;
    auto const begin = frames_.size();
    frames_.head(major::array, 2);
    frames_.head(major::tag, 24);
    frames_.bytes(item_.view());
    item_.clear();
    auto const sum = v0::detail::crc32c_of(frames_.view().substr(begin));
    std::array<char, 4> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      bytes[i] = static_cast<char>(sum >> (24 - 8 * i) & 0xff);
    }
    frames_.bytes({bytes.data(), bytes.size()});
  }

  /// The first failure is kept; after it nothing more is written, so that no hole can hide in the middle of a
  /// file.
  void write_batch() {
    if (outcome_ && frames_.size() > 0) {
      outcome_ = file_.write(frames_.view());
    }
    frames_.clear();
  }

  std::string path_;
  picture_folder pictures_;
  output_file file_;
  v0::detail::cbor_text item_;
  v0::detail::cbor_text frames_;
  result<void> outcome_;
  memory_failure no_memory_;
};

} // namespace overt::inline v0::sink
