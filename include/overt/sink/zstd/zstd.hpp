#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include <zstd.h>

#include <overt/event/result.hpp>

namespace overt::inline v0::sink {

/// Chunks compressed with Zstandard (RFC 8878): a `chunk_codec`. The component `overt::zstd`.
///
///     sink::mcap{"trace.mcap", sink::zstd{}}
///
/// One context for each direction is made at the first use and kept, with its memory, for all chunks. A copy
/// makes its own. One thread.
class zstd {
public:
  static constexpr std::string_view name = "zstd";

  /// Level 3 is zstd's own default; higher ones cost much time for little on chunks of this size.
  explicit zstd(int level = 3) noexcept : level_{level} {}
  zstd(zstd const& other) noexcept : level_{other.level_} {}
  zstd(zstd&&) noexcept = default;
  zstd& operator=(zstd other) noexcept {
    level_ = other.level_;
    compressor_.swap(other.compressor_);
    decompressor_.swap(other.decompressor_);
    return *this;
  }
  ~zstd() = default;

  /// Errors: `misuse` for a level that the library does not have.
  [[nodiscard]] result<void> compress(std::string_view in, std::string& out) {
    if (!compressor_) {
      if (level_ < ZSTD_minCLevel() || level_ > ZSTD_maxCLevel()) {
        return failure{error_code::misuse, "zstd has no level " + std::to_string(level_) +
                                               "; its levels are from " + std::to_string(ZSTD_minCLevel()) +
                                               " to " + std::to_string(ZSTD_maxCLevel())};
      }
      compressor_.reset(ZSTD_createCCtx());
      if (!compressor_ ||
          failed(ZSTD_CCtx_setParameter(compressor_.get(), ZSTD_c_compressionLevel, level_))) {
        compressor_.reset();
        return failure{error_code::output_failed, "there is no memory to compress with"};
      }
    }
    out.resize(ZSTD_compressBound(in.size()));
    auto const size = ZSTD_compress2(compressor_.get(), out.data(), out.size(), in.data(), in.size());
    if (failed(size)) {
      out.clear();
      return failure{error_code::output_failed,
                     std::string{"zstd cannot compress: "} + ZSTD_getErrorName(size)};
    }
    out.resize(size);
    return {};
  }

  /// Memory is taken as content arrives, so that a few bytes that claim to be much do not cost much.
  [[nodiscard]] result<void> decompress(std::string_view in, std::size_t plain_size, std::string& out) {
    if (!decompressor_) {
      decompressor_.reset(ZSTD_createDCtx());
      if (!decompressor_) {
        return failure{error_code::output_failed, "there is no memory to decompress with"};
      }
    }
    ZSTD_DCtx_reset(decompressor_.get(), ZSTD_reset_session_only);
    out.resize((std::min)(plain_size, first_size));
    ZSTD_inBuffer from{in.data(), in.size(), 0};
    ZSTD_outBuffer to{out.data(), out.size(), 0};
    for (;;) {
      auto const before = from.pos + to.pos;
      auto const left = ZSTD_decompressStream(decompressor_.get(), &to, &from);
      if (failed(left)) {
        return refused(out, ZSTD_getErrorName(left));
      }
      if (left == 0 && from.pos == from.size) {
        break;
      }
      if (to.pos == to.size && to.size < plain_size) {
        out.resize(plain_size - to.size < to.size * 3 ? plain_size : to.size * 4);
        to.dst = out.data();
        to.size = out.size();
      } else if (from.pos + to.pos == before) { // it wants to write more, or to read more, than there is
        return refused(out, to.pos == plain_size ? "it is longer than it says" : "it is cut off");
      }
    }
    if (to.pos != plain_size) {
      return refused(out, "it is shorter than it says");
    }
    return {};
  }

private:
  struct deleter {
    void operator()(ZSTD_CCtx* context) const noexcept { ZSTD_freeCCtx(context); }
    void operator()(ZSTD_DCtx* context) const noexcept { ZSTD_freeDCtx(context); }
  };

  static constexpr std::size_t first_size = 1024 * 1024;

  [[nodiscard]] static bool failed(std::size_t outcome) noexcept { return ZSTD_isError(outcome) != 0; }

  [[nodiscard]] static failure refused(std::string& out, char const* why) {
    out.clear();
    return {error_code::invalid_input, std::string{"zstd cannot decompress it: "} + why};
  }

  int level_ = 3;
  std::unique_ptr<ZSTD_CCtx, deleter> compressor_;
  std::unique_ptr<ZSTD_DCtx, deleter> decompressor_;
};

} // namespace overt::inline v0::sink
