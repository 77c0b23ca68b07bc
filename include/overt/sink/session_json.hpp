#pragma once

#include <string_view>

#include <overt/detail/json_text.hpp>
#include <overt/sink/event_json.hpp>
#include <overt/sink/session_info.hpp>
#include <overt/version.hpp>

namespace overt::inline v0::sink {

/// Writes what a trace says about itself, as one JSON object:
/// `{"type":"session","schema":"overt.jsonl/2",…}`. The members are in docs/formats.md; `schema` names the
/// container and its version.
inline void append_session(v0::detail::json_text& out, session_info const& info, std::string_view schema) {
  out.raw("{\"type\":\"session\",\"schema\":");
  out.string(schema);
  out.raw(",\"version\":\"");
  out.number(version::major_number);
  out.raw('.');
  out.number(version::minor_number);
  out.raw('.');
  out.number(version::patch_number);
  out.raw("\",\"receipt\":");
  out.string(info.receipt_id);
  out.raw(",\"policy_digest\":");
  out.string(info.policy_digest);
  out.raw(",\"policy\":");
  out.raw(info.policy.empty() ? std::string_view{"null"} : std::string_view{info.policy});
  out.raw(",\"indicator\":");
  out.string(info.indicator);
  out.raw(",\"time_grid_ns\":");
  out.number(info.time_grid_ns);
  out.raw(",\"clock\":");
  if (info.anchor) {
    out.raw("{\"monotonic_ns\":");
    out.number(info.anchor->monotonic.ns);
    out.raw(",\"wall_ns\":");
    out.number(info.anchor->wall_ns);
    out.raw(",\"uncertainty_ns\":");
    out.number(info.anchor->uncertainty_ns);
    out.raw('}');
  } else {
    out.raw("null");
  }
  out.raw(",\"sources\":");
  detail::append_value(out, info.sources);
  out.raw('}');
}

} // namespace overt::inline v0::sink
