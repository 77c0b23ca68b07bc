#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <overt/detail/secure_memory.hpp>
#include <overt/event/rectangle.hpp>
#include <overt/event/result.hpp>
#include <overt/event/screen_picture.hpp>
#include <overt/sink/encoded_picture.hpp>

namespace overt::inline v0::sink {

/// When a picture is kept whole and not as its difference.
struct picture_rules {
  std::uint32_t key_every = 64;       ///< pictures: a lost key picture costs no more than that
  std::uint32_t changed_percent = 40; ///< of the tiles, from which on a key picture costs less
};

/// Turns pictures into key pictures and their differences, each in squares of 64 pixels against the last key
/// picture, so that reading one takes two images at the most.
///
///     sink::picture_encoder encoder{sink::png{}};
///     auto made = encoder.encode(event_number, picture);   // made: encoded_picture const*
///
/// Of each of the last four monitors (`screen_picture::covers`) the last key picture is kept, and wiped at
/// the end, as are all buffers after use. In steady state the encoder itself allocates nothing. One thread.
template <image_codec Codec>
class picture_encoder {
public:
  static constexpr std::int32_t tile_side = 64;
  /// More would make an image of tiles higher than `screen_picture::longest_side`.
  static constexpr std::size_t most_tiles =
      static_cast<std::size_t>(screen_picture::longest_side / tile_side);

  explicit picture_encoder(Codec codec = Codec{}, picture_rules rules = {})
      : codec_{std::move(codec)}, rules_{rules} {
    made_.tile_side = static_cast<std::uint32_t>(tile_side);
    made_.format = Codec::name;
  }
  picture_encoder(picture_encoder&&) noexcept = default;
  picture_encoder& operator=(picture_encoder&&) = delete;
  ~picture_encoder() { done(); }

  /// `whole`: as a key picture in any case. Valid until the next call of any function. Errors: `misuse` for a
  /// picture without pixels; those of the codec; `output_failed`: no memory. After one the next picture is a
  /// key picture.
  [[nodiscard]] result<encoded_picture const*> encode(std::uint64_t sequence, screen_picture const& picture,
                                                      bool whole = false) {
    done();
    if (!picture.has_pixels()) {
      return failure{error_code::misuse, "a picture without pixels cannot be encoded"};
    }
    made_.size = picture.size();
    auto& of = monitor_of(picture.covers());
    if (whole) {
      for (auto& each : monitors_) {
        if (&each != &of) {
          each.key.wipe();
        }
      }
    }
    of.used = ++used_;
    bool const key =
        whole || !of.key.has_pixels() || of.since + 1 >= rules_.key_every || !find_tiles(of.key, picture);
    made_.key_sequence = key ? sequence : of.sequence;
    auto const outcome = key ? make_key(of, sequence, picture) : make_tiles(of, picture);
    if (!outcome) {
      forget();
      return outcome.error();
    }
    return &std::as_const(made_);
  }

  /// What `encode` gave was used: it is wiped.
  void done() noexcept {
    v0::detail::wipe(made_.image.data(), made_.image.size());
    made_.image.clear();
    v0::detail::wipe(column_.data(), column_.size() * sizeof(std::uint32_t));
    made_.tiles.clear();
  }

  /// The next picture will be a key picture: what this one gave last was not kept.
  void forget() noexcept {
    done();
    for (auto& each : monitors_) {
      each.key.wipe();
    }
  }

private:
  struct monitor {
    screen_picture key{}; ///< the last key picture; none at first
    std::uint64_t sequence = 0;
    std::uint32_t since = 0; ///< pictures
    std::uint64_t used = 0;
  };

  /// The one that is covered, or the one that was not for longest, without its key picture then.
  [[nodiscard]] monitor& monitor_of(rectangle covers) noexcept {
    auto* oldest = &monitors_.front();
    for (auto& each : monitors_) {
      if (each.key.has_pixels() && each.key.covers() == covers) {
        return each;
      }
      oldest = each.used < oldest->used ? &each : oldest;
    }
    oldest->key.wipe();
    return *oldest;
  }

  /// Which tiles are different from the key picture. False: too many.
  [[nodiscard]] bool find_tiles(screen_picture const& key, screen_picture const& picture) {
    constexpr auto side = static_cast<std::size_t>(tile_side);
    auto const columns = (picture.width() + side - 1) / side;
    auto const rows = (picture.height() + side - 1) / side;
    auto const most = std::min(columns * rows * rules_.changed_percent / 100, most_tiles);
    auto const was = key.pixels();
    auto const is = picture.pixels();
    for (std::size_t tile = 0; tile < columns * rows; ++tile) {
      auto const x = tile % columns * side;
      auto const top = tile / columns * side;
      auto const size = std::min(side, picture.width() - x) * sizeof(std::uint32_t);
      bool same = true;
      for (auto y = top; same && y < std::min(top + side, picture.height()); ++y) {
        auto const at = y * picture.width() + x;
        same = std::memcmp(was.data() + at, is.data() + at, size) == 0;
      }
      if (!same) {
        if (made_.tiles.size() == most) {
          made_.tiles.clear();
          return false;
        }
        made_.tiles.push_back(static_cast<std::uint32_t>(tile));
      }
    }
    return true;
  }

  [[nodiscard]] result<void> make_key(monitor& of, std::uint64_t sequence, screen_picture const& picture) {
    made_.kind = picture_kind::key;
    of.sequence = sequence;
    of.since = 0;
    if (of.key.has_pixels()) {
      std::memcpy(of.key.pixels().data(), picture.pixels().data(), picture.pixels().size_bytes());
    } else {
      of.key = picture.copy();
      if (!of.key.has_pixels()) {
        return failure{error_code::output_failed, "there is no memory for a picture"};
      }
    }
    return codec_.encode(picture.pixels(), picture.size(), made_.image);
  }

  [[nodiscard]] result<void> make_tiles(monitor& of, screen_picture const& picture) {
    ++of.since;
    made_.kind = made_.tiles.empty() ? picture_kind::same : picture_kind::tiles;
    if (made_.tiles.empty()) {
      return {};
    }
    constexpr auto side = static_cast<std::size_t>(tile_side);
    auto const columns = (picture.width() + side - 1) / side;
    // Black where nothing is drawn below: it was wiped, and what is new is zero.
    column_.resize(std::max(column_.size(), made_.tiles.size() * side * side));
    auto* out = column_.data();
    for (auto const tile : made_.tiles) {
      auto const x = tile % columns * side;
      auto const top = tile / columns * side;
      auto const width = std::min(side, picture.width() - x);
      for (auto y = top; y < top + side; ++y, out += side) {
        if (y < picture.height()) {
          std::memcpy(out, picture.row(y).data() + x, width * sizeof(std::uint32_t));
        }
      }
    }
    auto const height = static_cast<std::int32_t>(made_.tiles.size()) * tile_side;
    return codec_.encode(std::span{column_}.first(made_.tiles.size() * side * side), {tile_side, height},
                         made_.image);
  }

  Codec codec_;
  picture_rules rules_{};
  std::array<monitor, 4> monitors_{};
  std::uint64_t used_ = 0;
  std::vector<std::uint32_t> column_{}; ///< the changed tiles, one below the other
  encoded_picture made_{};
};

} // namespace overt::inline v0::sink
