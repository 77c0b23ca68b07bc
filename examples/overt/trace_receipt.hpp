#pragma once

#include "trace_input.hpp"

#include <string>

#include <overt/event/result.hpp>

namespace command {

/// The consent record that a trace carries, as it was when it was recorded.
/// Errors: `not_found`, for a trace that names its receipt and does not carry it (JSON lines, CBOR).
[[nodiscard]] overt::result<std::string> receipt_in(trace_choice const& chosen);

struct signature_told {
  std::string line{};
  bool sound = true; ///< false: it does not fit, or the receipt cannot be read
};

/// What there is to say about the signature of the receipt in a trace: whose key it is of, and whether it
/// fits. Compared with the key of the person here, if there is one.
[[nodiscard]] signature_told signature_in(trace_choice const& chosen);

} // namespace command
