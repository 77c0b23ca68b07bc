#include <overt/trace/packed/row_reader.hpp>

#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <string_view>

#include <overt/event/event.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/packed.hpp>
#include <overt_test/payloads.hpp>

namespace {

namespace packed = overt::sink::packed;
using overt::trace::read_row;

std::string row_of(packed::row_head const& head, overt::event const& what) {
  packed::row_writer rows;
  return overt_test::with_packed(what,
                                 [&](auto const& payload) { return std::string{rows.write(head, payload)}; });
}
std::string row_of(overt_test::packed_sample const& sample) { return row_of(sample.head, sample.what); }

packed::row_head extreme_head(std::mt19937_64& random) {
  auto const some = [&](auto least, auto most, auto other) {
    auto const dice = random() % 4;
    return dice == 0 ? least : dice == 1 ? most : other;
  };
  using signed_limits = std::numeric_limits<std::int64_t>;
  return {.sequence = some(std::uint64_t{0}, ~std::uint64_t{0}, random()),
          .time = {some(signed_limits::min(), signed_limits::max(), static_cast<std::int64_t>(random()))},
          .source = some(std::uint16_t{0}, overt::recorder_source, static_cast<std::uint16_t>(random())),
          .context = some(std::uint64_t{0}, ~std::uint64_t{0}, random())};
}

} // namespace

TEST_CASE("rows of every packed payload come back, whatever is in them", "[trace][packed]") {
  std::mt19937_64 random{5};
  for (int i = 0; i < 20'000; ++i) {
    auto const written = overt_test::random_sample(extreme_head(random), random);
    auto const read = read_row<overt::event>(row_of(written));
    REQUIRE(read);
    REQUIRE(overt_test::same_event(written, *read));
  }
}

TEST_CASE("an ordinary row is short", "[trace][packed]") {
  auto const row = row_of(overt_test::sample_of({.sequence = 100'000, .time = {5'000'000'000}, .context = 3},
                                                overt::pointer_move{.at = {.x = 900, .y = 500}}));
  CHECK(row.size() < 30);
}

TEST_CASE("a row that was cut, or has more behind it, is an error", "[trace][packed]") {
  std::mt19937_64 random{6};
  for (int i = 0; i < 50; ++i) {
    auto const row = row_of(overt_test::random_sample(extreme_head(random), random));
    for (std::size_t size = 0; size < row.size(); ++size) {
      CHECK_FALSE(read_row<overt::event>(std::string_view{row}.substr(0, size)));
    }
    auto const longer = read_row<overt::event>(row + '\0');
    REQUIRE_FALSE(longer);
    CHECK(longer.error().code == overt::error_code::invalid_input);
  }
}

TEST_CASE("a row with any bit flipped is an error or an event that can be", "[trace][packed]") {
  std::mt19937_64 random{7};
  for (int i = 0; i < 50; ++i) {
    auto row = row_of(overt_test::random_sample(extreme_head(random), random));
    for (std::size_t bit = 0; bit < row.size() * 8; ++bit) {
      row[bit / 8] = static_cast<char>(row[bit / 8] ^ 1 << bit % 8);
      if (auto const read = read_row<overt::event>(row); read) {
        CHECK(overt_test::with_packed(read->what, [](auto const& payload) { return packed::fits(payload); }));
        // and it is written as it was read: nothing was lost on the way
        CHECK(row_of(read->head, read->what) == row);
      }
      row[bit / 8] = static_cast<char>(row[bit / 8] ^ 1 << bit % 8);
    }
  }
}

TEST_CASE("a row is read by a program with other payloads beside it, and not without its own",
          "[trace][packed]") {
  packed::row_writer rows;
  std::string const row{rows.write({.sequence = 1}, overt::pointer_delta{.dx = -256})};
  auto const read = read_row<overt_test::ticket_event>(row);
  REQUIRE(read);
  CHECK(read->what.get_if<overt::pointer_delta>()->dx == -256);
  auto const unknown = read_row<overt::basic_event<overt::key, overt::button>>(row);
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().message.find("does not know") != std::string::npos);
}
