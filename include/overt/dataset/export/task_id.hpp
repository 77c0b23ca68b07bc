#pragma once

#include <cstdint>
#include <string>

#include <overt/dataset/episode.hpp>
#include <overt/dataset/export/session_facts.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/sha256.hpp>

namespace overt::inline v0::dataset {

/// The identity of an episode in datasets: a UUID (RFC 9562, version 8) made of the receipt, the trace and
/// the episode's first event. The same trace gives the same one on every machine.
[[nodiscard]] inline std::string task_id(session_facts const& trace, episode const& of) {
  v0::detail::sha256_state state;
  state.update("overt.task/1\n" + trace.receipt_id + '\n' + trace.trace_sha256 + '\n' +
               std::to_string(of.first) + '\n');
  auto digest = state.finish();
  digest[6] = static_cast<std::uint8_t>((digest[6] & 0x0f) | 0x80);
  digest[8] = static_cast<std::uint8_t>((digest[8] & 0x3f) | 0x80);
  auto const hex = v0::detail::to_hex(digest);
  return hex.substr(0, 8) + '-' + hex.substr(8, 4) + '-' + hex.substr(12, 4) + '-' + hex.substr(16, 4) + '-' +
         hex.substr(20, 12);
}

} // namespace overt::inline v0::dataset
