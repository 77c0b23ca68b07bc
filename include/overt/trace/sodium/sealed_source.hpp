#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/detail/secure_array.hpp>
#include <overt/detail/secure_memory.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/sodium/block_seal.hpp>
#include <overt/trace/byte_source.hpp>
#include <overt/trace/sodium/sealed_damage.hpp>
#include <overt/trace/sodium/sealed_index.hpp>

namespace overt::inline v0::trace {

/// What reading gives where a block is lost.
enum class lost_block : std::uint8_t {
  is_an_error, ///< a failure that names the block
  /// One MCAP record of a private kind (0x80, zeros) as long as what is lost, which every reader of MCAP
  /// skips; in place of the first block, with the magic of MCAP before it. So the rest can be read;
  /// `damages()` has what is lost.
  is_skipped,
};

/// The plain bytes of a sealed trace: opens one block at a time and keeps that one, in memory that is wiped.
/// What it gives was sealed in this file at this place, or it gives nothing.
///
///     auto file = trace::file_source::open("trace.sealed");
///     auto head = trace::read_sealed_head(*file);
///     auto key = keys.open(head->key, *mine, now);
///     auto plain = trace::sealed_source<trace::file_source>::open(*std::move(file), *key);
///     if (!plain->complete()) { for (auto& each : plain->damages()) … describe(each) … }
///
/// One thread. Errors: `permission_denied` for a key of another trace, `invalid_input` for no sealed trace
/// and for lost blocks, and what the source beneath says.
template <byte_source Source>
class sealed_source {
public:
  template <class Key>
  [[nodiscard]] static result<sealed_source> open(Source source, Key const& key,
                                                  lost_block lost = lost_block::is_an_error) {
    std::array<bool, 2> copies{};
    auto const head = read_sealed_head(source, &copies);
    if (!head) {
      return head.error();
    }
    if (head->key != key.id()) {
      return failure{error_code::permission_denied,
                     "this trace is sealed with another key: " + head->key.text() + ", and this one is " +
                         key.id().text() + ". Open the key that the trace names."};
    }
    auto seal = sink::block_seal::make(key, *head);
    if (!seal) {
      return seal.error();
    }
    auto index = sealed_index::read(source, *seal);
    if (!index) {
      return index.error();
    }
    constexpr std::uint64_t copy_size = sink::sealed_format::heads_size / 2;
    for (std::size_t i = 0; i < copies.size(); ++i) {
      if (!copies[i]) {
        index->damages.push_back(
            {.what = sealed_fault::head_copy, .offset = i * copy_size, .size = copy_size});
      }
    }
    return sealed_source{std::move(source), *std::move(seal), *std::move(index), lost};
  }

  /// Of the plain bytes. Of a trace that was cut off: of those that are known of.
  [[nodiscard]] std::uint64_t size() const noexcept {
    return index_.blocks.empty() ? 0 : end_of(index_.blocks.back());
  }

  [[nodiscard]] result<std::size_t> read(std::uint64_t offset, std::span<char> to) {
    std::size_t done = 0;
    while (done < to.size() && offset < size()) {
      auto const place = place_of(offset);
      bool sound = false;
      if (place.block != none) {
        auto const opened = load(place.block);
        if (!opened) {
          return opened.error();
        }
        sound = *opened;
      }
      if (!sound && lost_ == lost_block::is_an_error) {
        return failure{error_code::invalid_input,
                       "a part of this sealed trace is lost: " +
                           (place.block == none
                                ? "blocks are missing from byte " + std::to_string(place.from) + " on"
                                : "block " + std::to_string(index_.blocks[place.block].header.index) +
                                      " was changed or is incomplete") +
                           ". The other blocks can be recovered."};
      }
      auto const count =
          static_cast<std::size_t>(std::min<std::uint64_t>(to.size() - done, place.until - offset));
      for (std::size_t i = 0; !sound && i < count; ++i) {
        to[done + i] = filler(place, offset + i);
      }
      if (sound) {
        std::copy_n(plain_.data() + (offset - place.from), count, to.data() + done);
      }
      done += count;
      offset += count;
    }
    return done;
  }

  /// Opens every block, so that `damages()` is final. Fails only when the source does.
  [[nodiscard]] result<void> verify() {
    for (std::size_t i = 0; i < index_.blocks.size(); ++i) {
      if (auto const opened = load(i); !opened) {
        return opened.error();
      }
    }
    return {};
  }

  /// Nothing is wrong as far as blocks were looked at, and the end is there. Final after `verify`.
  [[nodiscard]] bool complete() const noexcept { return index_.damages.empty(); }
  [[nodiscard]] std::vector<sealed_damage> const& damages() const noexcept { return index_.damages; }
  /// False: the trace was cut off, or is still being written.
  [[nodiscard]] bool ended() const noexcept { return index_.ended; }
  [[nodiscard]] std::vector<sealed_block> const& blocks() const noexcept { return index_.blocks; }
  [[nodiscard]] sink::sealed_format::head const& head() const noexcept { return seal_.head(); }

private:
  static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

  /// A block, or what is missing between two.
  struct stretch {
    std::size_t block = none;
    std::uint64_t from = 0;
    std::uint64_t until = 0;
  };

  sealed_source(Source source, sink::block_seal seal, sealed_index index, lost_block lost)
      : source_{std::move(source)}, seal_{std::move(seal)}, index_{std::move(index)}, lost_{lost} {
    std::size_t longest = 1;
    for (auto const& each : index_.blocks) {
      known_lost_.push_back(each.at + each.header.sealed_size() > source_.size()); // not all there
      longest = known_lost_.back() ? longest : std::max<std::size_t>(longest, each.header.length);
    }
    plain_.resize(longest);
  }

  [[nodiscard]] static std::uint64_t end_of(sealed_block const& block) noexcept {
    return block.header.offset + block.header.length;
  }

  [[nodiscard]] stretch place_of(std::uint64_t offset) const noexcept {
    auto const& blocks = index_.blocks;
    auto const after = std::upper_bound(blocks.begin(), blocks.end(), offset,
                                        [](auto at, auto const& block) { return at < block.header.offset; });
    auto const next = static_cast<std::size_t>(after - blocks.begin());
    if (next != 0 && offset < end_of(blocks[next - 1])) {
      return {.block = next - 1, .from = blocks[next - 1].header.offset, .until = end_of(blocks[next - 1])};
    }
    return {.from = next == 0 ? 0 : end_of(blocks[next - 1]), .until = blocks[next].header.offset};
  }

  /// Opens a block into `plain_`. False when it is lost.
  [[nodiscard]] result<bool> load(std::size_t block) {
    if (block == loaded_) {
      return true;
    }
    if (known_lost_[block]) {
      return false;
    }
    loaded_ = none;
    auto const& wanted = index_.blocks[block];
    auto const opened = sealed_index::open(source_, seal_, wanted, scratch_, plain_);
    if (opened && *opened) {
      loaded_ = block;
    } else if (opened) {
      known_lost_[block] = true;
      index_.damages.push_back({.what = sealed_fault::damaged,
                                .block = wanted.header.index,
                                .blocks = 1,
                                .offset = wanted.at,
                                .size = wanted.header.sealed_size()});
    }
    return opened;
  }

  /// What stands for a lost byte: see `lost_block::is_skipped`. What is too short for a record is zeros.
  [[nodiscard]] static char filler(stretch const& place, std::uint64_t offset) noexcept {
    constexpr std::string_view magic{"\x89MCAP0\r\n"}; // https://mcap.dev/spec
    auto record = place.from;
    if (place.from == 0) {
      if (offset < magic.size()) {
        return magic[static_cast<std::size_t>(offset)];
      }
      record = magic.size();
    }
    auto const at = offset - record;
    if (at > 8 || place.until - record < 9) {
      return 0;
    }
    return at == 0 ? static_cast<char>(0x80)
                   : static_cast<char>((place.until - record - 9) >> (8 * (at - 1)));
  }

  Source source_;
  sink::block_seal seal_;
  sealed_index index_;
  lost_block lost_ = lost_block::is_an_error;
  std::size_t loaded_ = none;
  std::string scratch_{};                                            // sealed bytes
  std::vector<char, overt::detail::secure_allocator<char>> plain_{}; // wiped when it is given back
  std::vector<bool> known_lost_{};
};

} // namespace overt::inline v0::trace
