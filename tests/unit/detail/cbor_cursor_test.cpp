#include <overt/detail/cbor_cursor.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

namespace {

using overt::detail::cbor_cursor;
using overt::detail::cbor_major;
using overt::detail::cbor_text;

bool is_whole_item(std::string_view bytes, std::size_t deepest = 32) {
  cbor_cursor cursor{bytes};
  return cursor.skip(deepest) && cursor.at_end();
}

} // namespace

TEST_CASE("numbers come back, and have one spelling", "[detail][cbor]") {
  for (auto const value : {std::int64_t{0}, std::int64_t{23}, std::int64_t{24}, std::int64_t{65536},
                           std::numeric_limits<std::int64_t>::max(), std::int64_t{-1}, std::int64_t{-25},
                           std::numeric_limits<std::int64_t>::min()}) {
    cbor_text out;
    out.number(value);
    cbor_cursor cursor{out.view()};
    std::uint64_t bits = 0;
    bool negative = false;
    REQUIRE(cursor.number(bits, negative));
    CHECK(static_cast<std::int64_t>(bits) == value);
    CHECK(negative == (value < 0));
    for (std::size_t cut = 0; cut < out.size(); ++cut) {
      cbor_cursor shorter{out.view().substr(0, cut)};
      CHECK_FALSE(shorter.number(bits, negative));
    }
  }
  using namespace std::string_view_literals;
  for (auto const longer :
       {"\x18\x17"sv, "\x19\x00\xff"sv, "\x1a\x00\x00\xff\xff"sv, "\x1b\x00\x00\x00\x00\xff\xff\xff\xff"sv,
        "\x1c"sv, "\x1f"sv, "\x3b\x80\x00\x00\x00\x00\x00\x00\x00"sv}) {
    cbor_cursor cursor{longer};
    std::uint64_t bits = 0;
    bool negative = false;
    CHECK_FALSE(cursor.number(bits, negative));
  }
}

TEST_CASE("strings end where the bytes end", "[detail][cbor]") {
  std::string_view value;
  CHECK(cbor_cursor{"\x63"
                    "abc"}
            .text(value));
  CHECK(value == "abc");
  CHECK_FALSE(cbor_cursor{"\x64"
                          "abc"}
                  .text(value));
  CHECK_FALSE(cbor_cursor{"\x43"
                          "abc"}
                  .text(value));
  CHECK_FALSE(cbor_cursor{"\x7b\xff\xff\xff\xff\xff\xff\xff\xff"}.text(value));
  CHECK(cbor_cursor{"\x61"
                    "a"}
            .expect_text("a"));
  CHECK_FALSE(cbor_cursor{"\x61"
                          "b"}
                  .expect_text("a"));
}

TEST_CASE("a whole item is stepped over, unless it is malformed or too deep", "[detail][cbor]") {
  using namespace std::string_view_literals;
  for (auto const item : {"\x00"sv, "\x80"sv, "\xa0"sv, "\x82\x01\x82\x02\x03"sv, "\xa1\x61\x61\x80"sv,
                          "\xc1\x00"sv, "\xf6"sv, "\xfb\x00\x00\x00\x00\x00\x00\x00\x00"sv,
                          "\xfa\x00\x00\x00\x00"sv, "\x62\xc3\xa9"sv, "\x42\xff\xff"sv}) {
    CHECK(is_whole_item(item));
    for (std::size_t cut = 0; cut < item.size(); ++cut) {
      CHECK_FALSE(is_whole_item(item.substr(0, cut)));
    }
  }
  for (auto const item :
       {""sv, "\x82\x01"sv, "\xa1\x01"sv, "\xff"sv, "\x9f\xff"sv, "\xbf\xff"sv, "\x62\xc3\x28"sv,
        "\x9b\xff\xff\xff\xff\xff\xff\xff\xff"sv, "\xbb\x80\x00\x00\x00\x00\x00\x00\x00"sv}) {
    CHECK_FALSE(is_whole_item(item));
  }
  CHECK(is_whole_item(std::string(32, '\x81') + '\x80'));
  CHECK_FALSE(is_whole_item(std::string(33, '\x81') + '\x00'));
  CHECK_FALSE(is_whole_item(std::string(1'000'000, '\x81') + '\x80'));
  CHECK_FALSE(is_whole_item("\x00", 65));
}
