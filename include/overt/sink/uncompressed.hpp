#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <overt/event/result.hpp>

namespace overt::inline v0::sink {

/// Chunks as they are: the `chunk_codec` of a trace that is not compressed.
struct uncompressed {
  static constexpr std::string_view name = "";

  [[nodiscard]] result<void> compress(std::string_view in, std::string& out) const {
    out.assign(in);
    return {};
  }

  [[nodiscard]] result<void> decompress(std::string_view in, std::size_t plain_size, std::string& out) const {
    if (in.size() != plain_size) {
      return failure{error_code::invalid_input, "it is not as long as it says"};
    }
    out.assign(in);
    return {};
  }
};

} // namespace overt::inline v0::sink
