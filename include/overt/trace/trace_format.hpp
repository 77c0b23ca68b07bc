#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include <overt/event/result.hpp>
#include <overt/sink/mcap/format.hpp>
#include <overt/trace/byte_source.hpp>

namespace overt::inline v0::trace {

/// What the file of a trace is.
enum class trace_format : std::uint8_t { mcap, json_lines, cbor, other };

/// By its first bytes. Errors: `not_found`, `permission_denied`; `unsupported` for a sealed one.
[[nodiscard]] inline result<trace_format> trace_format_of(std::string const& path) {
  auto file = file_source::open(path);
  if (!file) {
    return failure{file.error().code, file.error().message + ". Name a trace that you may read."};
  }
  std::array<char, 8> first{};
  auto const got = file->read(0, first);
  if (!got) {
    return got.error();
  }
  std::string_view const begin{first.data(), *got};
  if (begin.starts_with("OVERTSEA")) {
    return failure{error_code::unsupported, path + " is sealed; it is opened with the key of a recipient."};
  }
  return begin == sink::mcap_format::magic ? trace_format::mcap
         : begin.starts_with('{')          ? trace_format::json_lines
         : begin.starts_with('\x82')       ? trace_format::cbor
                                           : trace_format::other;
}

} // namespace overt::inline v0::trace
