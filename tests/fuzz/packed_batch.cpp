// The readers of packed rows and batches, with hostile bytes. What is read must be something that can be, and
// come back when it is written again.
// With and without libFuzzer: support/main.cpp.

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <overt/event/event.hpp>
#include <overt/sink/packed/batch_writer.hpp>
#include <overt/sink/packed/row_writer.hpp>
#include <overt/trace/packed/batch_reader.hpp>
#include <overt/trace/packed/row_reader.hpp>
#include <overt_test/packed.hpp>

#include "support/mutated.hpp"

namespace {

namespace packed = overt::sink::packed;
using row = overt::trace::packed_row<overt::event>;

void check(row const& read) {
  packed::row_writer rows;
  bool const same = overt_test::with_packed(read.what, [&](auto const& payload) {
    auto const again = overt::trace::read_row<overt::event>(rows.write(read.head, payload));
    return packed::fits(payload) && again && overt_test::same_head(read.head, again->head) &&
           overt_test::leaves_of(read.what) == overt_test::leaves_of(again->what);
  });
  if (!same) {
    overt_fuzz::report("a row was read that cannot be, or does not come back");
  }
}

void read_batch(std::string_view bytes) {
  overt::trace::batch_reader<overt::event> reader;
  if (!reader.open(bytes)) {
    if (reader.next()) {
      overt_fuzz::report("there is a row in a batch that is none");
    }
    return;
  }
  // Rows of a batch that somebody else made may be further apart than a second.
  packed::batch_writer<overt::event> writer{std::int64_t{0x7fff'ffff'ffff'ffff}};
  std::vector<row> all;
  bool fits = true;
  while (auto one = reader.next()) {
    if (!all.empty() && one->head.sequence <= all.back().head.sequence) {
      overt_fuzz::report("rows are out of order");
    }
    if (all.size() < 64) {
      check(*one);
    }
    fits = fits && overt_test::with_packed(
                       one->what, [&](auto const& payload) { return writer.add(one->head, payload); });
    all.push_back(std::move(*one));
  }
  if (!fits) {
    return;
  }
  bool same = reader.open(writer.finish()).has_value();
  for (auto const& one : all) {
    auto const again = reader.next();
    same = same && again && overt_test::same_head(one.head, again->head) &&
           one.what.payload_index() == again->what.payload_index() &&
           overt_test::leaves_of(one.what) == overt_test::leaves_of(again->what);
  }
  if (!same) {
    overt_fuzz::report("a batch that was read does not come back");
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const bytes{reinterpret_cast<char const*>(data), size};
  read_batch(bytes);
  if (auto const one = overt::trace::read_row<overt::event>(bytes); one) {
    check(*one);
  }
  return 0;
}

overt_fuzz::food overt_fuzz::feed() {
  std::mt19937_64 random{1};
  std::vector<std::string> seeds;
  for (int i = 0; i < 40; ++i) {
    packed::batch_writer<overt::event> batch;
    for (std::uint64_t sequence = 1; sequence <= 1 + static_cast<std::uint64_t>(i) / 4; ++sequence) {
      auto const sample = overt_test::random_sample(
          {.sequence = sequence * 2, .time = {static_cast<std::int64_t>(random() % 1'000'000)}}, random);
      overt_test::with_packed(sample.what, [&](auto const& payload) {
        packed::row_writer rows;
        seeds.emplace_back(rows.write(sample.head, payload));
        return batch.add(sample.head, payload);
      });
    }
    for (int copies = 0; copies < 8; ++copies) { // batches are of more interest
      seeds.emplace_back(copies == 0 ? batch.finish() : std::string_view{seeds.back()});
    }
  }
  return {.seeds = std::move(seeds)};
}
