#include <overt/trace/mcap/header.hpp>

#include <string>

#include "sample_file.hpp"

namespace trace = overt::trace;

namespace {
using window = trace::mcap_window<trace::memory_source>;
window look_into(std::string const& bytes) { return window{trace::memory_source{bytes}, 1'000'000}; }
} // namespace

TEST_CASE("MCAP header: who wrote the file, and where its data begins") {
  for (std::string const profile : {"overt", "other", ""}) {
    auto const made = overt_test::make_sample(1, {}, profile);
    auto file = look_into(made.bytes);
    auto const read = trace::read_mcap_header(file);
    REQUIRE(read);
    CHECK(read->profile == profile);
    CHECK(read->library == "overt test");
    CHECK(read->ours() == (profile == "overt"));
    CHECK(read->end < made.head); // metadata and attachments follow
    CHECK(read->crc.value() == overt::detail::crc32(std::string_view{made.bytes}.substr(0, read->end)));
  }
}

TEST_CASE("MCAP header: what is no MCAP file, or is cut off within its header, is refused") {
  auto const made = overt_test::make_sample(1);
  for (std::size_t size = 0; size < 32; ++size) {
    auto const cut = made.bytes.substr(0, size);
    auto file = look_into(cut);
    CHECK_FALSE(trace::read_mcap_header(file));
  }
  std::string const text = "{\"type\":\"session\"}, a trace of another format";
  auto file = look_into(text);
  auto const read = trace::read_mcap_header(file);
  REQUIRE_FALSE(read);
  CHECK(read.error().code == overt::error_code::invalid_input);
  auto other = made.bytes;
  other[8] = '\x05'; // a message in place of the header
  auto damaged = look_into(other);
  CHECK_FALSE(trace::read_mcap_header(damaged));
}
