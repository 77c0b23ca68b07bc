#pragma once

// What must hold of any damaged form of a sample file: read in order, by time, or scanned, it never gives a
// message that is not one of the file, in its order.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <overt/trace/byte_source.hpp>
#include <overt/trace/mcap/reader.hpp>
#include <overt/trace/mcap/scan.hpp>

#include "sample_file.hpp"

namespace overt_test {

struct damage_report {
  bool never_wrong = true;
  bool detected_by_reader = false;
  bool detected_by_scan = false;
  std::size_t chunks_lost = 0; ///< by the scan
};

/// Whether `some` are from `all`, in order.
inline bool in_order(std::vector<sample_message> const& some, std::vector<sample_message> const& all) {
  auto at = all.begin();
  for (auto const& one : some) {
    at = std::find(at, all.end(), one);
    if (at == all.end()) {
      return false;
    }
    ++at;
  }
  return true;
}

template <class... Codecs>
damage_report examine(std::string_view damaged, sample_file const& sample, bool with_seek = true) {
  namespace trace = overt::trace;
  damage_report report;
  auto const all = sample.messages();
  auto const wrong = [&] { report.never_wrong = false; };
  {
    trace::mcap_reader<trace::memory_source, Codecs...> reader{trace::memory_source{damaged}};
    if (!reader.open()) {
      report.detected_by_reader = true;
    } else {
      auto const found = read_all(reader);
      report.detected_by_reader = found.failed.has_value();
      // All of them, or those before the damage.
      if (found.messages.size() > all.size() || (!found.failed && found.messages.size() != all.size()) ||
          !std::equal(found.messages.begin(), found.messages.end(), all.begin())) {
        wrong();
      }
      if (auto const metadata = reader.metadata()) {
        for (auto const& each : *metadata) {
          auto const right = sample.metadata.find(each.name);
          if (each.checked && (right == sample.metadata.end() || right->second != each.entries)) {
            wrong();
          }
        }
      } else {
        report.detected_by_reader = true;
      }
      if (auto const attachments = reader.attachments()) {
        for (auto const& each : *attachments) {
          auto const bytes = reader.read(each);
          if (!bytes || *bytes != sample.attachment || each.name != "policy") {
            wrong();
          }
        }
      } else {
        report.detected_by_reader = true;
      }
      for (std::uint64_t const from : {1ULL, 1005ULL, 2020ULL}) {
        if (!with_seek) {
          break;
        }
        reader.seek(from);
        std::vector<sample_message> expected;
        std::copy_if(all.begin(), all.end(), std::back_inserter(expected),
                     [&](auto const& one) { return one.log_time >= from; });
        auto const part = read_all(reader);
        if (part.messages.size() > expected.size() ||
            (!part.failed && part.messages.size() != expected.size()) ||
            !std::equal(part.messages.begin(), part.messages.end(), expected.begin())) {
          wrong();
        }
      }
    }
  }
  trace::mcap_scan<trace::memory_source, Codecs...> scan{trace::memory_source{damaged}};
  auto const found = read_all(scan);
  report.detected_by_scan = !scan.damage().empty();
  if (found.failed || !in_order(found.messages, all)) {
    wrong();
  }
  for (auto const& each : scan.metadata()) {
    auto const right = sample.metadata.find(each.name);
    if (each.checked && (right == sample.metadata.end() || right->second != each.entries)) {
      wrong();
    }
  }
  for (auto const& [what, bytes] : scan.attachments()) {
    if (bytes != sample.attachment || what.name != "policy") {
      wrong();
    }
  }
  std::uint64_t end = 0;
  for (auto const& place : scan.damage()) {
    if (place.offset + place.size > damaged.size() || (place.offset < end && place.offset != 0)) {
      wrong(); // places are in the file and in order, but for what is said of the whole
    }
    end = place.offset == 0 ? end : place.offset + place.size;
  }
  for (auto const& chunk : sample.chunks) {
    auto const given = std::count_if(chunk.messages.begin(), chunk.messages.end(), [&](auto const& one) {
      return std::find(found.messages.begin(), found.messages.end(), one) != found.messages.end();
    });
    if (given == 0) {
      ++report.chunks_lost;
    } else if (static_cast<std::size_t>(given) != chunk.messages.size()) {
      wrong(); // a chunk is whole or lost
    }
  }
  return report;
}

inline char flipped(char byte, std::size_t bit) { return static_cast<char>(byte ^ (1 << bit)); }

/// Every bit of a complete file: detected by both, at most one chunk lost, never wrong.
template <class... Codecs>
void flip_every_bit(sample_file const& sample) {
  auto bytes = sample.bytes;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (std::size_t bit = 0; bit < 8; ++bit) {
      auto const right = bytes[at];
      bytes[at] = flipped(right, bit);
      auto const report = examine<Codecs...>(bytes, sample);
      bytes[at] = right;
      INFO("bit " << bit << " at offset " << at);
      REQUIRE(report.never_wrong);
      REQUIRE(report.detected_by_reader);
      REQUIRE(report.detected_by_scan);
      REQUIRE(report.chunks_lost <= 1);
    }
  }
}

/// Every length: detected by both, all chunks that are there are given, never wrong.
template <class... Codecs>
void cut_everywhere(sample_file const& sample) {
  for (std::size_t size = 0; size < sample.bytes.size(); ++size) {
    auto const report = examine<Codecs...>(std::string_view{sample.bytes}.substr(0, size), sample);
    INFO("cut at " << size);
    REQUIRE(report.never_wrong);
    REQUIRE(report.detected_by_reader);
    REQUIRE(report.detected_by_scan);
    auto const whole = std::count_if(sample.chunks.begin(), sample.chunks.end(),
                                     [&](auto const& chunk) { return chunk.end <= size; });
    REQUIRE(report.chunks_lost == sample.chunks.size() - static_cast<std::size_t>(whole));
  }
}

} // namespace overt_test
