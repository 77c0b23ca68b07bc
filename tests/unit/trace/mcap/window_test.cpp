#include <overt/trace/mcap/window.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include <overt/detail/crc32.hpp>
#include <overt/trace/byte_source.hpp>
#include <overt_test/catch.hpp>

namespace trace = overt::trace;

namespace {
std::string some_bytes(std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = static_cast<char>(i * 31 + i / 251);
  }
  return bytes;
}

/// Says that it has more than it gives, as a file does that became shorter.
struct shrinking_source {
  std::uint64_t said = 0;
  std::string bytes{};
  std::uint64_t size() const { return said; }
  overt::result<std::size_t> read(std::uint64_t offset, std::span<char> to) {
    return trace::memory_source{bytes}.read(offset, to);
  }
};
} // namespace

TEST_CASE("A window shows every part of a source") {
  auto const bytes = some_bytes(200'000);
  trace::mcap_window file{trace::memory_source{bytes}, 1'000'000};
  for (std::size_t const at : {0UL, 5UL, 65'530UL, 65'536UL, 199'999UL, 3UL, 200'000UL}) {
    for (std::size_t const size : {0UL, 1UL, 9UL, 70'000UL, 199'990UL}) {
      auto const part = file.view(at, size);
      REQUIRE(part.has_value() == (at + size <= bytes.size()));
      if (part) {
        CHECK(*part == bytes.substr(at, size));
      }
    }
  }
  overt::detail::crc32_state crc;
  REQUIRE(file.add_to(crc, 100, 150'000));
  CHECK(crc.value() == overt::detail::crc32(std::string_view{bytes}.substr(100, 149'900)));
}

TEST_CASE("A window refuses what is larger than its limit, or not there") {
  auto const bytes = some_bytes(10'000);
  trace::mcap_window file{trace::memory_source{bytes}, 5'000};
  CHECK(file.view(0, 5'000));
  CHECK_FALSE(file.view(0, 5'001));
  CHECK_FALSE(file.view(10'001, 0));
  CHECK_FALSE(file.view(UINT64_MAX, UINT64_MAX));
  CHECK_FALSE(file.view(1, UINT64_MAX));
  trace::mcap_window shrunk{shrinking_source{1000, "short"}, 5'000};
  CHECK(shrunk.view(0, 5));
  CHECK_FALSE(shrunk.view(0, 6));
}

TEST_CASE("A record whose length goes beyond the file is cut off") {
  std::string bytes = "\x05";
  bytes += std::string("\x03\0\0\0\0\0\0\0", 8) + "abc";
  trace::mcap_window whole{trace::memory_source{bytes}, 5'000};
  auto const record = whole.record(0);
  REQUIRE(record);
  CHECK(record->end() == 12);
  auto const content = whole.content(*record);
  REQUIRE(content);
  CHECK(*content == "abc");
  trace::mcap_window cut{trace::memory_source{std::string_view{bytes}.substr(0, 11)}, 5'000};
  CHECK_FALSE(cut.record(0));
  CHECK_FALSE(whole.record(4));
  bytes.replace(1, 8, std::string(8, '\xff'));
  trace::mcap_window hostile{trace::memory_source{bytes}, 5'000};
  CHECK_FALSE(hostile.record(0));
}
