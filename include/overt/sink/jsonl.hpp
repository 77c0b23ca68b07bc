#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <overt/detail/json_text.hpp>
#include <overt/detail/unless_thrown.hpp>
#include <overt/event/recorded.hpp>
#include <overt/event/result.hpp>
#include <overt/redact/cleared.hpp>
#include <overt/sink/encoded_picture.hpp>
#include <overt/sink/event_json.hpp>
#include <overt/sink/keeps_pictures.hpp>
#include <overt/sink/line_crc.hpp>
#include <overt/sink/memory_failure.hpp>
#include <overt/sink/output_file.hpp>
#include <overt/sink/picture_folder.hpp>
#include <overt/sink/session_info.hpp>
#include <overt/sink/session_record.hpp>

namespace overt::inline v0::sink {

/// Writes a trace as JSON lines, to be looked at: first what the session is, then one line for each event,
/// last how many were written. Readable by its owner alone; never overwrites. Each line has a checksum (see
/// `line_crc`), so that a reader finds what was changed.
///
/// Lines are collected and written 64 KiB at a time, and at every `flush`.
class jsonl {
public:
  static constexpr std::size_t batch_bytes = 64 * 1024;
  static constexpr std::string_view schema = "overt.jsonl/2";

  explicit jsonl(std::string path) : path_{std::move(path)}, pictures_{path_} {}

  [[nodiscard]] result<void> open(session_info const& info) {
    auto made = output_file::create(path_);
    if (!made) {
      return made.error();
    }
    file_ = std::move(*made);
    auto const begin = lines_.size();
    append_session(lines_, info, schema);
    end_line(begin);
    return flush();
  }

  template <any_event Event>
  void write(cleared<Event> const& what) {
    write_line(what);
  }

  template <any_event Event>
  void write(recorded<Event> const& what) {
    write_line(what);
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
    auto const begin = lines_.size();
    lines_.raw("{\"type\":\"end\",\"written\":{");
    bool first = true;
    for (auto const& count : end.written) {
      first ? void() : lines_.raw(',');
      first = false;
      lines_.string(count.payload.view());
      lines_.raw(':');
      lines_.number(count.written);
    }
    lines_.raw("}}");
    end_line(begin);
    write_batch();
    auto const closed = file_.close();
    return outcome_ ? closed : outcome_;
  }

private:
  template <class Event>
  void write_line(Event const& what) {
    if (!outcome_) {
      return;
    }
    auto const begin = lines_.size();
    bool const added = v0::detail::unless_thrown(
        [&] {
          append_event(lines_, what);
          end_line(begin);
          return true;
        },
        [] { return false; });
    if (!added) {
      lines_.cut(begin);
    }
    if (!added || lines_.size() >= batch_bytes) {
      write_batch();
    }
    if (!added && outcome_) {
      outcome_ = no_memory_.take();
    }
  }

  void end_line(std::size_t begin) {
    line_crc::append(lines_, begin);
    lines_.raw('\n');
  }

  /// The first failure is kept; after it nothing more is written, so that no hole can hide in the middle of a
  /// file.
  void write_batch() {
    if (outcome_ && lines_.size() > 0) {
      outcome_ = file_.write(lines_.view());
    }
    lines_.clear();
  }

  std::string path_;
  picture_folder pictures_;
  output_file file_;
  v0::detail::json_text lines_;
  result<void> outcome_;
  memory_failure no_memory_;
};

} // namespace overt::inline v0::sink
