#include <overt/trace/packed/batch_reader.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <overt/event/event.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/packed.hpp>

namespace {

namespace packed = overt::sink::packed;
using samples = std::vector<overt_test::packed_sample>;
using reader_type = overt::trace::batch_reader<overt::event>;
using writer_type = packed::batch_writer<overt::event>;

bool add(writer_type& batch, overt_test::packed_sample const& sample) {
  return overt_test::with_packed(sample.what,
                                 [&](auto const& payload) { return batch.add(sample.head, payload); });
}

std::string batch_of(samples const& all) {
  writer_type batch;
  for (auto const& sample : all) {
    REQUIRE(add(batch, sample));
  }
  return std::string{batch.finish()};
}

/// Reads a batch and says whether it is what was written.
bool comes_back(std::string_view bytes, samples const& written) {
  reader_type reader;
  if (auto const opened = reader.open(bytes); !opened) {
    UNSCOPED_INFO(opened.error().message);
    return false;
  }
  bool same = reader.size() == written.size();
  for (auto const& sample : written) {
    auto const row = reader.next();
    same = same && row && overt_test::same_event(sample, *row);
  }
  return same && !reader.next();
}

/// Up to `most` rows within a second, with holes in their numbers, and times that are equal or step back.
samples some_rows(std::mt19937_64& random, std::size_t most) {
  samples made;
  using limits = std::numeric_limits<std::int64_t>;
  auto const start = random() % 8 == 0   ? limits::min()
                     : random() % 8 == 0 ? limits::max() - writer_type::one_second
                                         : static_cast<std::int64_t>(random() % 1'000'000) * 1'000'000;
  auto const grain = random() % 3 == 0 ? std::int64_t{1'000'000} : random() % 2 == 0 ? 1000 : 1;
  auto const kinds = 1 + random() % 3;
  std::uint64_t sequence = random() % 4 == 0 ? ~std::uint64_t{0} - 3 * most : 1 + random() % 1000;
  for (auto count = 1 + random() % most; count > 0; --count) {
    auto const offset = static_cast<std::int64_t>(random() % writer_type::one_second) / grain * grain;
    packed::row_head const head{.sequence = sequence,
                                .time = {start + offset},
                                .source = random() % 9 == 0 ? overt::recorder_source : std::uint16_t{1},
                                .context = random() % 5 == 0 ? random() % 3 : 7};
    if (kinds == 1) { // steady
      made.push_back(overt_test::sample_of(head, overt::pointer_move{.at = {.x = -5, .y = 1080}}));
    } else {
      made.push_back(overt_test::random_sample(head, random));
    }
    sequence += 1 + (random() % 4 == 0 ? random() % 3 : 0);
  }
  return made;
}

} // namespace

TEST_CASE("batches come back, whatever is in them", "[trace][packed]") {
  std::mt19937_64 random{11};
  for (int i = 0; i < 3000; ++i) {
    auto const written = some_rows(random, i % 10 == 0 ? 300 : 8);
    REQUIRE(comes_back(batch_of(written), written));
  }
}

TEST_CASE("the ends of what a point can be come back", "[trace][packed]") {
  samples written;
  std::uint64_t sequence = 0;
  constexpr auto least = std::numeric_limits<std::int32_t>::min();
  constexpr auto most = std::numeric_limits<std::int32_t>::max();
  for (auto const x : {least, most, 0, -1, least, least, most}) {
    for (auto const y : {most, least, -1}) {
      written.push_back(overt_test::sample_of(
          {.sequence = ++sequence},
          overt::pointer_move{.at = {.x = x, .y = y, .display = overt::screen_point::no_display}}));
      written.push_back(
          overt_test::sample_of({.sequence = ++sequence}, overt::pointer_delta{.dx = x, .dy = y}));
    }
  }
  CHECK(comes_back(batch_of(written), written));
}

TEST_CASE("a stranger reads a batch with a CBOR library and the description alone", "[trace][packed]") {
  samples written;
  for (int i = 0; i < 3; ++i) {
    written.push_back(
        overt_test::sample_of({.sequence = 7 + static_cast<std::uint64_t>(i),
                               .time = {5'000'000'000 + 8'000'000 * (i * i + i)},
                               .context = 3},
                              overt::pointer_move{.at = {.x = 10 + i * i, .y = -4}, .device = 2}));
  }
  for (auto const phase : {overt::key_phase::press, overt::key_phase::release}) {
    written.push_back(overt_test::sample_of(
        {.sequence = 20 + 5 * static_cast<std::uint64_t>(phase), .time = {5'000'000'001}},
        overt::key{.phase = phase,
                   .kind = overt::key_class::letter,
                   .held = overt::modifiers::shift | overt::modifiers::alt}));
  }
  auto const read = nlohmann::json::from_cbor(batch_of(written));
  nlohmann::json expected = {{"schema", "overt.stream/1"},
                             {"from_seq", 7},
                             {"to_seq", 30},
                             {"t0", 5'000'000'000},
                             {"types", nlohmann::json::array()}};
  auto const bytes = [](std::vector<std::uint8_t> values) {
    return nlohmann::json::binary(std::move(values));
  };
  expected["types"].push_back({{"type", "key"},
                               {"count", 2},
                               {"columns",
                                {{"seq", {{"first", 20}, {"step", 10}}},
                                 {"t", 5'000'000'001},
                                 {"from", 0},
                                 {"context", 0},
                                 {"phase", {{"values", {"press", "release"}}, {"index", bytes({0, 1})}}},
                                 {"kind", "letter"},
                                 {"held", {"shift", "alt"}},
                                 {"layout", 0},
                                 {"injected", false},
                                 {"device", 0}}}});
  expected["types"].push_back({{"type", "pointer_move"},
                               {"count", 3},
                               {"columns",
                                {{"seq", {{"first", 7}, {"step", 1}}},
                                 {"t", {{"scale", 16'000'000}, {"step", 1}, {"delta", bytes({1, 0, 2})}}},
                                 {"from", 0},
                                 {"context", 3},
                                 {"at.x", {{"delta", bytes({20, 2, 6})}}},
                                 {"at.y", -4},
                                 {"at.display", 0},
                                 {"at.display_epoch", 0},
                                 {"injected", false},
                                 {"device", 2}}}});
  CHECK(read == expected);
}

TEST_CASE("a batch takes a second, in order, and no more rows than a reader reads", "[trace][packed]") {
  writer_type batch;
  overt::pointer_move const move{};
  CHECK(batch.empty());
  CHECK(batch.finish().empty());
  CHECK(batch.add({.sequence = 5, .time = {1'000}}, move));
  CHECK_FALSE(batch.add({.sequence = 5, .time = {1'000}}, move));
  CHECK_FALSE(batch.add({.sequence = 4, .time = {1'000}}, move));
  CHECK(batch.takes(6, {1'000'001'000}));
  CHECK_FALSE(batch.takes(6, {1'000'001'001}));
  CHECK(batch.takes(6, {-999'999'000}));
  CHECK_FALSE(batch.takes(6, {-999'999'001}));
  CHECK_FALSE(batch.takes(6, {std::numeric_limits<std::int64_t>::min()}));
  CHECK(batch.add({.sequence = 6, .time = {500}}, move)); // back
  CHECK_FALSE(batch.takes(7, {1'000'000'501}));
  CHECK(batch.from_time().ns == 500);
  CHECK(batch.to_time().ns == 1000);
  CHECK(batch.from_sequence() == 5);
  CHECK(batch.to_sequence() == 6);
  CHECK(batch.size() == 2);
  REQUIRE(reader_type{}.open(batch.finish()));
  CHECK(batch.empty());

  std::uint64_t sequence = 0;
  while (batch.add({.sequence = ++sequence}, move)) {}
  CHECK(batch.size() == packed::most_rows);
  reader_type reader;
  CHECK(reader.open(batch.finish()));
  CHECK(reader.size() == packed::most_rows);
}

TEST_CASE("a batch that is cut anywhere is an error", "[trace][packed]") {
  std::mt19937_64 random{12};
  reader_type reader;
  for (int i = 0; i < 20; ++i) {
    auto const bytes = batch_of(some_rows(random, 8));
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      auto const opened = reader.open(std::string_view{bytes}.substr(0, size));
      REQUIRE_FALSE(opened);
      CHECK(opened.error().code == overt::error_code::invalid_input);
      CHECK_FALSE(reader.next());
    }
    CHECK_FALSE(reader.open(bytes + '\0'));
    CHECK(reader.open(bytes));
  }
}

TEST_CASE("a batch with any bit flipped is an error or rows that can be", "[trace][packed]") {
  std::mt19937_64 random{13};
  reader_type reader;
  std::size_t errors = 0;
  std::size_t read = 0;
  for (int i = 0; i < 20; ++i) {
    auto bytes = batch_of(some_rows(random, 12));
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
      bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8);
      if (reader.open(bytes)) {
        ++read;
        std::uint64_t before = 0;
        while (auto const row = reader.next()) {
          bool const fits =
              overt_test::with_packed(row->what, [](auto const& payload) { return packed::fits(payload); });
          bool const follows = row->head.sequence > before || before == 0;
          before = row->head.sequence;
          if (!fits || !follows) {
            FAIL("a row that cannot be, or is out of order");
          }
        }
      } else {
        ++errors;
        CHECK_FALSE(reader.next());
      }
      bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8);
    }
  }
  CHECK(errors > read); // much is structure; what is left is the business of the chunk's CRC
  CHECK(read > 0);
}

namespace {

/// A batch of a schema, written by hand.
std::string by_hand(nlohmann::ordered_json const& batch) {
  std::string bytes;
  nlohmann::ordered_json::to_cbor(batch, bytes);
  return bytes;
}

nlohmann::ordered_json one_move() {
  return nlohmann::ordered_json::from_cbor(batch_of([] {
    samples one;
    one.push_back(overt_test::sample_of({.sequence = 9, .time = {4}}, overt::pointer_move{}));
    return one;
  }()));
}

std::string error_of(nlohmann::ordered_json const& batch) {
  auto const opened = reader_type{}.open(by_hand(batch));
  return opened ? std::string{} : opened.error().message;
}

} // namespace

TEST_CASE("what a batch must not say is an error that tells why", "[trace][packed]") {
  auto const changed = [](auto&& change) {
    auto batch = one_move();
    change(batch, batch["types"][0], batch["types"][0]["columns"]);
    return error_of(batch);
  };
  REQUIRE(error_of(one_move()).empty());
  CHECK(changed([](auto& batch, auto&, auto&) { batch["schema"] = "overt.stream/2"; }).find("version") !=
        std::string::npos);
  CHECK(changed([](auto& batch, auto&, auto&) { batch["from_seq"] = 8; }).find("header") !=
        std::string::npos);
  CHECK(changed([](auto& batch, auto&, auto&) { batch["t0"] = 5; }).find("header") != std::string::npos);
  CHECK(changed([](auto& batch, auto& stream, auto&) { batch["types"].push_back(stream); }).find("twice") !=
        std::string::npos);
  CHECK(changed([](auto& batch, auto& stream, auto&) {
          auto same_number = stream;
          same_number["type"] = "pointer_delta";
          auto& columns = same_number["columns"];
          auto keep = columns;
          columns = nlohmann::ordered_json::object();
          for (auto const* const name : {"seq", "t", "from", "context"}) {
            columns[name] = keep[name];
          }
          columns["dx"] = 1;
          columns["dy"] = 1;
          columns["injected"] = false;
          columns["device"] = 0;
          batch["types"].push_back(same_number);
        }).find("one number") != std::string::npos);
  CHECK(changed([](auto&, auto& stream, auto&) { stream["type"] = "button"; }).find("type") !=
        std::string::npos);
  CHECK(changed([](auto&, auto& stream, auto&) { stream["type"] = "no_such"; }).find("type") !=
        std::string::npos);
  CHECK(changed([](auto&, auto& stream, auto&) { stream["count"] = 0; }).find("empty") != std::string::npos);
  CHECK(changed([](auto&, auto& stream, auto&) { stream["count"] = 8193; }).find("too many") !=
        std::string::npos);
  CHECK(changed([](auto&, auto& stream, auto&) { stream["count"] = ~std::uint64_t{0}; }).find("too many") !=
        std::string::npos);
  CHECK(changed([](auto&, auto& stream, auto&) { stream["count"] = 2; }).find("not in order") !=
        std::string::npos);
  CHECK(changed([](auto&, auto&, auto& columns) { columns["more"] = 1; }).find("columns") !=
        std::string::npos);
  CHECK(changed([](auto&, auto&, auto& columns) { columns.erase("device"); }).find("columns") !=
        std::string::npos);
  CHECK(changed([](auto&, auto&, auto& columns) { columns["at.x"] = std::int64_t{1} << 31; }).find("at.x") !=
        std::string::npos);
  CHECK(changed([](auto&, auto&, auto& columns) { columns["at.x"] = 0.5; }).find("at.x") !=
        std::string::npos);
  CHECK(changed([](auto&, auto&, auto& columns) { columns["device"] = -1; }).find("device") !=
        std::string::npos);
  CHECK(changed([](auto&, auto&, auto& columns) { columns["injected"] = 1; }).find("injected") !=
        std::string::npos);
  CHECK(changed([](auto&, auto&, auto& columns) {
          columns["at.x"] = nlohmann::ordered_json::object();
        }).find("at.x") != std::string::npos);
  auto const delta = [](std::vector<std::uint8_t> values) {
    return nlohmann::ordered_json{{"delta", nlohmann::ordered_json::binary(std::move(values))}};
  };
  CHECK(changed([&](auto&, auto&, auto& columns) { columns["at.x"] = delta({2}); }).empty());
  for (auto const& wrong : {delta({}), delta({2, 2}), delta({0x80, 0}), delta({0x80})}) {
    CHECK(changed([&](auto&, auto&, auto& columns) { columns["at.x"] = wrong; }).find("at.x") !=
          std::string::npos);
  }
}
