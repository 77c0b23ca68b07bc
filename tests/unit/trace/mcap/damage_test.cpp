// Truncation, flipped bits and overwritten bytes, in a small file of ours that is not compressed.
#include <overt/trace/mcap/scan.hpp>

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include <overt/detail/crc32.hpp>
#include <overt/trace/mcap/reader.hpp>
#include <overt_test/catch.hpp>

#include "damage_checks.hpp"
#include "sample_file.hpp"

namespace trace = overt::trace;
using overt_test::examine;
using overt_test::flipped;
using overt_test::make_sample;

TEST_CASE(
    "A flip of any bit of an MCAP file is found, costs at most one chunk, and never gives a wrong message") {
  overt_test::flip_every_bit(make_sample());
}

TEST_CASE("An MCAP file that is cut anywhere gives all whole chunks, and says that it was cut") {
  overt_test::cut_everywhere(make_sample());
}

TEST_CASE("A flip of any bit before a crash is found, but for the two texts of the header") {
  auto const sample = make_sample();
  auto bytes = sample.bytes.substr(0, sample.end);
  // Without an end there is no CRC of the whole; the texts of the header are all that only that one covers.
  auto const header_end = sample.bytes.find("overt test") + 10;
  auto const ends = examine(bytes, sample);
  REQUIRE(ends.chunks_lost == 0);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (std::size_t bit = 0; bit < 8; ++bit) {
      auto const right = bytes[at];
      bytes[at] = flipped(right, bit);
      auto const report = examine(bytes, sample);
      trace::mcap_scan<trace::memory_source> scan{trace::memory_source{bytes}};
      static_cast<void>(overt_test::read_all(scan));
      bytes[at] = right;
      INFO("bit " << bit << " at offset " << at);
      REQUIRE(report.never_wrong);
      REQUIRE(report.chunks_lost <= 1);
      bool const more_than_cut = scan.damage().size() > 1;
      REQUIRE((more_than_cut || at < header_end));
    }
  }
}

TEST_CASE("Bytes that are overwritten anywhere never give a wrong message") {
  auto const sample = make_sample(6);
  std::mt19937 random{11};
  for (int round = 0; round < 3000; ++round) {
    auto bytes = sample.bytes;
    for (auto bursts = 1 + random() % 3; bursts > 0; --bursts) {
      auto at = random() % bytes.size();
      for (auto left = 1 + random() % 40; left > 0 && at < bytes.size(); --left, ++at) {
        bytes[at] = random() % 2 == 0 ? '\0' : static_cast<char>(random());
      }
    }
    if (random() % 4 == 0) {
      bytes.erase(random() % bytes.size(), 1 + random() % 50);
    }
    if (bytes == sample.bytes) {
      continue;
    }
    auto const report = examine(bytes, sample);
    REQUIRE(report.never_wrong);
    REQUIRE(report.detected_by_reader);
    REQUIRE(report.detected_by_scan);
  }
}

TEST_CASE("Chunks that are swapped, left out or doubled are noticed, also with a right CRC of the whole") {
  auto const sample = make_sample();
  auto const chunk = [&](std::size_t i) {
    auto const end = i + 1 < sample.chunks.size() ? sample.chunks[i + 1].offset : sample.end;
    return sample.bytes.substr(sample.chunks[i].offset, end - sample.chunks[i].offset);
  };
  auto const with = [&](std::string const& middle) {
    auto bytes = sample.bytes.substr(0, sample.chunks[0].offset) + middle + sample.bytes.substr(sample.end);
    // The CRC of the data section made right again; it stands in the Data End record, before the summary.
    std::string const data_end{"\x0f\x04\0\0\0\0\0\0\0", 9};
    auto const at = bytes.rfind(data_end);
    std::string crc;
    overt::sink::mcap_format::put(crc, overt::detail::crc32(std::string_view{bytes}.substr(0, at)));
    return bytes.replace(at + 9, 4, crc);
  };
  auto const detected = [](std::string const& bytes) {
    trace::mcap_reader<trace::memory_source> reader{trace::memory_source{bytes}};
    REQUIRE(reader.open());
    return overt_test::read_all(reader).failed.has_value();
  };
  CHECK_FALSE(detected(with(chunk(0) + chunk(1) + chunk(2))));
  CHECK(detected(with(chunk(1) + chunk(0) + chunk(2))));
  CHECK(detected(with(chunk(0) + chunk(2))));
  CHECK(detected(with(chunk(0) + chunk(1) + chunk(1))));
  auto changed_index = chunk(0) + chunk(1) + chunk(2);
  changed_index[sample.chunks[0].end - sample.chunks[0].offset + 9 + 6] ^= 1; // a time in a message index
  CHECK(detected(with(changed_index)));
}

TEST_CASE("Statistics that are not those of the content are noticed, also with a right CRC of the summary") {
  auto const sample = make_sample();
  auto const with = [&](std::uint32_t messages) {
    auto bytes = sample.bytes;
    auto const footer = bytes.size() - overt::sink::mcap_format::magic.size() - 20;
    auto const summary =
        overt::trace::mcap_fields{std::string_view{bytes}.substr(footer)}.number<std::uint64_t>();
    auto const statistics = bytes.find(std::string{"\x0b\x42\0\0\0\0\0\0\0", 9}, summary);
    REQUIRE(statistics != std::string::npos);
    bytes[statistics + 9] = static_cast<char>(messages);
    std::string crc;
    overt::sink::mcap_format::put(
        crc, overt::detail::crc32(std::string_view{bytes}.substr(summary, footer + 16 - summary)));
    return bytes.replace(footer + 16, 4, crc);
  };
  REQUIRE(with(9) == sample.bytes);
  CHECK(examine(with(8), sample).detected_by_reader);
}
