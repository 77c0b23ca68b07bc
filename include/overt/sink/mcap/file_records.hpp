#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/detail/crc32.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/sink/mcap/format.hpp>

namespace overt::inline v0::sink::mcap_format {

/// Metadata and Attachment records that wait to be written, and what the summary says about them.
class file_records {
public:
  /// With one more entry: the CRC of the others (see `metadata_crc_key`).
  void metadata(std::string_view name, std::span<std::pair<std::string, std::string> const> entries) {
    auto const at = bytes_.size();
    put_record(bytes_, opcode::metadata, [&](std::string& out) {
      auto const begin = out.size();
      put_text(out, name);
      put_list(out, [&](std::string& list) {
        v0::detail::crc32_state crc;
        crc.update(std::string_view{list}.substr(begin, name.size() + sizeof(std::uint32_t)));
        auto const first = list.size();
        for (auto const& [key, value] : entries) {
          put_text(list, key);
          put_text(list, value);
        }
        crc.update(std::string_view{list}.substr(first));
        auto const digits = v0::detail::hex_digits(crc.value());
        put_text(list, metadata_crc_key);
        put_text(list, {digits.data(), digits.size()});
      });
    });
    auto& added =
        added_.emplace_back(entry{.what = opcode::metadata_index, .at = at, .size = bytes_.size() - at});
    put_text(added.rest, name);
  }

  void attachment(std::string_view name, std::string_view media_type, std::uint64_t log_time,
                  std::string_view data) {
    auto const at = bytes_.size();
    put_record(bytes_, opcode::attachment, [&](std::string& out) {
      auto const begin = out.size();
      put(out, log_time);
      put(out, std::uint64_t{0}); // when it was made is not known
      put_text(out, name);
      put_text(out, media_type);
      put(out, static_cast<std::uint64_t>(data.size()));
      out.append(data);
      put(out, v0::detail::crc32(std::string_view{out}.substr(begin)));
    });
    auto& added =
        added_.emplace_back(entry{.what = opcode::attachment_index, .at = at, .size = bytes_.size() - at});
    put(added.rest, log_time);
    put(added.rest, std::uint64_t{0});
    put(added.rest, static_cast<std::uint64_t>(data.size()));
    put_text(added.rest, name);
    put_text(added.rest, media_type);
  }

  /// The records, one after another.
  [[nodiscard]] std::string_view bytes() const noexcept { return bytes_; }

  /// Appends their index records of one kind, when `bytes()` stands at `offset`; gives how many.
  std::uint32_t put_indexes(std::string& out, opcode what, std::uint64_t offset) const {
    std::uint32_t count = 0;
    for (auto const& each : added_) {
      if (each.what == what) {
        ++count;
        put_record(out, what, [&](std::string& record) {
          put(record, offset + each.at);
          put(record, each.size);
          record += each.rest;
        });
      }
    }
    return count;
  }

  void clear() noexcept {
    bytes_.clear();
    added_.clear();
  }

private:
  struct entry {
    opcode what{};
    std::uint64_t at = 0;
    std::uint64_t size = 0;
    std::string rest{};
  };

  std::string bytes_;
  std::vector<entry> added_;
};

} // namespace overt::inline v0::sink::mcap_format
