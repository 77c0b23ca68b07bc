#pragma once

#include <concepts>
#include <string>
#include <string_view>

#include <overt/detail/iso8601.hpp>
#include <overt/detail/json_text.hpp>
#include <overt/event/enumerators.hpp>
#include <overt/sink/session_info.hpp>
#include <overt/sink/value_writer.hpp>
#include <overt/version.hpp>

namespace overt::inline v0::sink {

/// Writes what a trace says about itself, as one record: `{"type":"session","schema":"overt.jsonl/2",…}`. The
/// members are in docs/formats.md; `schema` names the container and its version. The policy is JSON already:
/// in CBOR a text that holds it.
template <value_output Output>
void append_session(Output& out, session_info const& info, std::string_view schema) {
  auto const text = [&out](std::size_t place, std::string_view name, std::string_view value) {
    out.member(place, name);
    out.string(value);
  };
  out.open_record(12);
  text(0, "type", "session");
  text(1, "schema", schema);
  text(2, "version",
       std::to_string(version::major_number) + '.' + std::to_string(version::minor_number) + '.' +
           std::to_string(version::patch_number));
  text(3, "receipt", info.receipt_id);
  text(4, "policy_digest", info.policy_digest);
  out.member(5, "policy");
  auto const policy = info.policy.empty() ? std::string_view{"null"} : std::string_view{info.policy};
  if constexpr (std::same_as<Output, v0::detail::json_text>) {
    out.raw(policy);
  } else {
    out.string(policy);
  }
  text(6, "indicator", info.indicator);
  out.member(7, "time_grid_ns");
  out.number(info.time_grid_ns);
  out.member(8, "clock");
  if (info.anchor) {
    out.open_record(3);
    out.member(0, "monotonic_ns");
    out.number(info.anchor->monotonic.ns);
    out.member(1, "wall_ns");
    out.number(info.anchor->wall_ns);
    out.member(2, "uncertainty_ns");
    out.number(info.anchor->uncertainty_ns);
    out.close_record();
  } else {
    out.null();
  }
  out.member(9, "sources");
  detail::append_value(out, info.sources);
  out.member(10, "kept_until");
  info.kept_until_wall_ns == 0 ? out.null()
                               : out.string(v0::detail::format_date_time(info.kept_until_wall_ns));
  out.member(11, "purposes");
  out.open_list(info.purposes.size());
  for (std::size_t i = 0; i < info.purposes.size(); ++i) {
    out.item(i);
    out.string(name_of(info.purposes[i]));
  }
  out.close_list();
  out.close_record();
}

} // namespace overt::inline v0::sink
