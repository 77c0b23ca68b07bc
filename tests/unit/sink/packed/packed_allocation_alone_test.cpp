// Rows, batches, CBOR and JSON lines are written without allocating, once the buffers have grown. Counts
// every allocation of the program, which is why it is one of its own.
#include <overt/sink/packed/batch_writer.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

#include <overt/detail/cbor_text.hpp>
#include <overt/detail/json_text.hpp>
#include <overt/event/event.hpp>
#include <overt/sink/event_cbor.hpp>
#include <overt/sink/event_json.hpp>
#include <overt/sink/packed/row_writer.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/counted_allocations.hpp>
#include <overt_test/packed.hpp>

using overt_test::allocations;

TEST_CASE("nothing is allocated once the buffers have grown", "[sink][packed]") {
  std::mt19937_64 random{3};
  std::vector<overt_test::packed_sample> samples;
  for (std::uint64_t i = 1; i <= 500; ++i) {
    samples.push_back(
        overt_test::random_sample({.sequence = i, .time = {static_cast<std::int64_t>(i)}}, random));
  }
  overt::sink::packed::row_writer rows;
  overt::sink::packed::batch_writer<overt::event> batch;
  overt::detail::cbor_text cbor;
  overt::detail::json_text json;
  std::size_t bytes = 0;
  auto const write_all = [&] {
    for (auto const& sample : samples) {
      bytes += overt_test::with_packed(sample.what, [&](auto const& payload) {
        bool const added = batch.add(sample.head, payload);
        cbor.clear();
        overt::sink::detail::append_value(cbor, payload);
        json.clear();
        overt::sink::detail::append_value(json, payload);
        return rows.write(sample.head, payload).size() + (added ? cbor.size() + json.size() : 0);
      });
    }
    bytes += batch.finish().size();
  };
  for (int i = 0; i < 3; ++i) {
    write_all();
  }
  auto const before = allocations.load();
  write_all();
  CHECK(allocations.load() == before);
  CHECK(before > 0);
  CHECK(bytes > 0);
}
