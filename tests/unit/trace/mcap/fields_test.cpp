#include <overt/trace/mcap/fields.hpp>

#include <cstdint>
#include <string>
#include <string_view>

#include <overt/sink/mcap/format.hpp>
#include <overt_test/catch.hpp>

using overt::trace::mcap_fields;
namespace format = overt::sink::mcap_format;

TEST_CASE("MCAP fields come back as they were put") {
  std::string bytes;
  format::put(bytes, std::uint8_t{0xfe});
  format::put(bytes, std::uint16_t{0x1234});
  format::put(bytes, std::uint32_t{0x89abcdef});
  format::put(bytes, std::uint64_t{0x0123456789abcdef});
  format::put_text(bytes, "text");
  format::put_list(bytes, [](std::string& list) {
    format::put_text(list, "key");
    format::put_text(list, "value");
  });
  bytes += "rest";
  CHECK(std::string_view{bytes}.substr(1, 2) == "\x34\x12"); // the lowest byte first
  mcap_fields fields{bytes};
  CHECK(fields.number<std::uint8_t>() == 0xfe);
  CHECK(fields.number<std::uint16_t>() == 0x1234);
  CHECK(fields.number<std::uint32_t>() == 0x89abcdef);
  CHECK(fields.number<std::uint64_t>() == 0x0123456789abcdef);
  CHECK(fields.text() == "text");
  auto const map = fields.map();
  REQUIRE(map.size() == 1);
  CHECK(map.at("key") == "value");
  CHECK(fields.left() == 4);
  CHECK(fields.rest() == "rest");
  CHECK(fields.sound());
}

TEST_CASE("MCAP fields never go beyond the end, and then say so for good") {
  mcap_fields number{"abc"};
  CHECK(number.number<std::uint32_t>() == 0);
  CHECK_FALSE(number.sound());
  CHECK(number.number<std::uint8_t>() == 0);
  CHECK(number.rest().empty());

  std::string const long_text{"\xff\xff\xff\xff"
                              "abc",
                              7};
  mcap_fields text{long_text};
  CHECK(text.text().empty());
  CHECK_FALSE(text.sound());

  std::string const very_long{"\xff\xff\xff\xff\xff\xff\xff\xff"
                              "abc",
                              11};
  mcap_fields bytes{very_long};
  CHECK(bytes.text<std::uint64_t>().empty());
  CHECK_FALSE(bytes.sound());
}

TEST_CASE("An MCAP map with a key twice, or cut off within, is not sound") {
  auto const map = [](int entries, std::size_t cut) {
    std::string bytes;
    format::put_list(bytes, [&](std::string& list) {
      for (int i = 0; i < entries; ++i) {
        format::put_text(list, "key");
        format::put_text(list, "value");
      }
      list.resize(list.size() - cut);
    });
    mcap_fields fields{bytes};
    static_cast<void>(fields.map());
    return fields.sound();
  };
  CHECK(map(1, 0));
  CHECK_FALSE(map(2, 0));
  CHECK_FALSE(map(1, 1));
  CHECK_FALSE(map(1, 10));
}
