#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <overt/detail/json_text.hpp>
#include <overt/event/recorded.hpp>
#include <overt/event/result.hpp>
#include <overt/redact/cleared.hpp>
#include <overt/sink/event_json.hpp>
#include <overt/sink/output_file.hpp>
#include <overt/sink/session_info.hpp>
#include <overt/version.hpp>

namespace overt::inline v0::sink {

/// Writes a trace as JSON lines, to be looked at: first what the session is, then one line for each event,
/// last how many were written. Readable by its owner alone; never overwrites.
///
/// Lines are collected and written 64 KiB at a time, and at every `flush`.
class jsonl {
public:
  static constexpr std::size_t batch_bytes = 64 * 1024;

  explicit jsonl(std::string path) : path_{std::move(path)} {}

  [[nodiscard]] result<void> open(session_info const& info) {
    auto made = output_file::create(path_);
    if (!made) {
      return made.error();
    }
    file_ = std::move(*made);
    append_session(info);
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

  [[nodiscard]] result<void> flush() {
    write_batch();
    return outcome_;
  }

  [[nodiscard]] result<void> close(session_end const& end) {
    lines_.raw("{\"type\":\"end\",\"written\":{");
    bool first = true;
    for (auto const& count : end.written) {
      first ? void() : lines_.raw(',');
      first = false;
      lines_.string(count.payload.view());
      lines_.raw(':');
      lines_.number(count.written);
    }
    lines_.raw("}}\n");
    write_batch();
    auto const closed = file_.close();
    return outcome_ ? closed : outcome_;
  }

private:
  template <class Event>
  void write_line(Event const& what) {
    append_event(lines_, what);
    lines_.raw('\n');
    if (lines_.size() >= batch_bytes) {
      write_batch();
    }
  }

  /// The first failure is kept; after it nothing more is written, so that no hole can hide in the middle of a
  /// file.
  void write_batch() {
    if (outcome_ && lines_.size() > 0) {
      outcome_ = file_.write(lines_.view());
    }
    lines_.clear();
  }

  void append_session(session_info const& info) {
    lines_.raw("{\"type\":\"session\",\"schema\":\"overt.jsonl/1\",\"version\":\"");
    lines_.number(version::major_number);
    lines_.raw('.');
    lines_.number(version::minor_number);
    lines_.raw('.');
    lines_.number(version::patch_number);
    lines_.raw("\",\"receipt\":");
    lines_.string(info.receipt_id);
    lines_.raw(",\"policy_digest\":");
    lines_.string(info.policy_digest);
    lines_.raw(",\"policy\":");
    lines_.raw(info.policy.empty() ? std::string_view{"null"} : std::string_view{info.policy});
    lines_.raw(",\"indicator\":");
    lines_.string(info.indicator);
    lines_.raw(",\"time_grid_ns\":");
    lines_.number(info.time_grid_ns);
    lines_.raw(",\"clock\":");
    if (info.anchor) {
      lines_.raw("{\"monotonic_ns\":");
      lines_.number(info.anchor->monotonic.ns);
      lines_.raw(",\"wall_ns\":");
      lines_.number(info.anchor->wall_ns);
      lines_.raw(",\"uncertainty_ns\":");
      lines_.number(info.anchor->uncertainty_ns);
      lines_.raw('}');
    } else {
      lines_.raw("null");
    }
    lines_.raw(",\"sources\":");
    detail::append_value(lines_, info.sources);
    lines_.raw("}\n");
  }

  std::string path_;
  output_file file_;
  v0::detail::json_text lines_;
  result<void> outcome_;
};

} // namespace overt::inline v0::sink
