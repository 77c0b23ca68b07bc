#include <overt/trace/json/cbor_reader.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include <overt/sink/cbor.hpp>
#include <overt/sink/jsonl.hpp>
#include <overt/trace/json/jsonl_reader.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/traces.hpp>

namespace {

using reader = overt::trace::cbor_reader<>;
using overt_test::read_all;

/// An item in its frame.
std::string framed(std::string_view item) {
  overt::detail::cbor_text out;
  out.head(overt::detail::cbor_major::array, 2);
  out.head(overt::detail::cbor_major::tag, 24);
  out.bytes(item);
  auto const sum = overt::detail::crc32c_of(out.view());
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) {
    bytes += static_cast<char>(sum >> shift & 0xff);
  }
  out.bytes(bytes);
  return std::string{out.view()};
}

std::string framed_json(nlohmann::json const& item) {
  std::string bytes;
  nlohmann::json::to_cbor(item, bytes);
  return framed(bytes);
}

std::string session() { return framed_json(nlohmann::json{{"type", "session"}, {"schema", "overt.cbor/1"}}); }

} // namespace

TEST_CASE("a CBOR trace comes back as it was written, and as the JSON trace of the same", "[trace][cbor]") {
  overt_test::sample_trace const sample;
  auto const read = read_all<reader>(overt_test::bytes_written_by<overt::sink::cbor>(sample));
  CHECK(read.errors.empty());
  CHECK(read.lines == sample.lines());
  auto const json =
      read_all<overt::trace::jsonl_reader<>>(overt_test::bytes_written_by<overt::sink::jsonl>(sample));
  CHECK(json.lines == read.lines);
  CHECK(json.end == read.end);
  auto expected = json.session;
  expected["schema"] = "overt.cbor/1";
  CHECK(read.session == expected);
}

TEST_CASE("one flipped bit of a CBOR trace never gives a wrong event, and is always told", "[trace][cbor]") {
  overt_test::sample_trace const sample;
  auto bytes = overt_test::bytes_written_by<overt::sink::cbor>(sample);
  REQUIRE(bytes.size() > 1000);
  std::size_t wrong = 0;
  std::size_t silent = 0;
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8);
    auto const read = read_all<reader>(bytes, 2);
    wrong += overt_test::nothing_is_wrong(sample, read) ? 0 : 1;
    silent += read.errors.empty() ? 1 : 0;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8);
  }
  CHECK(wrong == 0);
  CHECK(silent == 0);
}

TEST_CASE("a CBOR trace that was cut gives what is before the cut", "[trace][cbor]") {
  overt_test::sample_trace const sample;
  auto const bytes = overt_test::bytes_written_by<overt::sink::cbor>(sample);
  std::size_t without_error = 0;
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    auto const read = read_all<reader>(bytes.substr(0, size), 1);
    CHECK(read.end.is_null());
    CHECK(std::equal(read.lines.begin(), read.lines.end(), sample.lines().begin()));
    without_error += read.errors.empty() ? 1 : 0;
  }
  CHECK(without_error == sample.lines().size() + 2); // at the ends of items alone
}

TEST_CASE("a damaged frame is told where it is, and again at the next call", "[trace][cbor]") {
  overt_test::sample_trace const sample;
  auto bytes = overt_test::bytes_written_by<overt::sink::cbor>(sample);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  auto const read = read_all<reader>(bytes, 3);
  REQUIRE(read.errors.size() == 3);
  CHECK(read.errors[0] == read.errors[2]);
  CHECK(read.errors[0].find("at byte ") != std::string::npos);
  CHECK(read.lines.size() < sample.lines().size());
}

TEST_CASE("hostile items are errors", "[trace][cbor]") {
  std::string deep(1'000'000, '\x81');
  std::string tags(1'000'000, '\xc1');
  std::string const huge_array{"\xa1\x64type\x9b\x00\xff\xff\xff\xff\xff\xff\xff", 14};
  std::string const endless{"\xbf\xff", 2};
  std::string const no_text{"\xa1\x64type\x61\xff", 8};
  for (auto const& item : {std::string{}, std::string{"\xf6"}, std::string{"\x80"}, deep + '\x80',
                           tags + '\x00', huge_array, endless, no_text, std::string{"\xa0\xa0"}}) {
    CHECK(read_all<reader>(session() + framed(item), 1).errors.size() == 1);
  }
  CHECK(read_all<reader>(session(), 1).errors.empty());
  // lengths that are not there take no memory
  for (std::string const length :
       {"\x5a\x00\xff\xff\xff", "\x5b\xff\xff\xff\xff\xff\xff\xff\xff", "\x5f", "\x5c"}) {
    CHECK(read_all<reader>(session() + "\x82\xd8\x18" + length, 1).errors.size() == 1);
  }
}

TEST_CASE("items stand where they belong", "[trace][cbor]") {
  nlohmann::json const lost{{"seq", 1},         {"t", 0},   {"type", "gap"},
                            {"reason", "late"}, {"of", ""}, {"count", 1}};
  nlohmann::json const end{{"type", "end"}};
  CHECK(read_all<reader>(session() + framed_json(lost) + framed_json(end), 1).errors.empty());
  CHECK(read_all<reader>(framed_json(lost), 1).errors.size() == 1);
  CHECK(read_all<reader>(session() + session(), 1).errors.size() == 1);
  CHECK(read_all<reader>(session() + framed_json(lost) + framed_json(lost), 1).errors.size() == 1);
  CHECK(read_all<reader>(session() + framed_json(end) + framed_json(lost), 1).errors.size() == 1);
  CHECK(read_all<reader>(framed_json(nlohmann::json{{"type", "session"}, {"schema", "overt.cbor/2"}}), 1)
            .errors.size() == 1);
}
