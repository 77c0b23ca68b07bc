#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <overt/detail/cbor_text.hpp>
#include <overt/detail/json_text.hpp>
#include <overt/event/event.hpp>
#include <overt/redact/cleared.hpp>
#include <overt/sink/event_cbor.hpp>
#include <overt/sink/event_json.hpp>
#include <overt/sink/json_schema.hpp>
#include <overt/sink/mcap/builder.hpp>
#include <overt/sink/mcap/context_table.hpp>
#include <overt/sink/mcap/topics.hpp>
#include <overt/sink/output_file.hpp>
#include <overt/sink/session_info.hpp>
#include <overt/sink/zstd/zstd.hpp>

#include "peer_row.hpp"

namespace overt_benchmark {

/// Keeps nothing: what making and redacting the events costs.
struct null_sink {
  std::uint64_t events = 0;
  void write(overt::cleared<overt::event> const&) { ++events; }
};

/// How MCAP is written with its C++ library left as it is: one message for each event, zstd at its level 1,
/// no chunk before it is large, no journal, no sync. `Text`: what a message holds, JSON or CBOR. The bytes
/// are made by our own builder, which writes the same records.
template <class Text>
class message_mcap {
public:
  static constexpr std::size_t chunk_bytes = 1024 * 1024;

  explicit message_mcap(std::string path) : path_{std::move(path)} {}

  [[nodiscard]] overt::result<void> open(overt::session_info const&) {
    auto made = overt::sink::output_file::create(path_);
    if (!made) {
      return made.error();
    }
    file_ = std::move(*made);
    put(builder_.head("", "benchmark"));
    return outcome_;
  }

  void write(overt::cleared<overt::event> const& what) {
    text_.clear();
    overt::sink::append_event(text_, what);
    auto const channel = what.visit(
        [&](auto const& payload) { return channel_for<std::remove_cvref_t<decltype(payload)>>(); });
    auto const& head = what.head();
    auto const time = static_cast<std::uint64_t>(head.time.ns);
    builder_.message(channel, static_cast<std::uint32_t>(head.sequence), time, time, text_.view());
    if (builder_.open_bytes() >= chunk_bytes) {
      put_chunk();
    }
  }

  [[nodiscard]] overt::result<void> close(overt::session_end const&) {
    put_chunk();
    put(builder_.end(size_));
    return outcome_ ? file_.close() : outcome_;
  }

private:
  template <class Payload>
  [[nodiscard]] std::uint16_t channel_for() {
    auto& known = channels_[overt::event::index<Payload>];
    if (!known) {
      auto const schema = builder_.schema(Payload::name, "jsonschema", overt::sink::json_schema<Payload>());
      known = builder_.channel(schema, overt::sink::topic_of(Payload::name),
                               std::same_as<Text, overt::detail::json_text> ? "json" : "cbor", {});
    }
    return *known;
  }

  void put_chunk() {
    auto const chunk = builder_.chunk(size_);
    outcome_ = chunk ? outcome_ : chunk.error();
    if (chunk) {
      put(*chunk);
    }
  }

  void put(std::string_view bytes) {
    if (auto written = file_.write(bytes); !written) {
      outcome_ = written;
    }
    size_ += bytes.size();
    builder_.appended();
  }

  std::string path_;
  overt::sink::output_file file_;
  overt::sink::mcap_builder<overt::sink::zstd> builder_{overt::sink::zstd{1}};
  std::array<std::optional<std::uint16_t>, overt::event::payload_count> channels_{};
  Text text_;
  std::uint64_t size_ = 0;
  overt::result<void> outcome_{};
};

/// A row of a table for each event.
class sqlite_sink {
public:
  explicit sqlite_sink(std::unique_ptr<sqlite_peer> table) : table_{std::move(table)} {}

  void write(overt::cleared<overt::event> const& what) {
    auto const& head = what.head();
    auto const place = contexts_.number_of(head.where);
    if (place.to_state) {
      text_.clear();
      overt::sink::detail::append_value(text_, *head.where);
      table_->context(place.number, text_.view());
    }
    peer_row row{
        .sequence = head.sequence, .time = head.time.ns, .source = head.source, .context = place.number};
    what.visit([&](auto const& payload) {
      using type = std::remove_cvref_t<decltype(payload)>;
      row.type = overt::event::index<type>;
      if constexpr (requires { payload.phase; }) {
        row.phase = static_cast<int>(payload.phase);
      }
      if constexpr (std::same_as<type, overt::key>) {
        row.kind = static_cast<int>(payload.kind);
      }
      if constexpr (requires { payload.at.x; }) {
        row.has_point = true;
        row.x = payload.at.x;
        row.y = payload.at.y;
      }
      if constexpr (std::same_as<type, overt::scroll>) {
        row.wheel = payload.dy_v120;
      }
      if constexpr (requires { payload.device; }) {
        row.device = payload.device;
      }
    });
    table_->row(row);
  }

  [[nodiscard]] overt::result<void> close(overt::session_end const&) {
    table_->finish();
    return {};
  }

private:
  std::unique_ptr<sqlite_peer> table_;
  overt::sink::context_table contexts_;
  overt::detail::json_text text_;
};

} // namespace overt_benchmark
