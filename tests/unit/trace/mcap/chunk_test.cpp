#include <overt/trace/mcap/chunk.hpp>

#include <cstddef>
#include <string>

#include "sample_file.hpp"

namespace trace = overt::trace;

TEST_CASE("MCAP chunk: its messages, and after any flipped bit none") {
  auto const made = overt_test::make_sample(1);
  auto const& written = made.chunks.front();
  auto content = made.bytes.substr(written.offset + 9, written.end - written.offset - 9);
  trace::mcap_definitions known{1024 * 1024};
  trace::mcap_chunk<> chunk;
  REQUIRE(chunk.load(content, written.offset, true, known, {}));
  REQUIRE(chunk.size() == written.messages.size());
  CHECK(chunk.checked());
  for (std::size_t i = 0; i < chunk.size(); ++i) {
    CHECK(chunk.message(i).bytes == written.messages[i].bytes);
    CHECK(chunk.message(i).channel->topic == written.messages[i].topic);
  }
  std::size_t unseen = 0;
  for (std::size_t bit = 0; bit < content.size() * 8; ++bit) {
    content[bit / 8] = static_cast<char>(content[bit / 8] ^ 1 << bit % 8);
    trace::mcap_definitions other{1024 * 1024};
    unseen += chunk.load(content, written.offset, true, other, {}) ? 1u : 0u;
    unseen += chunk.size();
    content[bit / 8] = static_cast<char>(content[bit / 8] ^ 1 << bit % 8);
  }
  CHECK(unseen == 0);
}

TEST_CASE("MCAP chunk: a claim beyond the limit is refused before memory is taken for it") {
  auto const made = overt_test::make_sample(1);
  auto const& written = made.chunks.front();
  auto const content = made.bytes.substr(written.offset + 9, written.end - written.offset - 9);
  trace::mcap_definitions known{1024 * 1024};
  trace::mcap_chunk<> chunk;
  auto const refused = chunk.load(content, written.offset, true, known, {.chunk_bytes = 20});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == overt::error_code::invalid_input);
  CHECK(chunk.size() == 0);
}
