#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <overt/event/enumerators.hpp>

namespace overt::inline v0::sink {

/// What a block of a trace file is. A trace is one head, any number of chunks, and one end; one without an
/// end was cut off.
enum class block_kind : std::uint8_t { head, chunk, end };

constexpr auto enumerators(block_kind) { return std::array<std::string_view, 3>{"head", "chunk", "end"}; }

} // namespace overt::inline v0::sink
