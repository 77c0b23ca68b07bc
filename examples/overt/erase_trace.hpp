#pragma once

#include "home.hpp"
#include "trace_input.hpp"

#include <string>
#include <vector>

#include <overt/event/result.hpp>
#include <overt/trace/erasure.hpp>

namespace command {

/// What an erasure did, in sentences, and what it could not reach.
struct erased {
  bool changed = false;       ///< false: nothing was there that falls under it
  bool removed = false;       ///< the trace is gone, not rewritten
  std::string trace_sha256{}; ///< of the trace as it is now (`trace::files_digest`); empty when it is gone
  std::vector<std::string> done{};
  std::vector<std::string> not_reached{};
};

/// Takes what falls under `what` out of a trace, and the trace as it was out of every dataset that the
/// holdings of `where` say was made from it. Times are the trace's own (`t`). The ledger has its entry before
/// anything is changed. `TRACE.review.json` beside the trace goes: what was approved is not what is there
/// now. Sealed traces get a new key, from the same store, and the old one is destroyed.
///
/// Errors: `misuse` for an erasure that names nothing, `unsupported` for a trace that is being recorded, and
/// those of reading and writing. After an error the trace is the old one or the new one, whole; the same
/// again finishes.
[[nodiscard]] overt::result<erased> erase_trace(trace_choice const& chosen, overt::trace::erasure const& what,
                                                home const& where);

/// Removes a trace and what was made from it, as `erase_trace` does, but nothing stays: for a consent that
/// was withdrawn and a time that is over. Needs no key: that of a sealed one is destroyed. `kind`: what the
/// ledger calls it.
[[nodiscard]] overt::result<erased> remove_trace(trace_choice const& chosen, home const& where,
                                                 overt::consent::ledger_kind kind);

} // namespace command
