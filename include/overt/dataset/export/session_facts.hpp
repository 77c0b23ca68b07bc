#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <overt/consent/purpose.hpp>

namespace overt::inline v0::dataset {

/// What an exporter has to know of the trace that an episode is from.
struct session_facts {
  std::string trace_sha256{};    ///< of its file (of all parts one after another), 64 hexadecimal digits
  std::string receipt_id{};      ///< as the trace says
  std::string policy_digest{};   ///< the same
  std::int64_t time_grid_ns = 0; ///< 0: exact times
  std::int64_t kept_until_wall_ns = 0;      ///< as the trace says; 0: it says nothing
  std::vector<consent::purpose> purposes{}; ///< the same; none: it says nothing
};

} // namespace overt::inline v0::dataset
