#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/sha256.hpp>
#include <overt/event/result.hpp>
#include <overt/trace/plain_files.hpp>

namespace overt::inline v0::trace {

/// The SHA-256 of the bytes of all parts of a trace, one after another, 64 hexadecimal digits: what a dataset
/// names a trace by. The same for every format; of a sealed trace it is that of the sealed bytes. Errors:
/// those of `file_source::open` for its first part.
[[nodiscard]] inline result<std::string> files_digest(std::string path) {
  plain_files const files{std::move(path)};
  v0::detail::sha256_state state;
  std::array<char, 64 * 1024> block;
  for (std::uint32_t part = 1;; ++part) {
    auto file = files.open(part);
    if (!file && part > 1 && file.error().code == error_code::not_found) {
      return v0::detail::to_hex(state.finish());
    }
    if (!file) {
      return file.error();
    }
    for (std::uint64_t at = 0; at < file->size();) {
      auto const got = file->read(at, block);
      if (!got) {
        return got.error();
      }
      if (*got == 0) {
        break;
      }
      state.update({block.data(), *got});
      at += *got;
    }
  }
}

} // namespace overt::inline v0::trace
