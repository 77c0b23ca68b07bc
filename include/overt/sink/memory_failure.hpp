#pragma once

#include <utility>

#include <overt/event/result.hpp>

namespace overt::inline v0::sink {

/// What a sink says when there was no memory to write an event; made while there is some. After it a sink
/// takes nothing more: an event that is not written must not lie between two that are, where nothing tells of
/// it.
class memory_failure {
public:
  /// Once; allocates nothing.
  [[nodiscard]] result<void> take() noexcept { return std::move(why_); }

private:
  failure why_{error_code::output_failed,
               "there was no memory to write an event, and the trace ends before it. What was written before "
               "is kept. Give the program more memory, and begin a new trace."};
};

} // namespace overt::inline v0::sink
