#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/detail/secure_array.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/sodium/block_seal.hpp>
#include <overt/sink/sodium/sealed_format.hpp>
#include <overt/trace/byte_source.hpp>
#include <overt/trace/sodium/sealed_damage.hpp>

namespace overt::inline v0::trace {

/// The clear head of a sealed trace: which key it needs. From either of its copies; `copies_sound` says
/// whether both are.
template <byte_source Source>
[[nodiscard]] result<sink::sealed_format::head>
read_sealed_head(Source& source, std::array<bool, 2>* copies_sound = nullptr) {
  namespace sealed_format = sink::sealed_format;
  std::array<char, sealed_format::heads_size> bytes{};
  auto const size = source.read(0, bytes);
  if (!size) {
    return size.error();
  }
  std::span const whole{reinterpret_cast<std::uint8_t const*>(bytes.data()), *size};
  auto const first = sealed_format::head_from(whole);
  auto const second = sealed_format::head_from(whole.subspan(std::min(*size, sealed_format::heads_size / 2)));
  if (copies_sound != nullptr) {
    *copies_sound = {first.has_value(), second.has_value()};
  }
  if (first || second) {
    return first ? *first : *second;
  }
  auto const text = std::string_view{bytes.data(), *size};
  bool const sealed_once = text.starts_with(sealed_format::magic) ||
                           text.find(sealed_format::magic) == sealed_format::heads_size / 2;
  return failure{
      error_code::invalid_input,
      sealed_once ? "the head of this sealed trace is cut off, damaged in both of its copies, or of a newer "
                    "version. Without it nothing in the file can be opened."
                  : "this is no sealed trace."};
}

/// A block in a sealed file.
struct sealed_block {
  sink::sealed_format::block_header header{};
  std::uint64_t at = 0; ///< of its header, in the file
};

/// Where the blocks of a sealed trace are, found by hopping over their clear, authenticated headers without
/// opening any; behind a header that is damaged the next one is searched for. Order, gaps and the end are
/// checked here, what is inside of a block when it is opened.
struct sealed_index {
  std::vector<sealed_block> blocks{}; ///< in the order of their index, each once, places following each other
  std::vector<sealed_damage> damages{};
  bool ended = false; ///< the last block is the end of the trace

  template <byte_source Source>
  [[nodiscard]] static result<sealed_index> read(Source& source, sink::block_seal const& seal) {
    namespace sealed_format = sink::sealed_format;
    sealed_index made;
    auto const size = source.size();
    std::uint64_t at = sealed_format::heads_size;
    std::uint64_t search_from = at; // a block whose end is not there may have swallowed the ones behind it
    while (at < size) {
      std::array<char, sealed_format::header_size> bytes{};
      auto const count = source.read(at, bytes);
      if (!count) {
        return count.error();
      }
      auto header = seal.header_from({reinterpret_cast<std::uint8_t const*>(bytes.data()), *count});
      if (!header) {
        auto const found = made.search(source, seal, search_from);
        if (!found) {
          return found.error();
        }
        auto const next = made.blocks.empty() ? 0 : made.blocks.back().header.index + 1;
        if (*found > at) {
          made.damages.push_back(
              {.what = sealed_fault::unknown, .block = next, .offset = at, .size = *found - at});
        }
        if (*found >= size) {
          break;
        }
        at = *found;
        search_from = at;
        continue;
      }
      made.blocks.push_back({.header = *header, .at = at});
      search_from = at + sealed_format::header_size;
      at += header->sealed_size();
      if (at > size) { // whatever is behind it, search there
        auto const found = made.search(source, seal, search_from);
        if (!found) {
          return found.error();
        }
        at = *found;
        search_from = at;
      }
    }
    if (auto const checked = made.order(source, seal, size); !checked) {
      return checked.error();
    }
    return made;
  }

  /// Opens a block into `out`, which has room for it. False when it is damaged; an error when the source
  /// fails.
  template <byte_source Source>
  [[nodiscard]] static result<bool> open(Source& source, sink::block_seal const& seal,
                                         sealed_block const& block, std::string& scratch,
                                         std::span<char> out) {
    if (block.at + block.header.sealed_size() > source.size()) {
      return false;
    }
    scratch.resize(block.header.length + sink::sealed_format::tag_size);
    auto const count = source.read(block.at + sink::sealed_format::header_size, scratch);
    if (!count) {
      return count.error();
    }
    return seal.open(block.header, {reinterpret_cast<std::uint8_t const*>(scratch.data()), *count}, out);
  }

private:
  /// The next header at or behind `from`, or the end of the file.
  template <byte_source Source>
  [[nodiscard]] result<std::uint64_t> search(Source& source, sink::block_seal const& seal,
                                             std::uint64_t from) const {
    namespace sealed_format = sink::sealed_format;
    // Small at first: a file may be made of headers, each of which is found by a search of its own.
    std::string window(1024, '\0');
    while (from < source.size()) {
      auto const count = source.read(from, window);
      if (!count) {
        return count;
      }
      auto const text = std::string_view{window}.substr(0, *count);
      for (auto at = text.find(sealed_format::marker); at != std::string_view::npos;
           at = text.find(sealed_format::marker, at + 1)) {
        auto const bytes = text.substr(at, sealed_format::header_size);
        if (seal.header_from({reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size()})) {
          return from + at;
        }
      }
      if (*count < window.size()) {
        break;
      }
      from += *count - (sealed_format::header_size - 1); // one may lie across the windows
      window.resize(std::min<std::size_t>(window.size() * 4, 256 * 1024));
    }
    return source.size();
  }

  template <byte_source Source>
  [[nodiscard]] result<void> order(Source& source, sink::block_seal const& seal, std::uint64_t size) {
    std::stable_sort(blocks.begin(), blocks.end(),
                     [](auto const& a, auto const& b) { return a.header.index < b.header.index; });
    if (auto const single = leave_out_repeated(source, seal); !single) {
      return single;
    }
    std::uint64_t index = 0;
    std::uint64_t offset = 0;
    bool ended_before = false;
    std::vector<sealed_block> kept;
    for (auto const& each : blocks) {
      auto const& header = each.header;
      bool const follows = header.index == index ? header.offset == offset : header.offset >= offset;
      if (!follows || header.offset > UINT64_MAX - header.length) {
        damages.push_back(about(sealed_fault::misplaced, each, 1)); // only somebody with the key can do that
        continue;
      }
      if (ended_before) {
        damages.push_back(about(sealed_fault::after_end, each));
      }
      if (header.index > index) {
        damages.push_back({.what = sealed_fault::missing, .block = index, .blocks = header.index - index});
      }
      if (each.at + header.sealed_size() > size) {
        damages.push_back(about(sealed_fault::damaged, each, 1));
      }
      ended_before = header.kind == sink::block_kind::end;
      kept.push_back(each);
      index = header.index + 1;
      offset = header.offset + header.length;
    }
    note_order(kept);
    blocks = std::move(kept);
    ended = ended_before;
    if (!ended) {
      damages.push_back({.what = sealed_fault::cut_off, .block = index, .offset = size});
    } else if (auto const& last = blocks.back();
               std::any_of(damages.begin(), damages.end(), [&](auto const& each) {
                 return each.what == sealed_fault::unknown && each.offset > last.at;
               })) {
      damages.push_back({.what = sealed_fault::after_end,
                         .block = index,
                         .offset = last.at + last.header.sealed_size(),
                         .size = size - std::min(size, last.at + last.header.sealed_size())});
    }
    return {};
  }

  /// `sorted` by index; where they stand in the file may be another order.
  void note_order(std::vector<sealed_block> const& sorted) {
    std::uint64_t furthest = 0;
    for (auto const& each : sorted) {
      if (each.at < furthest) {
        damages.push_back(about(sealed_fault::out_of_order, each));
      }
      furthest = std::max(furthest, each.at);
    }
  }

  /// Of blocks with the same index, the first that opens stays. Few are tried: copies cost nothing to make.
  template <byte_source Source>
  [[nodiscard]] result<void> leave_out_repeated(Source& source, sink::block_seal const& seal) {
    std::vector<sealed_block> single;
    std::string scratch;
    std::vector<char, overt::detail::secure_allocator<char>> plain;
    for (std::size_t i = 0; i < blocks.size();) {
      auto same = i + 1;
      while (same < blocks.size() && blocks[same].header.index == blocks[i].header.index) {
        ++same;
      }
      auto best = i;
      for (auto each = i; each < same && same - i > 1 && each - i < 4; ++each) {
        plain = decltype(plain)(std::size_t{blocks[each].header.length} + 1);
        auto const opens = open(source, seal, blocks[each], scratch, plain);
        if (!opens) {
          return opens.error();
        }
        if (*opens) {
          best = each;
          break;
        }
      }
      for (auto each = i; each < same; ++each) {
        if (each == best) {
          single.push_back(blocks[each]);
        } else {
          damages.push_back(about(sealed_fault::repeated, blocks[each]));
        }
      }
      i = same;
    }
    blocks = std::move(single);
    return {};
  }

  [[nodiscard]] static sealed_damage about(sealed_fault what, sealed_block const& block,
                                           std::uint64_t lost = 0) {
    return {.what = what,
            .block = block.header.index,
            .blocks = lost,
            .offset = block.at,
            .size = block.header.sealed_size()};
  }
};

} // namespace overt::inline v0::trace
