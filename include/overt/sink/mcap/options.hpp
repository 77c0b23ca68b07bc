#pragma once

#include <cstddef>
#include <cstdint>

namespace overt::inline v0::sink {

/// How `sink::mcap` divides and secures a trace. The defaults are for a person at a desk: below six bytes an
/// event. What is in no chunk yet is in the journal, so that longer chunks cost no safety, but a damaged one
/// takes more with it. Chunks of ten seconds with batches of one take twice the space
/// (docs/traces_measured.md).
struct mcap_options {
  std::size_t chunk_bytes = 64 * 1024;         ///< a chunk is closed at this size, before compression,
  std::int64_t chunk_ns = 60'000'000'000;      ///< or when it covers this much time
  std::int64_t batch_ns = 10'000'000'000;      ///< what one message of packed rows covers at the most
  std::int64_t sync_every_ns = 1'000'000'000;  ///< at most this much is lost when the power fails
  std::size_t waiting_bytes = 4 * 1024 * 1024; ///< held in memory while the disk takes nothing
  std::uint64_t part_bytes = 0;                ///< a new file is begun at this size; 0: never
  std::int64_t part_ns = 0;                    ///< a new file is begun after this much time; 0: never
};

} // namespace overt::inline v0::sink
