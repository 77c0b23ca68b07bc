#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/sink/mcap/format.hpp>
#include <overt/sink/zstd/zstd.hpp>

namespace overt_benchmark {

/// What the bytes of an MCAP file of ours are spent on. What stands in a chunk is counted as it is before
/// compression, and by how much smaller the chunk would be, compressed, without it. (These do not add up to
/// the whole: what stands there twice costs nothing if one of both is left out.)
class where_bytes_go {
public:
  explicit where_bytes_go(std::string const& path) {
    std::ifstream in{path, std::ios::binary};
    std::string const file{std::istreambuf_iterator<char>{in}, {}};
    total_ = file.size();
    std::string_view rest{file};
    rest.remove_prefix(overt::sink::mcap_format::magic.size());
    bool summary = false;
    while (rest.size() > overt::sink::mcap_format::magic.size()) {
      auto const [what, content, size] = next(rest);
      if (what == opcode::chunk) {
        chunk(content, size);
      } else {
        outside_[summary                         ? "end: chunk indexes and summary"
                 : what == opcode::message_index ? "message indexes, one a channel and chunk"
                                                 : "begin: header, metadata, attachments"] += size;
      }
      summary = summary || what == opcode::data_end;
    }
  }

  void print(std::size_t events) const {
    auto const each = [&](std::size_t bytes) {
      return static_cast<double>(bytes) / static_cast<double>(events);
    };
    std::printf("  %-52s %9.3f\n", "the file", each(total_));
    std::printf("  %-52s %9.3f   %zu chunks\n", "heads of chunks", each(heads_), chunks_);
    std::printf("  %-52s %9.3f\n", "what is in the chunks, compressed", each(packed_));
    for (auto const& [name, bytes] : outside_) {
      std::printf("  %-52s %9.3f\n", name.c_str(), each(bytes));
    }
    std::printf("  in the chunks, before compression, and what leaving it out would save:\n");
    std::printf("    %-50s %9.3f\n", "all", each(plain_));
    for (auto const& [name, one] : inside_) {
      std::printf("    %-50s %9.3f %9.3f\n", name.c_str(), each(one.plain),
                  static_cast<double>(one.saves) / static_cast<double>(events));
    }
  }

private:
  using opcode = overt::sink::mcap_format::opcode;
  struct record {
    opcode what{};
    std::string_view content{};
    std::size_t size = 0; ///< with its head
  };

  [[nodiscard]] static std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;) {
      value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    }
    return value;
  }

  [[nodiscard]] static record next(std::string_view& rest) {
    auto const size = static_cast<std::size_t>(number(rest, 1, 8));
    record const found{static_cast<opcode>(rest[0]), rest.substr(9, size), size + 9};
    rest.remove_prefix(size + 9);
    return found;
  }

  void chunk(std::string_view content, std::size_t size) {
    ++chunks_;
    auto const plain = static_cast<std::size_t>(number(content, 16, 8));
    auto const codec = static_cast<std::size_t>(number(content, 28, 4));
    auto const packed = content.substr(40 + codec);
    heads_ += size - packed.size();
    packed_ += packed.size();
    plain_ += plain;
    std::string records{packed};
    if (codec > 0 && !codec_.decompress(packed, plain, records)) {
      return;
    }
    pieces_.clear();
    std::string_view rest{records};
    while (!rest.empty()) {
      auto const* const begin = rest.data();
      auto const found = next(rest);
      std::string_view const whole{begin, found.size};
      if (found.what == opcode::message) {
        auto const& topic = topics_[static_cast<std::uint16_t>(number(found.content, 0, 2))];
        pieces_.emplace_back("heads of messages", whole.substr(0, 31));
        if (topic == "stream") {
          auto body = whole.substr(31);
          split(body);
        } else {
          pieces_.emplace_back("messages: " + topic, whole.substr(31));
        }
      } else if (found.what == opcode::channel) {
        auto const length = static_cast<std::size_t>(number(found.content, 4, 4));
        topics_[static_cast<std::uint16_t>(number(found.content, 0, 2))] = found.content.substr(8, length);
        pieces_.emplace_back("channels", whole);
      } else {
        pieces_.emplace_back("schemas", whole);
      }
    }
    weigh();
  }

  /// A CBOR item: byte strings are the numbers of a column, the rest names it and says what is constant.
  void split(std::string_view& item) {
    auto const first = static_cast<unsigned char>(item[0]);
    auto const major = first >> 5;
    std::size_t const extra = (first & 31) < 24 ? 0 : std::size_t{1} << ((first & 31) - 24);
    std::uint64_t count = extra == 0 ? first & 31 : 0;
    for (std::size_t i = 0; i < extra; ++i) {
      count = count << 8 | static_cast<unsigned char>(item[1 + i]);
    }
    bool const holds = major == 2 || major == 3;
    auto const size = 1 + extra + (holds ? static_cast<std::size_t>(count) : 0);
    if (major == 2) {
      pieces_.emplace_back("messages: stream, names and constants", item.substr(0, 1 + extra));
      pieces_.emplace_back("messages: stream, numbers", item.substr(1 + extra, size - 1 - extra));
    } else {
      pieces_.emplace_back("messages: stream, names and constants", item.substr(0, size));
    }
    item.remove_prefix(size);
    for (std::uint64_t left = major == 4 ? count : major == 5 ? 2 * count : 0; left > 0; --left) {
      split(item);
    }
  }

  void weigh() {
    auto const all = size_without("");
    std::map<std::string, std::size_t> sizes;
    for (auto const& [name, bytes] : pieces_) {
      sizes[name] += bytes.size();
    }
    for (auto const& [name, size] : sizes) {
      auto& one = inside_[name];
      one.plain += size;
      one.saves += static_cast<std::int64_t>(all) - static_cast<std::int64_t>(size_without(name));
    }
  }

  [[nodiscard]] std::size_t size_without(std::string_view left_out) {
    scratch_.clear();
    for (auto const& [name, bytes] : pieces_) {
      scratch_ += name == left_out ? std::string_view{} : bytes;
    }
    static_cast<void>(codec_.compress(scratch_, packed_scratch_));
    return packed_scratch_.size();
  }

  struct part {
    std::size_t plain = 0;
    std::int64_t saves = 0;
  };

  overt::sink::zstd codec_;
  std::size_t total_ = 0;
  std::size_t chunks_ = 0;
  std::size_t heads_ = 0;
  std::size_t packed_ = 0;
  std::size_t plain_ = 0;
  std::map<std::string, std::size_t> outside_;
  std::map<std::string, part> inside_;
  std::vector<std::pair<std::string, std::string_view>> pieces_; ///< of the chunk that is looked at
  std::string scratch_;
  std::string packed_scratch_;
  std::map<std::uint16_t, std::string> topics_;
};

} // namespace overt_benchmark
