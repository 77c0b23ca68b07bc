#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <string_view>

#include <zlib.h>

#include <overt/detail/secure_memory.hpp>

/// zlib (RFC 1950) a piece at a time, with memory that is wiped when it is given back: its windows hold what
/// was on the screen.
namespace overt::inline v0::sink::detail {

struct wiping_memory {
  static voidpf take(voidpf, uInt count, uInt size) noexcept {
    auto const wanted = static_cast<std::size_t>(count) * size;
    if ((size != 0 && wanted / size != count) || wanted > static_cast<std::size_t>(PTRDIFF_MAX) - head) {
      return nullptr;
    }
    auto* const block = static_cast<unsigned char*>(std::malloc(wanted + head));
    if (block == nullptr) {
      return nullptr;
    }
    std::memcpy(block, &wanted, sizeof wanted);
    return block + head;
  }

  static void give_back(voidpf, voidpf memory) noexcept {
    auto* const block = static_cast<unsigned char*>(memory) - head;
    std::size_t size = 0;
    std::memcpy(&size, block, sizeof size);
    v0::detail::wipe(block, size + head);
    std::free(block);
  }

  static constexpr std::size_t head = alignof(std::max_align_t) > sizeof(std::size_t)
                                          ? alignof(std::max_align_t)
                                          : sizeof(std::size_t);
};

/// zlib keeps the address of its stream, so that one stays where it is. `End` is deflateEnd or inflateEnd.
template <int (*End)(z_streamp)>
struct zlib_end {
  void operator()(z_stream* stream) const noexcept {
    End(stream);
    wiping_memory::give_back(nullptr, stream);
  }
};
template <int (*End)(z_streamp)>
using zlib_stream = std::unique_ptr<z_stream, zlib_end<End>>;

/// Null when there is no memory. `begin` is deflateInit2 or inflateInit2.
template <int (*End)(z_streamp), class Begin>
[[nodiscard]] zlib_stream<End> new_zlib_stream(Begin&& begin) {
  auto* const memory = wiping_memory::take(nullptr, 1, sizeof(z_stream));
  if (memory == nullptr) {
    return {};
  }
  auto* const made = new (memory) z_stream{};
  made->zalloc = &wiping_memory::take;
  made->zfree = &wiping_memory::give_back;
  if (begin(made) != Z_OK) {
    wiping_memory::give_back(nullptr, made);
    return {};
  }
  return zlib_stream<End>{made};
}

/// Compresses into a string behind what is in it. The stream is made at the first use and kept.
class zlib_writer {
public:
  explicit zlib_writer(int level) noexcept : level_{level} {}

  /// False: no memory.
  [[nodiscard]] bool begin(std::string& out) {
    if (!stream_) {
      stream_ = new_zlib_stream<deflateEnd>(
          [&](z_stream* made) { return deflateInit2(made, level_, Z_DEFLATED, 15, 9, Z_DEFAULT_STRATEGY); });
    }
    out_ = &out;
    at_ = out.size();
    return stream_ && deflateReset(stream_.get()) == Z_OK;
  }

  [[nodiscard]] bool add(std::span<unsigned char const> bytes, bool last) {
    auto& stream = *stream_;
    stream.next_in = const_cast<unsigned char*>(bytes.data()); // zlib does not write there
    stream.avail_in = static_cast<uInt>(bytes.size());
    for (int said = Z_OK; said == Z_OK;) {
      if (at_ == out_->size()) {
        grow();
      }
      auto const room = std::min<std::size_t>(out_->size() - at_, 1U << 30);
      stream.next_out = reinterpret_cast<unsigned char*>(out_->data() + at_);
      stream.avail_out = static_cast<uInt>(room);
      said = deflate(&stream, last ? Z_FINISH : Z_NO_FLUSH);
      at_ += room - stream.avail_out;
      if (said == Z_STREAM_END || (!last && stream.avail_in == 0 && stream.avail_out > 0)) {
        break;
      }
      if (said != Z_OK && said != Z_BUF_ERROR) {
        return false;
      }
      said = Z_OK;
    }
    if (last) {
      out_->resize(at_);
    }
    return true;
  }

private:
  /// The old bytes are wiped; what the string has room for already costs nothing.
  void grow() {
    auto const wanted = std::max({out_->capacity(), out_->size() + out_->size() / 2, std::size_t{64} * 1024});
    if (wanted <= out_->capacity()) {
      out_->resize(wanted);
      return;
    }
    std::string grown;
    grown.resize(wanted);
    std::memcpy(grown.data(), out_->data(), out_->size());
    v0::detail::wipe(out_->data(), out_->size());
    out_->swap(grown);
  }

  int level_ = 1;
  zlib_stream<deflateEnd> stream_{};
  std::string* out_ = nullptr;
  std::size_t at_ = 0;
};

/// Decompresses what is given in pieces. The stream is made at the first use and kept.
class zlib_reader {
public:
  /// False: no memory.
  [[nodiscard]] bool begin() {
    if (!stream_) {
      stream_ = new_zlib_stream<inflateEnd>([](z_stream* made) { return inflateInit2(made, 15); });
    }
    ended_ = false;
    return stream_ && inflateReset(stream_.get()) == Z_OK;
  }

  /// Fills `to` from the front of `from`, which is shortened by what was used. False: damaged. `filled` says
  /// how much there was, less than all only when `from` is used up or the stream has its end.
  [[nodiscard]] bool read(std::string_view& from, std::span<unsigned char> to, std::size_t& filled) {
    auto& stream = *stream_;
    filled = 0;
    while (!ended_ && filled < to.size() && !from.empty()) {
      auto const given = std::min<std::size_t>(from.size(), 1U << 30);
      // zlib does not write there.
      stream.next_in = reinterpret_cast<unsigned char*>(const_cast<char*>(from.data()));
      stream.avail_in = static_cast<uInt>(given);
      stream.next_out = to.data() + filled;
      stream.avail_out = static_cast<uInt>(to.size() - filled);
      auto const said = inflate(&stream, Z_NO_FLUSH);
      from.remove_prefix(given - stream.avail_in);
      filled = to.size() - stream.avail_out;
      ended_ = said == Z_STREAM_END;
      if (said != Z_OK && said != Z_STREAM_END && said != Z_BUF_ERROR) {
        return false;
      }
    }
    return true;
  }

  /// The stream has its end, and its checksum was right.
  [[nodiscard]] bool ended() const noexcept { return ended_; }

private:
  zlib_stream<inflateEnd> stream_{};
  bool ended_ = false;
};

} // namespace overt::inline v0::sink::detail
