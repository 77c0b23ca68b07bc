#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <overt/event/event.hpp>
#include <overt/event/recorded.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/chunk_codec.hpp>
#include <overt/trace/json/cbor_reader.hpp>
#include <overt/trace/json/jsonl_reader.hpp>
#include <overt/trace/json/mcap_trace.hpp>
#include <overt/trace/json/stream_trace.hpp>
#include <overt/trace/plain_files.hpp>
#include <overt/trace/trace_format.hpp>

namespace overt::inline v0::trace {

/// Reads a trace of any format, in bounded memory. One thread. Made by `trace::open`.
///
///     auto opened = trace::open<overt::event, sink::zstd>("trace.mcap");
///     if (!opened) { … opened.error().message … }
///     auto const read = trace::each_event(*opened, [&](auto const& event) { use(event); });
///
/// The reader owns the names of rules and backends and must outlive the events.
template <any_event Event = overt::event>
class reader {
public:
  /// For `trace::open`. `Format` has next, seek, only, session, counts and complete.
  template <class Format>
    requires(!std::same_as<Format, reader>)
  explicit reader(Format format) : held_{std::make_unique<holding<Format>>(std::move(format))} {}

  /// The next event; nothing at the end. Errors: `invalid_input` where the trace is damaged or something is
  /// missing; nothing that was changed is ever given.
  [[nodiscard]] result<std::optional<recorded<Event>>> next() { return held_->next(); }

  /// Starts over with the events at or after this time, on the trace's own grid. By the index where there is
  /// one.
  [[nodiscard]] result<void> seek(timestamp from) { return held_->seek(from); }

  /// Starts over with the events of these payloads, at or after the time of `seek`. None: of all.
  [[nodiscard]] result<void> only(std::vector<std::string> payloads) {
    return held_->only(std::move(payloads));
  }

  /// What the trace says of itself: policy, receipt, sources (docs/formats.md). Null when that was not read.
  [[nodiscard]] nlohmann::json const& session() const noexcept { return held_->session(); }

  /// Whether the trace has its end; false when the recording was cut off. Final when all was read.
  [[nodiscard]] bool complete() const noexcept { return held_->complete(); }

  /// How many events of each payload the trace says it holds. Final when all was read.
  [[nodiscard]] std::map<std::string, std::uint64_t> counts() const { return held_->counts(); }

  /// Sentences on what no number tells: pictures that are damaged, and what may be missing after the last
  /// event of a trace without its end (a journal that is damaged, or was being written when the recorder
  /// ended). Final when all was read.
  [[nodiscard]] std::vector<std::string> problems() const { return held_->problems(); }

private:
  struct any_format {
    virtual ~any_format() = default;
    [[nodiscard]] virtual result<std::optional<recorded<Event>>> next() = 0;
    [[nodiscard]] virtual result<void> seek(timestamp from) = 0;
    [[nodiscard]] virtual result<void> only(std::vector<std::string> payloads) = 0;
    [[nodiscard]] virtual nlohmann::json const& session() const noexcept = 0;
    [[nodiscard]] virtual bool complete() const noexcept = 0;
    [[nodiscard]] virtual std::map<std::string, std::uint64_t> counts() const = 0;
    [[nodiscard]] virtual std::vector<std::string> problems() const = 0;
  };

  template <class Format>
  struct holding final : any_format {
    explicit holding(Format&& made) : value{std::move(made)} {}
    [[nodiscard]] result<std::optional<recorded<Event>>> next() override { return value.next(); }
    [[nodiscard]] result<void> seek(timestamp from) override { return value.seek(from); }
    [[nodiscard]] result<void> only(std::vector<std::string> payloads) override {
      return value.only(std::move(payloads));
    }
    [[nodiscard]] nlohmann::json const& session() const noexcept override { return value.session(); }
    [[nodiscard]] bool complete() const noexcept override { return value.complete(); }
    [[nodiscard]] std::map<std::string, std::uint64_t> counts() const override { return value.counts(); }
    [[nodiscard]] std::vector<std::string> problems() const override {
      if constexpr (requires { value.problems(); }) {
        return value.problems();
      } else {
        return {};
      }
    }
    Format value;
  };

  std::unique_ptr<any_format> held_;
};

/// Opens an MCAP trace whose files are somewhere special, such as a sealed one. `Codecs`: how its chunks may
/// be compressed, beside not at all.
template <any_event Event = overt::event, sink::chunk_codec... Codecs, class Files>
[[nodiscard]] result<reader<Event>> open_files(Files files) {
  auto opened = mcap_trace<Event, Files, Codecs...>::open(std::move(files));
  return opened ? result<reader<Event>>{reader<Event>{std::move(*opened)}}
                : result<reader<Event>>{opened.error()};
}

/// Opens a trace by its path, whatever its format: MCAP (all its parts, and the journal of a recorder that
/// was killed), JSON lines or CBOR; its first bytes tell. Errors: `not_found`, `permission_denied`;
/// `invalid_input` for what is no trace; `unsupported` for one that is sealed or of a later version.
template <any_event Event = overt::event, sink::chunk_codec... Codecs>
[[nodiscard]] result<reader<Event>> open(std::string path) {
  auto const format = trace_format_of(path);
  if (!format) {
    return format.error();
  }
  if (*format == trace_format::mcap) {
    return open_files<Event, Codecs...>(plain_files{std::move(path)});
  }
  if (*format == trace_format::other) {
    return failure{error_code::invalid_input,
                   path + " is not a trace: it is neither MCAP, JSON lines nor CBOR."};
  }
  auto const of = []<class Reader>(std::type_identity<Reader>, std::string where) -> result<reader<Event>> {
    auto opened = stream_trace<Event, Reader>::open(std::move(where));
    return opened ? result<reader<Event>>{reader<Event>{std::move(*opened)}}
                  : result<reader<Event>>{opened.error()};
  };
  return *format == trace_format::json_lines ? of(std::type_identity<jsonl_reader<Event>>{}, std::move(path))
                                             : of(std::type_identity<cbor_reader<Event>>{}, std::move(path));
}

} // namespace overt::inline v0::trace
