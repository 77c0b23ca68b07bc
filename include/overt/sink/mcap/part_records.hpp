#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/json_text.hpp>
#include <overt/event/enumerators.hpp>
#include <overt/sink/session_info.hpp>
#include <overt/sink/session_record.hpp>
#include <overt/version.hpp>

namespace overt::inline v0::sink {

/// The version of what we put into MCAP: the metadata's names, the topics, the packed rows.
inline constexpr std::string_view mcap_schema = "overt.mcap/1";

/// Which file of a trace this is.
struct part_info {
  std::string trace{};      ///< a random name that all parts of the trace share, 32 hexadecimal digits
  std::uint32_t number = 1; ///< 1, 2, 3, …
  std::uint64_t first_sequence = 1;
  std::int64_t batch_ns = 0; ///< the most that a message of packed events covers
};

[[nodiscard]] inline std::string library_name() {
  return "overt " + std::to_string(version::major_number) + '.' + std::to_string(version::minor_number) +
         '.' + std::to_string(version::patch_number);
}

namespace detail {

using text_map = std::vector<std::pair<std::string, std::string>>;

template <class Value>
[[nodiscard]] std::string as_json(Value const& value) {
  v0::detail::json_text text;
  append_value(text, value);
  return std::string{text.view()};
}

} // namespace detail

/// What stands at the front of each part: the metadata "overt" (with the session as JSON traces have it),
/// "clock" and "capabilities", and the policy and the receipt as attachments. The names are in
/// docs/formats.md.
template <class Builder>
void add_part_records(Builder& to, session_info const& info, part_info const& part) {
  v0::detail::json_text session;
  append_session(session, info, mcap_schema);
  to.metadata("overt", detail::text_map{{"schema", std::string{mcap_schema}},
                                        {"library", library_name()},
                                        {"trace", part.trace},
                                        {"part", std::to_string(part.number)},
                                        {"first_seq", std::to_string(part.first_sequence)},
                                        {"batch_ns", std::to_string(part.batch_ns)},
                                        {"session", std::string{session.view()}}});
  detail::text_map clock{{"mono_unit", "ns"}, {"time_grid_ns", std::to_string(info.time_grid_ns)}};
  if (info.anchor) {
    clock.emplace_back("mono_anchor_ns", std::to_string(info.anchor->monotonic.ns));
    clock.emplace_back("wall_anchor_ns", std::to_string(info.anchor->wall_ns));
    clock.emplace_back("uncertainty_ns", std::to_string(info.anchor->uncertainty_ns));
  }
  to.metadata("clock", clock);
  detail::text_map capabilities;
  for (auto const& each : info.sources) {
    capabilities.emplace_back(std::string{each.backend.view()}, detail::as_json(each));
  }
  to.metadata("capabilities", capabilities);
  if (!info.policy.empty()) {
    to.attachment("policy.json", "application/json", 0, info.policy);
  }
  if (!info.receipt.empty()) {
    to.attachment("receipt.json", "application/json", 0, info.receipt);
  }
}

/// What stands at the end of each part: whether another follows, and if not, how many events of each payload
/// the whole trace holds.
template <class Builder>
void add_end_records(Builder& to, session_end const* counts) {
  to.metadata("end", detail::text_map{{"more_parts", counts == nullptr ? "true" : "false"}});
  if (counts != nullptr) {
    detail::text_map written;
    for (auto const& each : counts->written) {
      written.emplace_back(std::string{each.payload.view()}, std::to_string(each.written));
    }
    to.metadata("counts", written);
  }
}

} // namespace overt::inline v0::sink
